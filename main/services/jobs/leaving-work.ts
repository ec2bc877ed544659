/** Users who leave, in a run of a job: each stage is written down before it is asked for, and after. */
import { progress } from "../../../shared/contract/progress.ts";
import { fail, succeed, type Fault, type Result } from "../../../shared/fault.ts";
import type { JobRow, JobRowState, JobRun } from "../../../shared/model/job-run.ts";
import type { Leaver, LeavingStage } from "../../../shared/model/leaver.ts";
import type { LicenceHolder } from "../../../shared/model/licence.ts";
import { begun, done, standingOf } from "../../../shared/rules/leaving.ts";
import { partNumberOf } from "../../../shared/rules/subscription.ts";
import type { BoundLeaving, ProviderContext } from "../../providers/provider.ts";
import type { JobRowChange } from "../../store/types.ts";
import type { LicencesService } from "../licences.ts";
import type { Foundation, WorkOptions } from "../rooms.ts";
import { endsRun, isUnanswered, isUntried } from "./row-faults.ts";

const ADMINISTRATOR: Fault = { kind: "object-refused", why: "administrator" };
const CHANGED: Fault = { kind: "object-refused", why: "changed-meanwhile" };

interface LeavingParts {
  readonly licences: LicencesService;
  readonly run: JobRun;
  /** What the job's messaging provider is saved under. */
  readonly providerId: string;
  readonly options: WorkOptions;
  /** Changes licences as a run does, over what may have been done before a kill. */
  readonly change: (row: JobRow, user: string) => Promise<Result<LicenceHolder>>;
}

interface LeavingUser {
  readonly row: JobRow;
  readonly user: string;
}

/** Whether a row is of somebody who left, or came back. */
export function isLeaving({ stages, action }: JobRow): boolean {
  return stages !== undefined || action === "return";
}

export class LeavingWork {
  readonly #foundation: Foundation;
  readonly #parts: LeavingParts;

  constructor(foundation: Foundation, parts: LeavingParts) {
    this.#foundation = foundation;
    this.#parts = parts;
  }

  /** Fails with what ends the run; what is refused to a row is written into it. */
  async run(rows: readonly JobRow[]): Promise<Result<null>> {
    const { run, options } = this.#parts;
    const open = rows.flatMap((row): LeavingUser[] => (isLeaving(row) && row.state !== "done" && row.object?.guid ? [{ row, user: row.object.guid }] : []));
    if (open.length === 0) return succeed(null);
    const leavers = new Map((await this.#foundation.store.jobRuns.leavers(run.job)).map((leaver) => [leaver.user, leaver]));
    for (const [place, one] of open.entries()) {
      if (options.signal.aborted) return fail({ kind: "cancelled" });
      options.progress(progress("leaving-rows", { detail: one.row.name, done: place, total: open.length }));
      const leaver = leavers.get(one.user) ?? null;
      const ended = one.row.action === "return" ? await this.#callOff(one, leaver) : await this.#leave(one, leaver);
      if (!ended.ok) return ended;
    }
    return succeed(null);
  }

  /** Sign-in stays blocked: whether the user is the one who is back is for a person to say. */
  async #callOff({ row }: LeavingUser, leaver: Leaver | null): Promise<Result<null>> {
    const at = this.#foundation.ports.clock.now();
    return this.#keep(row, { state: "done", fault: null, at, ...(leaver === null ? {} : { leaver: { ...leaver, at, cancelledAt: at } }) });
  }

  async #leave({ row, user }: LeavingUser, before: Leaver | null): Promise<Result<null>> {
    const { clock } = this.#foundation.ports;
    const { run } = this.#parts;
    let reached = before;
    const stages = row.stages ?? [];
    for (const stage of stages) {
      const standing = standingOf(reached, stage, run.at);
      // The run was cut off behind it, or another one did it.
      if (standing === "done") continue;
      if (standing === "closed") return this.#keep(row, { state: stage === stages[0] ? "failed" : "half-done", fault: CHANGED, at: clock.now() });
      const leaver = begun(reached ?? { job: run.job, user, key: row.key, name: row.name, stage, state: "begun", since: null, at: 0, cancelledAt: null }, stage, clock.now());
      const kept = await this.#keep(row, { state: "unknown", at: leaver.at, leaver });
      if (!kept.ok) return kept;
      const asked = await this.#ask(stage, row, user);
      if (!asked.ok) {
        const failed = await this.#keep(row, { state: failedState(asked.fault, stage, row), fault: asked.fault, at: clock.now() });
        if (!failed.ok) return failed;
        return endsRun(asked.fault) ? asked : succeed(null);
      }
      reached = done(leaver, clock.now());
      const state = stage === stages.at(-1) ? "done" : "half-done";
      const ended = await this.#keep(row, { state, fault: null, at: reached.at, leaver: reached, ...(asked.value === null ? {} : { given: [], taken: [...asked.value] }) });
      if (!ended.ok) return ended;
    }
    // The last stage had been done already.
    return this.#keep(row, { state: "done", fault: null, at: clock.now() });
  }

  /** Answers part numbers that were taken; null for a stage that takes none. */
  async #ask(stage: LeavingStage, row: JobRow, user: string): Promise<Result<readonly string[] | null>> {
    const { licences, providerId, options, change } = this.#parts;
    if (stage === "notice") return succeed(null);
    if (stage !== "unlicense") return licences.leave(providerId, options, (leaving, context) => this.#guarded(stage, user, leaving, context));
    const bought = await licences.list(providerId, options);
    if (!bought.ok) return bought;
    const changed = await change(row, user);
    return changed.ok ? succeed((row.licences?.take ?? []).map((id) => partNumberOf(bought.value.subscriptions, id))) : changed;
  }

  /** Looked at once more: somebody may have become an administrator since the plan, or the stage may have been done before the run was cut off. */
  async #guarded(stage: "block" | "delete", user: string, leaving: BoundLeaving, context: ProviderContext): Promise<Result<null>> {
    const account = await leaving.account(user, context);
    if (!account.ok) return account;
    if (account.value === null) return stage === "delete" ? succeed(null) : fail({ kind: "object-refused", why: "object-missing" });
    const roles = await leaving.roles(user, context);
    if (!roles.ok) return roles;
    if (roles.value.length > 0) return fail(ADMINISTRATOR);
    const answer = stage === "block" ? await leaving.block(user, context) : await leaving.remove(user, context);
    this.#record(stage, answer.ok, account.value.signInName);
    return answer;
  }

  #record(stage: "block" | "delete", isDone: boolean, subject: string): void {
    const { storeId, storeName } = this.#parts.run;
    const kind = stage === "block" ? (isDone ? "user-blocked" : "user-not-blocked") : isDone ? "user-deleted" : "user-not-deleted";
    this.#foundation.record({ kind, storeId, storeName, subject, detail: null });
  }

  #keep(row: JobRow, change: JobRowChange): Promise<Result<null>> {
    return this.#foundation.store.jobRuns.changeRow(row.run, row.row, change);
  }
}

/** With no answer nobody knows whether it was done. Before a second stage the first one is. */
function failedState(fault: Fault, stage: LeavingStage, { stages }: JobRow): JobRowState {
  if (isUnanswered(fault)) return "unknown";
  if (stage !== stages?.[0]) return "half-done";
  return isUntried(fault) ? "planned" : "failed";
}
