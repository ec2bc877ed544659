/** When schedules are due, beside what the clocks of their zones show. */
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { dueAt, nextRuns, scheduleIssues } from "../../../../main/jobs/schedule.ts";
import type { Schedule } from "../../../../shared/model/schedule.ts";
import { dueIn, minutesOf, type Field, type Fields } from "../../../lab/wall-clock.ts";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const daily: Schedule = { pattern: "0 3 * * *", timeZone: "UTC", missed: "once" };
const at = (text: string) => Date.parse(text);
const told = (schedule: Pick<Schedule, "pattern" | "timeZone">, after: string, most: number) => nextRuns(schedule, at(after), most).map((run) => new Date(run).toISOString().slice(0, 16));

/** All that come after `from`, and not after `last`. */
function runsUpTo(schedule: Pick<Schedule, "pattern" | "timeZone">, from: number, last: number): readonly number[] {
  const next = nextRuns(schedule, from, 100);
  const end = next.at(-1) ?? last;
  return end >= last ? next.filter((run) => run <= last) : [...next, ...runsUpTo(schedule, end, last)];
}

describe("a schedule", () => {
  it.each(["0 3 * * *", "*/15 8-17 * * MON-FRI", "0 0 29 2 *", "0 0 L * *", "30 6 1,15 * *", "0 8 * * MON#2", " 5  4  *  *  7 "])("may be %s", (pattern) => {
    expect(scheduleIssues(pattern, "Europe/Zurich")).toEqual([]);
  });

  it.each([
    "",
    "   ",
    "* * * *",
    "0 0 3 * * *",
    "0 0 3 * * * 2027",
    "@daily",
    "@reboot",
    "? 3 * * *",
    "60 * * * *",
    "0 24 * * *",
    "0 0 0 * *",
    "0 0 * 13 *",
    "0 0 * * 8",
    "5/10 * * * *",
    "0 22-2 * * *",
    "2027-01-01T03:00:00",
    "each day at three",
    "0 3 * *\n*",
  ])("is not %j", (pattern) => {
    expect(scheduleIssues(pattern, "UTC")).toEqual([{ path: ["pattern"], code: "not-a-pattern" }]);
    expect(nextRuns({ pattern, timeZone: "UTC" }, 0, 3)).toEqual([]);
    expect(dueAt({ ...daily, pattern }, 0, HOUR)).toEqual({ due: null, missed: 0 });
  });

  it.each(["0 0 30 2 *", "0 0 31 4,6,9,11 *"])("that never comes is told as that: %s", (pattern) => {
    expect(scheduleIssues(pattern, "Europe/Zurich")).toEqual([{ path: ["pattern"], code: "never-due" }]);
    expect(nextRuns({ pattern, timeZone: "UTC" }, 0, 3)).toEqual([]);
  });

  it.each(["", "Europe", "Europe/Nowhere", "+02:00", "-05:00", "Europe/Zurich "])("goes by no clock of %j", (timeZone) => {
    const refused = { path: ["timeZone"], code: "not-a-time-zone" };
    expect(scheduleIssues("0 3 * * *", timeZone)).toEqual([refused]);
    expect(scheduleIssues("nothing", timeZone)).toEqual([{ path: ["pattern"], code: "not-a-pattern" }, refused]);
    expect(nextRuns({ pattern: "0 3 * * *", timeZone }, 0, 1)).toEqual([]);
  });
});

describe("over a change of clocks", () => {
  it("a time that is left out is due right after the gap, and once", () => {
    expect(told({ pattern: "30 2 * * *", timeZone: "Europe/Zurich" }, "2026-03-28T00:00Z", 3)).toEqual(["2026-03-28T01:30", "2026-03-29T01:00", "2026-03-30T00:30"]);
    expect(told({ pattern: "0,15,30 2 * * *", timeZone: "America/New_York" }, "2026-03-08T00:00Z", 2)).toEqual(["2026-03-08T07:00", "2026-03-09T06:00"]);
  });

  it("a time that comes twice is due once, at the first", () => {
    expect(told({ pattern: "30 2 * * *", timeZone: "Europe/Zurich" }, "2026-10-24T12:00Z", 2)).toEqual(["2026-10-25T00:30", "2026-10-26T01:30"]);
    expect(told({ pattern: "30 1,13 * * *", timeZone: "America/New_York" }, "2026-11-01T00:00Z", 3)).toEqual(["2026-11-01T05:30", "2026-11-01T18:30", "2026-11-02T06:30"]);
  });

  it("every so often goes on as hours pass", () => {
    expect(told({ pattern: "0 * * * *", timeZone: "Europe/Zurich" }, "2026-10-24T23:00Z", 3)).toEqual(["2026-10-25T00:00", "2026-10-25T01:00", "2026-10-25T02:00"]);
    expect(told({ pattern: "0 * * * *", timeZone: "Europe/Zurich" }, "2026-03-28T23:00Z", 3)).toEqual(["2026-03-29T00:00", "2026-03-29T01:00", "2026-03-29T02:00"]);
  });
});

