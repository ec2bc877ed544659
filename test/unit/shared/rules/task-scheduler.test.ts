/** Tasks of Windows' Task Scheduler: when they start the console, beside what the schedule says. */
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { nextRuns } from "../../../../main/jobs/schedule.ts";
import type { Schedule } from "../../../../shared/model/schedule.ts";
import { scheduledTask, type TaskAction } from "../../../../shared/rules/task-scheduler.ts";
import { shownAt } from "../../../lab/wall-clock.ts";
import { readTask, startsOf } from "../../../lab/windows-task.ts";

const DAY = 24 * 60 * 60_000;
const from = Date.parse("2026-11-25T10:20:30.400Z");
const schedule: Schedule = { pattern: "0 3 * * *", timeZone: "Europe/Zurich", missed: "skip" };
const action: TaskAction = { command: "C:\\Program Files\\Messaging Console\\messaging-console.exe", args: ["run-job", "7c0e"], words: "Users from HR", timeZone: "Europe/Zurich" };

function made(changed: Partial<Schedule>, of: Partial<TaskAction> = {}, at = from) {
  const task = scheduledTask({ ...schedule, ...changed }, { ...action, ...of }, at);
  if (!task.ok) throw new Error(JSON.stringify(task.fault));
  return readTask(task.value);
}

const triggers = (pattern: string) => made({ pattern }).Triggers.CalendarTrigger;
const unsupported = (why: string, detail: string) => ({ ok: false, fault: { kind: "unsupported", why, detail } });
const at = (text: string) => Date.parse(`${text}:00Z`);

describe("a task", () => {
  it("starts what it is told to, on a battery too and without an end, and once at a time", () => {
    const { Actions, Settings, RegistrationInfo } = made({});
    expect(Actions.Exec).toEqual({ Command: action.command, Arguments: "run-job 7c0e" });
    expect(RegistrationInfo.Description).toBe("Users from HR");
    expect(Settings).toEqual({ MultipleInstancesPolicy: "IgnoreNew", DisallowStartIfOnBatteries: false, StopIfGoingOnBatteries: false, StartWhenAvailable: false, ExecutionTimeLimit: "PT0S" });
  });

  it.each([
    ["skip", false],
    ["once", true],
    ["ask", false],
  ] as const)("makes up for a missed run only where the schedule says so: %s", (missed, expected) => {
    expect(made({ missed }).Settings.StartWhenAvailable).toBe(expected);
  });

  it("holds every text as it is, as far as XML can", () => {
    const words = "<b>&amp; \"it's\" ]]> Zoë 😀\u0001\uFFFF";
    expect(made({}, { words }).RegistrationInfo.Description).toBe("<b>&amp; \"it's\" ]]> Zoë 😀");
  });

  it("gives arguments as Windows' programs take them apart", () => {
    const args = ["run-job", "", "a b", "C:\\My Data\\", "say \"hi\"", "back\\\"slash", "C:\\Data\\"];
    expect(made({}, { args }).Actions.Exec.Arguments).toBe(String.raw`run-job "" "a b" "C:\My Data\\" "say \"hi\"" "back\\\"slash" C:\Data\ `.trimEnd());
  });

  it("begins at its next time, by the clock and without an offset", () => {
    // It is 11:20 in Zurich.
    expect(triggers("0 3 * * *").map(({ StartBoundary }) => StartBoundary)).toEqual([at("2026-11-26T03:00")]);
    expect(triggers("20 11 * * *").map(({ StartBoundary }) => StartBoundary)).toEqual([at("2026-11-26T11:20")]);
    expect(triggers("21 11,3 * * *").map(({ StartBoundary }) => StartBoundary)).toEqual([at("2026-11-26T03:21"), at("2026-11-25T11:21")]);
    expect(triggers("*/15 8-17 * * *")).toEqual([{ StartBoundary: at("2026-11-25T08:00"), Repetition: { Interval: 15 * 60_000, Duration: (9 * 3_600 + 45 * 60 + 30) * 1_000 }, ScheduleByDay: { DaysInterval: "1" } }]);
  });

  it.each([
    ["30 6 * * MON-FRI", { ScheduleByWeek: { WeeksInterval: "1", DaysOfWeek: [1, 2, 3, 4, 5] } }],
    ["30 6 1,15,L * *", { ScheduleByMonth: { DaysOfMonth: { Day: ["1", "15", "Last"] }, Months: [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11] } }],
    ["30 6 1 JAN,JUL *", { ScheduleByMonth: { DaysOfMonth: { Day: ["1"] }, Months: [0, 6] } }],
    ["30 6 * 12 7", { ScheduleByMonthDayOfWeek: { Weeks: { Week: ["1", "2", "3", "4", "Last"] }, DaysOfWeek: [0], Months: [11] } }],
  ])("has the days of %s", (pattern, days) => {
    expect(triggers(pattern)).toEqual([{ StartBoundary: at("2026-11-26T06:30"), ...days }]);
  });

  it.each(["0 3 1 * MON", "0 3 15W * *", "0 3 * * MON#2", "0 3 * * FRIL", "1,2,4,8,16,32 1,2,4,5,7,8,10,11,13 * * *", "nothing", "0 0 0 * *", "5/10 * * * *", "0 3 * * 8"])("is none for %s", (pattern) => {
    expect(scheduledTask({ ...schedule, pattern }, action, from)).toEqual(unsupported("schedule-without-task", pattern));
  });

  it("is none where this computer's clock shows another time, on whichever day of the year", () => {
    for (const timeZone of ["UTC", "Europe/London", "Africa/Lagos"]) expect(scheduledTask(schedule, { ...action, timeZone }, from)).toEqual(unsupported("schedule-of-another-zone", "Europe/Zurich"));
    expect(made({}, { timeZone: "Europe/Berlin" })).toEqual(made({}));
  });
});

