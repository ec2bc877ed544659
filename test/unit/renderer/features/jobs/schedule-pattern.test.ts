import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { EVERY, readPattern, writePattern, type FriendlyPattern } from "../../../../../renderer/features/jobs/schedule-pattern.ts";

const two = (number: number) => String(number).padStart(2, "0");
const times = fc.tuple(fc.integer({ min: 0, max: 23 }), fc.integer({ min: 0, max: 59 })).map(([hour, minute]) => `${two(hour)}:${two(minute)}`);
const friendly = fc.record({
  kind: fc.constantFrom("minutes" as const, "daily" as const, "weekly" as const),
  every: fc.constantFrom(...EVERY),
  time: times,
  days: fc.uniqueArray(fc.integer({ min: 0, max: 6 }), { minLength: 1 }),
});

/** What of a choice its pattern can say. */
function said({ kind, every, time, days }: FriendlyPattern): readonly unknown[] {
  if (kind === "minutes") return [kind, every];
  return kind === "daily" ? [kind, time] : [kind, time, days.toSorted((a, b) => a - b)];
}

describe("a friendly schedule", () => {
  it("comes back from its pattern as it was chosen", () => {
    fc.assert(
      fc.property(friendly, (chosen) => {
        expect(said(readPattern(writePattern(chosen)))).toEqual(said(chosen));
      }),
    );
  });

  it("is never read into a pattern that says something else", () => {
    const minute = fc.oneof(fc.integer({ min: 0, max: 59 }).map(String), fc.constantFrom("*/5", "*/7", "*/30", "*", "0-5"));
    const hour = fc.oneof(fc.integer({ min: 0, max: 23 }).map(String), fc.constantFrom("*", "*/2", "24"));
    const week = fc.oneof(fc.constantFrom("*", "7", "1-5", "mon"), fc.uniqueArray(fc.integer({ min: 0, max: 6 }), { minLength: 1 }).map((days) => days.toSorted((a, b) => a - b).join(",")));
    fc.assert(
      fc.property(minute, hour, week, (atMinute, atHour, onDays) => {
        const pattern = `${atMinute} ${atHour} * * ${onDays}`;
        const { kind, ...read } = readPattern(pattern);
        expect(kind === "own" ? pattern : writePattern({ ...read, kind })).toBe(pattern);
      }),
    );
  });

  it.each(["*/7 * * * *", "0 6 1 * *", "0 6 * 3 *", "0 25 * * *", "60 6 * * *", "0 6 * * 1-5", "0 6 * * 7", "0 0 6 * * *", "every day", ""])("leaves %j to whoever wrote it", (pattern) => {
    expect(readPattern(pattern).kind).toBe("own");
  });

  it("of no day is one of Mondays", () => {
    expect(writePattern({ kind: "weekly", every: 30, time: "06:00", days: [] })).toBe("0 6 * * 1");
  });
});
