/** The Activity page: what happened, a page at a time, and word that there is something new. */
import type { ActivityEvent } from "../../shared/contract/activity.ts";
import { Feed } from "../feed.ts";
import { Gathering } from "../gathering.ts";
import type { Clock } from "../ports.ts";
import type { ActivityLog, Store } from "../store/types.ts";

/** Changes are gathered this long, in milliseconds. */
const REFRESH_MS = 50;

export interface ActivityService extends Pick<ActivityLog, "page"> {
  /** The id of the newest event, under the key `newest`; empty while there is none. */
  readonly news: Feed<string>;
  /** Keeps an event. With `once`, unless one with the same text was ever kept. */
  record(event: Omit<ActivityEvent, "id" | "at">, once?: string): void;
  dispose(): void;
}

export function createActivity(store: Store, clock: Clock): ActivityService {
  const news = new Feed<string>();
  const refresh = new Gathering(clock, REFRESH_MS, () => news.replace([["newest", store.activity.newest()]]));
  refresh.now();
  const unsubscribe = store.onChange(() => refresh.soon());
  return {
    news,
    page: (question) => store.activity.page(question),
    record: (event, once) => {
      store.activity.append({ ...event, at: clock.now() }, once);
      refresh.soon();
    },
    dispose: () => {
      unsubscribe();
      refresh.stop();
    },
  };
}
