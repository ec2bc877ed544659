/** Work done a moment after it was asked for, once for all who asked meanwhile: a thousand servers may go down at once. */
import type { Clock } from "./ports.ts";

/** After how many milliseconds work that failed is done again. */
const AGAIN_MS = 5000;

export class Gathering {
  readonly #clock: Clock;
  readonly #ms: number;
  readonly #work: () => void;
  #cancel: (() => void) | null = null;

  /** `ms`: how long asking is gathered. */
  constructor(clock: Clock, ms: number, work: () => void) {
    this.#clock = clock;
    this.#ms = ms;
    this.#work = work;
  }

  soon(): void {
    this.#cancel ??= this.#clock.after(this.#ms, () => this.now());
  }

  /** Does the work and throws what it throws; it is done again after a while then. */
  now(): void {
    this.stop();
    try {
      this.#work();
    } catch (error) {
      this.#cancel ??= this.#clock.after(AGAIN_MS, () => this.now());
      throw error;
    }
  }

  /** Does at once what was asked for, if anything was. Throws what the work throws. */
  settle(): void {
    if (this.#cancel !== null) this.now();
  }

  /** Forgets what was asked for. */
  stop(): void {
    this.#cancel?.();
    this.#cancel = null;
  }
}
