/** Runs of jobs: the very plan that was seen, applied through the run of mail objects, then licences; gone on with after a kill. */
import { succeed, fail, type Fault, type Result } from "../../../shared/fault.ts";
import { randomUUID } from "node:crypto";
import { isDeepStrictEqual } from "node:util";
import type { JobRow, JobRun } from "../../../shared/model/job-run.ts";
import type { PasswordPolicy } from "../../../shared/model/password-policy.ts";
import { progress } from "../../../shared/contract/progress.ts";
import { connectionPlace } from "../../../shared/rules/lending.ts";
import { keepHolding } from "../../holding.ts";
import type { JobRowsQuestion, JobRunsQuestion, NewJobRun, StoreDocument } from "../../store/types.ts";
import type { LicencesService } from "../licences.ts";
import type { NotificationsService } from "../notifications.ts";
import { groundOf, type Ground } from "../mail-objects/ground.ts";
import type { MailRuns } from "../mail-objects/runs.ts";
import type { Foundation, WorkOptions } from "../rooms.ts";
import { jobGround, jobOf, type FoundJob } from "./jobs.ts";
import type { HeldPlan, JobPlans } from "./plans.ts";
import { hasRequest, PASSWORD_MISSING, wantingPasswords } from "./first-passwords.ts";
import { JobWork } from "./work.ts";

const CHANGED: Fault = { kind: "object-refused", why: "changed-meanwhile" };

interface Parts {
  readonly plans: JobPlans;
  readonly mailRuns: MailRuns;
  readonly licences: LicencesService;
  /** Tells by mail how a run ended, where its identity store has that mailed. */
  readonly notify: NotificationsService["notify"];
}

export class JobRunsService {
  readonly #foundation: Foundation;
  readonly #parts: Parts;
  readonly #ending = new AbortController();
  readonly #atWork = new Map<string, Promise<unknown>>();

  constructor(foundation: Foundation, parts: Parts) {
    this.#foundation = foundation;
    this.#parts = parts;
  }

