/** What the rest of the renderer knows about the wire: whether it is up, and why there is none. */

/** Whether this page was served by the Electron host, which has its own scheme. */
export function isElectron(): boolean {
  return window.location.protocol === "app:";
}

/** Why no connection could be made. Each has its own page. */
export type ConnectProblem = "no-code" | "code-refused" | "no-answer" | "not-started";

/** Thrown by `connect` when there is nothing to connect to. */
export class ConnectError extends Error {
  readonly problem: ConnectProblem;
  /** The host's word on why it could not start, as it came. */
  readonly fault: unknown;

  constructor(problem: ConnectProblem, fault?: unknown) {
    super(`No connection: ${problem}`);
    this.name = "ConnectError";
    this.problem = problem;
    this.fault = fault;
  }
}

/**
 * `silent`: it stands, and main says nothing. `lost` counts the attempts made since it dropped. `heardAt`, in epoch milliseconds, is
 * when main was last heard: what is shown is from then.
 */
export type Connection =
  | { readonly state: "open" }
  | { readonly state: "silent"; readonly heardAt: number }
  | { readonly state: "lost"; readonly attempts: number; readonly heardAt: number };

type Listener = (connection: Connection) => void;

let connection: Connection = { state: "open" };
const listeners = new Set<Listener>();

export function currentConnection(): Connection {
  return connection;
}

export function announceConnection(next: Connection): void {
  connection = next;
  for (const listener of listeners) listener(next);
}

/** Calls back on every change; the returned function unsubscribes. */
export function onConnection(listener: Listener): () => void {
  listeners.add(listener);
  return () => {
    listeners.delete(listener);
  };
}

/** Resolves as soon as the connection stands; at once where it does. Rejects when the signal aborts. */
export function whenOpen(signal?: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    signal?.throwIfAborted();
    if (connection.state === "open") return resolve();
    const leave = onConnection(({ state }) => {
      if (state !== "open") return;
      settle();
      resolve();
    });
    const abort = () => {
      settle();
      reject(new DOMException("It is not waited for any more", "AbortError"));
    };
    const settle = () => {
      leave();
      signal?.removeEventListener("abort", abort);
    };
    signal?.addEventListener("abort", abort, { once: true });
  });
}

/** Milliseconds to wait before attempt `attempt` (from 1): 0.5, 1, 2, 4, then 8 seconds. */
export function backoff(attempt: number): number {
  return Math.min(8000, 500 * 2 ** Math.max(0, attempt - 1));
}
