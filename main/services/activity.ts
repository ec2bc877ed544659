/** The Activity page: what happened, the newest of each kind, followed by the renderer as a feed. */
import type { ActivityEvent } from "../../shared/contract/app.ts";
import { Feed } from "../feed.ts";
import type { Clock } from "../ports.ts";
import type { Store } from "../store/types.ts";

/** Changes are gathered this long, in milliseconds: a thousand servers may go down at once. */
const REFRESH_MS = 50;

export interface ActivityService {
  readonly feed: Feed<ActivityEvent>;
  /** Keeps an event. With `once`, unless one with the same text was ever kept. */
  record(event: Omit<ActivityEvent, "id" | "at">, once?: string): void;
  dispose(): void;
}

export function createActivity(store: Store, clock: Clock): ActivityService {
  const feed = new Feed<ActivityEvent>({ gatherMs: 50 });
  let pending: (() => void) | null = null;
  const refresh = () => {
    pending = null;
    feed.replace(store.activity.recent().toReversed().map((event) => [event.id, event] as const));
  };
  const refreshSoon = () => {
    pending ??= clock.after(REFRESH_MS, refresh);
  };
  refresh();
  const unsubscribe = store.onChange(refreshSoon);
  return {
    feed,
    record: (event, once) => {
      store.activity.append({ ...event, at: clock.now() }, once);
      refreshSoon();
    },
    dispose: () => {
      unsubscribe();
      pending?.();
    },
  };
}
