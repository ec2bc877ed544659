/** One abort signal out of the caller's and a time limit, remembering which of the two fired. */
import type { Fault, RungName } from "../../shared/fault.ts";
import type { Clock } from "../ports.ts";

export interface Limit {
  readonly signal: AbortSignal;
  /** What to report when the signal has fired: `cancelled` for the caller's abort, else a time-out on the rung. */
  fault(rung: RungName, host: string): Fault;
  /** Stops the timer; call it when the work has ended. */
  dispose(): void;
}

/** Limits work to `ms` milliseconds within `parent`. */
export function limit(parent: AbortSignal, clock: Clock, ms: number): Limit {
  const controller = new AbortController();
  const abort = () => controller.abort();
  if (parent.aborted) abort();
  else parent.addEventListener("abort", abort, { once: true });
  const cancelTimer = clock.after(ms, abort);
  return {
    signal: controller.signal,
    fault: (rung, host) => (parent.aborted ? { kind: "cancelled" } : { kind: "unreachable", rung, reason: "timed-out", host }),
    dispose: () => {
      cancelTimer();
      parent.removeEventListener("abort", abort);
    },
  };
}
