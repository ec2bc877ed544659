/** The Activity page: what happened, a page at a time, and word that there is something new. */
import type { ActivityEvent } from "../../shared/contract/activity.ts";
import type { Feed } from "../feed.ts";
import type { Clock } from "../ports.ts";
import type { ActivityLog, Store } from "../store/types.ts";
import { Newest } from "./newest.ts";

export interface ActivityService extends Pick<ActivityLog, "page"> {
  /** The id of the newest event, under the key `newest`; empty while there is none. */
  readonly news: Feed<string>;
  /** Keeps an event. With `once`, unless one with the same text was ever kept. */
  record(event: Omit<ActivityEvent, "id" | "at">, once?: string): void;
  /** Calls back with each event of this process that is kept; the returned function ends it. */
  onKept(callback: (event: Omit<ActivityEvent, "id">) => void): () => void;
  dispose(): void;
}

export function createActivity(store: Store, clock: Clock): ActivityService {
  const newest = new Newest({ store, clock, value: () => store.activity.newest() });
  const hearers = new Set<(event: Omit<ActivityEvent, "id">) => void>();
  return {
    news: newest.feed,
    page: (question) => store.activity.page(question),
    record: (event, once) => {
      const kept = { ...event, at: clock.now() };
      if (store.activity.append(kept, once)) for (const hear of hearers) hear(kept);
      newest.soon();
    },
    onKept: (callback) => {
      hearers.add(callback);
      return () => void hearers.delete(callback);
    },
    dispose: () => newest.dispose(),
  };
}
