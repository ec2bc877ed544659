import { getEventListeners } from "node:events";
import { describe, expect, it, vi } from "vitest";
import { Feed } from "../../../main/feed.ts";
import type { FeedEvent } from "../../../shared/contract/feed.ts";

async function take<T>(reader: AsyncGenerator<FeedEvent<T>, void, void>): Promise<FeedEvent<T>> {
  const { value, done } = await reader.next();
  if (done === true || value === undefined) throw new Error("the feed ended");
  return value;
}

function sizeOf(event: FeedEvent<unknown> | undefined): number {
  if (event === undefined) return 0;
  return event.type === "snapshot" ? event.entries.length : event.set.length + event.removed.length;
}

describe("a feed", () => {
  it("begins with a snapshot and numbers its changes", async () => {
    const feed = new Feed<number>();
    feed.set("a", 1);
    const reader = feed.read(new AbortController().signal);
    expect(await take(reader)).toEqual({ type: "snapshot", sequence: 0, entries: [{ key: "a", value: 1 }] });
    feed.set("b", 2);
    expect(await take(reader)).toEqual({ type: "change", sequence: 1, set: [{ key: "b", value: 2 }], removed: [] });
    feed.delete("a");
    expect(await take(reader)).toEqual({ type: "change", sequence: 2, set: [], removed: ["a"] });
  });

  it("gives a slow reader the latest value per key", async () => {
    const feed = new Feed<number>();
    const reader = feed.read(new AbortController().signal);
    await take(reader);
    for (let value = 0; value < 1000; value += 1) feed.set("a", value);
    feed.set("b", 1);
    feed.delete("b");
    expect(await take(reader)).toEqual({ type: "change", sequence: 1, set: [{ key: "a", value: 999 }], removed: ["b"] });
  });

  it("sends nothing for values that are the same", async () => {
    const feed = new Feed<{ n: number }>();
    feed.replace([["a", { n: 1 }], ["b", { n: 1 }]]);
    const reader = feed.read(new AbortController().signal);
    await take(reader);
    feed.replace([["a", { n: 1 }], ["b", { n: 2 }]]);
    expect(await take(reader)).toMatchObject({ set: [{ key: "b", value: { n: 2 } }], removed: [] });
  });

  it("tells what a whole new state does not hold any more", async () => {
    const feed = new Feed<number>();
    feed.replace([["a", 1], ["b", 1]]);
    const reader = feed.read(new AbortController().signal);
    await take(reader);
    feed.replace([["b", 1]]);
    expect(await take(reader)).toMatchObject({ set: [], removed: ["a"] });
  });

  it("gathers changes that come close together", async () => {
    const feed = new Feed<number>({ gatherMs: 20 });
    const reader = feed.read(new AbortController().signal);
    await take(reader);
    const event = take(reader);
    feed.set("a", 1);
    setTimeout(() => feed.set("b", 2), 1);
    expect(await event).toMatchObject({ sequence: 1, set: [{ key: "a" }, { key: "b" }] });
  });

  it("sends many keys in pieces, with a turn of the event loop between them, numbered and each once", async () => {
    const feed = new Feed<number>();
    const keys = Array.from({ length: 1_000 }, (_, index) => String(index));
    for (const key of keys) feed.set(key, 1);
    const reader = feed.read(new AbortController().signal);
    let turns = 0;
    const count = () => {
      turns += 1;
      counting = setImmediate(count);
    };
    let counting = setImmediate(count);
    const pieces: FeedEvent<number>[] = [];
    do pieces.push(await take(reader));
    while (pieces.at(-1)?.type === "snapshot" && "more" in (pieces.at(-1) ?? {}));
    for (const key of keys) feed.set(key, 2);
    feed.delete("999");
    const changes: FeedEvent<number>[] = [];
    for (let seen = 0; seen < 1_000; seen += sizeOf(changes.at(-1))) changes.push(await take(reader));
    clearImmediate(counting);
    expect([...pieces, ...changes].map(({ sequence }) => sequence)).toEqual([...pieces, ...changes].map((_, index) => index));
    expect(Math.max(...[...pieces, ...changes].map(sizeOf))).toBe(50);
    expect(turns).toBeGreaterThanOrEqual(38);
    expect(pieces.flatMap((event) => (event.type === "snapshot" ? event.entries.map(({ key }) => key) : []))).toEqual(keys);
    expect(changes.flatMap((event) => (event.type === "change" ? event.set.map(({ key, value }) => `${key}=${value}`) : []))).toEqual(keys.slice(0, -1).map((key) => `${key}=2`));
    expect(changes.at(-1)).toMatchObject({ removed: ["999"] });
  });

  it("ends when its reader goes, even while it waits", async () => {
    const feed = new Feed<number>();
    const controller = new AbortController();
    const reader = feed.read(controller.signal);
    await take(reader);
    const pending = reader.next();
    controller.abort();
    expect(await pending).toEqual({ done: true, value: undefined });
  });

  it("keeps nothing of a reader who has left, and listens to its signal no more", async () => {
    const feed = new Feed<number>();
    const { signal } = new AbortController();
    const reader = feed.read(signal);
    await take(reader);
    expect(getEventListeners(signal, "abort")).toHaveLength(1);
    // What is kept for a reader is a set of the keys that changed.
    const add = vi.spyOn(Set.prototype, "add");
    const kept = () => add.mock.calls.filter(([key]) => key === "changed").length;
    feed.set("changed", 1);
    const before = kept();
    await reader.return();
    feed.set("changed", 2);
    const after = kept();
    add.mockRestore();
    expect([before, after]).toEqual([1, 1]);
    expect(getEventListeners(signal, "abort")).toEqual([]);
  });
});
