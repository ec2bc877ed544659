/** The Activity page: what happened, newest 500, followed by the renderer as a feed. */
import type { ActivityEvent } from "../../shared/contract/app.ts";
import { Feed } from "../feed.ts";
import type { Clock } from "../ports.ts";
import type { Store } from "../store/types.ts";

export interface ActivityService {
  readonly feed: Feed<ActivityEvent>;
  record(event: Omit<ActivityEvent, "id" | "at">): void;
  dispose(): void;
}

export function createActivity(store: Store, clock: Clock): ActivityService {
  const feed = new Feed<ActivityEvent>({ gatherMs: 50 });
  const refresh = () => feed.replace(store.activity.recent().toReversed().map((event) => [event.id, event] as const));
  refresh();
  const unsubscribe = store.onChange(refresh);
  return {
    feed,
    record: (event) => {
      store.activity.append({ ...event, at: clock.now() });
      refresh();
    },
    dispose: unsubscribe,
  };
}
