/** Tells listeners that something stored has changed: own writes at once, other processes' within a second. */
import { Listeners } from "../listeners.ts";
import type { Clock, Logger } from "../ports.ts";
import type { Connection } from "./connection.ts";

/** How often other processes' commits are looked for, in milliseconds. */
const POLL_INTERVAL = 1000;

export interface Changes {
  /** Called after a commit of our own; listeners hear of it before anything that waits. */
  announce(): void;
  subscribe(callback: () => void): () => void;
  stop(): void;
}

export function createChanges({ connection, clock, logger }: { readonly connection: Connection; readonly clock: Clock; readonly logger: Logger }): Changes {
  const listeners = new Listeners("stored changes", logger);
  let announced = false;
  let cancelPoll: (() => void) | null = null;
  let seen = connection.dataVersion();

  const tell = () => {
    announced = false;
    listeners.notify();
  };

  const poll = () => {
    cancelPoll = null;
    if (!connection.isOpen || listeners.size === 0) return;
    try {
      const now = connection.dataVersion();
      if (now !== seen) {
        seen = now;
        tell();
      }
    } catch (error) {
      logger.warn("changes by other processes cannot be seen", { error: error instanceof Error ? error.message : String(error) });
    }
    wait();
  };

  const wait = () => {
    if (cancelPoll === null && connection.isOpen && listeners.size > 0) cancelPoll = clock.after(POLL_INTERVAL, poll);
  };

  return {
    announce: () => {
      if (announced) return;
      announced = true;
      queueMicrotask(tell);
    },
    subscribe: (callback) => {
      const remove = listeners.add(callback);
      wait();
      return () => {
        remove();
        if (listeners.size > 0) return;
        cancelPoll?.();
        cancelPoll = null;
      };
    },
    stop: () => {
      listeners.clear();
      cancelPoll?.();
      cancelPoll = null;
    },
  };
}

/** Changes that somebody else tells of, those of this process too: an own commit is told of once it is there to read. */
export function createChangesOf(source: { onChange(callback: () => void): void }, logger: Logger): Changes {
  const listeners = new Listeners("stored changes", logger);
  source.onChange(() => listeners.notify());
  return { announce: () => undefined, subscribe: (callback) => listeners.add(callback), stop: () => listeners.clear() };
}
