/** The Activity page: what happened, the newest of each kind, followed by the renderer as a feed. */
import type { ActivityEvent } from "../../shared/contract/app.ts";
import { Feed } from "../feed.ts";
import { Gathering } from "../gathering.ts";
import type { Clock } from "../ports.ts";
import type { Store } from "../store/types.ts";

/** Changes are gathered this long, in milliseconds. */
const REFRESH_MS = 50;

export interface ActivityService {
  readonly feed: Feed<ActivityEvent>;
  /** Keeps an event. With `once`, unless one with the same text was ever kept. */
  record(event: Omit<ActivityEvent, "id" | "at">, once?: string): void;
  dispose(): void;
}

export function createActivity(store: Store, clock: Clock): ActivityService {
  const feed = new Feed<ActivityEvent>({ gatherMs: 50 });
  const refresh = new Gathering(clock, REFRESH_MS, () => {
    feed.replace(store.activity.recent().toReversed().map((event) => [event.id, event] as const));
  });
  refresh.now();
  const unsubscribe = store.onChange(() => refresh.soon());
  return {
    feed,
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
