/** Puts the pieces of a long snapshot together again. */
import type { FeedEvent } from "../contract/feed.ts";

/**
 * The events of a feed, each snapshot as one. Ends where an event's number does not follow on the one before: something is
 * missing, and the receiver asks anew.
 */
export async function* wholeSnapshots<T>(events: AsyncIterable<FeedEvent<T>>): AsyncGenerator<FeedEvent<T>, void, void> {
  let expected: number | null = null;
  let entries: { readonly key: string; readonly value: T }[] = [];
  for await (const event of events) {
    const { sequence } = event;
    if (expected !== null && sequence !== expected) return;
    expected = sequence + 1;
    if (event.type === "change") {
      yield event;
      continue;
    }
    entries.push(...event.entries);
    if (event.more === true) continue;
    yield { type: "snapshot", sequence, entries };
    entries = [];
  }
}

/** The entries of a feed as it stands, which is then followed no further; none where it ends before it said them. */
export async function firstSnapshot<T>(events: AsyncIterable<FeedEvent<T>>): Promise<readonly T[]> {
  for await (const event of wholeSnapshots(events)) {
    if (event.type === "snapshot") return event.entries.map((entry) => entry.value);
  }
  return [];
}
