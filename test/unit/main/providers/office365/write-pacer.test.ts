/** Writes stay below what Entra takes of an application: 3,000 in 150 seconds, whenever they come. */
import { expect, it } from "vitest";
import { WritePacer } from "../../../../../main/providers/office365/write-pacer.ts";
import { fakeClock } from "../../monitor/support.ts";

const LIMIT = 3_000;
const WINDOW_MS = 150_000;

/** When each of many batches of twenty was let through, in milliseconds. */
async function letThrough(batches: number, betweenMs: number): Promise<readonly number[]> {
  const clock = fakeClock();
  const pacer = new WritePacer(clock);
  const moments: number[] = [];
  const work = async () => {
    for (let batch = 0; batch < batches; batch += 1) {
      expect(await pacer.room(20, new AbortController().signal)).toBe(true);
      moments.push(clock.elapsed());
      if (betweenMs > 0) await new Promise<void>((resolve) => clock.after(betweenMs, resolve));
    }
  };
  const working = work();
  await clock.advance(3_600_000);
  await working;
  return moments;
}

it.each([0, 100, 1_000])("of batches that come every %i ms", async (betweenMs) => {
  const moments = await letThrough(600, betweenMs);
  const most = Math.max(...moments.map((from) => moments.filter((at) => at >= from && at < from + WINDOW_MS).length * 20));
  expect(most).toBeLessThan(LIMIT);
  // And it makes use of what it may: sooner than at a pace of 2,980 in 170 seconds.
  expect(moments.at(-1) ?? 0).toBeLessThan(Math.max((600 * 20 * 170_000) / 2_980, 600 * betweenMs) + 1);
});

it("lets more through at once than it ever may only where nothing is left to be waited for", async () => {
  const pacer = new WritePacer(fakeClock());
  expect(await pacer.room(5_000, new AbortController().signal)).toBe(true);
});

it("does not wait for whoever gave up, and counts nothing for it", async () => {
  const clock = fakeClock();
  const pacer = new WritePacer(clock);
  const controller = new AbortController();
  await pacer.room(2_980, controller.signal);
  const waiting = pacer.room(20, controller.signal);
  await clock.advance(1_000);
  controller.abort();
  expect(await waiting).toBe(false);
  expect(await pacer.room(1, controller.signal)).toBe(false);
  expect(clock.waiting()).toBe(0);
  const next = pacer.room(2_980, new AbortController().signal);
  await clock.advance(158_999);
  expect(clock.waiting()).toBe(1);
  await clock.advance(1);
  expect([await next, clock.elapsed()]).toEqual([true, 160_000]);
});
