/** Who wants to hear of something. */
import { Guard } from "./guard.ts";
import type { Logger } from "./ports.ts";

export class Listeners {
  readonly #callbacks = new Set<() => void>();
  readonly #guard: Guard;

  /** `what` is told, for the log. */
  constructor(what: string, logger: Logger) {
    this.#guard = new Guard(what, logger);
  }

  get size(): number {
    return this.#callbacks.size;
  }

  /** The same function may be added twice. The returned function removes it, once. */
  add(callback: () => void): () => void {
    const own = () => callback();
    this.#callbacks.add(own);
    return () => void this.#callbacks.delete(own);
  }

  /** Calls everyone, in the order they came; one that throws harms neither the others nor the caller. */
  notify(): void {
    for (const callback of this.#callbacks) this.#guard.run(callback);
  }

  clear(): void {
    this.#callbacks.clear();
  }
}
