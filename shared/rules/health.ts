/**
 * Health as a pure transition: the first result decides at once; after that three failures in a row take a server down
 * and two successes in a row bring it back, the rhythm HAProxy calls fall 3, rise 2. In between it is unstable.
 */
import type { Fault, RungName } from "../fault.ts";
import type { CheckResult, Health, RungResult, ServerStatus } from "../model/mail-server.ts";

/** Failures in a row that take a server down. */
export const FALL = 3;
/** Successes in a row that bring it back. */
export const RISE = 2;
/** Milliseconds between checks while a server is changing. */
export const CHANGING_INTERVAL_MS = 2_000;
/** Milliseconds after which a check counts as failed. */
export const CHECK_TIMEOUT_MS = 10_000;
/** Delays vary by this share in both directions, so that checks do not fall into step. */
export const JITTER = 0.05;

/** Health with what the transition must remember besides: when the server came up, across unstable moments. */
interface Turn {
  readonly health: Health;
  readonly upSince: number | null;
}

/** And when a check last said something of the server, up or down. */
export interface HealthTrack extends Turn {
  readonly knownAt: number | null;
}

/** Where every server starts. */
export const UNCHECKED: HealthTrack = { health: { state: "unchecked" }, upSince: null, knownAt: null };

/**
 * What one check says: up, down with the reason, nothing about the server because this machine could not look, or nothing at
 * all because it did not come to looking.
 */
export type CheckVerdict =
  | { readonly verdict: "up"; readonly ms: number; readonly depth: RungName }
  | { readonly verdict: "down"; readonly reason: Fault }
  | { readonly verdict: "unknown"; readonly why: "signed-out" | "no-network" | "prepare-only" }
  | { readonly verdict: "none" };

/** Whether a rung carried: with or without something noticed on the way. */
export function hasPassed({ outcome }: RungResult): boolean {
  return outcome.state === "passed" || outcome.state === "finding";
}

/** Reads a finished check: the first failed rung is the reason; a check without rungs says nothing against the server. */
export function verdictOf(check: CheckResult, networkAway = false): CheckVerdict {
  let depth: RungName = "dns";
  for (const result of check.rungs) {
    const { rung, outcome } = result;
    if (hasPassed(result)) depth = rung;
    if (outcome.state !== "failed") continue;
    const { fault } = outcome;
    if (fault.kind === "unreachable" && fault.reason === "not-looked-up") return { verdict: "none" };
    if (networkAway) return { verdict: "unknown", why: "no-network" };
    if (fault.kind === "unreadable" && (fault.what === "secret-unreadable" || fault.what === "secret-elsewhere")) return { verdict: "unknown", why: "signed-out" };
    return { verdict: "down", reason: fault };
  }
  return { verdict: "up", ms: check.ms, depth };
}

function online(verdict: CheckVerdict & { verdict: "up" }, since: number): Turn {
  return { health: { state: "online", since, ms: verdict.ms, depth: verdict.depth }, upSince: since };
}

function succeeded(track: HealthTrack, verdict: CheckVerdict & { verdict: "up" }, at: number): Turn {
  const { health } = track;
  if (health.state !== "offline") return online(verdict, track.upSince ?? at);
  const recovering = health.recovering + 1;
  return recovering >= RISE ? online(verdict, at) : { health: { ...health, recovering }, upSince: null };
}

function failed(track: HealthTrack, reason: Fault, at: number): Turn {
  const { health } = track;
  const down: Turn = { health: { state: "offline", since: at, reason, recovering: 0 }, upSince: null };
  if (health.state === "online") return { health: { state: "unstable", since: at, fails: 1, reason }, upSince: track.upSince ?? health.since };
  // It was up when this machine could last look, so that one failure does not take it down.
  if (health.state === "unknown" && health.last !== null && health.last !== "offline") return { health: { state: "unstable", since: at, fails: 1, reason }, upSince: null };
  if (health.state === "offline") return { health: { ...health, reason, recovering: 0 }, upSince: null };
  if (health.state === "unstable" && health.fails + 1 < FALL) return { ...track, health: { ...health, fails: health.fails + 1, reason } };
  return down;
}

