/** Trying several ways to one end: each gets a head start over the next, so that a dead one costs little (as RFC 8305 does). */
import type { Clock } from "../ports.ts";

export interface RaceOptions<Candidate, Outcome> {
  /** Never rejects for an expected failure. */
  readonly attempt: (candidate: Candidate, signal: AbortSignal) => Promise<Outcome>;
  /** Whether the next one is to be started at once. */
  readonly failed: (outcome: Outcome) => boolean;
  /** Lets go of an outcome that came too late to be wanted. */
  readonly discard: (outcome: Outcome) => void;
  readonly headStartMs: number;
  /** Attempts under way at any time. */
  readonly atOnce: number;
  readonly clock: Clock;
  readonly signal: AbortSignal;
}

/**
 * Outcomes in the order in which they come. Whoever goes on reading after a success did not want it, and the next
 * candidate is started; whoever stops reading ends what is under way.
 */
export async function* race<Candidate, Outcome>(candidates: readonly Candidate[], options: RaceOptions<Candidate, Outcome>): AsyncGenerator<Outcome, void, void> {
  const { attempt, failed, discard, headStartMs, atOnce, clock } = options;
  const waiting = [...candidates];
  const arrived: Outcome[] = [];
  const stop = new AbortController();
  const signal = AbortSignal.any([options.signal, stop.signal]);
  const state: { running: number; broken: { readonly error: unknown } | null; cancelTimer: () => void; wake: () => void } = {
    running: 0,
    broken: null,
    cancelTimer: () => undefined,
    wake: () => undefined,
  };

  const begin = () => {
    state.cancelTimer();
    if (signal.aborted || state.running >= atOnce) return;
    const candidate = waiting.shift();
    if (candidate === undefined) return;
    state.running += 1;
    attempt(candidate, signal).then(
      (outcome) => {
        state.running -= 1;
        if (stop.signal.aborted) return discard(outcome);
        arrived.push(outcome);
        if (failed(outcome)) begin();
        state.wake();
      },
      (error: unknown) => {
        state.broken = { error };
        state.wake();
      },
    );
    state.cancelTimer = clock.after(headStartMs, begin);
  };

  begin();
  try {
    while (state.running > 0 || arrived.length > 0) {
      if (arrived.length === 0 && state.broken === null) {
        await new Promise<void>((resolve) => {
          state.wake = resolve;
        });
      }
      if (state.broken !== null) throw state.broken.error;
      const outcome = arrived.shift();
      if (outcome === undefined) continue;
      yield outcome;
      if (!failed(outcome)) begin();
    }
  } finally {
    stop.abort();
    state.cancelTimer();
    for (const outcome of arrived) discard(outcome);
  }
}
