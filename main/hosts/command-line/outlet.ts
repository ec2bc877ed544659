/** Standard output to its end: everything written, or why not. */
import type { Writable } from "node:stream";

/** How a reader that went away is told: Linux, then Windows. */
const READER_GONE: readonly string[] = ["EPIPE", "EOF", "ECONNRESET"];

export interface Outlet {
  /** Aborts when nothing more can be written. */
  readonly closed: AbortSignal;
  /** The reader went away, as `head` does: no error, and nobody is left to tell. */
  readonly isReaderGone: () => boolean;
  /** Waits until all is handed over. Answers what kept it from being written; null when nothing did, or the reader went away. */
  flushed(): Promise<Error | null>;
}

export function followOutput(stream: Writable): Outlet {
  const end = new AbortController();
  let problem: (Error & { readonly code?: unknown }) | null = null;
  stream.on("error", (error) => {
    problem ??= error;
    end.abort();
  });
  const isReaderGone = () => problem !== null && READER_GONE.includes(String(problem.code));
  return {
    closed: end.signal,
    isReaderGone,
    async flushed() {
      // What is written last is handed over last; a stream that failed answers with its error.
      await new Promise<void>((resolve) => void stream.write("", () => resolve()));
      return isReaderGone() ? null : problem;
    },
  };
}
