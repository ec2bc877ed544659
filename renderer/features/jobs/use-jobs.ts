/** The list of jobs, live. */
import type { JobSummary } from "../../../shared/contract/jobs.ts";
import { client } from "../../host/client.ts";
import { useLive, type Live } from "./use-live.ts";

const isUnderWay = (jobs: readonly JobSummary[]) => jobs.some(({ lastRun }) => lastRun?.state === "running");

/** Every job, as long as the page that asks stands. */
export function useJobs(): Live<readonly JobSummary[]> {
  return useLive<readonly JobSummary[]>("jobs", (signal) => client().jobs.list(undefined, { signal }), isUnderWay);
}