  /**
   * A halt is no fault: the run is kept as halted, and nothing is written. Fails with `not-found` (`job-plan`), with `object-refused:
   * changed-meanwhile` where the identity store or the job was saved after the plan, with `invalid` (`password`), and as storing does. `due`:
   * the due time that this process has claimed; another console's fails with `unsupported: run-under-way`.
   */
  async apply(plan: string, password: string | null, begunBy: JobRun["begunBy"], options: WorkOptions, due: number | null = null): Promise<Result<JobRun>> {
    const held = this.#parts.plans.get(plan);
    if (!held.ok) return held;
    const { storeId, job: id, revision, halts, asksPassword } = held.value.plan;
    const found = jobOf(this.#foundation, storeId, id);
    if (!found.ok) return found;
    const { provider } = held.value;
    const { store } = this.#foundation;
    if (found.value.stored.revision !== revision || store.identityStores.get(provider.id)?.revision !== provider.revision) return fail(CHANGED);
    if (halts.length === 0 && asksPassword && (password ?? "") === "") return fail(PASSWORD_MISSING);
    const fresh = this.#runOf(held.value, found.value, { begunBy, due });
    this.#parts.plans.release(plan);
    if (halts.length > 0) {
      const kept = await store.jobRuns.halted(fresh);
      if (!kept.ok) return kept;
      this.#record("job-halted", fresh, halts.map(({ kind }) => kind).join(" "));
      return this.#get(kept.value.run);
    }
    const begun = await store.jobRuns.begin(fresh, held.value.rows);
    // Whoever runs it by hand has answered what was asked about a missed run.
    if (begun.ok && begunBy === "person") await store.jobRuns.due.settle(id, fresh.at);
    return begun.ok ? this.#alone(begun.value.run, () => this.#work(begun.value.run, password, options)) : begun;
  }

  /** Keeps a run by schedule that came to no plan. Fails as {@link apply} does. */
  async notPlanned(found: FoundJob, due: number, fault: Fault): Promise<Result<null>> {
    const fresh = { ...this.#begun(found, { begunBy: "schedule", due }), rows: 0, planned: {}, halts: [], fault, mailRun: null, passwordFiles: [] };
    const kept = await this.#foundation.store.jobRuns.failed(fresh);
    if (!kept.ok) return kept;
    this.#record("job-failed", fresh, null);
    return succeed(null);
  }

  /**
   * Goes on with what is not done. Fails with `not-found: job-run`, `unsupported: run-under-way`, with `invalid` (`password`), and with
   * `object-refused: changed-meanwhile` where the identity store leads to another directory than the run was planned over.
   */
  async resume(run: string, password: string | null, options: WorkOptions): Promise<Result<JobRun>> {
    const { jobRuns } = this.#foundation.store;
    return this.#alone(run, async () => {
      // Before it is taken: a run that is not gone on with stays as it ended.
      const current = await this.#get(run);
      if (!current.ok) return current;
      if (!(await this.#leadsWhereItDid(current.value))) return fail(CHANGED);
      if (this.#policyOf(current.value).kind === "typed" && (password ?? "") === "" && (await this.#lacksPassword(current.value))) return fail(PASSWORD_MISSING);
      const taken = await jobRuns.take(run);
      return taken.ok ? this.#work(run, password, options) : taken;
    });
  }

  /** Objects of one directory mean nothing in another one, and one provider's in another's. A revision that cannot be read says nothing against it. */
  async #leadsWhereItDid({ storeId, job, revision }: JobRun): Promise<boolean> {
    const { identityStores } = this.#foundation.store;
    const [now, then] = [identityStores.get(storeId)?.document, await identityStores.revisionDocument(storeId, revision)];
    if (now === undefined || then === null) return true;
    const providerIn = ({ jobs = [] }: StoreDocument) => jobs.find(({ id }) => id === job)?.provider ?? "destination";
    return providerIn(now) === providerIn(then) && isDeepStrictEqual(connectionPlace(now.connection)?.target, connectionPlace(then.connection)?.target);
  }

  /** A job that was removed had its identity store's: with its own provider gone, nothing is gone on with. */
  #groundOf({ storeId, job }: JobRun): Result<Ground> {
    const found = jobOf(this.#foundation, storeId, job);
    return found.ok ? jobGround(this.#foundation, storeId, found.value.job) : groundOf(this.#foundation, storeId);
  }

  async #lacksPassword({ id, mailRun, state }: JobRun): Promise<boolean> {
    if (state === "done" || state === "halted") return false;
    const { jobRuns, journal } = this.#foundation.store;
    const entries = mailRun === null ? [] : await journal.run(mailRun);
    return wantingPasswords((await jobRuns.allRows(id)).filter(hasRequest), entries).length > 0;
  }

  /** As the job has it now. Nobody knows any more to whom a removed one would hand passwords over. */
  #policyOf({ storeId, job }: JobRun): PasswordPolicy {
    const found = jobOf(this.#foundation, storeId, job);
    return found.ok ? found.value.job.password : { kind: "typed" };
  }

  async page(question: JobRunsQuestion): Promise<Result<{ runs: JobRun[]; next: string | null }>> {
    const { runs, next } = await this.#foundation.store.jobRuns.page(question);
    return succeed({ runs: [...runs], next });
  }

  async rows(question: JobRowsQuestion): Promise<Result<{ run: JobRun; rows: JobRow[]; total: number }>> {
    const run = await this.#get(question.run);
    if (!run.ok) return run;
    const { rows, total } = await this.#foundation.store.jobRuns.rows(question);
    return succeed({ run: run.value, rows: [...rows], total });
  }

  /** Ends every run between two objects, and waits for it. */
  async dispose(): Promise<void> {
    this.#ending.abort();
    await Promise.allSettled(this.#atWork.values());
  }

  #begun({ stored, job }: FoundJob, how: Pick<JobRun, "begunBy" | "due">) {
    const { ports } = this.#foundation;
    return { job: job.id, jobName: job.name, storeId: stored.id, storeName: stored.document.name, revision: stored.revision, at: ports.clock.now(), by: ports.user, ...how };
  }

  #runOf({ plan, rows }: HeldPlan, found: FoundJob, how: Pick<JobRun, "begunBy" | "due">): NewJobRun {
    return {
      ...this.#begun(found, how),
      rows: plan.source.rows,
      planned: { ...plan.counts },
      halts: plan.halts,
      fault: null,
      // Known before it begins: whoever takes the run up after a kill finds what was begun under it.
      mailRun: rows.some(({ request }) => request !== null) ? randomUUID() : null,
      passwordFiles: [],
    };
  }

  async #get(run: string): Promise<Result<JobRun>> {
    const found = await this.#foundation.store.jobRuns.get(run);
    return found === null ? fail({ kind: "not-found", what: "job-run" }) : succeed(found);
  }

