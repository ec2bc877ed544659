/**
 * A clock that a test moves: an hour passes in seconds, while sockets take the time they take. `Date` moves along, because
 * the vendors' libraries look there for the end of a token; {@link MovedClock.stop} gives it back.
 */
import { vi } from "vitest";
import type { Clock } from "../../../main/ports.ts";

export interface MovedClock extends Clock {
  /** Lets time pass. After every timer it waits until `isBusy` says that nothing is under way any more. */
  pass(ms: number, isBusy: () => boolean): Promise<void>;
  stop(): void;
}

export function movedClock(): MovedClock {
  const began = Date.now();
  let elapsed = 0;
  vi.useFakeTimers({ toFake: ["Date"], now: began });
  const moveTo = (moment: number) => {
    elapsed = Math.max(elapsed, moment);
    vi.setSystemTime(began + elapsed);
  };
  let timers: { readonly at: number; readonly callback: () => void }[] = [];
  const rest = async (isBusy: () => boolean) => {
    do await new Promise((resolve) => setTimeout(resolve, 1));
    while (isBusy());
  };
  return {
    now: () => began + elapsed,
    elapsed: () => elapsed,
    random: () => 0.5,
    after(ms, callback) {
      const timer = { at: elapsed + ms, callback };
      timers.push(timer);
      return () => void (timers = timers.filter((other) => other !== timer));
    },
    stop: () => void vi.useRealTimers(),
    async pass(ms, isBusy) {
      const end = elapsed + ms;
      await rest(isBusy);
      for (;;) {
        const next = timers.filter(({ at }) => at <= end).toSorted((one, other) => one.at - other.at)[0];
        if (next === undefined) break;
        timers = timers.filter((timer) => timer !== next);
        moveTo(next.at);
        next.callback();
        await rest(isBusy);
      }
      moveTo(end);
    },
  };
}
