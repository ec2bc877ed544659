/** Long work of the main thread, which others wait for meanwhile. */
import { setImmediate } from "node:timers/promises";

/** Well below what somebody notices, milliseconds. */
const MOST_MS = 10;

export class Turns {
  #since = performance.now();

  /** To be awaited after each small part of the work. Lets the event loop turn where it has waited for long enough, and answers whether it did. */
  async take(): Promise<boolean> {
    if (performance.now() - this.#since < MOST_MS) return false;
    await setImmediate();
    this.#since = performance.now();
    return true;
  }
}