  /** Of two pages of this process only one is at a run. */
  async #alone<T>(run: string, work: () => Promise<Result<T>>): Promise<Result<T>> {
    if (this.#atWork.has(run)) return fail({ kind: "unsupported", why: "run-under-way" });
    const working = work();
    this.#atWork.set(run, working);
    try {
      return await working;
    } finally {
      this.#atWork.delete(run);
    }
  }

  async #work(id: string, password: string | null, { signal, progress: tell }: WorkOptions): Promise<Result<JobRun>> {
    const { store, ports } = this.#foundation;
    const options = { signal: AbortSignal.any([signal, this.#ending.signal]), progress: tell };
    const stop = keepHolding(() => store.jobRuns.hold(id), ports.clock);
    try {
      const begun = await this.#get(id);
      if (!begun.ok) return begun;
      tell(progress("job-run-begun", { detail: id }));
      const ground = this.#groundOf(begun.value);
      const parts = { ...this.#parts, run: begun.value, policy: this.#policyOf(begun.value), options };
      const worked = ground.ok ? await new JobWork(this.#foundation, { ...parts, ground: ground.value }).run(password) : ground;
      if (!worked.ok && isUnderWay(worked.fault)) {
        // Its objects are still held for whoever was at them last, which is over in half a minute: nothing of it was done here.
        const released = await store.jobRuns.release(id);
        return released.ok ? worked : released;
      }
      const rows = await store.jobRuns.allRows(id);
      const state = endOf(rows, worked.ok ? null : worked.fault, options.signal);
      const fault = worked.ok || state === "cancelled" ? null : worked.fault;
      const ended = await store.jobRuns.end(id, { state, fault, endedAt: ports.clock.now() });
      if (!ended.ok) return ended;
      const done = rows.filter((row) => row.state === "done").length;
      const { storeId, jobName } = begun.value;
      const detail = `${done}/${rows.length}`;
      this.#record("job-run", begun.value, detail);
      this.#parts.notify(storeId, { kind: "job-ended", subject: jobName, detail, at: ports.clock.now(), failed: rows.length - done });
      return await this.#get(id);
    } finally {
      stop();
    }
  }

  #record(kind: "job-halted" | "job-run" | "job-failed", { storeId, storeName, jobName }: Pick<JobRun, "storeId" | "storeName" | "jobName">, detail: string | null): void {
    this.#foundation.record({ kind, storeId, storeName, subject: jobName, detail });
  }
}

function isUnderWay(fault: Fault): boolean {
  return fault.kind === "unsupported" && fault.why === "run-under-way";
}

/** Rows that are still planned were not tried. */
function endOf(rows: readonly JobRow[], fault: Fault | null, signal: AbortSignal): "done" | "cancelled" | "with-failures" | "failed" {
  if (rows.every(({ state }) => state === "done")) return "done";
  if (signal.aborted) return "cancelled";
  return fault === null && rows.every(({ state }) => state !== "planned") ? "with-failures" : "failed";
}
