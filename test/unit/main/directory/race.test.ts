import { expect, it } from "vitest";
import { race } from "../../../../main/directory/race.ts";
import { fakeClock } from "../monitor/support.ts";

const HEAD_START_MS = 1_000;

/** Two that are under way at the same time; each ends when it is told to. */
async function startBoth() {
  const clock = fakeClock();
  const discarded: string[] = [];
  const signals = new Map<string, AbortSignal>();
  const ends = { slow: Promise.withResolvers<string>(), quick: Promise.withResolvers<string>() };
  const outcomes = race(["slow", "quick"] as const, {
    attempt: (name, signal) => {
      signals.set(name, signal);
      return ends[name].promise;
    },
    failed: (outcome) => outcome.startsWith("no"),
    discard: (outcome) => discarded.push(outcome),
    headStartMs: HEAD_START_MS,
    atOnce: 2,
    clock,
    signal: new AbortController().signal,
  });
  const first = outcomes.next();
  await clock.advance(HEAD_START_MS);
  return { clock, discarded, signals, ends, outcomes, first };
}

it("calls off what is under way when its reader has what it wants, and lets go of what succeeds all the same", async () => {
  const { clock, discarded, signals, ends, outcomes, first } = await startBoth();
  ends.quick.resolve("yes");
  expect(await first).toEqual({ done: false, value: "yes" });
  expect(signals.get("slow")?.aborted).toBe(false);
  await outcomes.return();
  expect(signals.get("slow")?.aborted).toBe(true);
  ends.slow.resolve("yes, late");
  await clock.advance(0);
  expect(discarded).toEqual(["yes, late"]);
});

it("lets go of a success that had arrived and was not read", async () => {
  const { clock, discarded, ends, outcomes, first } = await startBoth();
  ends.quick.resolve("yes");
  ends.slow.resolve("yes, too");
  await first;
  await clock.advance(0);
  await outcomes.return();
  expect(discarded).toEqual(["yes, too"]);
});

it("begins nobody any more and waits for nothing once it is over, or was called off", async () => {
  const clock = fakeClock();
  const stop = new AbortController();
  const begun: string[] = [];
  const racing = () =>
    race(["one", "two", "three"], {
      attempt: (name, signal) => {
        begun.push(name);
        return new Promise<string>((resolve) => signal.addEventListener("abort", () => resolve("no")));
      },
      failed: (outcome) => outcome === "no",
      discard: () => {},
      headStartMs: HEAD_START_MS,
      atOnce: 2,
      clock,
      signal: stop.signal,
    });
  const outcomes = racing();
  const first = outcomes.next();
  await clock.advance(0);
  stop.abort();
  expect(await first).toEqual({ done: false, value: "no" });
  await outcomes.return();
  await clock.advance(10 * HEAD_START_MS);
  expect([begun, clock.waiting()]).toEqual([["one"], 0]);
});

it("waits for no further start once its reader has what it wants", async () => {
  const { clock, ends, outcomes, first } = await startBoth();
  ends.quick.resolve("yes");
  await first;
  await outcomes.return();
  const single = race(["one", "two"], { attempt: (name) => Promise.resolve(name), failed: () => false, discard: () => {}, headStartMs: HEAD_START_MS, atOnce: 2, clock, signal: new AbortController().signal });
  expect(await single.next()).toMatchObject({ value: "one" });
  await single.return();
  expect(clock.waiting()).toBe(0);
});

it("begins the next one at once when one failed, and when its reader reads on after a success", async () => {
  const clock = fakeClock();
  const outcomes = race(["no", "yes", "yes, too"], { attempt: (name) => Promise.resolve(name), failed: (outcome) => outcome === "no", discard: () => {}, headStartMs: HEAD_START_MS, atOnce: 1, clock, signal: new AbortController().signal });
  const read: string[] = [];
  for await (const outcome of outcomes) read.push(outcome);
  expect(read).toEqual(["no", "yes", "yes, too"]);
  expect([clock.elapsed(), clock.waiting()]).toEqual([0, 0]);
});
