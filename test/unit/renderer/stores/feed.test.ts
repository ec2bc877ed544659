import { afterEach, describe, expect, it, vi } from "vitest";
import { announceConnection } from "../../../../renderer/host/connection.ts";
import type { FeedEvent } from "../../../../shared/contract/feed.ts";
import { followFeed } from "../../../../renderer/stores/feed.ts";
import { eventually } from "../../../lab/eventually.ts";

type Events = readonly FeedEvent<number>[];

async function* play(events: Events, signal: AbortSignal, hold: boolean): AsyncGenerator<FeedEvent<number>> {
  yield* events;
  if (hold) await new Promise((resolve) => signal.addEventListener("abort", resolve, { once: true }));
}

const snapshot = (...entries: readonly (readonly [string, number])[]): FeedEvent<number> => ({
  type: "snapshot",
  sequence: 0,
  entries: entries.map(([key, value]) => ({ key, value })),
});
const change = (sequence: number, key: string, value: number): FeedEvent<number> => ({ type: "change", sequence, set: [{ key, value }], removed: [] });

function follow(rounds: readonly Events[]) {
  const seen: string[] = [];
  let round = 0;
  const stop = followFeed<number>(
    (signal) => {
      const events = rounds[round] ?? [];
      round += 1;
      return Promise.resolve(play(events, signal, round === rounds.length));
    },
    {
      snapshot: (entries) => seen.push(`snapshot ${JSON.stringify([...entries])}`),
      change: (set, removed) => seen.push(`change ${JSON.stringify([...set])} ${removed.join()}`),
      lost: () => seen.push("lost"),
    },
  );
  return { seen, stop, opened: () => round };
}

describe("followFeed", () => {
  afterEach(() => vi.useRealTimers());

  it("hands on the snapshot and the changes in order", async () => {
    const { seen, stop } = follow([[snapshot(["a", 1]), change(1, "a", 2), change(2, "b", 3)]]);
    await eventually(() => expect(seen).toHaveLength(3));
    expect(seen).toEqual(['snapshot [["a",1]]', 'change [["a",2]] ', 'change [["b",3]] ']);
    stop();
  });

  it("starts again with a snapshot after a gap, without the change behind the gap", async () => {
    vi.useFakeTimers();
    const { seen, stop } = follow([[snapshot(["a", 1]), change(3, "a", 9)], [snapshot(["a", 4])]]);
    await vi.advanceTimersByTimeAsync(600);
    expect(seen).toEqual(['snapshot [["a",1]]', "lost", 'snapshot [["a",4]]']);
    stop();
  });

  it("calls off a feed that broke off: nobody reads it any more", async () => {
    vi.useFakeTimers();
    const signals: AbortSignal[] = [];
    const open = (signal: AbortSignal) => {
      signals.push(signal);
      return Promise.resolve(play([snapshot(), change(3, "a", 9)], signal, true));
    };
    const stop = followFeed<number>(open, { snapshot: () => undefined, change: () => undefined, lost: () => undefined });
    await vi.advanceTimersByTimeAsync(10);
    expect(signals.map(({ aborted }) => aborted)).toEqual([true]);
    stop();
  });

  it("pauses longer with every feed that brings nothing", async () => {
    vi.useFakeTimers();
    const { stop, opened } = follow([[], [], [snapshot()]]);
    await vi.advanceTimersByTimeAsync(499);
    expect(opened()).toBe(1);
    await vi.advanceTimersByTimeAsync(2);
    expect(opened()).toBe(2);
    await vi.advanceTimersByTimeAsync(990);
    expect(opened()).toBe(2);
    await vi.advanceTimersByTimeAsync(20);
    expect(opened()).toBe(3);
    stop();
  });

  it("waits for the connection where that is away, and goes on as soon as it is back", async () => {
    vi.useFakeTimers();
    const { seen, stop, opened } = follow([[snapshot(["a", 1])], [snapshot(["a", 2])]]);
    announceConnection({ state: "silent", heardAt: 0 });
    await vi.advanceTimersByTimeAsync(60_000);
    expect(opened()).toBe(1);
    announceConnection({ state: "open" });
    await vi.advanceTimersByTimeAsync(0);
    expect(seen).toEqual(['snapshot [["a",1]]', "lost", 'snapshot [["a",2]]']);
    stop();
  });

  it("opens nothing more once stopped", async () => {
    vi.useFakeTimers();
    const { seen, stop, opened } = follow([[snapshot()], [snapshot()]]);
    await vi.advanceTimersByTimeAsync(10);
    stop();
    await vi.advanceTimersByTimeAsync(10_000);
    expect(opened()).toBe(1);
    expect(seen.filter((entry) => entry.startsWith("snapshot"))).toHaveLength(1);
  });
});
