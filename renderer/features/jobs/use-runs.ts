/** Runs of one job, or of all, newest first and live: what is shown is asked for again as far as it goes. */
import { useRef } from "react";
import type { JobRun } from "../../../shared/model/job-run.ts";
import { succeed, type Result } from "../../../shared/result.ts";
import { client } from "../../host/client.ts";
import { MOST } from "./row-pages.ts";
import { useLive, type Live } from "./use-live.ts";

const PAGE = 50;

interface Runs {
  readonly runs: readonly JobRun[];
  readonly hasMore: boolean;
}

async function asFarAs(most: number, job: string | null, signal: AbortSignal): Promise<Result<Runs>> {
  const runs: JobRun[] = [];
  let before: string | null = null;
  do {
    // Each page begins where the one before it ends.
    // oxlint-disable-next-line no-await-in-loop
    const page = await client().jobs.runs({ job, before, most: Math.min(MOST, most - runs.length) }, { signal });
    if (!page.ok) return page;
    runs.push(...page.value.runs);
    before = page.value.next;
  } while (before !== null && runs.length < most);
  return succeed({ runs, hasMore: before !== null });
}

const isUnderWay = ({ runs }: Runs) => runs.some(({ state }) => state === "running");

export interface LiveRuns extends Live<Runs> {
  readonly more: () => void;
}

/** `job`: null for runs of every job. */
export function useRuns(job: string | null): LiveRuns {
  const wanted = useRef({ job, most: PAGE });
  // Of another job nobody has asked for more yet.
  const live = useLive<Runs>(job ?? "", (signal) => asFarAs(wanted.current.job === job ? wanted.current.most : PAGE, job, signal), isUnderWay);
  const { value, look } = live;
  const more = () => {
    wanted.current = { job, most: (value?.runs.length ?? 0) + PAGE };
    look();
  };
  return { ...live, more };
}
