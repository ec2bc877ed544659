/** The directory that a page looks into while somebody types: signed in to once, kept for a while, asked for one thing at a time. */
import { fail, succeed, type Fault, type Result } from "../../../shared/fault.ts";
import { createTurns, type InTurn } from "../../../shared/turns.ts";
import type { DirectoryObjects } from "../../directory/types.ts";
import type { Clock } from "../../ports.ts";

/** Milliseconds a connection is kept after it was last asked. */
const KEPT_MS = 60_000;
/** After a refused account nobody knocks again for so long, in milliseconds: each letter that is typed would count towards its lock. */
const REFUSED_MS = 5 * 60_000;
/** Longest wait for one answer, in milliseconds. */
const ANSWER_MS = 20_000;

interface Session {
  readonly objects: DirectoryObjects;
  /** Ends it, and whatever is asked of it: what it was opened with holds for as long as it is kept. */
  readonly stop: AbortController;
  /** Nothing closes it any more when its ways do. */
  readonly forget: () => void;
}

interface Kept {
  readonly inTurn: InTurn;
  session: Session | null;
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
   * closes the connection, so that the next one begins anew; so does `closing`, at once.
   */
  async ask<T>(key: string, closing: AbortSignal, open: (signal: AbortSignal) => Promise<Result<DirectoryObjects>>, question: (objects: DirectoryObjects) => Promise<Result<T>>): Promise<Result<T>> {
    const kept = this.#kept.get(key) ?? { inTurn: createTurns(), session: null, cancel: () => undefined };
    this.#kept.set(key, kept);
    return kept.inTurn(async () => {
      // In one's turn: whoever waited for the one that was refused does not knock again.
      const refused = this.#refused.get(key);
      if (refused !== undefined && this.#clock.elapsed() - refused.at < REFUSED_MS) return fail(refused.fault);
      kept.cancel();
      const opened = kept.session === null ? await this.#open(kept, closing, open) : succeed(kept.session);
      if (!opened.ok) {
        if (opened.fault.kind === "sign-in") this.#refused.set(key, { fault: opened.fault, at: this.#clock.elapsed() });
        return opened;
      }
      this.#refused.delete(key);
      const { objects, stop } = (kept.session = opened.value);
      const answer = await this.#inTime(stop, () => question(objects));
      if (!answer.ok && answer.fault.kind !== "object-refused") await this.#close(kept);
      else kept.cancel = this.#clock.after(KEPT_MS, () => void this.#close(kept));
      return answer;
    });
  }

  async dispose(): Promise<void> {
    await Promise.all([...this.#kept.values()].map((kept) => this.#close(kept)));
    this.#kept.clear();
  }

  async #open(kept: Kept, closing: AbortSignal, open: (signal: AbortSignal) => Promise<Result<DirectoryObjects>>): Promise<Result<Session>> {
    const stop = new AbortController();
    const opened = await this.#inTime(stop, () => open(stop.signal));
    if (!opened.ok) return opened;
    const close = () => void this.#close(kept);
    closing.addEventListener("abort", close, { once: true });
    return succeed({ objects: opened.value, stop, forget: () => closing.removeEventListener("abort", close) });
  }

  /** Ends what takes longer than anybody waits for one answer. */
  async #inTime<T>(stop: AbortController, act: () => Promise<Result<T>>): Promise<Result<T>> {
    const inTime = this.#clock.after(ANSWER_MS, () => stop.abort());
    const answer = await act();
    inTime();
    return !answer.ok && stop.signal.aborted ? fail({ kind: "timeout", phase: "directory", afterMs: ANSWER_MS }) : answer;
  }

  async #close(kept: Kept): Promise<void> {
    kept.cancel();
    const { session } = kept;
    kept.session = null;
    session?.forget();
    await session?.objects.close();
  }
}
