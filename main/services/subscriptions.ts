/** The subscriptions of a tenant, asked for with what is saved. */
import { fail, type Result } from "../../shared/fault.ts";
import type { SubscriptionList } from "../../shared/model/subscription.ts";
import { bindForm, providerContext } from "./forms.ts";
import { gone, type Foundation, type WorkOptions } from "./rooms.ts";

/**
 * Asks the provider of what is saved. Fails with `not-found` (`saved-messaging`) where nothing is saved yet, with `unsupported:
 * no-subscriptions` for a provider that has none, and as the cloud does.
 */
export async function listSubscriptions(foundation: Foundation, storeId: string, options: WorkOptions): Promise<Result<SubscriptionList>> {
  const stored = foundation.store.identityStores.get(storeId);
  if (stored === null) return fail(gone("identity-store"));
  const { connection, messaging } = stored.document;
  if (messaging === null) return fail({ kind: "not-found", what: "saved-messaging" });
  const read = bindForm(foundation.providers, messaging);
  if (!read.ok) return read;
  const { bound, provider } = read.value;
  if (bound.subscriptions === null) return fail({ kind: "unsupported", why: "no-subscriptions" });
  const context = providerContext(foundation, { storeId, connection, provider, form: messaging }, options);
  if (!context.ok) return context;
  const listed = await bound.subscriptions(context.value);
  return context.value.signal.aborted ? fail({ kind: "cancelled" }) : listed;
}