const values = (least: number, most: number) => fc.uniqueArray(fc.integer({ min: least, max: most }), { minLength: 1, maxLength: 4 });
const any: fc.Arbitrary<Field> = fc.constant({ text: "*", values: null });
const listed = (least: number, most: number): fc.Arbitrary<Field> => values(least, most).map((list) => ({ text: list.join(","), values: list }));
const ranged = (least: number, most: number): fc.Arbitrary<Field> =>
  fc.tuple(fc.integer({ min: least, max: most }), fc.integer({ min: least, max: most })).map(([a, b]) => {
    const [from, to] = [Math.min(a, b), Math.max(a, b)];
    return { text: `${from}-${to}`, values: Array.from({ length: to - from + 1 }, (_, index) => from + index) };
  });
const stepped = (least: number, most: number): fc.Arbitrary<Field> =>
  fc.integer({ min: 2, max: most }).map((step) => ({ text: `*/${step}`, values: Array.from({ length: most - least + 1 }, (_, index) => least + index).filter((value) => (value - least) % step === 0) }));
const fieldsOf = (often: (least: number, most: number) => fc.Arbitrary<Field>): fc.Arbitrary<Fields> =>
  fc.record({
    minute: often(0, 59),
    hour: often(0, 23),
    day: fc.oneof({ weight: 3, arbitrary: any }, listed(1, 31)),
    month: fc.oneof({ weight: 3, arbitrary: any }, ranged(1, 12)),
    weekday: fc.oneof({ weight: 2, arbitrary: any }, listed(0, 6), ranged(0, 6)),
  });
const written = ({ minute, hour, day, month, weekday }: Fields) => [minute, hour, day, month, weekday].map(({ text }) => text).join(" ");

/** Four days each about what clocks of the zone do in a year; Lord Howe's change by half an hour. */
const windows = [
  { zone: "Europe/Zurich", from: "2026-03-27T00:00Z" },
  { zone: "Europe/Zurich", from: "2026-10-23T00:00Z" },
  { zone: "America/New_York", from: "2026-03-06T00:00Z" },
  { zone: "America/New_York", from: "2026-10-30T00:00Z" },
  { zone: "Australia/Lord_Howe", from: "2026-04-03T00:00Z" },
  { zone: "Australia/Lord_Howe", from: "2026-10-02T00:00Z" },
  { zone: "Asia/Tokyo", from: "2026-02-26T00:00Z" },
].map(({ zone, from }) => ({ zone, from: at(from), minutes: minutesOf(zone, at(from), 4) }));

describe("moments of a schedule", () => {
  it.each(windows)("are those at which clocks show its times: $zone, $from", ({ zone, from, minutes }) => {
    const fixed = fieldsOf((least, most) => fc.oneof(listed(least, most), ranged(least, most)));
    const often = fieldsOf((least, most) => fc.oneof(any, stepped(least, most)));
    // Nobody saw the minute before the first one.
    const due = (fields: Fields, isFixed: boolean) => dueIn(minutes, fields, isFixed).filter((moment) => moment > from);
    const found = (fields: Fields) => runsUpTo({ pattern: written(fields), timeZone: zone }, from, minutes.at(-1)?.at ?? from);
    const either = fc.oneof({ weight: 3, arbitrary: fixed.map((fields) => ({ fields, isFixed: true })) }, often.map((fields) => ({ fields, isFixed: false })));
    fc.assert(
      fc.property(either, ({ fields, isFixed }) => {
        expect(found(fields)).toEqual(due(fields, isFixed));
      }),
      { numRuns: 60 },
    );
  });

  it("ascend, and none is the one that was asked after", () => {
    const moment = fc.integer({ min: at("2000-01-01T00:00Z"), max: at("2060-01-01T00:00Z") });
    const zone = fc.constantFrom(...windows.map((window) => window.zone));
    fc.assert(
      fc.property(fieldsOf((least, most) => fc.oneof(listed(least, most), stepped(least, most))), zone, moment, (fields, timeZone, after) => {
        const schedule = { pattern: written(fields), timeZone };
        const runs = nextRuns(schedule, after, 20);
        expect([after, ...runs]).toEqual([...new Set([after, ...runs])].toSorted((a, b) => a - b));
        expect(runs.every((run) => run % MINUTE === 0)).toBe(true);
        // Asked one after another they are the same, and asked for backwards too.
        for (const [index, run] of runs.slice(0, -1).entries()) expect(nextRuns(schedule, run, 1)).toEqual(runs.slice(index + 1, index + 2));
        for (const run of runs) expect(dueAt({ ...schedule, missed: "once" }, run - 1, run)).toEqual({ due: run, missed: 0 });
      }),
      { numRuns: 60 },
    );
  });
});

