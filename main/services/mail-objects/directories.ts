/** The directory that a page looks into while somebody types: signed in to once, kept for a while, asked for one thing at a time. */
import { fail, type Fault, type Result } from "../../../shared/fault.ts";
import { createTurns, type InTurn } from "../../../shared/turns.ts";
import type { DirectoryObjects } from "../../directory/types.ts";
import type { Clock } from "../../ports.ts";

/** Milliseconds a connection is kept after it was last asked. */
const KEPT_MS = 60_000;
/** After a refused account nobody knocks again for so long, in milliseconds: each letter that is typed would count towards its lock. */
const REFUSED_MS = 5 * 60_000;
/** Longest wait for one answer, in milliseconds. */
const ANSWER_MS = 20_000;

interface Kept {
  readonly inTurn: InTurn;
  objects: DirectoryObjects | null;
  cancel: () => void;
}

export class Directories {
  readonly #clock: Clock;
  readonly #kept = new Map<string, Kept>();
  readonly #refused = new Map<string, { readonly fault: Fault; readonly at: number }>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /**
   * Asks the directory of a store. `key` changes with what it is reached by; `open` signs in where nobody is. A question that fails
   * closes the connection, so that the next one begins anew.
   */
  async ask<T>(key: string, open: (signal: AbortSignal) => Promise<Result<DirectoryObjects>>, question: (objects: DirectoryObjects) => Promise<Result<T>>): Promise<Result<T>> {
    const refused = this.#refused.get(key);
    if (refused !== undefined && this.#clock.elapsed() - refused.at < REFUSED_MS) return fail(refused.fault);
    const kept = this.#kept.get(key) ?? { inTurn: createTurns(), objects: null, cancel: () => undefined };
    this.#kept.set(key, kept);
    return kept.inTurn(async () => {
      kept.cancel();
      if (kept.objects === null) {
        const opened = await open(AbortSignal.timeout(ANSWER_MS));
        if (!opened.ok) {
          if (opened.fault.kind === "sign-in") this.#refused.set(key, { fault: opened.fault, at: this.#clock.elapsed() });
          return opened;
        }
        this.#refused.delete(key);
        kept.objects = opened.value;
      }
      const answer = await question(kept.objects);
      if (!answer.ok && answer.fault.kind !== "object-refused") await this.#close(kept);
      else kept.cancel = this.#clock.after(KEPT_MS, () => void this.#close(kept));
      return answer;
    });
  }

  async dispose(): Promise<void> {
    await Promise.all([...this.#kept.values()].map((kept) => this.#close(kept)));
    this.#kept.clear();
  }

  async #close(kept: Kept): Promise<void> {
    kept.cancel();
    const { objects } = kept;
    kept.objects = null;
    await objects?.close();
  }
}
