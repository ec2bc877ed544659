/** What the Activity page would show, for tests of what is recorded. */
import type { ActivityEvent } from "../../shared/contract/activity.ts";
import type { ActivityLog } from "../../main/store/types.ts";

/** Newest first. */
export async function newestEvents({ activity }: { readonly activity: Pick<ActivityLog, "page"> }): Promise<readonly ActivityEvent[]> {
  return (await activity.page({ before: null, most: 100_000, store: null, words: [] })).events;
}

/** Oldest first. */
export async function eventsOf(services: { readonly activity: Pick<ActivityLog, "page"> }): Promise<readonly ActivityEvent[]> {
  return (await newestEvents(services)).toReversed();
}
