/**
 * The system's own look-ups of names, rationed. Each holds a thread until it ends, which nobody can hurry: a name whose DNS
 * server is silent holds one for half a minute. One look-up at a time a name, shared by all who wait for it, and names
 * that were found the last time are never kept waiting by names that were not.
 */
import type { Clock } from "../ports.ts";

/** Longest wait for a thread, in milliseconds: shorter than any dial, so that the wait is told from a slow name. */
const WAIT_MS = 5_000;
/** A look-up that takes longer than this, in milliseconds, counts as one that failed. */
const SLOW_MS = 1_000;
/** Names that may wait for a thread at a time. */
const MOST_WAITING = 1_000;
/** Names whose last look-up is remembered; the one not asked for the longest is forgotten first. */
const REMEMBERED = 5_000;

/** Thrown for a name that could not even be asked for: every thread was held by other names. */
export class NotLookedUpError extends Error {
  readonly code = "ENOTLOOKEDUP";
}

/** How a name's last look-up went. */
type Standing = "found" | "new" | "doubtful";

/** The share of all threads that names of a standing can hold, those of a lower standing included. */
const SHARES: readonly (readonly [standing: Standing, share: number])[] = [
  ["found", 1],
  ["new", 3 / 4],
  ["doubtful", 1 / 2],
];

interface Asked {
  readonly name: string;
  readonly standing: Standing;
  readonly answer: Promise<readonly string[]>;
  readonly settle: (answer: Promise<readonly string[]>) => void;
  waiters: number;
  started: boolean;
}

export interface LookupOptions {
  /** Looks a name up with the means of the system; throws with a code. */
  readonly look: (name: string) => Promise<readonly string[]>;
  readonly clock: Clock;
  /** Look-ups at a time. */
  readonly threads: number;
}

/**
 * How many look-ups the process can run at a time: libuv lets them have half of its pool, rounded up, and the pool is four
 * threads unless UV_THREADPOOL_SIZE says otherwise (src/threadpool.c, `slow_work_thread_threshold`).
 */
export function lookupThreads(environment: NodeJS.ProcessEnv): number {
  const size = Number(environment["UV_THREADPOOL_SIZE"] ?? "4");
  return Math.floor(((Number.isInteger(size) && size > 0 ? Math.min(size, 1024) : 4) + 1) / 2);
}

export class Lookups {
  readonly #options: LookupOptions;
  readonly #asked = new Map<string, Asked>();
  readonly #found = new Map<string, boolean>();

  constructor(options: LookupOptions) {
    this.#options = options;
  }

  /** Names that are being looked up or wait for it. */
  get size(): number {
    return this.#asked.size;
  }

  /**
   * A name's addresses. Rejects as `look` does, with {@link NotLookedUpError} when no thread could be had in time, and at once
   * when the signal aborts: the look-up goes on for whoever else waits for it.
   */
  async find(name: string, signal: AbortSignal): Promise<readonly string[]> {
    const asked = this.#asked.get(name) ?? this.#ask(name);
    asked.waiters += 1;
    const { promise: ended, reject } = Promise.withResolvers<never>();
    const stop = () => reject(new Error("aborted"));
    signal.addEventListener("abort", stop, { once: true });
    if (signal.aborted) stop();
    const cancelWait = this.#options.clock.after(WAIT_MS, () => {
      if (!asked.started) reject(new NotLookedUpError(name));
    });
    try {
      return await Promise.race([asked.answer, ended]);
    } finally {
      cancelWait();
      signal.removeEventListener("abort", stop);
      asked.waiters -= 1;
      if (asked.waiters === 0 && !asked.started) this.#asked.delete(name);
    }
  }

  #ask(name: string): Asked {
    if (this.#count((each) => !each.started) >= MOST_WAITING) throw new NotLookedUpError(name);
    const { promise: answer, resolve: settle } = Promise.withResolvers<readonly string[]>();
    // Whoever waits meets the rejection; this keeps it from counting as unhandled where all have gone.
    answer.catch(() => undefined);
    const known = this.#found.get(name);
    const standing = known === undefined ? "new" : known ? "found" : "doubtful";
    const asked: Asked = { name, standing, answer, settle, waiters: 0, started: false };
    this.#asked.set(name, asked);
    this.#fill();
    return asked;
  }

  #count(like: (asked: Asked) => boolean): number {
    return [...this.#asked.values()].filter(like).length;
  }

  #fill(): void {
    for (const [index, [standing, share]] of SHARES.entries()) {
      const below = SHARES.slice(index).map(([each]) => each);
      const room = () =>
        this.#count(({ started }) => started) < this.#options.threads &&
        this.#count((each) => each.started && below.includes(each.standing)) < this.#options.threads * share;
      for (const asked of this.#asked.values()) {
        if (!room()) break;
        if (asked.standing === standing && !asked.started) this.#start(asked);
      }
    }
  }

  #start(asked: Asked): void {
    const { clock, look } = this.#options;
    const { name } = asked;
    asked.started = true;
    const began = clock.elapsed();
    const ended = (found: boolean) => {
      this.#asked.delete(name);
      this.#remember(name, found && clock.elapsed() - began < SLOW_MS);
      this.#fill();
    };
    const answer = look(name);
    answer.then(
      () => ended(true),
      () => ended(false),
    );
    asked.settle(answer);
  }

  #remember(name: string, found: boolean): void {
    this.#found.delete(name);
    this.#found.set(name, found);
    const [oldest] = this.#found.keys();
    if (this.#found.size > REMEMBERED && oldest !== undefined) this.#found.delete(oldest);
  }
}
