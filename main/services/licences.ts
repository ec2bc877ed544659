/** Subscriptions of a tenant and licences of its users, asked for and changed with what is saved. */
import { isDeepStrictEqual } from "node:util";
import { progress } from "../../shared/contract/progress.ts";
import { fail, succeed, type Result } from "../../shared/fault.ts";
import type { LicenceHolder } from "../../shared/model/licence.ts";
import type { SubscriptionList } from "../../shared/model/subscription.ts";
import { directLicences, isNothing, planLicences } from "../../shared/rules/licence-plan.ts";
import { partNumberOf } from "../../shared/rules/subscription.ts";
import type { BoundLeaving, BoundSubscriptions, ManyChanges, ProviderContext } from "../providers/provider.ts";
import type { StoredIdentityStore } from "../store/types.ts";
import { CheckMemories } from "./check-memories.ts";
import { bindForm, providerContext } from "./forms.ts";
import { ManyLicenceChanges, type AskedChange, type ChangeEvent } from "./many-licence-changes.ts";
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
      this.#record(stored, { isDone: changed.ok, signInName: holder.value.signInName, change: plan.change, subscriptions: bought.value.subscriptions });
      return changed;
    });
  }

  /** Every user of the tenant, by its id. Fails where a page of them did not come: half of a tenant is none. */
  everyHolder(storeId: string, options: WorkOptions): Promise<Result<ReadonlyMap<string, LicenceHolder>>> {
    return this.#asked(storeId, options, async ({ subscriptions, context }) => {
      const holders = new Map<string, LicenceHolder>();
      options.progress(progress("reading-licences"));
      for await (const page of subscriptions.many.everyHolder(context)) {
        if (!page.ok) return page;
        for (const holder of page.value) holders.set(holder.id, holder);
      }
      return succeed(holders);
    });
  }

  /**
   * Changes licences of many users, each over what was seen, as {@link change} does, and tells of each once. Where somebody has already what was
   * asked for, a process that was killed, or an answer that was lost, may have done it: nothing is left to be done. Fails with what ended it.
   */
  changeMany(storeId: string, asked: readonly AskedChange[], heard: Omit<ManyChanges, "decide">, options: WorkOptions): Promise<Result<null>> {
    return this.#asked(storeId, options, ({ stored, subscriptions, context }) => {
      const work = new ManyLicenceChanges(asked, { list: () => subscriptions.list(context), record: (event) => this.#record(stored, event) });
      const done: ManyChanges["done"] = (answers) => {
        work.ended(answers);
        return heard.done(answers);
      };
      return subscriptions.many.changeMany([...new Set(asked.map(({ user }) => user))], { decide: (user, holder) => work.decide(user, holder), sending: heard.sending, done }, context);
    });
  }

  /** Work on users who leave. */
  leave<T>(storeId: string, options: WorkOptions, work: (leaving: BoundLeaving, context: ProviderContext) => Promise<Result<T>>): Promise<Result<T>> {
    return this.#asked(storeId, options, async ({ leaving, context }) => (leaving === null ? fail({ kind: "unsupported", why: "no-subscriptions" }) : work(leaving, context)));
  }

  /** An answer that did not come says nothing of whether it was done, and is in the list all the same. */
  #record({ id, document }: StoredIdentityStore, { isDone, signInName, change: { give, take, usageLocation }, subscriptions }: ChangeEvent): void {
    const named = (sign: string, ids: readonly string[]) => ids.map((each) => `${sign}${partNumberOf(subscriptions, each)}`);
    const detail = [...named("+", give), ...named("-", take), ...(usageLocation === null ? [] : [usageLocation])].join(" ");
    this.#foundation.record({ kind: isDone ? "licences-changed" : "licences-not-changed", storeId: id, storeName: document.name, subject: signInName, detail });
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