describe("what is due", () => {
  const since = at("2026-11-25T03:00Z");
  const ask = (missed: Schedule["missed"], now: string) => dueAt({ ...daily, missed }, since, at(now));

  it.each(["skip", "once", "ask"] as const)("is nothing before the next moment, and that one for two minutes (%s)", (missed) => {
    expect(ask(missed, "2026-11-25T03:00Z")).toEqual({ due: null, missed: 0 });
    expect(ask(missed, "2026-11-24T01:00Z")).toEqual({ due: null, missed: 0 });
    expect(ask(missed, "2026-11-26T02:59:59.999Z")).toEqual({ due: null, missed: 0 });
    expect(ask(missed, "2026-11-26T03:00Z")).toEqual({ due: at("2026-11-26T03:00Z"), missed: 0 });
    expect(ask(missed, "2026-11-26T03:02:00Z")).toEqual({ due: at("2026-11-26T03:00Z"), missed: 0 });
  });

  it("is made up for once, left out or asked about when it is late", () => {
    expect(ask("once", "2026-11-28T03:02:00.001Z")).toEqual({ due: at("2026-11-28T03:00Z"), missed: 2 });
    expect(ask("skip", "2026-11-28T03:02:00.001Z")).toEqual({ due: null, missed: 3 });
    expect(ask("ask", "2026-11-28T03:02:00.001Z")).toEqual({ due: null, missed: 3 });
  });

  it.each(["skip", "once", "ask"] as const)("is what has come in time, whatever was missed before it (%s)", (missed) => {
    expect(ask(missed, "2026-11-28T03:01:00Z")).toEqual({ due: at("2026-11-28T03:00Z"), missed: 2 });
  });

  it("is counted as far as it tells anybody something", () => {
    const often: Schedule = { pattern: "* * * * *", timeZone: "UTC", missed: "skip" };
    expect(dueAt(often, 0, at("2026-11-25T03:00:30Z"))).toEqual({ due: at("2026-11-25T03:00Z"), missed: 1_000 });
    expect(dueAt({ ...often, pattern: "0 3 1 1 *" }, 0, at("2026-11-25T03:00Z"))).toEqual({ due: null, missed: 57 });
    expect(dueAt({ ...often, pattern: "* 3-4 * * *" }, 0, at("2026-11-25T12:00Z"))).toEqual({ due: null, missed: 1_000 });
  });

  it("comes once each, with looks in time and with gaps, whatever becomes of missed ones", () => {
    const gap = fc.oneof({ weight: 4, arbitrary: fc.integer({ min: 1, max: 90_000 }) }, fc.integer({ min: 90_000, max: 9 * HOUR }));
    const schedule = fc.record({ pattern: fc.constantFrom("*/20 * * * *", "0 * * * *", "15,45 1-3 * * *", "30 2 * * *"), timeZone: fc.constantFrom("Europe/Zurich", "America/New_York", "Asia/Tokyo"), missed: fc.constantFrom("skip", "once", "ask") });
    fc.assert(
      fc.property(schedule, fc.array(gap, { minLength: 50, maxLength: 200 }), fc.boolean(), (asked, gaps, inSpring) => {
        const start = at(inSpring ? "2026-03-07T12:00Z" : "2026-10-24T12:00Z");
        const looks = gaps.map((_, index) => start + gaps.slice(0, index + 1).reduce((sum, ms) => sum + ms, 0));
        const answers = looks.map((now, index) => ({ now, ...dueAt(asked, looks[index - 1] ?? start, now) }));
        const begun = answers.flatMap(({ due }) => (due === null ? [] : [due]));
        const all = runsUpTo(asked, start, looks.at(-1) ?? start);
        expect(begun).toEqual(all.filter((run) => begun.includes(run)));
        expect(begun.length + answers.reduce((sum, { missed }) => sum + missed, 0)).toBe(all.length);
        expect(answers.filter(({ missed, due }) => asked.missed === "once" && missed > 0 && due === null)).toEqual([]);
        expect(answers.filter(({ now, due }) => asked.missed !== "once" && due !== null && now - due > 2 * MINUTE)).toEqual([]);
      }),
      { numRuns: 30 },
    );
  });

  it("are a thousand in a row, each once, when somebody looks after each", () => {
    const runs = nextRuns({ ...daily, timeZone: "Europe/Zurich" }, since, 1_000);
    // A look each third of a day: late for most of them.
    const looks = Array.from({ length: 3_001 }, (_, index) => since + index * 8 * HOUR);
    const begun = looks.flatMap((now, index) => dueAt({ ...daily, timeZone: "Europe/Zurich" }, looks[index - 1] ?? since, now).due ?? []);
    expect(begun).toEqual(runs.filter((run) => run <= (looks.at(-1) ?? since)));
    expect(begun.length).toBeGreaterThan(998);
  });
});
