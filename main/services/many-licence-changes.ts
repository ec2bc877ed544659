/** What is decided of many users whose licences are to be changed, over what each has at that moment. */
import { isDeepStrictEqual } from "node:util";
import { fail, succeed, type Result } from "../../shared/fault.ts";
import type { LicenceChange, LicenceHolder } from "../../shared/model/licence.ts";
import type { Subscription, SubscriptionList } from "../../shared/model/subscription.ts";
import { directLicences, isNothing, planLicences } from "../../shared/rules/licence-plan.ts";

export interface AskedChange {
  /** The id of the user. */
  readonly user: string;
  /** Direct licences that it was decided over. */
  readonly seen: readonly string[];
  readonly change: LicenceChange;
}

/** A change that was asked of the cloud. */
export interface ChangeEvent {
  readonly isDone: boolean;
  readonly signInName: string;
  readonly change: LicenceChange;
  /** What names its products. */
  readonly subscriptions: readonly Subscription[];
}

interface Parts {
  readonly list: () => Promise<Result<SubscriptionList>>;
  readonly record: (event: ChangeEvent) => void;
}

export class ManyLicenceChanges {
  readonly #asked: ReadonlyMap<string, AskedChange>;
  readonly #parts: Parts;
  /** What was last listed; null where seats were taken or given back since. */
  #listed: readonly Subscription[] | null = null;
  readonly #underWay = new Map<string, Omit<ChangeEvent, "isDone">>();

  /** Of two changes of one user the first counts. */
  constructor(asked: readonly AskedChange[], parts: Parts) {
    this.#asked = new Map(asked.toReversed().map((each) => [each.user, each]));
    this.#parts = parts;
  }

  /** What is left to be done; null for nothing. Fails with `object-refused: changed-meanwhile` where the user has other direct licences than were seen, with `invalid`, and as the list does. */
  async decide(user: string, holder: LicenceHolder): Promise<Result<LicenceChange | null>> {
    const asked = this.#asked.get(user);
    if (asked === undefined) return fail({ kind: "not-found", what: "user-in-tenant", detail: user });
    const direct = directLicences(holder);
    if (!isDeepStrictEqual(direct.toSorted(), asked.seen.toSorted())) return isSo(direct, asked.change) ? succeed(null) : fail({ kind: "object-refused", why: "changed-meanwhile" });
    const subscriptions = await this.#subscriptions();
    if (!subscriptions.ok) return subscriptions;
    const plan = planLicences(holder, subscriptions.value, asked.change);
    if (plan.issues.length > 0) return fail({ kind: "invalid", issues: [...plan.issues] });
    if (isNothing(plan.change)) return succeed(null);
    this.#underWay.set(user, { signInName: holder.signInName, change: plan.change, subscriptions: subscriptions.value });
    return succeed(plan.change);
  }

  /** Tells of what was asked of the cloud. */
  ended(answers: ReadonlyMap<string, Result<null>>): void {
    for (const [user, { ok }] of answers) {
      const event = this.#underWay.get(user);
      if (event === undefined) continue;
      this.#underWay.delete(user);
      this.#listed = null;
      this.#parts.record({ ...event, isDone: ok });
    }
  }

  /** Seats change with every licence that is given, and are counted anew for those behind. */
  async #subscriptions(): Promise<Result<readonly Subscription[]>> {
    if (this.#listed !== null) return succeed(this.#listed);
    const listed = await this.#parts.list();
    if (!listed.ok) return listed;
    this.#listed = listed.value.subscriptions;
    return succeed(this.#listed);
  }
}

/** What was asked for before the process was killed, or before its answer was lost, may have been done. */
function isSo(direct: readonly string[], { give, take }: LicenceChange): boolean {
  return give.every((id) => direct.includes(id)) && take.every((id) => !direct.includes(id));
}
