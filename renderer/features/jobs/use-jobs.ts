/** The list of jobs: asked for when its page is shown, when main comes back, and when somebody asks again. */
import { useEffect, useState } from "react";
import type { JobSummary } from "../../../shared/contract/jobs.ts";
import type { Fault } from "../../../shared/fault.ts";
import { ask } from "../../host/ask.ts";
import { client } from "../../host/client.ts";
import { useReturns } from "../identity-stores/use-returns.ts";

export interface JobsList {
  /** Null before the first answer; an older one while it is asked anew, and where that failed. */
  readonly jobs: readonly JobSummary[] | null;
  readonly fault: Fault | null;
  readonly asking: boolean;
  readonly look: () => void;
}

interface Answered {
  /** Null before the first answer. */
  readonly of: string | null;
  readonly jobs: readonly JobSummary[] | null;
  readonly fault: Fault | null;
}

export function useJobs(): JobsList {
  const returns = useReturns();
  const [again, setAgain] = useState(0);
  const [answered, setAnswered] = useState<Answered>({ of: null, jobs: null, fault: null });
  const of = `${returns} ${again}`;
  useEffect(() => {
    const stop = new AbortController();
    const { signal } = stop;
    void ask(() => client().jobs.list(undefined, { signal }), signal).then((answer) => {
      // The list that was asked for last counts.
      if (!signal.aborted) setAnswered((before) => (answer.ok ? { of, jobs: answer.value, fault: null } : { of, jobs: before.jobs, fault: answer.fault }));
    });
    return () => stop.abort();
  }, [of]);
  return { jobs: answered.jobs, fault: answered.fault, asking: answered.of !== of, look: () => setAgain((before) => before + 1) };
}
