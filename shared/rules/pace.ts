/**
 * How often a rung is climbed. Network rungs are climbed at every check; signing in costs the far side a token and a line
 * in its log, and a cloud answers with 429 to an application that asks for tokens at every turn. Between two climbs the
 * last outcome stands, with the moment it is from.
 */
import type { RungName } from "../fault.ts";
import type { RungResult } from "../model/mail-server.ts";
import type { Pace, ProviderDescriptor } from "../model/messaging.ts";
import { detectionPromise, FALL, RISE } from "./health.ts";

/** A rung that found nobody to answer is climbed again after this long, in milliseconds. */
const UNANSWERED_MS = 30_000;
/** A rung is climbed at most this often, in milliseconds, because the network below it comes and goes. */
const INTERRUPTED_MS = 30_000;
/** No far side is left alone for longer than this, in milliseconds, whatever it asks for. */
const LONGEST_WAIT_MS = 3_600_000;

/** The last climb of a rung. Times in milliseconds on the clock that nobody can set. */
export interface KeptRung {
  readonly result: RungResult;
  /** When it was climbed, epoch milliseconds: for people. */
  readonly at: number;
  readonly elapsed: number;
  /** Until when the far side asked to be left alone; null when it did not. */
  readonly waitUntil: number | null;
  /** Climbs in a row with the same outcome that are still wanted, so that a change is not believed at once. */
  readonly confirmations: number;
  /** A lower rung failed since: what was kept may be out of date. */
  readonly interrupted: boolean;
}

/** What the checks of one configuration with its secrets remember, by server and rung. Belongs to these and no others. */
export type CheckMemory = Map<string, Map<RungName, KeptRung>>;

/** A climb made now. `before` is the one it replaces. */
export function keepRung(result: RungResult, moment: { readonly now: number; readonly elapsed: number }, before: KeptRung | undefined): KeptRung {
  const { outcome } = result;
  const changed = (before?.result.outcome.state === "failed") !== (outcome.state === "failed");
  const throttled = outcome.state === "failed" && outcome.fault.kind === "throttled" ? outcome.fault : null;
  // Asking again at once is what a throttling is about.
  const wanted = throttled !== null ? 1 : outcome.state === "failed" ? FALL : before === undefined ? 1 : RISE;
  const confirmations = changed || before === undefined ? wanted - 1 : Math.min(wanted - 1, Math.max(0, before.confirmations - 1));
  const until = throttled?.until ?? null;
  const waitUntil = until === null ? null : moment.elapsed + Math.min(LONGEST_WAIT_MS, Math.max(0, until - moment.now));
  return { result, at: moment.now, elapsed: moment.elapsed, waitUntil, confirmations, interrupted: false };
}

/** Whether a rung with this pace must be climbed at a check that runs at `elapsed`. */
export function isDue(kept: KeptRung | undefined, pace: Pace, elapsed: number): boolean {
  if (kept === undefined) return true;
  if (kept.waitUntil !== null) return elapsed >= kept.waitUntil;
  if (kept.confirmations > 0) return true;
  const age = elapsed - kept.elapsed;
  return age >= waitOf(kept, pace) || (kept.interrupted && age >= INTERRUPTED_MS);
}

function waitOf({ result: { outcome } }: KeptRung, pace: Pace): number {
  if (outcome.state !== "failed") return pace.passedMs;
  const { kind } = outcome.fault;
  const refused = kind !== "unreachable" && kind !== "timeout" && kind !== "cancelled" && kind !== "internal";
  return refused ? pace.refusedMs : UNANSWERED_MS;
}

/**
 * The promise: the longest time in milliseconds from the moment the far side refuses a credential until the server is
 * shown Offline, when the far side does not ask to be left alone. Null for a provider that signs in at every check, or not
 * at all. Its slowest rung, and then what every failure takes.
 */
export function noticePromise({ paces }: Pick<ProviderDescriptor, "paces">, intervalMs: number): number | null {
  const slowest = Math.max(0, ...Object.values(paces).map(({ passedMs }) => passedMs));
  return slowest === 0 ? null : slowest + detectionPromise(intervalMs);
}
