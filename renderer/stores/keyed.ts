/** A zustand store fed by a feed: entries by key, and whether they are current. */
import { createStore, type StoreApi } from "zustand/vanilla";
import type { FeedEvent } from "../../shared/contract/feed.ts";
import { currentConnection } from "../host/connection.ts";
import { followFeed } from "./feed.ts";

export interface KeyedState<T> {
  /** `loading` until the first snapshot; `stale` while the connection is away. */
  readonly freshness: "loading" | "current" | "stale";
  readonly entries: ReadonlyMap<string, T>;
}

export type KeyedStore<T> = StoreApi<KeyedState<T>>;

export function createKeyedStore<T>(): KeyedStore<T> {
  return createStore<KeyedState<T>>(() => ({ freshness: "loading", entries: new Map() }));
}

/** Keeps the store equal to the feed until the returned function is called. `unheard`: an entry as it is known while main is not heard. */
export function feedInto<T>(
  store: KeyedStore<T>,
  open: (signal: AbortSignal) => Promise<AsyncIterable<FeedEvent<T>>>,
  unheard: (entry: T) => T = (entry) => entry,
): () => void {
  return followFeed(open, {
    snapshot: (entries) => store.setState({ freshness: "current", entries }),
    change: (set, removed) => {
      const entries = new Map(store.getState().entries);
      for (const [key, value] of set) entries.set(key, value);
      for (const key of removed) entries.delete(key);
      store.setState({ entries });
    },
    lost() {
      if (currentConnection().state === "open") return;
      store.setState(({ freshness, entries }) => ({
        freshness: freshness === "loading" ? "loading" : "stale",
        entries: new Map([...entries].map(([key, entry]) => [key, unheard(entry)])),
      }));
    },
  });
}
