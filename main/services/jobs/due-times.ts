/** A job's schedule as it is followed, and what of it was missed. */
import type { JobSettings } from "../../../shared/model/job.ts";
import { dueAt, lastRun, scheduleIssues } from "../../jobs/schedule.ts";
import type { JobDueState } from "../../store/types.ts";

/** Words of the schedule by which a job runs by itself; empty where it does not. What is done about missed runs is no other schedule. */
export function followedSchedule({ enabled, schedule }: Pick<JobSettings, "enabled" | "schedule">): string {
  return enabled && schedule !== null && scheduleIssues(schedule.pattern, schedule.timeZone).length === 0 ? `${schedule.pattern} ${schedule.timeZone}` : "";
}

/** The newest run that was missed and is asked about, epoch milliseconds; null where there is nothing to ask. `state`: null for a job that is not followed. */
export function missedRun(job: Pick<JobSettings, "enabled" | "schedule">, state: JobDueState | null, now: number): number | null {
  const { schedule } = job;
  if (schedule?.missed !== "ask" || state === null || state.claim !== "none" || state.schedule !== followedSchedule(job)) return null;
  const { due, missed } = dueAt(schedule, state.since, now);
  return due === null && missed > 0 ? lastRun(schedule, now) : null;
}
