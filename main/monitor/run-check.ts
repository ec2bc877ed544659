/** One check with its time-out: whatever the provider does, an answer comes in time. */
import { randomUUID } from "node:crypto";
import type { Progress } from "../../shared/contract/progress.ts";
import type { Fault } from "../../shared/fault.ts";
import type { CheckResult, RungResult } from "../../shared/model/mail-server.ts";
import type { Clock, Logger } from "../ports.ts";

/** A provider that was told to stop gets this long, in milliseconds, to say how far it came. */
const GRACE_MS = 500;

/** Checks one server of a target. `progress` hears each rung as it ends; `asked` when a person wants it now. */
export type ServerCheck = (
  server: string,
  options: { readonly signal: AbortSignal; readonly progress: (event: Progress) => void; readonly asked: boolean },
) => Promise<CheckResult>;

function failedAt(rungs: readonly RungResult[], fault: Fault, at: number, ms: number): CheckResult {
  const rung: RungResult = { rung: "health-check", ms, outcome: { state: "failed", fault } };
  return { at, ms, rungs: [...rungs, rung], certificateExpiresAt: null };
}

/** A rung that was cut off by the time-out says so, instead of "cancelled". */
function sayTimedOut(result: CheckResult, host: string): CheckResult {
  const rungs = result.rungs.map((rung): RungResult => {
    if (rung.outcome.state !== "failed" || rung.outcome.fault.kind !== "cancelled") return rung;
    return { ...rung, outcome: { state: "failed", fault: { kind: "unreachable", rung: rung.rung, reason: "timed-out", host } } };
  });
  return { ...result, rungs };
}

/** Runs a check. Never rejects; a throw is a bug, logged with its stack and shown as an incident. */
export async function runCheck(
  check: ServerCheck,
  server: string,
  controller: AbortController,
  deps: { readonly clock: Clock; readonly logger: Logger; readonly timeoutMs: number; readonly asked: boolean },
): Promise<CheckResult> {
  const { clock, logger, timeoutMs, asked } = deps;
  const at = clock.now();
  const started = clock.elapsed();
  const seen: RungResult[] = [];
  let timedOut = false;
  const timers: (() => void)[] = [];
  const overdue = new Promise<null>((resolve) => {
    controller.signal.addEventListener("abort", () => timers.push(clock.after(GRACE_MS, () => resolve(null))));
  });
  timers.push(
    clock.after(timeoutMs, () => {
      timedOut = true;
      controller.abort();
    }),
  );
  const progress = (event: Progress) => {
    if (event.rung !== null) seen.push(event.rung);
  };
  try {
    const result = await Promise.race([check(server, { signal: controller.signal, progress, asked }), overdue]);
    if (result !== null) return timedOut ? sayTimedOut(result, server) : result;
    return failedAt(seen, { kind: "timeout", phase: "check", afterMs: timeoutMs }, at, clock.elapsed() - started);
  } catch (error) {
    const incident = randomUUID();
    logger.error("A check threw", { incident, server, stack: error instanceof Error ? error.stack : String(error) });
    return failedAt(seen, { kind: "internal", incident }, at, clock.elapsed() - started);
  } finally {
    for (const cancel of timers) cancel();
  }
}
