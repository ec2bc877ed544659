/** In which order the servers of a run are asked: by priority, and whoever just could not be reached goes last for a while. */
import type { Clock } from "../ports.ts";

/** How long a server that could not be reached goes last, in milliseconds: it costs no object a time-out that another one has paid. */
export const AVOID_MS = 60_000;

export class ServerOrder {
  readonly #byPriority: readonly (string | null)[];
  readonly #clock: Clock;
  /** When each server failed, on the clock that nobody sets. */
  readonly #failed = new Map<string | null, number>();

  /** `byPriority`: those that a fresh check found Offline are its last ones. */
  constructor(byPriority: readonly (string | null)[], clock: Clock) {
    this.#byPriority = byPriority;
    this.#clock = clock;
  }

  /** For the next object. No server is left out. */
  now(): readonly (string | null)[] {
    const avoided = (server: string | null) => this.#clock.elapsed() - (this.#failed.get(server) ?? -Infinity) < AVOID_MS;
    return [...this.#byPriority.filter((server) => !avoided(server)), ...this.#byPriority.filter(avoided)];
  }

  unreached(server: string | null): void {
    this.#failed.set(server, this.#clock.elapsed());
  }

  reached(server: string | null): void {
    this.#failed.delete(server);
  }
}
