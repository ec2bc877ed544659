/** Time of vitest's fake timers, over both engines. */
import { vi } from "vitest";
import { engineUnderTest } from "./engine-under-test.ts";

const SLICE_MS = 50;

/** Lets it pass. A team's database answers over the real network: fake time stands still meanwhile, or every limit would be over at once. */
export async function passFakeTime(ms: number): Promise<void> {
  const { isTeam, atRest } = engineUnderTest();
  const slice = isTeam ? SLICE_MS : Infinity;
  for (let left = ms; left > 0; left -= slice) {
    await vi.advanceTimersByTimeAsync(Math.min(left, slice));
    await atRest();
  }
}

/** Lets it pass until the work is done. */
export async function drive<T>(work: Promise<T>): Promise<T> {
  const done = new AbortController();
  const watched = work.finally(() => done.abort());
  while (!done.signal.aborted) await passFakeTime(SLICE_MS);
  return watched;
}
