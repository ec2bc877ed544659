/** Checks of servers that one console makes for all of a team: it holds a lease, writes what it found, and the others read that. */
import { succeed } from "../../../shared/fault.ts";
import { Guard } from "../../guard.ts";
import type { Clock, Logger } from "../../ports.ts";
import { numberOf, textOf } from "../columns.ts";
import { all, run, type Steps } from "../steps.ts";
import type { FoundResult, SharedChecks } from "../types.ts";
import type { PostgresEngine } from "./engine.ts";
import { isAway } from "./errors.ts";
import { giveBack, holderOf, takeLease } from "./lease.ts";

const LEASE = "server-checks";
/** Between two rounds, in milliseconds: what was found goes out and comes in, and the lease is renewed long before it ends. */
const ROUND_MS = 2_000;
/** Two commits may become visible in another order than that of their times. */
const OVERLAP_MS = 5_000;
/** What is older is no news to a console that has just been started. */
const NEWS_MS = 60_000;
/** Results of servers that nobody checks any more go after a day. */
const KEPT_MS = 24 * 60 * 60 * 1000;

interface Options {
  readonly engine: Pick<PostgresEngine, "apart" | "read">;
  /** This process's own: two hosts on one folder are one console of the team, and one of them checks. */
  readonly holder: string;
  /** A reader holds no lease: it may write nothing. */
  readonly mayWrite: () => boolean;
  readonly clock: Clock;
  readonly logger: Logger;
}

interface News {
  readonly holder: string | null;
  readonly found: readonly (FoundResult & { readonly at: number })[];
}

function* newsSince(at: number): Steps<News> {
  const holder = yield* holderOf(LEASE);
  const rows = yield* all("SELECT key, at, content, now_ms() - at AS age FROM check_result WHERE at > ? AND at > now_ms() - ?", at - OVERLAP_MS, NEWS_MS);
  return { holder, found: rows.map((row) => ({ key: textOf(row, "key"), at: numberOf(row, "at"), ageMs: Math.max(0, numberOf(row, "age")), content: textOf(row, "content") })) };
}

/** Renews the lease and writes what was found, in one transaction; the token, or null where another console holds it. */
function* round(holder: string, found: ReadonlyMap<string, string>): Steps<number | null> {
  const token = yield* takeLease(LEASE, holder);
  if (token === null) return null;
  for (const [key, content] of found) {
    yield* run("INSERT INTO check_result (key, at, content) VALUES (?, now_ms(), ?) ON CONFLICT (key) DO UPDATE SET at = excluded.at, content = excluded.content", key, content);
  }
  yield* run("DELETE FROM check_result WHERE at < now_ms() - ?", KEPT_MS);
  return token;
}

/** Begins to share; ends with `close`, which gives the lease back. */
export function shareChecks({ engine, holder, mayWrite, clock, logger }: Options): SharedChecks & { close(): Promise<void> } {
  const guard = new Guard("shared checks", logger);
  const waiting = new Map<string, string>();
  /** When each result that came in was found, by key. */
  const seen = new Map<string, number>();
  let listener: { results(found: readonly FoundResult[]): void; roles(): void } | null = null;
  let token: number | null = null;
  let others = false;
  let newest = 0;
  let closed = false;
  let cancel: (() => void) | null = null;
  let running: Promise<void> = Promise.resolve();

  const become = (mine: number | null, byOthers: boolean) => {
    const changed = (token === null) !== (mine === null) || others !== byOthers;
    token = mine;
    others = byOthers;
    // What a listener throws says nothing of the lease: the round goes on.
    if (changed) guard.run(() => listener?.roles());
  };

  const write = async (): Promise<number | null> => {
    if (!mayWrite()) return null;
    const found = new Map(waiting);
    const written = await engine.apart<number | null>(function* work() {
      return succeed(yield* round(holder, found));
    });
    if (!written.ok) return null;
    if (written.value !== null) for (const [key, content] of found) if (waiting.get(key) === content) waiting.delete(key);
    return written.value;
  };

  const read = async (): Promise<boolean> => {
    const { holder: held, found } = await engine.read(() => newsSince(newest));
    newest = Math.max(newest, ...found.map(({ at }) => at));
    const news = found.filter(({ key, at }) => (seen.get(key) ?? 0) < at);
    for (const { key, at } of news) seen.set(key, at);
    for (const [key, at] of seen) if (at < newest - NEWS_MS) seen.delete(key);
    if (held !== null && held !== holder && news.length > 0) guard.run(() => listener?.results(news));
    return held !== null && held !== holder;
  };

  const turn = async () => {
    try {
      const mine = await write();
      become(mine, await read());
    } catch (error) {
      // Who cannot reach the database checks for itself.
      become(null, false);
      if (!isAway(error)) guard.report(error);
    }
    if (!closed) cancel = clock.after(ROUND_MS, next);
  };
  const next = () => {
    running = turn();
  };
  // Not before whoever opened the database has shown what is there.
  const start = setImmediate(next);

  return {
    leftToOthers: () => others,
    follow: (callbacks) => {
      listener = callbacks;
      return () => {
        listener = null;
      };
    },
    found: (key, content) => {
      if (token !== null) waiting.set(key, content);
    },
    close: async () => {
      closed = true;
      clearImmediate(start);
      cancel?.();
      await running;
      cancel?.();
      const mine = token;
      if (mine === null) return;
      const back = engine.apart<null>(function* back() {
        return succeed(yield* giveBack(LEASE, mine));
      });
      // It ends by itself, if the database does not hear this any more.
      await back.catch(() => undefined);
    },
  };
}
