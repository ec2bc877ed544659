/** The servers of what is saved, listed anew for a job that runs by itself. Unsaved work is neither signed in with nor touched. */
import { isDeepStrictEqual } from "node:util";
import type { Relisted } from "../../shared/contract/servers.ts";
import { fail, succeed, type Result } from "../../shared/fault.ts";
import type { MessagingConfiguration } from "../../shared/model/messaging.ts";
import { mergeListing } from "../../shared/rules/listing.ts";
import type { SealedMessaging, StoredIdentityStore } from "../store/types.ts";
import type { EditorService } from "./editor.ts";
import { bindForm, formChanges, listingContext } from "./forms.ts";
import { gone, type Foundation, type WorkOptions } from "./rooms.ts";

/**
 * Lists the servers with the saved account and merges them into what is saved. With `save` that becomes a revision, unless
 * the listing says what is known already. Fails with `conflict` when somebody saved meanwhile, with `not-found`
 * (`saved-messaging`) where nothing is saved yet.
 */
export async function relistSaved(foundation: Foundation, editor: EditorService, storeId: string, save: boolean, options: WorkOptions): Promise<Result<Relisted>> {
  const stored = foundation.store.identityStores.get(storeId);
  if (stored === null) return fail(gone("identity-store"));
  const { connection, messaging } = stored.document;
  if (messaging === null) return fail({ kind: "not-found", what: "saved-messaging" });
  const bound = bindForm(foundation.providers, messaging);
  if (!bound.ok) return bound;
  const { provider } = bound.value;
  if (bound.value.bound.list === null) return fail({ kind: "unsupported", why: "no-servers" });
  const context = listingContext(foundation, { storeId, connection, provider, form: messaging }, options);
  if (!context.ok) return context;
  const listing = await bound.value.bound.list(context.value);
  if (context.value.signal.aborted) return fail({ kind: "cancelled" });
  if (!listing.ok) return listing;
  const rule = { servers: provider.descriptor.servers, random: () => foundation.ports.clock.random() };
  const servers = mergeListing(messaging.configuration.servers, listing.value, rule);
  const { at, notShown, complete } = listing.value;
  const configuration = { ...messaging.configuration, servers, syncedAt: at, notShown, complete };
  if (!save) return succeed({ configuration, revision: null });
  if (saysTheSame(messaging.configuration, configuration)) return succeed({ configuration: messaging.configuration, revision: stored.revision });
  return saveListing(foundation, editor, stored, { ...messaging, configuration });
}

/** But for its moment: a job that runs every night would otherwise push every revision of a person out of the history. */
function saysTheSame(before: MessagingConfiguration, after: MessagingConfiguration): boolean {
  return isDeepStrictEqual({ ...before, syncedAt: null }, { ...after, syncedAt: null }) && before.syncedAt !== null;
}

async function saveListing(foundation: Foundation, editor: EditorService, stored: StoredIdentityStore, messaging: SealedMessaging): Promise<Result<Relisted>> {
  const { ports, store, record, providers } = foundation;
  const document = { ...stored.document, messaging };
  const tested = editor.testedOf(stored);
  const note = { who: ports.user, at: ports.clock.now(), action: "saved", changes: formChanges(providers, stored.document.messaging, messaging), tested } as const;
  const saved = await store.identityStores.save(stored.id, document, stored.revision, note, "kept");
  if (!saved.ok) {
    record({ kind: "save-failed", storeId: stored.id, storeName: document.name, subject: null, detail: saved.fault.kind });
    return saved;
  }
  record({ kind: "revision-saved", storeId: stored.id, storeName: document.name, subject: String(saved.value.revision), detail: tested.state });
  return succeed({ configuration: messaging.configuration, revision: saved.value.revision });
}
