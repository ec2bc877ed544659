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

export interface ReopenedApp {
  readonly app: App;
  dispose(): Promise<void>;
}

/** Opens the app, and opens it anew each time it asks for that. Fails as the first opening does; a later one is tried until it works. */
export async function openReopenable(given: Omit<Ports, "reopen">, { closing, opened }: Reopening): Promise<Result<ReopenedApp>> {
  const ended = new AbortController();
  let turn: Promise<void> = Promise.resolve();
  let current: App | null = null;

  const reopen = () => {
    turn = turn.then(openAnew);
  };
  const create = () => createApp({ ...given, reopen });

  async function openAnew(): Promise<void> {
    try {
      await setTimeout(ANSWERED_MS, null, { signal: ended.signal });
      closing();
      await current?.dispose();
      current = null;
      for (;;) {
        const next = await create();
        if (next.ok) {
          current = next.value;
          return opened(current);
        }
        given.logger.error("the console could not be opened anew", { fault: next.fault });
        await setTimeout(AGAIN_MS, null, { signal: ended.signal });
      }
    } catch (error) {
      // Ended while it waited.
      if (!ended.signal.aborted) given.logger.error("the console could not be opened anew", { error });
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
