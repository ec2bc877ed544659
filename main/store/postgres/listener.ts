/** Hears of commits in the team's database. A hint, never the truth: a notice may be lost, and anybody may send one. */
import type { ClientConfig } from "pg";
import type { Clock } from "../../ports.ts";
import { CHANNEL } from "./names.ts";
import { GuardedClient } from "./wire.ts";

/** A connection that is only listened to notices nothing when the other side is gone, so it is asked this often, in milliseconds. */
const BEAT_MS = 15_000;
const FIRST_PAUSE_MS = 250;
const LONGEST_PAUSE_MS = 30_000;

export interface Listener {
  close(): void;
}

/**
 * Listens until it is closed, also after the server was away. `onHint` is called when something may have changed, with the server's number
 * for the connection that said so; null where nobody did.
 */
export function listen(configuration: ClientConfig, clock: Clock, onHint: (from: number | null) => void): Listener {
  let closed = false;
  let current: GuardedClient | null = null;
  let cancel: (() => void) | null = null;

  const attend = async (pause: number): Promise<void> => {
    const client = new GuardedClient(configuration);
    let ended = false;
    current = client;
    const again = (next: number) => {
      if (ended || closed) return;
      ended = true;
      cancel?.();
      void client.end().catch(() => undefined);
      cancel = clock.after(pause, () => void attend(next));
    };
    const later = () => again(Math.min(pause * 2, LONGEST_PAUSE_MS));
    client.on("error", later);
    client.on("end", later);
    client.on("notification", ({ processId }) => onHint(processId));
    try {
      await client.connect();
      await client.query(`LISTEN ${CHANNEL}`);
    } catch {
      later();
      return;
    }
    // It may have been closed on the way.
    if (ended || closed) return;
    const beat = () => {
      client.query("SELECT 1").then(() => {
        if (!ended && !closed) cancel = clock.after(BEAT_MS, beat);
      }, () => again(FIRST_PAUSE_MS));
    };
    cancel = clock.after(BEAT_MS, beat);
    // What happened while nobody listened is unknown.
    onHint(null);
  };

  // Not before whoever opened the database has shown what is there: another connection takes time from that.
  const start = setImmediate(() => void attend(FIRST_PAUSE_MS));
  return {
    close: () => {
      closed = true;
      clearImmediate(start);
      cancel?.();
      void current?.end().catch(() => undefined);
    },
  };
}
