/** A job that is due each minute, for consoles in processes of their own. */
import type { Job } from "../../../shared/model/job.ts";
import { blankJob } from "../../../shared/rules/job.ts";

export const MINUTE = 60_000;
/** The due times begin behind it. */
export const START = Date.UTC(2026, 10, 25, 3);
export const JOB: Job = { ...blankJob("mailbox"), id: "job-1", name: "Starters", schedule: { pattern: "* * * * *", timeZone: "Europe/Zurich", missed: "skip" } };
