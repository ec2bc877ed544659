/** In which order the servers of a run are asked: by priority, and whoever just could not be reached goes last for a while. */
import type { Clock } from "../ports.ts";

/**
 * How long a server that could not be reached goes last, in milliseconds: it costs no object a time-out that another one has paid. Twice as
 * long each time it is found away again, so that a long run does not wait for it once a minute.
 */
const AVOID_MS = 60_000;
/** A server that is back is not left aside for longer. */
const LONGEST_AVOID_MS = 16 * AVOID_MS;

export class ServerOrder {
  readonly #byPriority: readonly (string | null)[];
  readonly #clock: Clock;
  /** Until when each server that failed goes last, on the clock that nobody sets, and for how long that was said. */
  readonly #avoided = new Map<string | null, { readonly until: number; readonly ms: number }>();

  /** `byPriority`: those that a fresh check found Offline are its last ones. */
  constructor(byPriority: readonly (string | null)[], clock: Clock) {
    this.#byPriority = byPriority;
    this.#clock = clock;
  }

  /** For the next object. No server is left out. */
  now(): readonly (string | null)[] {
    const avoided = (server: string | null) => this.#clock.elapsed() < (this.#avoided.get(server)?.until ?? -Infinity);
    return [...this.#byPriority.filter((server) => !avoided(server)), ...this.#byPriority.filter(avoided)];
  }

  unreached(server: string | null): void {
    const before = this.#avoided.get(server);
    const now = this.#clock.elapsed();
    // Asked once more because no other one was left is not found away again.
    if (before !== undefined && now < before.until) return;
    const ms = before === undefined ? AVOID_MS : Math.min(2 * before.ms, LONGEST_AVOID_MS);
    this.#avoided.set(server, { until: now + ms, ms });
  }

  reached(server: string | null): void {
    this.#avoided.delete(server);
  }
}
