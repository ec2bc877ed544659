/** The system's time, with the timers counted that are set and neither called nor cancelled. */
import { systemClock } from "../../main/hosts/shared/clock.ts";
import type { Clock } from "../../main/ports.ts";

export interface CountingClock extends Clock {
  waiting(): number;
}

/** `times`: how much faster timers come, for limits that take long. */
export function countingClock(times = 1): CountingClock {
  const set = new Set<symbol>();
  return {
    ...systemClock,
    waiting: () => set.size,
    after: (ms, callback) => {
      const timer = Symbol("timer");
      set.add(timer);
      const cancel = systemClock.after(ms / times, () => {
        set.delete(timer);
        callback();
      });
      return () => {
        set.delete(timer);
        cancel();
      };
    },
  };
}