const list = (least: number, most: number, length: number) => fc.uniqueArray(fc.integer({ min: least, max: most }), { minLength: 1, maxLength: length }).map((values) => values.join(","));
const range = (least: number, most: number) => fc.tuple(fc.integer({ min: least, max: most }), fc.integer({ min: least, max: most })).map(([a, b]) => `${Math.min(a, b)}-${Math.max(a, b)}`);
const star = fc.constant("*");
const step = (...steps: readonly number[]) => fc.constantFrom(...steps).map((every) => `*/${every}`);
const days = fc.oneof(
  fc.tuple(star, star, star),
  fc.tuple(star, star, fc.oneof(list(0, 7, 4), range(0, 7), fc.constantFrom("MON-FRI", "sat,SUN", "FRI-SUN", "MON-FRI/2"))),
  fc.tuple(fc.oneof(list(1, 31, 5), range(1, 31), step(2, 10), fc.constantFrom("L", "1,l")), fc.oneof(star, list(1, 12, 5), fc.constantFrom("JAN-MAR", "*/3")), star),
  fc.tuple(star, range(1, 12), fc.oneof(star, list(0, 6, 3))),
);
const times = fc.oneof(
  fc.tuple(list(0, 59, 3), list(0, 23, 4)),
  fc.tuple(step(1, 5, 7, 10, 15, 20, 30, 45), fc.oneof(star, range(0, 23), step(2, 5), list(0, 23, 6))),
  fc.tuple(list(0, 59, 6), fc.oneof(star, range(0, 23), step(1, 2))),
  fc.tuple(fc.constantFrom("5-59/10", "*", "0-30"), fc.oneof(star, list(0, 23, 2))),
);
const patterns = fc.tuple(times, days).map(([[minute, hour], [day, month, weekday]]) => [minute, hour, day, month, weekday].join(" "));

describe("a task for a year", () => {
  /** What the clock shows at each moment of the schedule. */
  function shownRuns(asked: Schedule, begin: number, length: number): readonly number[] {
    const shown = shownAt(asked.timeZone);
    const end = begin + length * DAY;
    const runs: number[] = [];
    for (let after = begin; after < end; after = runs.at(-1) ?? end) {
      const next = nextRuns(asked, after, 500);
      runs.push(...(next.length === 0 ? [end] : next));
    }
    return runs.filter((run) => run < end).map(shown);
  }

  const shownExactly = (timeZone: string, moment: number) => shownAt(timeZone)(moment) + (moment % 60_000);

  it.each(["Etc/UTC", "Asia/Kolkata"])("starts the console at each time of the schedule, and at no other: %s", (timeZone) => {
    const asked = fc.record({ pattern: patterns, begin: fc.integer({ min: from, max: from + 400 * DAY }) });
    const told: string[] = [];
    fc.assert(
      fc.property(asked, ({ pattern, begin }) => {
        const task = scheduledTask({ ...schedule, pattern, timeZone }, { ...action, timeZone }, begin);
        fc.pre(task.ok);
        told.push(pattern);
        const read = readTask(task.value);
        // A year, and less of what comes every few minutes.
        const length = Math.min(366, Math.ceil((366 * 1_500) / startsOf(read, begin, 366).length));
        expect(startsOf(read, shownExactly(timeZone, begin), length)).toEqual(shownRuns({ ...schedule, pattern, timeZone }, begin, length));
      }),
      { numRuns: 40 },
    );
    expect(told.length).toBeGreaterThan(20);
  });

  it("does so over the changes of a clock, but for the days of the change", () => {
    const timeZone = "Europe/Zurich";
    const changed = ["2027-03-28", "2027-10-31"];
    const isWhole = (shown: number) => !changed.includes(new Date(shown).toISOString().slice(0, 10));
    for (const pattern of ["0 3 * * *", "30 2 * * SUN", "0 */2 * * *", "0 6,18 L * *", "*/30 8-17 * * MON-FRI"]) {
      const starts = startsOf(made({ pattern }), shownExactly(timeZone, from), 366);
      expect(starts.filter(isWhole)).toEqual(shownRuns({ ...schedule, pattern }, from, 366).filter(isWhole));
      expect(starts.length).toBeGreaterThan(10);
    }
  });
});
