import { describe, expect, it } from "vitest";
import type { FeedEvent } from "../../../../shared/contract/feed.ts";
import { wholeSnapshots } from "../../../../shared/rules/whole-snapshots.ts";

const a = { key: "a", value: 1 };
const b = { key: "b", value: 2 };
const change = (sequence: number): FeedEvent<number> => ({ type: "change", sequence, set: [a], removed: [] });

async function* from(events: readonly FeedEvent<number>[]): AsyncGenerator<FeedEvent<number>, void, void> {
  await Promise.resolve();
  yield* events;
}

async function whole(...events: readonly FeedEvent<number>[]): Promise<readonly FeedEvent<number>[]> {
  const seen: FeedEvent<number>[] = [];
  for await (const event of wholeSnapshots(from(events))) seen.push(event);
  return seen;
}

describe("a snapshot in pieces", () => {
  it("is put together before anyone sees it, and changes follow", async () => {
    expect(await whole({ type: "snapshot", sequence: 0, entries: [a], more: true }, { type: "snapshot", sequence: 1, entries: [b] }, change(2), change(3))).toEqual([
      { type: "snapshot", sequence: 1, entries: [a, b] },
      change(2),
      change(3),
    ]);
  });

  it("is not shown when a piece is missing, and neither is what follows a gap", async () => {
    expect(await whole({ type: "snapshot", sequence: 0, entries: [a], more: true }, { type: "snapshot", sequence: 2, entries: [b] })).toEqual([]);
    const snapshot: FeedEvent<number> = { type: "snapshot", sequence: 0, entries: [a] };
    expect(await whole(snapshot, change(1), change(3), change(4))).toEqual([snapshot, change(1)]);
  });
});
