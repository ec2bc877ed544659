/** What is due for the users whom a source names as leavers, and who of them came back. */
import { fail, succeed, type Result } from "../../../shared/fault.ts";
import type { Deprovision, Leaver, LeavingStage } from "../../../shared/model/leaver.ts";
import type { PlannedRow } from "../../../shared/model/job-plan.ts";
import type { LicenceHolder } from "../../../shared/model/licence.ts";
import type { FoundObject } from "../../../shared/model/mail-object.ts";
import type { Subscription } from "../../../shared/model/subscription.ts";
import { dueStages, isReturning } from "../../../shared/rules/leaving.ts";
import { directLicences, planLicences } from "../../../shared/rules/licence-plan.ts";
import { partNumberOf } from "../../../shared/rules/subscription.ts";
import { keyOf, type WantedRow } from "../../jobs/wanted.ts";
import type { LeaverAccount } from "../../providers/provider.ts";

/** What is decided of a row besides its number, key and name. */
type Decision = Omit<PlannedRow, "row" | "key" | "name">;

interface PlannerParts {
  readonly deprovision: Deprovision;
  /** As far as earlier runs of the job came. */
  readonly leavers: readonly Leaver[];
  readonly subscriptions: readonly Subscription[];
  readonly now: number;
  readonly holder: (user: string) => Promise<Result<LicenceHolder>>;
  readonly account: (user: string) => Promise<Result<LeaverAccount | null>>;
  readonly roles: (user: string) => Promise<Result<readonly string[]>>;
}

export class LeaverPlanner {
  readonly #parts: PlannerParts;
  readonly #leavers: ReadonlyMap<string, Leaver>;
  readonly #named = new Set<string>();

  constructor(parts: PlannerParts) {
    this.#parts = parts;
    this.#leavers = new Map(parts.leavers.map((leaver) => [leaver.user, leaver]));
  }

  /** Fails as the cloud does: whose roles cannot be read is not blocked. */
  async plan(found: FoundObject): Promise<Result<Decision>> {
    const object = { identity: found.identity, guid: found.guid, controller: found.controller };
    if (found.guid === null) return fail({ kind: "not-found", what: "user-in-tenant" });
    this.#named.add(found.guid);
    const { deprovision, now } = this.#parts;
    const leaver = this.#leavers.get(found.guid) ?? null;
    const nothing: Decision = { action: "keep", request: null, object, licences: null, seen: [], why: null, issues: [] };
    const stages = dueStages(deprovision, leaver, now);
    const taking = stages.includes("unlicense") ? await this.#taking(found.guid) : succeed(null);
    if (!taking.ok) return taking;
    // Who has none of the products goes on to what comes after them.
    const isPast = taking.value !== null && taking.value.licences === null;
    const [first, ...more] = !isPast ? stages : stages.length > 1 ? stages.slice(0, 1) : dueStages(deprovision, leaver === null ? null : { ...leaver, stage: "unlicense", state: "done" }, now);
    const issues = taking.value?.issues ?? [];
    if (first === undefined) return succeed({ ...nothing, issues });
    const why = first === "block" || first === "delete" ? await this.#whyNot(found.guid) : succeed(null);
    if (!why.ok) return why;
    if (why.value !== null) return succeed({ ...nothing, action: "skip", why: why.value });
    return succeed({ ...nothing, ...taking.value, action: actionOf(first, more), stages: [first, ...more] });
  }

  /** Leavers that no row stands for any more, each as a row behind the source's. One whose row cannot be told apart, or is not found, is still in it. */
  returned(rows: readonly WantedRow[]): PlannedRow[] {
    const keys = new Set(rows.map(({ key }) => keyOf(key)));
    return this.#parts.leavers
      .filter((leaver) => isReturning(leaver) && !this.#named.has(leaver.user) && !keys.has(keyOf(leaver.key)))
      .map(({ user, key, name }, index) => ({
        row: rows.length + index + 1, key, name, action: "return", request: null, object: { identity: user, guid: user, controller: null }, licences: null, seen: [], why: "returned", issues: [],
      }));
  }

  /** Products that a group gives stay until the user is out of it, which is told and keeps nothing else. */
  async #taking(user: string): Promise<Result<Pick<Decision, "licences" | "seen" | "issues" | "losesMailbox">>> {
    const { deprovision: { products }, subscriptions, holder } = this.#parts;
    const held = await holder(user);
    if (!held.ok) return held;
    const wanted = products === "all" ? null : new Set(products.map((product) => product.toUpperCase()));
    const take = [...new Set(held.value.licences.map(({ subscription }) => subscription))].filter((id) => wanted?.has(partNumberOf(subscriptions, id).toUpperCase()) ?? true);
    const { change, issues, losesMailbox } = planLicences(held.value, subscriptions, { give: [], take, usageLocation: null });
    const direct = directLicences(held.value);
    const licences = { ...change, take: change.take.filter((id) => direct.includes(id)) };
    if (licences.take.length === 0) return succeed({ licences: null, seen: [], issues: [...issues] });
    return succeed({ licences, seen: direct, issues: [...issues], losesMailbox });
  }

  /** Why a user is neither blocked nor deleted; null where nothing is against it. */
  async #whyNot(user: string): Promise<Result<string | null>> {
    const account = await this.#parts.account(user);
    if (!account.ok) return account;
    if (account.value === null) return succeed("missing");
    if (account.value.isSynchronised) return succeed("synchronised");
    const roles = await this.#parts.roles(user);
    return roles.ok ? succeed(roles.value.length > 0 ? "administrator" : null) : roles;
  }
}

/** What a row is counted and shown as: licences that go with a first stage of nothing but a notice are what is done. */
function actionOf(first: LeavingStage, more: readonly LeavingStage[]): LeavingStage {
  return first === "notice" ? (more[0] ?? first) : first;
}
