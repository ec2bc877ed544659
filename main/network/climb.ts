/** Climbing a ladder: each rung is timed and reported as it ends, and after a failed one the rest is skipped. */
import { fail, succeed, type Fault, type Result, type RungName } from "../../shared/fault.ts";
import type { Finding, RungResult } from "../../shared/model/mail-server.ts";
import type { ProviderDescriptor } from "../../shared/model/messaging.ts";
import { isDue, keepRung, type CheckMemory, type KeptRung } from "../../shared/rules/pace.ts";
import type { Clock } from "../ports.ts";

/** What lets a rung stand between two climbs. */
export interface Pacing {
  readonly paces: ProviderDescriptor["paces"];
  /** The server whose ladder it is. */
  readonly server: string;
  readonly memory: CheckMemory;
  /** A person asked: every rung is climbed. */
  readonly asked: boolean;
}

export interface Climb {
  readonly rungs: readonly RungResult[];
  /**
   * Tries a rung unless an earlier one failed. `answer` is the short fact shown beside a rung that passed, `findings` is
   * what was noticed on the way.
   */
  step<T>(rung: RungName, work: () => Promise<Result<T>>, answer?: (value: T) => string | null, findings?: (value: T) => readonly Finding[]): Promise<Result<T>>;
  /**
   * The same for a rung with a pace: where it is not due, its last outcome is recorded with the moment it is from. `work`
   * hears whether it must ask afresh for what it keeps, because a person asked or the last climb failed.
   */
  paced<T>(rung: RungName, work: (afresh: boolean) => Promise<Result<T>>, answer?: (value: T) => string | null, findings?: (value: T) => readonly Finding[]): Promise<Result<null>>;
  /** Records what another climb or library has already measured. */
  record(result: RungResult): void;
}

/** The fault of the first rung that failed, or null when none did. */
export function firstFailure(rungs: readonly RungResult[]): Fault | null {
  for (const { outcome } of rungs) if (outcome.state === "failed") return outcome.fault;
  return null;
}

function passed(answer: string | null, findings: readonly Finding[]): RungResult["outcome"] {
  return findings.length === 0 ? { state: "passed", answer } : { state: "finding", answer, findings: [...findings] };
}

/** Starts at the foot of a ladder. `onRung` hears each rung as it ends; without `pacing` every rung is climbed. */
export function climb(clock: Clock, onRung?: (rung: RungResult) => void, pacing?: Pacing): Climb {
  const rungs: RungResult[] = [];
  const record = (result: RungResult) => {
    rungs.push(result);
    onRung?.(result);
  };
  const step: Climb["step"] = async (rung, work, answer, findings) => {
    const before = firstFailure(rungs);
    if (before !== null) {
      record({ rung, ms: 0, outcome: { state: "skipped", why: "earlier-rung" } });
      return fail(before);
    }
    const started = clock.elapsed();
    const result = await work();
    const ms = clock.elapsed() - started;
    if (result.ok) record({ rung, ms, outcome: passed(answer?.(result.value) ?? null, findings?.(result.value) ?? []) });
    else record({ rung, ms, outcome: { state: "failed", fault: result.fault } });
    return result;
  };
  const kept = pacing === undefined ? new Map<RungName, KeptRung>() : keptFor(pacing);
  return {
    rungs,
    record,
    step,
    paced: async (rung, work, answer, findings) => {
      const last = kept.get(rung);
      const pace = pacing?.paces[rung];
      const isBlocked = firstFailure(rungs) !== null;
      if (isBlocked && last !== undefined) kept.set(rung, { ...last, interrupted: true });
      if (!isBlocked && last !== undefined && pace !== undefined && pacing?.asked === false && !isDue(last, pace, clock.elapsed())) {
        const { result, at } = last;
        record({ ...result, climbedAt: at });
        return result.outcome.state === "failed" ? fail(result.outcome.fault) : succeed(null);
      }
      const answered = await step(rung, () => work(pacing?.asked === true || last?.result.outcome.state === "failed"), answer, findings);
      const result = rungs.at(-1);
      // A climb that was cut off says nothing about the far side.
      if (!isBlocked && result !== undefined && (answered.ok || answered.fault.kind !== "cancelled")) {
        kept.set(rung, keepRung(result, { now: clock.now(), elapsed: clock.elapsed() }, last));
      }
      return answered.ok ? succeed(null) : answered;
    },
  };
}

function keptFor({ memory, server }: Pacing): Map<RungName, KeptRung> {
  const known = memory.get(server);
  if (known !== undefined) return known;
  const fresh = new Map<RungName, KeptRung>();
  memory.set(server, fresh);
  return fresh;
}
