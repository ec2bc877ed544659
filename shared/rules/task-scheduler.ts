/**
 * A schedule as a task of Windows' Task Scheduler, in its XML (MS-TSCH, 2.5; schema http://schemas.microsoft.com/windows/2004/02/mit/task), which
 * `schtasks /Create /XML` and "Import Task…" take. It runs as whoever imports it, while that account is signed in: what the console has sealed opens
 * for no other.
 */
import type { Schedule } from "../model/schedule.ts";
import { fail, succeed, type Result } from "../result.ts";
import { readCronFields, type CronFields } from "./cron-fields.ts";
import { taskTimes, type TaskTimes } from "./task-times.ts";

export interface TaskAction {
  /** The program's absolute path, and what it is started with. */
  readonly command: string;
  readonly args: readonly string[];
  /** What people read of it in the list of tasks. */
  readonly words: string;
  /** The zone that the computer's clock shows. */
  readonly timeZone: string;
}

const NAMESPACE = "http://schemas.microsoft.com/windows/2004/02/mit/task";
/** By which the actions name the account that they run as. */
const ACCOUNT = "Author";
const DAY_MS = 24 * 60 * 60_000;
/** Zones whose clocks show the same on each day of a year are one here: Windows has fewer zones than there are IANA names. */
const YEAR_DAYS = 366;
const WEEKDAYS = ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"];
const MONTHS = ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"];
/** The fifth of a weekday is the last. */
const EVERY_WEEK = ["1", "2", "3", "4", "Last"];

type Xml = readonly [name: string, content: string | readonly Xml[], attributes?: Readonly<Record<string, string>>];

/**
 * The bytes of the file, in UTF-16 with its mark, for a schedule that is sound. `from`: when its triggers begin, epoch milliseconds.
 *
 * Times are without an offset, so that they go by the computer's clock over its changes: one with an offset would stay at its moment, and come an
 * hour early or late for half of the year. A missed run is made up for where the schedule says `once`; nobody can be asked by a task. A run is never
 * ended by it (`PT0S`: no limit; the default ends one after 72 hours, in the middle of an object), also not on a battery, and while one goes on no
 * other is begun (Microsoft, "Task Scheduler Schema", settingsType).
 *
 * Fails with `unsupported`: `schedule-without-task` for a pattern that no 48 triggers come to, or that means days of the month and of the week at
 * once; `schedule-of-another-zone` where the computer's clock shows another time. The detail is the pattern, or the zone.
 */
export function scheduledTask(schedule: Schedule, action: TaskAction, from: number): Result<Uint8Array> {
  const fields = readCronFields(schedule.pattern);
  const times = fields === null ? null : taskTimes(fields);
  const days = fields === null ? null : daysOf(fields);
  if (times === null || days === null) return fail({ kind: "unsupported", why: "schedule-without-task", detail: schedule.pattern });
  if (!isSameClock(schedule.timeZone, action.timeZone, from)) return fail({ kind: "unsupported", why: "schedule-of-another-zone", detail: schedule.timeZone });
  const shown = clock(action.timeZone)(from);
  const triggers = times.map((one): Xml => ["CalendarTrigger", [["StartBoundary", beginning(one, shown)], ...repetition(one), days]]);
  return succeed(utf16(document(triggers, schedule, action)));
}

function document(triggers: readonly Xml[], { missed }: Schedule, { command, args, words }: TaskAction): string {
  const settings: readonly Xml[] = [
    ["MultipleInstancesPolicy", "IgnoreNew"],
    ["DisallowStartIfOnBatteries", "false"],
    ["StopIfGoingOnBatteries", "false"],
    ["StartWhenAvailable", String(missed === "once")],
    ["ExecutionTimeLimit", "PT0S"],
  ];
  const parts: readonly Xml[] = [
    ["RegistrationInfo", [["Description", words]]],
    ["Triggers", triggers],
    ["Principals", [["Principal", [["LogonType", "InteractiveToken"], ["RunLevel", "LeastPrivilege"]], { id: ACCOUNT }]]],
    ["Settings", settings],
    ["Actions", [["Exec", [["Command", command], ["Arguments", args.map(quoted).join(" ")]]]], { Context: ACCOUNT }],
  ];
  const head = "<?xml version=\"1.0\" encoding=\"UTF-16\"?>\r\n";
  return head + written(["Task", parts, { version: "1.2", xmlns: NAMESPACE }], "");
}

