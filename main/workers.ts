/** Worker threads for input that nobody vouches for: one question at a time, a time limit each, killed rather than waited for. */
import { Worker, type ResourceLimits } from "node:worker_threads";
import { createTurns } from "../shared/turns.ts";

/**
 * Where a worker's file is: `main/<room>/<name>.worker.ts` when run from source; in the bundle, which is one flat folder,
 * `<name>.worker.js` beside whatever file this code ended up in.
 */
export function workerUrl(room: string, name: string): URL {
  const file = import.meta.url.endsWith(".ts") ? `./${room}/${name}.worker.ts` : `./${name}.worker.js`;
  return new URL(file, import.meta.url);
}

/** How a question ended. `crashed` covers a worker that ran out of memory. */
export type WorkerAnswer<Answer> =
  | { readonly kind: "answered"; readonly answer: Answer }
  | { readonly kind: "timed-out" }
  | { readonly kind: "cancelled" }
  | { readonly kind: "crashed"; readonly error: Error };

export interface Asking {
  readonly signal?: AbortSignal | undefined;
  /** Counted from when the worker is up, so that a slow start is not held against the question. */
  readonly timeoutMs: number;
  /** Ends the question earlier when a number the worker counts up in shared memory stands still for `forMs`. */
  readonly stall?: { readonly progress: () => number; readonly forMs: number } | undefined;
}

/** Replies of every worker of the house: the first message is `ready`, then one answer a question. */
export const WORKER_READY = "ready";

/** Longest wait for a new thread to come up, in milliseconds. */
const START_LIMIT_MS = 20_000;

/**
 * A queue of questions to one worker thread. The thread starts with the first question, is kept for the next ones, and
 * is terminated and replaced after a time-out, an abort or a crash. It never keeps the process alive while idle.
 */
export class WorkerLine<Question, Answer> {
  readonly #url: URL;
  readonly #resourceLimits: ResourceLimits;
  #worker: Worker | null = null;
  #ready = false;
  readonly #inTurn = createTurns();
  #asked = 0;
  /** The end of the thread that was given up last. */
  #ending: Promise<void> = Promise.resolve();

  constructor(url: URL, resourceLimits: ResourceLimits) {
    this.#url = url;
    this.#resourceLimits = resourceLimits;
  }

