/** A clock whose time passes only when the test says so; timers run in order, and what they start runs to its next wait. */
import type { Clock } from "../../../../main/ports.ts";
import type { Feed } from "../../../../main/feed.ts";
import type { ServerStatus } from "../../../../shared/model/mail-server.ts";

export interface FakeClock extends Clock {
  advance(ms: number): Promise<void>;
}

const settle = () => new Promise<void>((resolve) => setImmediate(resolve));

export function fakeClock(random: () => number = () => 0.5): FakeClock {
  let now = 0;
  let timers: { readonly at: number; readonly callback: () => void }[] = [];
  return {
    now: () => now,
    elapsed: () => now,
    random,
    after: (ms, callback) => {
      const timer = { at: now + ms, callback };
      timers.push(timer);
      return () => {
        timers = timers.filter((other) => other !== timer);
      };
    },
    advance: async (ms) => {
      const end = now + ms;
      await settle();
      for (;;) {
        const next = timers.filter((timer) => timer.at <= end).toSorted((a, b) => a.at - b.at)[0];
        if (next === undefined) break;
        timers = timers.filter((timer) => timer !== next);
        now = Math.max(now, next.at);
        next.callback();
        await settle();
      }
      now = end;
    },
  };
}

/** A server's row. */
export function row(feed: Feed<ServerStatus>, name: string): ServerStatus {
  const status = feed.get(name);
  if (status === undefined) throw new Error(`no row for ${name}`);
  return status;
}
