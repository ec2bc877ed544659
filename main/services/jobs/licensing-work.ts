/** Licences of the rows of a run, many in one: rows are written down before anything is sent for them, and as soon as its answer is there. */
import { progress } from "../../../shared/contract/progress.ts";
import { fail, succeed, type Fault, type Result } from "../../../shared/fault.ts";
import type { JobRow, JobRowState, JobRun } from "../../../shared/model/job-run.ts";
import type { Subscription } from "../../../shared/model/subscription.ts";
import { partNumberOf } from "../../../shared/rules/subscription.ts";
import { pause } from "../../pause.ts";
import type { JobRowChange } from "../../store/types.ts";
import type { LicencesService } from "../licences.ts";
import type { Foundation, WorkOptions } from "../rooms.ts";
import { endsRun, isUnanswered, isUntried } from "./row-faults.ts";

/** Entra is eventually consistent: a user that was just made may not be there for whoever asks next. Waits in milliseconds. */
const NOT_THERE_YET: readonly number[] = [1_000, 2_000, 4_000, 8_000];

interface LicensingParts {
  readonly licences: LicencesService;
  readonly run: JobRun;
  /** What the job's messaging provider is saved under. */
  readonly providerId: string;
  readonly options: WorkOptions;
  /** What names products. */
  readonly subscriptions: readonly Subscription[];
}

interface RowChange {
  readonly row: number;
  readonly change: JobRowChange;
}

export class LicensingWork {
  readonly #foundation: Foundation;
  readonly #parts: LicensingParts;
  #done = 0;
  #total = 0;
  /** Nobody of those who were answered for last was answered for. */
  #isAway = false;

  constructor(foundation: Foundation, parts: LicensingParts) {
    this.#foundation = foundation;
    this.#parts = parts;
  }

  /** Fails with what ends the run; what is refused to a row is written into it. */
  async run(rows: readonly JobRow[]): Promise<Result<null>> {
    this.#total = rows.length;
    const nobody = rows.filter(({ object }) => object?.guid == null);
    const kept = await this.#keep(nobody.map((row) => this.#ended(row, fail({ kind: "not-found", what: "user-in-tenant" }))));
    if (!kept.ok) return kept;
    for (const byUser of onceEach(rows)) {
      const changed = await this.#changeOnceThere(byUser);
      if (!changed.ok) return changed;
    }
    return succeed(null);
  }

  /** Asks again while users that the run made are not shown yet. */
  async #changeOnceThere(byUser: ReadonlyMap<string, JobRow>): Promise<Result<null>> {
    const { options } = this.#parts;
    const waits = [...NOT_THERE_YET];
    for (let left = byUser; ; ) {
      const wait = waits.shift();
      const missing = await this.#change(left, wait !== undefined);
      if (!missing.ok) return missing;
      left = missing.value;
      if (left.size === 0 || wait === undefined) return succeed(null);
      if (!(await pause(this.#foundation.ports.clock, wait, options.signal))) return fail({ kind: "cancelled" });
    }
  }

  /** Answers rows whose user the run made and nobody shows yet, where that may be waited for. */
  async #change(byUser: ReadonlyMap<string, JobRow>, mayWait: boolean): Promise<Result<ReadonlyMap<string, JobRow>>> {
    const { providerId, licences, options } = this.#parts;
    if (options.signal.aborted) return fail({ kind: "cancelled" });
    const missing = new Map<string, JobRow>();
    this.#tell();
    const asked = [...byUser].map(([user, { seen, licences: change }]) => ({ user, seen, change: change ?? { give: [], take: [], usageLocation: null } }));
    const rowsOf = (users: readonly string[]) => users.flatMap((user) => byUser.get(user) ?? []);
    const changed = await licences.changeMany(providerId, asked, {
      sending: (users) => this.#keep(rowsOf(users).map(({ row }) => ({ row, change: { state: "unknown", at: this.#foundation.ports.clock.now() } }))),
      done: async (answers) => {
        const ended: RowChange[] = [];
        for (const [user, answer] of answers) {
          const row = byUser.get(user);
          if (row === undefined) continue;
          if (mayWait && row.request?.action === "create" && !answer.ok && answer.fault.kind === "not-found") missing.set(user, row);
          else ended.push(this.#ended(row, answer));
        }
        const written = await this.#keep(ended);
        this.#tell();
        return written.ok ? this.#judge([...answers.values()]) : written;
      },
    }, options);
    return changed.ok ? succeed(missing) : changed;
  }

  /** Fails with what ends the run. */
  #judge(answers: readonly Result<null>[]): Result<null> {
    const faults = answers.flatMap((answer) => (answer.ok ? [] : [answer.fault]));
    const ending = faults.find(endsRun);
    if (ending !== undefined) return fail(ending);
    const [first] = faults;
    const isAway = faults.length === answers.length && faults.every(isUnanswered);
    // Twice in a row nobody answers: the others are better left as they are.
    if (isAway && this.#isAway && first !== undefined) return fail(first);
    this.#isAway = isAway;
    return succeed(null);
  }

  #ended(row: JobRow, answer: Result<null>): RowChange {
    const { subscriptions } = this.#parts;
    const names = (ids: readonly string[] = []) => ids.map((id) => partNumberOf(subscriptions, id));
    const change = answer.ok
      ? { state: "done" as const, given: names(row.licences?.give), taken: names(row.licences?.take), fault: null }
      : { state: failedState(row, answer.fault), fault: answer.fault };
    return { row: row.row, change: { ...change, at: this.#foundation.ports.clock.now() } };
  }

  async #keep(changes: readonly RowChange[]): Promise<Result<null>> {
    if (changes.length === 0) return succeed(null);
    const kept = await this.#foundation.store.jobRuns.changeRows(this.#parts.run.id, changes);
    if (kept.ok) this.#done += changes.filter(({ change }) => change.state !== "unknown").length;
    return kept;
  }

  #tell(): void {
    this.#parts.options.progress(progress("licensing-rows", { done: this.#done, total: this.#total }));
  }
}

/** Rows by the id of their user, one of each at a time: of two rows of one user each is changed over what the other left. */
function onceEach(rows: readonly JobRow[]): readonly ReadonlyMap<string, JobRow>[] {
  const groups: Map<string, JobRow>[] = [];
  for (const row of rows) {
    const user = row.object?.guid ?? null;
    if (user === null) continue;
    const group = groups.find((each) => !each.has(user));
    if (group === undefined) groups.push(new Map([[user, row]]));
    else group.set(user, row);
  }
  return groups;
}

/** With no answer nobody knows whether it was done. */
function failedState({ request }: JobRow, fault: Fault): JobRowState {
  if (isUnanswered(fault)) return "unknown";
  if (isUntried(fault)) return request === null ? "planned" : "half-done";
  return request === null ? "failed" : "half-done";
}
