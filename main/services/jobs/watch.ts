/** Runs jobs by their schedules, one after the other. Each due time is run once, by whichever console claims it (`store/job-due.ts`). */
import type { Fault } from "../../../shared/fault.ts";
import type { Schedule } from "../../../shared/model/schedule.ts";
import { dueAt, nextRuns } from "../../jobs/schedule.ts";
import type { Clock, Logger } from "../../ports.ts";
import type { JobDue, JobDueState } from "../../store/types.ts";
import type { Foundation, WorkOptions } from "../rooms.ts";
import { followedSchedule } from "./due-times.ts";
import { jobOf, type FoundJob } from "./jobs.ts";
import type { JobPlans } from "./plans.ts";
import type { JobRunsService } from "./runs.ts";

/** Between two looks, in milliseconds, where nothing is due before. */
const LOOK_MS = 60_000;
/** How often a console that has claimed something says that it is still there, in milliseconds: much more often than claims lapse. */
const RENEW_MS = 30_000;
/** A plan is made so often over what was saved meanwhile of the same identity store. */
const TRIES = 3;

interface ScheduleParts {
  readonly clock: Clock;
  readonly logger: Logger;
  readonly due: JobDue;
  /** Whether what was thrown says that the store cannot be read, which is told elsewhere. */
  readonly isOfStorage: (error: unknown) => boolean;
  readonly jobs: () => readonly FoundJob[];
  /** Whether anything is run of an identity store from this computer. */
  readonly mayRun: (storeId: string) => boolean;
  /** Keeps a run with the due time, and is over when it is. False where none could be kept. */
  readonly run: (found: FoundJob, due: number, signal: AbortSignal) => Promise<boolean>;
}

/** Begins to watch; the returned function ends it, the run that is under way between two objects, and leaves to others what was not begun. */
export function watchSchedules({ clock, logger, due, isOfStorage, jobs, mayRun, run }: ScheduleParts): () => Promise<void> {
  const stop = new AbortController();
  const { signal } = stop;
  /** What this console has claimed, in its order; the first one is at work. */
  const claimed: { readonly found: FoundJob; readonly due: number }[] = [];
  let working: Promise<void> | null = null;
  let looking: Promise<void> | null = null;
  let isAsked = false;
  let cancelLook = () => {};
  let cancelRenewal = () => {};

  const told = (error: unknown) => {
    if (!isOfStorage(error)) logger.error("watching the schedules of jobs threw", { stack: error instanceof Error ? error.stack : String(error) });
  };

  const renewLater = () => {
    cancelRenewal = clock.after(RENEW_MS, () => {
      // Where it cannot be written the claim lapses, and whoever has it then begins the run.
      void due.renew().catch(told).then(() => (claimed.length === 0 || signal.aborted ? undefined : renewLater()));
    });
  };

  const work = async () => {
    let isKept = true;
    for (let next = claimed[0]; next !== undefined; next = claimed[0]) {
      const kept = !signal.aborted && (await run(next.found, next.due, signal).catch(told)) === true;
      if (!kept) await due.release(next.found.job.id).catch(told);
      isKept &&= kept;
      claimed.shift();
    }
    cancelRenewal();
    working = null;
    // What came due of these jobs meanwhile. Where no run could be kept, the next look is soon enough to try again.
    if (isKept) look();
  };

  /** False where nothing can be written: the next look tries again. */
  const lookAt = async (found: FoundJob, schedule: Schedule, state: JobDueState, now: number): Promise<boolean> => {
    const { id } = found.job;
    const next = state.claim === "left" && state.claimed !== null ? { due: state.claimed, missed: 0 } : dueAt(schedule, state.since, now);
    if (next.due === null) {
      if (next.missed === 0 || schedule.missed !== "skip") return true;
      logger.info("due times of a job were left out: no console was there", { job: id, count: next.missed });
      return (await due.settle(id, now)).ok;
    }
    const taken = await due.claim(id, next.due, state);
    if (!taken.ok) return false;
    if (!taken.value) return true;
    claimed.push({ found, due: next.due });
    if (claimed.length === 1) renewLater();
    working ??= work();
    return true;
  };

  const lookAtAll = async () => {
    // Before what is handled is read: what another console handles in between is not taken for missed.
    const now = clock.now();
    const known = await due.of();
    for (const found of jobs()) {
      const { stored, job } = found;
      const [state, schedule] = [known.get(job.id), followedSchedule(job)];
      if (signal.aborted) return;
      if (state === undefined || state.schedule !== schedule) {
        const isNewer = state === undefined ? schedule !== "" : state.revision < stored.revision;
        if (isNewer && !(await due.follow(job.id, { schedule, revision: stored.revision }, now)).ok) return;
        continue;
      }
      const isOpen = state.claim !== "held" && !claimed.some((each) => each.found.job.id === job.id) && mayRun(stored.id);
      if (schedule !== "" && isOpen && job.schedule !== null && !(await lookAt(found, job.schedule, state, now))) return;
    }
  };

  /** Until something is due, and a look at most. */
  const pause = () => {
    const now = clock.now();
    const next = jobs().flatMap(({ job }) => (followedSchedule(job) === "" || job.schedule === null ? [] : nextRuns(job.schedule, now, 1)));
    return Math.min(LOOK_MS, ...next.map((moment) => moment - now));
  };

  const lookOnce = async () => {
    let ms = LOOK_MS;
    do {
      isAsked = false;
      try {
        await lookAtAll();
        ms = pause();
      } catch (error) {
        ms = LOOK_MS;
        told(error);
      }
    } while (isAsked && !signal.aborted);
    looking = null;
    if (!signal.aborted) cancelLook = clock.after(ms, look);
  };

  function look(): void {
    cancelLook();
    if (signal.aborted) return;
    isAsked = true;
    looking ??= lookOnce();
  }

  look();
  return async () => {
    stop.abort();
    cancelLook();
    cancelRenewal();
    await looking;
    await working;
  };
}

