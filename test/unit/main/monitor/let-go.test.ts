/** What is watched no more leaves no timer, no question and no memory. */
import { describe, expect, it } from "vitest";
import { SLOTS } from "../../../../main/monitor/monitor.ts";
import { NetworkWatch } from "../../../../main/monitor/network-watch.ts";
import type { Fault } from "../../../../shared/fault.ts";
import type { CheckResult } from "../../../../shared/model/mail-server.ts";
import { build, counting, fakeClock, STORE, target } from "./support.ts";

const nameless: Fault = { kind: "unreachable", rung: "dns", reason: "dns-failed" };
const lost: CheckResult = { at: 0, ms: 1, rungs: [{ rung: "dns", ms: 1, outcome: { state: "failed", fault: nameless } }], certificateExpiresAt: null };

/** A watch over a network whose witness answers `answer`, or never. */
function watching(answer: Fault | null | "never") {
  const clock = fakeClock();
  const signals: AbortSignal[] = [];
  const watch = new NetworkWatch({
    clock,
    network: { interfaces: () => ["lan"] },
    witness: (_storeId, signal) => {
      signals.push(signal);
      return answer === "never" ? new Promise(() => undefined) : Promise.resolve(answer);
    },
    onChange: () => undefined,
    onBack: () => undefined,
  });
  return { clock, watch, signals };
}

it("a witness that has answered is not waited for, found or not", async () => {
  const found = watching(null);
  expect(await found.watch.isAway(STORE, "exa", lost, 0)).toBe(false);
  expect(found.clock.waiting()).toBe(0);
});

it("a network that is away is not looked for any more at the end", async () => {
  const { clock, watch } = watching(nameless);
  expect(await watch.isAway(STORE, "exa", lost, 0)).toBe(true);
  expect(clock.waiting()).toBe(1);
  watch.dispose();
  expect(clock.waiting()).toBe(0);
});

it("a witness that is asked is called off at the end", async () => {
  const { clock, watch, signals } = watching("never");
  const asking = watch.isAway(STORE, "exa", lost, 0);
  await clock.advance(0);
  watch.dispose();
  expect(signals.map(({ aborted }) => aborted)).toEqual([true]);
  await clock.advance(10_000);
  expect(await asking).toBe(false);
  expect(clock.waiting()).toBe(0);
});

it("what was known of a store's network goes with the store", async () => {
  const { clock, watch, signals } = watching(nameless);
  await watch.isAway(STORE, "exa", lost, 0);
  watch.forget(STORE);
  // A store of the same id begins afresh: what the witness said is not taken over.
  await watch.isAway(STORE, "exa", lost, clock.elapsed() + 1);
  expect(signals).toHaveLength(2);
  watch.dispose();
});

it("a store that is forgotten has no rows, no timers, and another feed when it comes again", async () => {
  const { clock, monitor, feed } = build();
  monitor.follow(STORE, target(counting().check, ["exa", "exb"]));
  await clock.advance(1_000);
  expect(monitor.rows(STORE)).toHaveLength(2);
  monitor.forget(STORE);
  expect([monitor.rows(STORE), clock.waiting()]).toEqual([[], 0]);
  expect(monitor.feed(STORE)).not.toBe(feed);
});

it("a monitor is over when its last check is, and begins none that waits", async () => {
  const { clock, monitor } = build();
  const ends: ((check: CheckResult) => void)[] = [];
  monitor.follow(STORE, target(() => new Promise((resolve) => ends.push(resolve)), Array.from({ length: SLOTS + 8 }, (_, index) => `ex${index}`)));
  await clock.advance(5_000);
  expect(ends).toHaveLength(SLOTS);
  let over = false;
  const ending = monitor.dispose().then(() => (over = true));
  await clock.advance(0);
  expect(over).toBe(false);
  for (const end of ends) end(lost);
  await ending;
  await clock.advance(60_000);
  expect([ends.length, clock.waiting()]).toEqual([SLOTS, 0]);
});

describe("a server that is paused", () => {
  it("while it is checked is not checked again", async () => {
    const { clock, monitor } = build();
    const ends: ((check: CheckResult) => void)[] = [];
    monitor.follow(STORE, target(() => new Promise((resolve) => ends.push(resolve)), ["exa"]));
    await clock.advance(100);
    expect(monitor.setPaused(STORE, "exa", true)).toBe(true);
    ends[0]?.(lost);
    await clock.advance(60_000);
    expect([ends.length, clock.waiting()]).toEqual([1, 0]);
    expect(monitor.rows(STORE)).toMatchObject([{ activity: "paused", nextCheckAt: null }]);
  });

  it("is scheduled by nothing: no configuration that became whole, no network that is back, no other interval", async () => {
    const { clock, monitor } = build();
    const { calls, check } = counting();
    monitor.follow(STORE, target(null, ["exa"]));
    monitor.setPaused(STORE, "exa", true);
    monitor.follow(STORE, target(check, ["exa"], []));
    monitor.reschedule();
    monitor.resume(STORE);
    await clock.advance(60_000);
    expect([calls, clock.waiting()]).toEqual([[], 0]);
    expect(monitor.rows(STORE)).toMatchObject([{ nextCheckAt: null }]);
    monitor.setPaused(STORE, "exa", false);
    await clock.advance(100);
    expect(calls).toEqual(["exa"]);
  });
});
