/**
 * Keeps below what Microsoft Entra takes of an application in a tenant: 3,000 writes in 150 seconds (learn.microsoft.com/graph/throttling-limits,
 * "Identity and access service limits"). Whoever is refused there is refused for minutes, and everybody else of the application with it.
 */
import { pause } from "../../pause.ts";
import type { ProviderContext } from "../provider.ts";

type Clock = ProviderContext["clock"];

/** Below the limit by a batch: what a person changes meanwhile is not counted here. */
const MOST_WRITES = 2_980;
/** Longer than the limit's: when Graph counts a write nobody here can see. Milliseconds. */
const COUNTED_MS = 160_000;

interface Sent {
  /** By the clock that nobody can set, milliseconds. */
  readonly at: number;
  readonly writes: number;
}

export class WritePacer {
  readonly #clock: Clock;
  #sent: Sent[] = [];

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Waits until so many writes may be sent, and counts them as sent. False where it was called off meanwhile: nothing is counted then. */
  async room(writes: number, signal: AbortSignal): Promise<boolean> {
    for (;;) {
      if (signal.aborted) return false;
      const now = this.#clock.elapsed();
      this.#sent = this.#sent.filter(({ at }) => now - at < COUNTED_MS);
      const counted = this.#sent.reduce((sum, sent) => sum + sent.writes, 0);
      const [oldest] = this.#sent;
      // Of what was sent before nothing is left to be waited for.
      if (counted + writes <= MOST_WRITES || oldest === undefined) {
        this.#sent.push({ at: now, writes });
        return true;
      }
      if (!(await pause(this.#clock, oldest.at + COUNTED_MS - now, signal))) return false;
    }
  }
}