/** Whether another console has the due time, or nothing may be asked of the identity store any more: neither is a failure of the job. */
function isLeft(fault: Fault): boolean {
  return fault.kind === "unsupported" && (fault.why === "run-under-way" || fault.why === "prepare-only");
}

/** Plans a run as it is saved now, and applies it. What keeps it from being planned is kept in the history. */
async function runDue(foundation: Foundation, { plans, runs }: JobParts, { stored, job }: FoundJob, due: number, options: WorkOptions): Promise<boolean> {
  for (let tries = 1; ; tries += 1) {
    const planned = await plans.plan(stored.id, job.id, options);
    const ran = planned.ok ? await runs.apply(planned.value.plan, null, "schedule", options, due) : planned;
    if (planned.ok) plans.release(planned.value.plan);
    if (ran.ok || options.signal.aborted || isLeft(ran.fault)) return ran.ok;
    if (ran.fault.kind === "object-refused" && ran.fault.why === "changed-meanwhile" && tries < TRIES) continue;
    const now = jobOf(foundation, stored.id, job.id);
    const kept = now.ok ? await runs.notPlanned(now.value, due, ran.fault) : now;
    if (!kept.ok && !isLeft(kept.fault)) foundation.ports.logger.warn("a run by schedule that failed could not be kept", { job: job.id, fault: kept.fault });
    return kept.ok;
  }
}

interface JobParts {
  readonly plans: JobPlans;
  readonly runs: JobRunsService;
}

/** Begins to run every job by its schedule, as a console does; the returned function ends it. */
export function startJobWatch(foundation: Foundation, parts: JobParts): () => Promise<void> {
  const { ports: { clock, logger }, prepareOnly, store } = foundation;
  return watchSchedules({
    clock,
    logger,
    due: store.jobRuns.due,
    isOfStorage: (error) => store.faultOf(error) !== null,
    jobs: () => store.identityStores.list().flatMap((stored) => (stored.document.jobs ?? []).map((job) => ({ stored, job }))),
    mayRun: (storeId) => !prepareOnly.has(storeId),
    run: (found, due, signal) => runDue(foundation, parts, found, due, { signal, progress: () => {} }),
  });
}
