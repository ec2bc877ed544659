/**
 * The guard around callbacks that nobody waits for: timers, listeners, checks that end. A call of the router has the
 * router's guard; here a throw would end the whole process, or silence for good what was to call back again.
 */
import { randomUUID } from "node:crypto";
import type { Clock, Logger } from "./ports.ts";

export class Guard {
  readonly #what: string;
  readonly #logger: Logger;
  #caught = 0;

  /** `what` is called back, for the log: `timer`, `stored changes`. */
  constructor(what: string, logger: Logger) {
    this.#what = what;
    this.#logger = logger;
  }

  /** Calls back. What is thrown goes no further than the log. */
  run(callback: () => void): void {
    try {
      callback();
    } catch (error) {
      this.report(error);
    }
  }

  /** Logs a throw with its stack under an incident id, and as the how many of its kind it is. */
  report(error: unknown): void {
    this.#caught += 1;
    const stack = error instanceof Error ? (error.stack ?? error.message) : String(error);
    this.#logger.error("A callback threw", { incident: randomUUID(), callback: this.#what, count: this.#caught, stack });
  }
}

/** A clock whose timers are guarded. */
export function guardedClock(clock: Clock, logger: Logger): Clock {
  const guard = new Guard("timer", logger);
  return { ...clock, after: (ms, callback) => clock.after(ms, () => guard.run(callback)) };
}