  /**
   * Asks after the questions before it, and the threads they were asked of, have ended. Never rejects. A thread that computes in the platform's
   * own code cannot be ended before that comes back: the next question waits for it, and who gave up does not.
   */
  ask(question: Question, asking: Asking): Promise<WorkerAnswer<Answer>> {
    this.#asked += 1;
    return new Promise((resolve) => {
      void this.#inTurn(async () => {
        const outcome = await this.#askNow(question, asking).catch((error: unknown) => ({ kind: "crashed" as const, error: asError(error) }));
        this.#asked -= 1;
        resolve(outcome);
        await this.#ending;
      });
    });
  }

  /** Ends the thread where nobody waits for it; the next question starts another. */
  async rest(): Promise<void> {
    if (this.#asked === 0) await this.dispose();
  }

  /** Ends the thread. A question still running ends as `crashed`. */
  async dispose(): Promise<void> {
    const worker = this.#worker;
    this.#forget();
    await worker?.terminate();
  }

  async #askNow(question: Question, { signal, timeoutMs, stall }: Asking): Promise<WorkerAnswer<Answer>> {
    if (signal?.aborted === true) return { kind: "cancelled" };
    const worker = this.#worker ?? this.#start();
    worker.ref();
    const outcome = await new Promise<WorkerAnswer<Answer>>((resolve) => {
      let timer = setTimeout(() => settle({ kind: "timed-out" }), this.#ready ? timeoutMs : START_LIMIT_MS);
      const send = () => {
        this.#ready = true;
        clearTimeout(timer);
        timer = setTimeout(() => settle({ kind: "timed-out" }), timeoutMs);
        if (stall !== undefined) stopWatching = watchStall(stall, () => settle({ kind: "timed-out" }));
        try {
          // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread has no origin
          worker.postMessage(question);
        } catch (error) {
          // A question that cannot be copied to a thread: thrown from an event of the worker it would end the process.
          settle({ kind: "crashed", error: error instanceof Error ? error : new Error(String(error)) });
        }
      };
      let stopWatching = () => {};
      const onMessage = (message: Answer | typeof WORKER_READY) => {
        if (message === WORKER_READY) send();
        else settle({ kind: "answered", answer: message });
      };
      const onAbort = () => settle({ kind: "cancelled" });
      const onError = (error: Error) => settle({ kind: "crashed", error });
      const onExit = () => settle({ kind: "crashed", error: new Error("the worker ended") });
      const settle = (answer: WorkerAnswer<Answer>) => {
        clearTimeout(timer);
        stopWatching();
        worker.off("message", onMessage).off("error", onError).off("exit", onExit);
        signal?.removeEventListener("abort", onAbort);
        resolve(answer);
      };
      worker.on("message", onMessage).on("error", onError).on("exit", onExit);
      signal?.addEventListener("abort", onAbort);
      if (this.#ready) send();
    });
    if (outcome.kind === "answered") worker.unref();
    else this.#ending = this.#discard(worker);
    return outcome;
  }

  #start(): Worker {
    const worker = new Worker(this.#url, { resourceLimits: this.#resourceLimits, stdin: false, env: {} });
    // Without a listener of its own, an error between two questions would end the process.
    worker.on("error", () => this.#forget(worker));
    this.#worker = worker;
    this.#ready = false;
    return worker;
  }

  #forget(worker: Worker | null = this.#worker): void {
    if (worker === null || this.#worker === worker) {
      this.#worker = null;
      this.#ready = false;
    }
  }

  async #discard(worker: Worker): Promise<void> {
    this.#forget(worker);
    worker.on("error", () => undefined);
    await worker.terminate();
  }
}

function asError(thrown: unknown): Error {
  return thrown instanceof Error ? thrown : new Error(String(thrown));
}

/** Several lines for one kind of question; a thread is started only when the others are busy. */
export class WorkerPool<Question, Answer> {
  readonly #free: WorkerLine<Question, Answer>[];
  readonly #waiting: ((line: WorkerLine<Question, Answer>) => void)[] = [];

  constructor(size: number, url: URL, resourceLimits: ResourceLimits) {
    this.#free = Array.from({ length: size }, () => new WorkerLine<Question, Answer>(url, resourceLimits));
  }

  /** Asks a line that is free, or the first that becomes so: a question that takes long keeps no other waiting behind it. Never rejects. */
  async ask(question: Question, asking: Asking): Promise<WorkerAnswer<Answer>> {
    const line = this.#free.pop() ?? (await new Promise<WorkerLine<Question, Answer>>((resolve) => this.#waiting.push(resolve)));
    try {
      return await line.ask(question, asking);
    } finally {
      const next = this.#waiting.shift();
      if (next === undefined) this.#free.push(line);
      else next(line);
    }
  }

  /** Ends the threads that nobody waits for. */
  async rest(): Promise<void> {
    await Promise.all(this.#free.map((line) => line.rest()));
  }
}

/** How often a worker's progress is looked at, in milliseconds. */
const WATCH_MS = 25;

/** Counts looks, not the clock: where this thread itself was kept waiting, the worker is not blamed for it. */
function watchStall({ progress, forMs }: NonNullable<Asking["stall"]>, onStall: () => void): () => void {
  let seen = progress();
  let looks = 0;
  const timer = setInterval(() => {
    const now = progress();
    looks = now === seen ? looks + 1 : 0;
    seen = now;
    if (looks * WATCH_MS >= forMs) onStall();
  }, WATCH_MS);
  return () => clearInterval(timer);
}
