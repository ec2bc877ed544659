/** Previews and runs of jobs. They belong to the window, and whoever comes back to their page finds what came of them. */
import { createStore } from "zustand/vanilla";
import type { WorkEvent } from "../../../shared/contract/progress.ts";
import type { Fault } from "../../../shared/fault.ts";
import type { JobPlan } from "../../../shared/model/job-plan.ts";
import type { JobRun } from "../../../shared/model/job-run.ts";
import { fail, succeed, type Result } from "../../../shared/result.ts";
import { ask } from "../../host/ask.ts";
import { client } from "../../host/client.ts";
import type { Route } from "../../stores/routes.ts";
import { listWork, type WorkKind } from "../../stores/running-work.ts";
import { runWork } from "../../stores/work.ts";
import { keyOf } from "./drafts.ts";

/** Main ends the row it is at before a run is over: so often, and so many milliseconds apart, it is looked whether it has. */
const LOOKS = 20;
const APART_MS = 500;

export interface JobWork {
  readonly doing: "plan" | "run" | null;
  /** Held by main; null where there is none, and once it was applied. */
  readonly plan: JobPlan | null;
  /** What came of the last plan that was applied. */
  readonly run: JobRun | null;
  /** Why the last of both has no answer. */
  readonly fault: { readonly of: "plan" | "run"; readonly fault: Fault } | null;
}

export const noWork: JobWork = { doing: null, plan: null, run: null, fault: null };

/** By job, or by run where one is gone on with from the history. */
export const jobWorks = createStore<{ readonly works: ReadonlyMap<string, JobWork> }>(() => ({ works: new Map() }));

export const workOf = (key: string): JobWork => jobWorks.getState().works.get(key) ?? noWork;

function put(key: string, change: Partial<JobWork>): void {
  jobWorks.setState(({ works }) => ({ works: new Map(works).set(key, { ...(works.get(key) ?? noWork), ...change }) }));
}

interface Listed {
  readonly kind: Extract<WorkKind, "job-plan" | "job-run">;
  readonly subject: string;
  readonly route: Route;
}

/** `heard` is told of the run that main has begun. */
async function listed<T>(work: Listed, open: (signal: AbortSignal) => Promise<AsyncIterable<WorkEvent<T>>>, heard: (run: string) => void = () => {}): Promise<Result<T>> {
  const mine = new AbortController();
  const entry = listWork(work, () => mine.abort());
  const answer = await runWork(
    open,
    (event) => {
      if (event.step === "job-run-begun" && event.detail !== null) heard(event.detail);
      else entry.progress(event);
    },
    mine.signal,
  );
  entry.end(answer.ok ? null : answer.fault);
  return answer;
}

/** Plans a run with what is saved. The plan before it is let go of. A second one while anything is done does nothing. */
export async function previewJob(storeId: string, job: string, name: string): Promise<JobPlan | null> {
  const key = keyOf(storeId, job);
  const { doing, plan: before } = workOf(key);
  if (doing !== null) return null;
  if (before !== null) releasePlan(before.plan);
  put(key, { doing: "plan", plan: null, run: null, fault: null });
  const route: Route = { page: "job", store: storeId, job, section: "run" };
  const answer = await listed<JobPlan>({ kind: "job-plan", subject: name, route }, (signal) => client().jobs.plan({ storeId, job }, { signal }));
  put(key, { doing: null, plan: answer.ok ? answer.value : null, fault: answer.ok ? null : { of: "plan", fault: answer.fault } });
  return answer.ok ? answer.value : null;
}

function releasePlan(plan: string): void {
  // Whatever becomes of it: main lets go of it by itself.
  void client().jobs.release({ plan }).catch(() => undefined);
}

/** Does what the plan says. Answers what came of it, also where it was cancelled between two rows; null where nothing was begun. */
export async function applyPlan(storeId: string, job: string, name: string, password: string | null): Promise<JobRun | null> {
  const key = keyOf(storeId, job);
  const { doing, plan } = workOf(key);
  if (doing !== null || plan === null || plan.halts.length > 0) return null;
  const route: Route = { page: "job", store: storeId, job, section: "run" };
  return write(key, { kind: "job-run", subject: name, route }, (signal) => client().jobs.apply({ plan: plan.plan, password }, { signal }), async (heard) => {
    const begun = heard ?? (await runSince(job, plan.at));
    return begun === null ? null : forgottenRun(begun);
  });
}

/** Goes on with a run that was interrupted or cancelled. */
export async function resumeRun(key: string, route: Route, run: JobRun, password: string | null): Promise<JobRun | null> {
  if (workOf(key).doing !== null) return null;
  return write(key, { kind: "job-run", subject: run.jobName, route }, (signal) => client().jobs.resume({ run: run.id, password }, { signal }), () => forgottenRun(run.id));
}

type Open = (signal: AbortSignal) => Promise<AsyncIterable<WorkEvent<JobRun>>>;

/** Whoever ends a call hears no more of it: the history knows how far the run came. */
async function write(key: string, work: Listed, open: Open, forgotten: (heard: string | null) => Promise<JobRun | null>): Promise<JobRun | null> {
  put(key, { doing: "run", fault: null });
  let heard: string | null = null;
  const answer = await listed(work, open, (run) => {
    heard = run;
  });
  const mayHaveBegun = answer.ok || heard !== null || answer.fault.kind === "cancelled" || answer.fault.kind === "no-connection";
  const run = answer.ok ? answer.value : mayHaveBegun ? await forgotten(heard) : null;
  const isTold = answer.ok || (run !== null && answer.fault.kind === "cancelled");
  put(key, { doing: null, ...(run === null ? {} : { run, plan: null }), fault: isTold ? null : { of: "run", fault: answer.fault } });
  return run;
}

/** The run that somebody began with a job since a moment of main's clock; null where there is none. */
async function runSince(job: string, at: number): Promise<string | null> {
  const answer = await ask(() => client().jobs.runs({ job, before: null, most: 1 }));
  const [newest] = answer.ok ? answer.value.runs : [];
  return newest !== undefined && newest.at >= at && newest.begunBy === "person" ? newest.id : null;
}

/** A run with none of its rows. */
export async function runOf(run: string, signal: AbortSignal = new AbortController().signal): Promise<Result<JobRun>> {
  const answer = await ask(() => client().jobs.rows({ run, states: [], search: "", from: 0, most: 1 }, { signal }), signal);
  return answer.ok ? succeed(answer.value.run) : fail(answer.fault);
}

/** A run whose end nobody heard, once nobody is at it any more, or as it stands after a while. */
async function forgottenRun(run: string): Promise<JobRun | null> {
  for (let look = 1; ; look += 1) {
    // Each look comes after the one before it.
    // oxlint-disable-next-line no-await-in-loop
    const answer = await runOf(run);
    if (!answer.ok) return null;
    if (answer.value.state !== "running" || look === LOOKS) return answer.value;
    // oxlint-disable-next-line no-await-in-loop
    await new Promise((resolve) => setTimeout(resolve, APART_MS));
  }
}
