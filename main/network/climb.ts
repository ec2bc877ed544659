/** Climbing a ladder: each rung is timed and reported as it ends, and after a failed one the rest is skipped. */
import { fail, type Fault, type Result, type RungName } from "../../shared/fault.ts";
import type { RungResult } from "../../shared/model/mail-server.ts";
import type { Clock } from "../ports.ts";

export interface Climb {
  readonly rungs: readonly RungResult[];
  /** Tries a rung unless an earlier one failed. `answer` is the short fact shown beside a rung that passed. */
  step<T>(rung: RungName, work: () => Promise<Result<T>>, answer?: (value: T) => string | null): Promise<Result<T>>;
  /** Records what another climb or library has already measured. */
  record(result: RungResult): void;
}

/** The fault of the first rung that failed, or null when none did. */
export function firstFailure(rungs: readonly RungResult[]): Fault | null {
  for (const { outcome } of rungs) if (outcome.state === "failed") return outcome.fault;
  return null;
}

/** Starts at the foot of a ladder. `onRung` hears each rung as it ends. */
export function climb(clock: Clock, onRung?: (rung: RungResult) => void): Climb {
  const rungs: RungResult[] = [];
  const record = (result: RungResult) => {
    rungs.push(result);
    onRung?.(result);
  };
  return {
    rungs,
    record,
    step: async (rung, work, answer) => {
      const before = firstFailure(rungs);
      if (before !== null) {
        record({ rung, ms: 0, outcome: { state: "skipped", why: "earlier-rung" } });
        return fail(before);
      }
      const started = clock.elapsed();
      const result = await work();
      const ms = clock.elapsed() - started;
      if (result.ok) record({ rung, ms, outcome: { state: "passed", answer: answer?.(result.value) ?? null } });
      else record({ rung, ms, outcome: { state: "failed", fault: result.fault } });
      return result;
    },
  };
}
