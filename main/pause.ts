/** Waiting that whoever gave up does not wait for. */
import type { Clock } from "./ports.ts";

/** Waits for some milliseconds. False where it was called off meanwhile, or before. */
export function pause(clock: Clock, ms: number, signal: AbortSignal): Promise<boolean> {
  if (signal.aborted) return Promise.resolve(false);
  return new Promise((resolve) => {
    const cancel = clock.after(ms, () => {
      signal.removeEventListener("abort", stop);
      resolve(true);
    });
    const stop = () => {
      cancel();
      resolve(false);
    };
    signal.addEventListener("abort", stop, { once: true });
  });
}
