/** Runs of jobs as the store keeps them. */
import type { Result } from "../../shared/fault.ts";
import type { PlannedRow } from "../../shared/model/job-plan.ts";
import type { Leaver } from "../../shared/model/leaver.ts";
import type { JobRow, JobRowState, JobRun } from "../../shared/model/job-run.ts";

/** A run as it is begun. */
export type NewJobRun = Omit<JobRun, "id" | "endedAt" | "state" | "outcomes">;

/** What is known of the due times of a job. */
export interface JobDueState {
  /** Everything up to then is handled, epoch milliseconds. */
  readonly since: number;
  /** The schedule that is followed since then; empty where none is. */
  readonly schedule: string;
  /** The identity store's revision that it was followed from. */
  readonly revision: number;
  /** `held`: a console is about to begin a run for it. `left`: one was, and has not been heard of for two minutes; another one begins it. */
  readonly claim: "none" | "held" | "left";
  /** The due time that is claimed, or was when it was last heard of. */
  readonly claimed: number | null;
}

/**
 * Due times of jobs, each handled once. Claims belong to this process, and lapse where it says nothing for two minutes by the database's clock.
 * A claimed due time is handled by keeping a run with it. Writes fail with `not-stored`.
 */
export interface JobDue {
  /** By job, of every job that is followed. */
  of(): Promise<ReadonlyMap<string, JobDueState>>;
  /** Due times up to `since` are handled where the schedule is another one than was followed, from a newer revision, or where none was. */
  follow(job: string, schedule: Pick<JobDueState, "schedule" | "revision">, since: number): Promise<Result<null>>;
  /** False where it is handled, where another console has it or has claimed one since `seen`, and while somebody is at a run of the job. */
  claim(job: string, due: number, seen: Pick<JobDueState, "claimed">): Promise<Result<boolean>>;
  /** Says that this process is still there, for all of its claims. */
  renew(): Promise<Result<null>>;
  /** Leaves it to whoever looks next, where it is not handled. */
  release(job: string): Promise<Result<null>>;
  /** Handles everything up to `until` without a run; nothing where a console is about to begin one. */
  settle(job: string, until: number): Promise<Result<null>>;
}

/** How far a row has come; what is absent stays as it is. `leaver`: how far its user has come, written in the same transaction. */
export type JobRowChange = Pick<JobRow, "state"> & Partial<Pick<JobRow, "address" | "given" | "taken" | "fault" | "object" | "at">> & { readonly leaver?: Leaver };

/** How a run ended: `at` moments are epoch milliseconds. */
export interface JobRunEnd {
  readonly state: "done" | "with-failures" | "failed" | "cancelled";
  readonly fault: JobRun["fault"];
  readonly endedAt: number;
}

export interface JobRowsQuestion {
  readonly run: string;
  /** Every row where none is named. */
  readonly states: readonly JobRowState[];
  /** In key, name, alias, account name and addresses, without case. */
  readonly search: string;
  /** So many of those that are found are left out, and so many shown at most. */
  readonly from: number;
  readonly most: number;
}

export interface JobRunsQuestion {
  /** Null for all. */
  readonly job: string | null;
  /** The `next` of the page before; null for the first. */
  readonly before: string | null;
  readonly most: number;
}

/**
 * Runs of jobs and the rows that they were to change. What is written here is on the disk when the promise fulfils. Writes fail with
 * `not-stored`, and with `not-found: job-run` where there is no such run, or another process has it. `outcomes` is counted when a run is
 * read, and one that is `running` while nobody is at it is shown as `interrupted`. A run outlives its job and its identity store. Beyond
 * 1,000 finished runs, or 100,000 rows, the oldest finished ones go when a store is opened, but never the last of a job that was applied.
 * One with a due time is kept only by the process that has claimed it, and fails with `unsupported: run-under-way` otherwise.
 */
export interface JobRuns {
  /** Keeps a run as `running` and takes it for this process. Rows that change nothing (`keep`, `skip`, `refused`) are not kept. */
  begin(run: NewJobRun, rows: readonly PlannedRow[]): Promise<Result<{ readonly run: string }>>;
  /** Keeps a run that a brake held: over at once, without rows. */
  halted(run: NewJobRun): Promise<Result<{ readonly run: string }>>;
  /** Keeps a run that came to no plan, with its fault: over at once, without rows, and never gone on with. */
  failed(run: NewJobRun): Promise<Result<{ readonly run: string }>>;
  /**
   * Takes a run that nobody is at any more, and that is `running` from then on. Fails with `unsupported: run-under-way` while somebody is,
   * with `not-found: job-run` also for one that is `done` or `halted`, of which nothing is left to be done.
   */
  take(run: string): Promise<Result<null>>;
  /** Says that this process is still at it; whoever says nothing for half a minute is not. */
  hold(run: string): Promise<Result<null>>;
  /** Lets others take it. */
  release(run: string): Promise<Result<null>>;
  /** Changes a row by its number in the source. One that is `done` stays so, and a row that was not kept has none to change: both throw. */
  changeRow(run: string, row: number, change: JobRowChange): Promise<Result<null>>;
  /** Changes rows as {@link changeRow} does, all of them or none. */
  changeRows(run: string, changes: readonly { readonly row: number; readonly change: JobRowChange }[]): Promise<Result<null>>;
  /** Where more first passwords of the run were handed over. */
  notePasswordFile(run: string, file: string): Promise<Result<null>>;
  /** Ends the run and lets go of it. */
  end(run: string, end: JobRunEnd): Promise<Result<null>>;
  get(run: string): Promise<JobRun | null>;
  /** Rows of a run in their order, and how many there are of what is asked for. */
  rows(question: JobRowsQuestion): Promise<{ readonly rows: readonly JobRow[]; readonly total: number }>;
  /** In their order; none where there is no such run. */
  allRows(run: string): Promise<readonly JobRow[]>;
  /** Newest first. `next`: what the next page comes before; null where there is none. */
  page(question: JobRunsQuestion): Promise<{ readonly runs: readonly JobRun[]; readonly next: string | null }>;
  /** The newest run of each job that has one, by the job's id. */
  lastOf(jobs: readonly string[]): Promise<ReadonlyMap<string, JobRun>>;
  /** The newest run of a job that was applied to its end (`done`, `with-failures`); null where there is none. */
  lastApplied(job: string): Promise<JobRun | null>;
  readonly due: JobDue;
  /** Users that a job has found to leave, as far as it came with each. Rejects where a newer version wrote what this one has no words for. */
  leavers(job: string): Promise<readonly Leaver[]>;
  /** Changes with every write of this process, and within a second with those of others. */
  newest(): string;
}
