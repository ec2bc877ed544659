import { describe, expect, it } from "vitest";
import type { Fault } from "../../../../shared/fault.ts";
import type { RungResult } from "../../../../shared/model/mail-server.ts";
import { detectionPromise } from "../../../../shared/rules/health.ts";
import { isDue, keepRung, noticePromise, type KeptRung } from "../../../../shared/rules/pace.ts";

const MINUTE = 60_000;
const pace = { passedMs: 12 * MINUTE, refusedMs: 5 * MINUTE };
const passed: RungResult = { rung: "sign-in", ms: 1, outcome: { state: "passed", answer: null } };
const failed = (fault: Fault): RungResult => ({ rung: "sign-in", ms: 1, outcome: { state: "failed", fault } });
const refused = failed({ kind: "sign-in", reason: "secret-wrong" });
const silent = failed({ kind: "unreachable", rung: "sign-in", reason: "timed-out" });

/** Climbed at 0, one after another. */
function kept(...results: readonly [RungResult, ...RungResult[]]): KeptRung {
  const [first, ...more] = results;
  const moment = { now: 1_800_000_000_000, elapsed: 0 };
  return more.reduce((before, result) => keepRung(result, moment, before), keepRung(first, moment, undefined));
}

/** The first second in which the rung is due. */
function dueAfter(rung: KeptRung): number {
  for (let second = 0; second <= 7200; second += 1) if (isDue(rung, pace, second * 1000)) return second;
  return Number.POSITIVE_INFINITY;
}

describe("the pace of a rung", () => {
  it("is climbed when it never was, and stands for its pace once it passed", () => {
    expect(isDue(undefined, pace, 0)).toBe(true);
    expect(dueAfter(kept(passed))).toBe(720);
  });

  it("is climbed again at once until a change is certain: three failures, two successes", () => {
    expect([kept(refused), kept(refused, refused), kept(refused, refused, refused)].map(dueAfter)).toEqual([0, 0, 300]);
    expect([kept(passed, refused), kept(passed, refused, refused, refused)].map(dueAfter)).toEqual([0, 300]);
    expect([kept(refused, refused, refused, passed), kept(refused, refused, refused, passed, passed)].map(dueAfter)).toEqual([0, 720]);
  });

  it("comes back sooner to a far side that did not answer than to one that refused", () => {
    expect(dueAfter(kept(silent, silent, silent))).toBe(30);
  });

  it("waits as long as it was asked to, an hour at most, and does not ask again to be sure", () => {
    const throttled = (ms: number | null) => kept(failed({ kind: "throttled", until: ms === null ? null : 1_800_000_000_000 + ms }));
    expect([throttled(60_000), throttled(1e12), throttled(-5), throttled(null)].map(dueAfter)).toEqual([60, 3600, 0, 300]);
  });

  it("is climbed when the network below it comes back, and not at every turn of one that comes and goes", () => {
    expect(dueAfter({ ...kept(passed), interrupted: true })).toBe(30);
  });
});

describe("the promise", () => {
  it("is the slowest rung and then what every failure takes; none where nothing waits", () => {
    expect(noticePromise({ paces: { "secret-sign-in": pace, domain: { passedMs: 60_000, refusedMs: 60_000 } } }, 10_000)).toBe(12 * MINUTE + detectionPromise(10_000));
    expect(noticePromise({ paces: {} }, 10_000)).toBeNull();
  });
});
