/** A task of Windows' Task Scheduler read as its schema has it (MS-TSCH, 2.5), and when its triggers come. */
import { XMLParser, XMLValidator } from "fast-xml-parser";
import { z } from "zod";

const DAY = 24 * 60 * 60_000;
const WEEKDAYS = ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"];
const MONTHS = ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"];

const named = (names: readonly string[]) => z.partialRecord(z.enum(names), z.literal("")).transform((found) => Object.keys(found).map((name) => names.indexOf(name)));
const months = named(MONTHS);
const weekdays = named(WEEKDAYS);
/** Milliseconds. */
const duration = z.string().regex(/^PT(?=\d)(?:\d+H)?(?:\d+M)?(?:\d+S)?$/).transform((text) => [["H", 3_600], ["M", 60], ["S", 1]].reduce((sum, [unit, seconds]) => sum + Number(new RegExp(`(\\d+)${unit}`).exec(text)?.[1] ?? 0) * Number(seconds) * 1_000, 0));
const boolean = z.enum(["true", "false"]).transform((text) => text === "true");

const triggerSchema = z.strictObject({
  /** Without an offset: what the clock shows. */
  StartBoundary: z.string().regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d:00$/).transform((text) => Date.parse(`${text}Z`)),
  Repetition: z.strictObject({ Interval: duration, Duration: duration }).optional(),
  ScheduleByDay: z.strictObject({ DaysInterval: z.literal("1") }).optional(),
  ScheduleByWeek: z.strictObject({ WeeksInterval: z.literal("1"), DaysOfWeek: weekdays }).optional(),
  ScheduleByMonth: z.strictObject({ DaysOfMonth: z.strictObject({ Day: z.array(z.string().regex(/^(?:[1-9]|[12]\d|3[01]|Last)$/)) }), Months: months }).optional(),
  ScheduleByMonthDayOfWeek: z.strictObject({ Weeks: z.strictObject({ Week: z.array(z.string().regex(/^(?:[1-4]|Last)$/)) }), DaysOfWeek: weekdays, Months: months }).optional(),
});
type Trigger = z.infer<typeof triggerSchema>;

const taskSchema = z.strictObject({
  "?xml": z.strictObject({ "@version": z.literal("1.0"), "@encoding": z.literal("UTF-16") }),
  Task: z.strictObject({
    "@version": z.literal("1.2"),
    "@xmlns": z.literal("http://schemas.microsoft.com/windows/2004/02/mit/task"),
    RegistrationInfo: z.strictObject({ Description: z.string() }),
    Triggers: z.strictObject({ CalendarTrigger: z.array(triggerSchema).min(1).max(48) }),
    Principals: z.strictObject({ Principal: z.strictObject({ "@id": z.literal("Author"), LogonType: z.literal("InteractiveToken"), RunLevel: z.literal("LeastPrivilege") }) }),
    Settings: z.strictObject({ MultipleInstancesPolicy: z.string(), DisallowStartIfOnBatteries: boolean, StopIfGoingOnBatteries: boolean, StartWhenAvailable: boolean, ExecutionTimeLimit: z.string() }),
    Actions: z.strictObject({ "@Context": z.literal("Author"), Exec: z.strictObject({ Command: z.string(), Arguments: z.string() }) }),
  }),
});
export type WindowsTask = z.infer<typeof taskSchema>["Task"];

/** Throws for bytes that are no task. */
export function readTask(bytes: Uint8Array): WindowsTask {
  if (bytes[0] !== 0xff || bytes[1] !== 0xfe) throw new Error("no mark of UTF-16, little-endian");
  const text = new TextDecoder("utf-16le", { fatal: true }).decode(bytes);
  const sound = XMLValidator.validate(text);
  if (sound !== true) throw new Error(sound.err.msg);
  const parser = new XMLParser({ ignoreAttributes: false, attributeNamePrefix: "@", parseTagValue: false, trimValues: false, isArray: (name) => ["CalendarTrigger", "Day", "Week"].includes(name) });
  return taskSchema.parse(withoutBlanks(parser.parse(text))).Task;
}

/** What stands between elements is layout. */
function withoutBlanks(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutBlanks);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).flatMap(([key, inner]) => (key === "#text" ? [] : [[key, withoutBlanks(inner)]])));
}

/** What a clock shows when the task is started, as if it were UTC: after `from`, and for so many days. A repeated trigger comes at its end too. */
export function startsOf({ Triggers }: WindowsTask, from: number, days: number): readonly number[] {
  const today = Math.floor(from / DAY) * DAY;
  const each = Triggers.CalendarTrigger.flatMap((trigger) => Array.from({ length: days + 1 }, (_, index) => today + index * DAY).flatMap((day) => (isDay(trigger, new Date(day)) ? startsOn(trigger, day) : [])));
  return [...new Set(each)].filter((start) => start > from && start < from + days * DAY).toSorted((a, b) => a - b);
}

function startsOn({ StartBoundary, Repetition }: Trigger, day: number): readonly number[] {
  const first = day + (StartBoundary % DAY);
  if (first < StartBoundary) return [];
  const { Interval = 1, Duration = 0 } = Repetition ?? {};
  return Array.from({ length: Math.floor(Duration / Interval) + 1 }, (_, index) => first + index * Interval);
}

function isDay({ ScheduleByDay, ScheduleByWeek, ScheduleByMonth, ScheduleByMonthDayOfWeek }: Trigger, date: Date): boolean {
  const [month, day, weekday] = [date.getUTCMonth(), date.getUTCDate(), date.getUTCDay()];
  const last = new Date(Date.UTC(date.getUTCFullYear(), month + 1, 0)).getUTCDate();
  const kinds = [
    ScheduleByDay && true,
    ScheduleByWeek?.DaysOfWeek.includes(weekday),
    ScheduleByMonth && ScheduleByMonth.Months.includes(month) && (ScheduleByMonth.DaysOfMonth.Day.includes(String(day)) || (day === last && ScheduleByMonth.DaysOfMonth.Day.includes("Last"))),
    ScheduleByMonthDayOfWeek && ScheduleByMonthDayOfWeek.Months.includes(month) && ScheduleByMonthDayOfWeek.DaysOfWeek.includes(weekday) && isWeek(ScheduleByMonthDayOfWeek.Weeks.Week, day, last),
  ].filter((kind) => kind !== undefined);
  if (kinds.length !== 1) throw new Error("a trigger has days of one kind");
  return kinds[0] === true;
}

function isWeek(weeks: readonly string[], day: number, last: number): boolean {
  return weeks.includes(String(Math.ceil(day / 7))) || (day > last - 7 && weeks.includes("Last"));
}