/** Null where days of the month and of the week are both named: cron takes either, a trigger has one kind. */
function daysOf({ days, lastDay, months, weekdays }: CronFields): Xml | null {
  const named = weekdays?.map((day): Xml => [WEEKDAYS[day] ?? "", []]) ?? null;
  const ofYear: Xml = ["Months", (months ?? MONTHS.map((_, index) => index + 1)).map((month): Xml => [MONTHS[month - 1] ?? "", []])];
  if (named !== null && days !== null) return null;
  if (named !== null && months === null) return ["ScheduleByWeek", [["WeeksInterval", "1"], ["DaysOfWeek", named]]];
  if (named !== null) return ["ScheduleByMonthDayOfWeek", [["Weeks", EVERY_WEEK.map((week): Xml => ["Week", week])], ["DaysOfWeek", named], ofYear]];
  if (days === null && months === null) return ["ScheduleByDay", [["DaysInterval", "1"]]];
  const numbered = days ?? Array.from({ length: 31 }, (_, index) => index + 1);
  return ["ScheduleByMonth", [["DaysOfMonth", [...numbered.map(String), ...(lastDay ? ["Last"] : [])].map((day): Xml => ["Day", day])], ofYear]];
}

/** Ends half a minute after the last time, so that it is within the pattern whether its end counts or not, and the next one is not. */
function repetition({ first, every, last }: TaskTimes): readonly Xml[] {
  const [hours, minutes] = [Math.floor((last - first) / 60), (last - first) % 60];
  return every === null ? [] : [["Repetition", [["Interval", `PT${every}M`], ["Duration", `PT${hours}H${minutes}M30S`]]]];
}

/** Today, or tomorrow where the last time of today has passed: a beginning that has passed would be made up for at once. */
function beginning({ first, last }: TaskTimes, shown: number): string {
  const today = Math.floor(shown / DAY_MS) * DAY_MS;
  const day = today + last * 60_000 > shown ? today : today + DAY_MS;
  return new Date(day + first * 60_000).toISOString().slice(0, 19);
}

/** What a clock of the zone shows, as if it were UTC. */
function clock(timeZone: string): (at: number) => number {
  const format = new Intl.DateTimeFormat("en", { timeZone, hourCycle: "h23", year: "numeric", month: "numeric", day: "numeric", hour: "numeric", minute: "numeric", second: "numeric" });
  return (at) => {
    const parts = new Map(format.formatToParts(at).map(({ type, value }) => [type, Number(value)]));
    const part = (type: Intl.DateTimeFormatPartTypes) => parts.get(type) ?? 0;
    return Date.UTC(part("year"), part("month") - 1, part("day"), part("hour"), part("minute"), part("second"));
  };
}

function isSameClock(one: string, other: string, from: number): boolean {
  const [ofOne, ofOther] = [clock(one), clock(other)];
  return Array.from({ length: YEAR_DAYS }, (_, day) => from + day * DAY_MS).every((at) => ofOne(at) === ofOther(at));
}

/** As the C runtime takes arguments apart (Microsoft, "Parsing C command-line arguments"). */
function quoted(argument: string): string {
  return /^[^\s"]+$/.test(argument) ? argument : `"${argument.replaceAll(/(\\*)("|$)/g, "$1$1$2").replaceAll("\"", "\\\"")}"`;
}

function written([name, content, attributes = {}]: Xml, indent: string): string {
  const start = [name, ...Object.entries(attributes).map(([attribute, value]) => `${attribute}="${value}"`)].join(" ");
  if (content.length === 0) return `${indent}<${start} />\r\n`;
  if (typeof content === "string") return `${indent}<${start}>${escaped(content)}</${name}>\r\n`;
  return `${indent}<${start}>\r\n${content.map((child) => written(child, `${indent}  `)).join("")}${indent}</${name}>\r\n`;
}

const ENTITIES: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;" };

/** What XML 1.0 has no way to hold is left out. */
function escaped(text: string): string {
  return text.replaceAll(/[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu, "").replaceAll(/[&<>]/g, (character) => ENTITIES[character] ?? "");
}

/** Little-endian, with the mark. */
function utf16(text: string): Uint8Array {
  const bytes = new Uint8Array(2 + text.length * 2);
  const view = new DataView(bytes.buffer);
  for (const [index, unit] of [0xfeff, ...Array.from({ length: text.length }, (_, at) => text.charCodeAt(at))].entries()) view.setUint16(index * 2, unit, true);
  return bytes;
}
