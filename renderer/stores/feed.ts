/** Follows a feed of the contract for as long as somebody looks, whatever happens to the connection. */
import type { FeedEvent } from "../../shared/contract/feed.ts";
import { wholeSnapshots } from "../../shared/rules/whole-snapshots.ts";
import { backoff, currentConnection, whenOpen } from "../host/connection.ts";

export interface FeedSink<T> {
  /** The whole state; replaces everything known before. */
  snapshot(entries: ReadonlyMap<string, T>): void;
  change(set: ReadonlyMap<string, T>, removed: readonly string[]): void;
  /** The feed broke off: what is known may be old until the next snapshot. */
  lost(): void;
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(done, ms);
    function done() {
      clearTimeout(timer);
      signal.removeEventListener("abort", done);
      resolve();
    }
    signal.addEventListener("abort", done, { once: true });
  });
}

function byKey<T>(entries: readonly { readonly key: string; readonly value: T }[]): ReadonlyMap<string, T> {
  return new Map(entries.map(({ key, value }) => [key, value]));
}

/** Reads until the feed ends, breaks or skips a number. Answers whether a snapshot arrived. */
async function read<T>(events: AsyncIterable<FeedEvent<T>>, sink: FeedSink<T>, signal: AbortSignal): Promise<boolean> {
  let arrived = false;
  for await (const event of wholeSnapshots(events)) {
    if (signal.aborted) break;
    if (event.type === "snapshot") sink.snapshot(byKey(event.entries));
    else sink.change(byKey(event.set), event.removed);
    arrived = true;
  }
  return arrived;
}

/** While the connection is away that is as soon as it is back; a feed that fails over one that stands gets longer and longer pauses. */
async function retryTime(failures: number, signal: AbortSignal): Promise<void> {
  if (currentConnection().state === "open") await pause(backoff(failures), signal);
  // The stop ends the loop that asks.
  await whenOpen(signal).catch(() => undefined);
}

/** Opens the feed, and again with growing pauses after a gap or a broken connection. The returned function stops. */
export function followFeed<T>(open: (signal: AbortSignal) => Promise<AsyncIterable<FeedEvent<T>>>, sink: FeedSink<T>): () => void {
  const stop = new AbortController();
  const follow = async () => {
    let failures = 0;
    while (!stop.signal.aborted) {
      const attempt = new AbortController();
      const relay = () => attempt.abort();
      stop.signal.addEventListener("abort", relay, { once: true });
      try {
        failures = (await read(await open(attempt.signal), sink, attempt.signal)) ? 1 : failures + 1;
      } catch {
        failures += 1;
      } finally {
        stop.signal.removeEventListener("abort", relay);
        attempt.abort();
      }
      if (stop.signal.aborted) return;
      sink.lost();
      await retryTime(failures, stop.signal);
    }
  };
  void follow();
  return () => stop.abort();
}