/** What a server was last known as; null where it never was. */
export function lastKnown(health: Health): "online" | "unstable" | "offline" | null {
  if (health.state === "unchecked") return null;
  return health.state === "unknown" ? health.last : health.state;
}

/** What is known of a server while main is not heard, last at `heardAt` in epoch milliseconds; one that was never checked stays so. */
export function unheard(health: Health, heardAt: number): Health {
  const last = lastKnown(health);
  return last === null ? health : { state: "unknown", since: heardAt, why: "unheard", last, lastAt: health.state === "unknown" ? health.lastAt : heardAt };
}

/** The next track after a check that ended `at` (epoch milliseconds). */
export function transition(track: HealthTrack, verdict: CheckVerdict, at: number): HealthTrack {
  if (verdict.verdict === "up") return { ...succeeded(track, verdict, at), knownAt: at };
  if (verdict.verdict === "down") return { ...failed(track, verdict.reason, at), knownAt: at };
  if (verdict.verdict === "none") return track;
  const { health, knownAt } = track;
  const since = health.state === "unknown" && health.why === verdict.why ? health.since : at;
  return { health: { state: "unknown", since, why: verdict.why, last: lastKnown(health), lastAt: knownAt }, upSince: null, knownAt };
}

/** Whether the next check comes soon because the server is on its way down or up. */
export function isChanging(health: Health): boolean {
  return health.state === "unstable" || (health.state === "offline" && health.recovering > 0);
}

/** Milliseconds until the next check; `random` in [0, 1). */
export function nextDelay(health: Health, intervalMs: number, random: number): number {
  const base = isChanging(health) ? Math.min(CHANGING_INTERVAL_MS, intervalMs) : intervalMs;
  return Math.round(base * (1 - JITTER + 2 * JITTER * random));
}

/** Until when the far side of a check asked to be left alone, epoch milliseconds; null when it did not ask or did not say. */
export function askedToWait(check: CheckResult): number | null {
  for (const { outcome } of check.rungs) if (outcome.state === "failed") return outcome.fault.kind === "throttled" ? outcome.fault.until : null;
  return null;
}

/** The track with its moments moved by `ms`: the wall clock was set, and what lasted an hour lasted an hour. */
export function shiftTrack({ health, upSince, knownAt }: HealthTrack, ms: number): HealthTrack {
  const moved = (at: number | null) => (at === null ? null : at + ms);
  return { health: shiftHealth(health, ms), upSince: moved(upSince), knownAt: moved(knownAt) };
}

function shiftHealth(health: Health, ms: number): Health {
  if (health.state === "unchecked") return health;
  if (health.state !== "unknown") return { ...health, since: health.since + ms };
  return { ...health, since: health.since + ms, lastAt: health.lastAt === null ? null : health.lastAt + ms };
}

/** A row with its moments moved by `ms`. */
export function shiftStatus(status: ServerStatus, ms: number): ServerStatus {
  const moved = (at: number | null) => (at === null ? null : at + ms);
  return {
    ...status,
    health: shiftHealth(status.health, ms),
    history: status.history.map((point) => ({ ...point, at: point.at + ms })),
    lastCheckAt: moved(status.lastCheckAt),
    nextCheckAt: moved(status.nextCheckAt),
    lastCheck: status.lastCheck === null ? null : { ...status.lastCheck, at: status.lastCheck.at + ms },
  };
}

/**
 * The promise: the longest time in milliseconds from the moment a server that was online fails until it is shown
 * Offline, when the checks are not queueing for a slot. One interval, two checks at the changing rhythm, and every one of
 * the three checks running for `checkMs`: {@link CHECK_TIMEOUT_MS} for a server that goes silent, next to nothing for one
 * that refuses or answers with an error.
 */
export function detectionPromise(intervalMs: number, checkMs: number = CHECK_TIMEOUT_MS): number {
  const changing = Math.min(CHANGING_INTERVAL_MS, intervalMs);
  return Math.ceil((intervalMs + (FALL - 1) * changing) * (1 + JITTER) + FALL * checkMs);
}
