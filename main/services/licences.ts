/** Subscriptions of a tenant and licences of its users, asked for and changed with what is saved. */
import { isDeepStrictEqual } from "node:util";
import { fail, type Result } from "../../shared/fault.ts";
import type { LicenceChange, LicenceHolder } from "../../shared/model/licence.ts";
import type { SubscriptionList } from "../../shared/model/subscription.ts";
import { directLicences, isNothing, planLicences } from "../../shared/rules/licence-plan.ts";
import { partNumberOf } from "../../shared/rules/subscription.ts";
import type { BoundLeaving, BoundSubscriptions, ProviderContext } from "../providers/provider.ts";
import type { StoredIdentityStore } from "../store/types.ts";
import { CheckMemories } from "./check-memories.ts";
import { bindForm, providerContext } from "./forms.ts";
import { gone, type Foundation, type WorkOptions } from "./rooms.ts";

/** How long what is signed in with is kept after the last question, in milliseconds: as long as a person looks at a page. */
const KEPT_MS = 5 * 60_000;

/** What licences are asked for with. */
interface Ground {
  readonly stored: StoredIdentityStore;
  readonly subscriptions: BoundSubscriptions;
  readonly leaving: BoundLeaving | null;
  readonly context: ProviderContext;
}

export interface AskedChange {
  /** The id of the user. */
  readonly user: string;
  /** Direct licences that it was decided over. */
  readonly seen: readonly string[];
  readonly change: LicenceChange;
}

/**
 * Everything fails with `not-found` (`saved-messaging`) where nothing is saved yet, with `unsupported: no-subscriptions` for a provider that
 * has none, and as the cloud does.
 */
export class LicencesService {
  readonly #foundation: Foundation;
  /** A cloud refuses whoever does not keep its tokens: what was last signed in with is kept for a while, until another one is, or the account is refused. */
  readonly #memories = new CheckMemories();
  #stopForgetting: () => void = () => undefined;

  constructor(foundation: Foundation) {
    this.#foundation = foundation;
  }

  dispose(): void {
    this.#stopForgetting();
  }

  list(storeId: string, options: WorkOptions): Promise<Result<SubscriptionList>> {
    return this.#asked(storeId, options, ({ subscriptions, context }) => subscriptions.list(context));
  }

  holder(storeId: string, user: string, options: WorkOptions): Promise<Result<LicenceHolder>> {
    return this.#asked(storeId, options, ({ subscriptions, context }) => subscriptions.holder(user, context));
  }

  /** Fails with `object-refused: changed-meanwhile` where the user has other direct licences than were seen, and with `invalid`. */
  change(storeId: string, { user, seen, change }: AskedChange, options: WorkOptions): Promise<Result<LicenceHolder>> {
    return this.#asked(storeId, options, async ({ stored, subscriptions, context }) => {
      const holder = await subscriptions.holder(user, context);
      if (!holder.ok) return holder;
      if (!isDeepStrictEqual(directLicences(holder.value).toSorted(), [...seen].toSorted())) return fail({ kind: "object-refused", why: "changed-meanwhile" });
      const bought = await subscriptions.list(context);
      if (!bought.ok) return bought;
      const plan = planLicences(holder.value, bought.value.subscriptions, change);
      if (plan.issues.length > 0) return fail({ kind: "invalid", issues: [...plan.issues] });
      if (isNothing(plan.change)) return holder;
      const changed = await subscriptions.change(holder.value.id, plan.change, context);
      const named = (sign: string, ids: readonly string[]) => ids.map((id) => `${sign}${partNumberOf(bought.value.subscriptions, id)}`);
      const detail = [...named("+", plan.change.give), ...named("-", plan.change.take), ...(plan.change.usageLocation === null ? [] : [plan.change.usageLocation])].join(" ");
      // An answer that did not come says nothing of whether it was done, and is in the list all the same.
      const kind = changed.ok ? "licences-changed" : "licences-not-changed";
      this.#foundation.record({ kind, storeId, storeName: stored.document.name, subject: holder.value.signInName, detail });
      return changed;
    });
  }

  /** Work on users who leave. */
  leave<T>(storeId: string, options: WorkOptions, work: (leaving: BoundLeaving, context: ProviderContext) => Promise<Result<T>>): Promise<Result<T>> {
    return this.#asked(storeId, options, async ({ leaving, context }) => (leaving === null ? fail({ kind: "unsupported", why: "no-subscriptions" }) : work(leaving, context)));
  }

  async #asked<T>(storeId: string, options: WorkOptions, work: (ground: Ground) => Promise<Result<T>>): Promise<Result<T>> {
    const { store, providers } = this.#foundation;
    const stored = store.identityStores.get(storeId);
    if (stored === null) return fail(gone("identity-store"));
    const { connection, messaging } = stored.document;
    if (messaging === null) return fail({ kind: "not-found", what: "saved-messaging" });
    const read = bindForm(providers, messaging);
    if (!read.ok) return read;
    const { bound, provider } = read.value;
    if (bound.subscriptions === null) return fail({ kind: "unsupported", why: "no-subscriptions" });
    const checks = { memory: this.#memories.of(storeId, messaging, connection), asked: true, opened: this.#memories.opened };
    this.#memories.sweep();
    this.#stopForgetting();
    this.#stopForgetting = this.#foundation.ports.clock.after(KEPT_MS, () => this.#memories.sweep());
    const context = providerContext(this.#foundation, { storeId, connection, provider, form: messaging }, options, checks);
    if (!context.ok) return context;
    const answer = await work({ stored, subscriptions: bound.subscriptions, leaving: bound.leaving, context: context.value });
    // A right that is granted shows in a new token alone.
    if (!answer.ok && (answer.fault.kind === "forbidden" || answer.fault.kind === "sign-in")) this.#memories.sweep();
    // What was done before it was called off is told all the same.
    return !answer.ok && context.value.signal.aborted ? fail({ kind: "cancelled" }) : answer;
  }
}
