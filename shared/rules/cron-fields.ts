/** The five fields of a cron pattern as the values that they stand for. */

export interface CronFields {
  /** Ascending, as all that follow. */
  readonly minutes: readonly number[];
  readonly hours: readonly number[];
  /** Days of the month; null for `*`. */
  readonly days: readonly number[] | null;
  /** Whether the last day of each month is meant besides (`L`). */
  readonly lastDay: boolean;
  /** From 1; null for `*`. */
  readonly months: readonly number[] | null;
  /** From 0 for Sunday; null for `*`. */
  readonly weekdays: readonly number[] | null;
}

interface Range {
  readonly least: number;
  readonly most: number;
  readonly names: readonly string[];
}

const MINUTES: Range = { least: 0, most: 59, names: [] };
const HOURS: Range = { least: 0, most: 23, names: [] };
const DAYS: Range = { least: 1, most: 31, names: [] };
const MONTHS: Range = { least: 1, most: 12, names: ["", "JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"] };
/** Sunday is the first and the last. */
const WEEKDAYS: Range = { least: 0, most: 7, names: ["SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT"] };
const PART = /^(?:\*|(\w+)(?:-(\w+))?)(?:\/(\d+))?$/;
const LAST_DAY = "L";

/** Null for whatever is more than numbers, names, ranges, steps and lists of them, and `L` for the last day of a month. */
export function readCronFields(pattern: string): CronFields | null {
  const [minute = "", hour = "", day = "", month = "", weekday = "", ...more] = pattern.trim().split(/ +/);
  if (weekday === "" || more.length > 0) return null;
  const listed = day.toUpperCase().split(",");
  const numbered = listed.filter((part) => part !== LAST_DAY);
  const [minutes, hours, months, weekdays] = [readField(minute, MINUTES), readField(hour, HOURS), readField(month, MONTHS), readField(weekday, WEEKDAYS)];
  const days = numbered.length === 0 ? [] : readField(numbered.join(","), DAYS);
  if (minutes === null || hours === null || days === null || months === null || weekdays === null) return null;
  const sundayOnce = ascending(weekdays.map((value) => value % 7));
  return { minutes, hours, days: day === "*" ? null : days, lastDay: listed.length > numbered.length, months: month === "*" ? null : months, weekdays: weekday === "*" ? null : sundayOnce };
}

function readField(text: string, range: Range): readonly number[] | null {
  const values = text.split(",").map((part) => readPart(part, range));
  return values.every((part) => part !== null) ? ascending(values.flat()) : null;
}

function readPart(part: string, { least, most, names }: Range): readonly number[] | null {
  const [whole, first, last, step] = PART.exec(part) ?? [];
  if (whole === undefined) return null;
  const from = first === undefined ? least : valueOf(first, names);
  // A range that ends with Sunday ends a week.
  const end = last?.toUpperCase() === "SUN" ? 7 : valueOf(last ?? first ?? "", names);
  const to = first === undefined ? most : end;
  // A step goes with a range.
  const isSound = from !== null && to !== null && from >= least && from <= to && to <= most && Number(step ?? 1) > 0 && !(first !== undefined && last === undefined && step !== undefined);
  return isSound ? Array.from({ length: to - from + 1 }, (_, index) => from + index).filter((value) => (value - from) % Number(step ?? 1) === 0) : null;
}

function valueOf(text: string, names: readonly string[]): number | null {
  const named = names.indexOf(text.toUpperCase());
  if (named >= 0) return named;
  return /^\d+$/.test(text) ? Number(text) : null;
}

function ascending(values: readonly number[]): readonly number[] {
  return [...new Set(values)].toSorted((a, b) => a - b);
}
