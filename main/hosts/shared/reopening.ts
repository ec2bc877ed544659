/** An app that is opened anew behind the same pages when the console goes over to other data. */
import { setTimeout } from "node:timers/promises";
import { succeed, type Result } from "../../../shared/fault.ts";
import { createApp, type App } from "../../app.ts";
import type { Ports } from "../../ports.ts";

/** What was asked is answered before the app that answers is closed. */
const ANSWERED_MS = 100;
/** Between two tries to open what could not be opened. */
const AGAIN_MS = 2_000;

export interface Reopening {
  /** Pages are answered no more: the app is about to close. */
  closing(): void;
  /** They are answered by this one from now on. */
  opened(app: App): void;
}

export interface ReopenableApp {
  readonly app: App;
  dispose(): Promise<void>;
}

/** Opens the app, and opens it anew each time it asks for that. Fails as the first opening does; a later one is tried until it works. */
export async function openReopenable(given: Omit<Ports, "reopen">, { closing, opened }: Reopening): Promise<Result<ReopenableApp>> {
  const ended = new AbortController();
  let turn: Promise<void> = Promise.resolve();
  let current: App | null = null;

  const reopen = () => {
    turn = turn.then(openAnew);
  };
  const create = async () => createApp({ ...given, reopen });

  /** Null where it could not be opened. Pages wait for it, so that an error nobody thought of must not be the last word either. */
  async function open(): Promise<App | null> {
    const words = "the console could not be opened anew";
    try {
      const next = await create();
      if (next.ok) return next.value;
      given.logger.error(words, { fault: next.fault });
    } catch (error) {
      given.logger.error(words, { error });
    }
    return null;
  }

  async function close(): Promise<void> {
    try {
      await current?.dispose();
    } catch (error) {
      given.logger.error("the console could not be closed properly before it is opened anew", { error });
    }
    current = null;
  }

  async function openAnew(): Promise<void> {
    try {
      await setTimeout(ANSWERED_MS, null, { signal: ended.signal });
      closing();
      await close();
      for (current = await open(); current === null; current = await open()) await setTimeout(AGAIN_MS, null, { signal: ended.signal });
      opened(current);
    } catch (error) {
      // Ended while it waited.
      if (!ended.signal.aborted) given.logger.error("the pages could not be answered anew", { error });
    }
  }

  const first = await create();
  if (!first.ok) return first;
  current = first.value;
  return succeed({
    app: first.value,
    dispose: async () => {
      ended.abort();
      await turn;
      await current?.dispose();
    },
  });
}
