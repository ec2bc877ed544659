/** What can still be done with a run of a job. */
import type { JobRun } from "../model/job-run.ts";

/** Whether somebody can go on with it: nobody is at it, and its end or that of a row is missing. One that came to no plan has no rows. */
export function canGoOn({ state, outcomes }: Pick<JobRun, "state" | "outcomes">): boolean {
  if (state === "running" || state === "halted" || state === "done") return false;
  // Cut off behind its last row, it still has to be ended.
  return state === "interrupted" || Object.entries(outcomes).some(([outcome, count]) => outcome !== "done" && count > 0);
}
