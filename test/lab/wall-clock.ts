/** What clocks of a zone show, minute by minute, read from Intl alone. */

const MINUTE = 60_000;

/** A moment, and what a clock shows then, as if it were UTC; both in epoch milliseconds. */
export interface Shown {
  readonly at: number;
  readonly shown: number;
}

export function shownAt(zone: string): (at: number) => number {
  const format = new Intl.DateTimeFormat("en", { timeZone: zone, hourCycle: "h23", year: "numeric", month: "numeric", day: "numeric", hour: "numeric", minute: "numeric" });
  return (at) => {
    const parts = Object.fromEntries(format.formatToParts(at).map(({ type, value }) => [type, Number(value)]));
    return Date.UTC(parts["year"] ?? 0, (parts["month"] ?? 0) - 1, parts["day"], parts["hour"], parts["minute"]);
  };
}

/** Each whole minute of so many days. */
export function minutesOf(zone: string, from: number, days: number): readonly Shown[] {
  const shown = shownAt(zone);
  return Array.from({ length: days * 1_440 }, (_, index) => ({ at: from + index * MINUTE, shown: shown(from + index * MINUTE) }));
}

/** A field of cron as it is written, and what it stands for; null for every value. */
export interface Field {
  readonly text: string;
  readonly values: readonly number[] | null;
}

export interface Fields {
  readonly minute: Field;
  readonly hour: Field;
  readonly day: Field;
  readonly month: Field;
  readonly weekday: Field;
}

/** Whether a clock that shows this is at one of the pattern's times: where both days are restricted, one of them is enough. */
export function matches({ minute, hour, day, month, weekday }: Fields, shown: number): boolean {
  const date = new Date(shown);
  const has = ({ values }: Field, value: number) => values === null || values.includes(value);
  const isDay = has(day, date.getUTCDate());
  const isWeekday = has(weekday, date.getUTCDay());
  const onDay = day.values !== null && weekday.values !== null ? isDay || isWeekday : isDay && isWeekday;
  return has(minute, date.getUTCMinutes()) && has(hour, date.getUTCHours()) && has(month, date.getUTCMonth() + 1) && onDay;
}

/**
 * When a pattern is due, as Vixie cron has it: with `isFixed` times that the clock shows twice count once, and those that it leaves out count for
 * the first minute after them.
 */
export function dueIn(minutes: readonly Shown[], fields: Fields, isFixed: boolean): readonly number[] {
  const seen = new Set<number>();
  return minutes.flatMap(({ at, shown }, index) => {
    const before = minutes[index - 1]?.shown ?? shown - MINUTE;
    const leftOut = Array.from({ length: Math.max(0, (shown - before) / MINUTE - 1) }, (_, step) => before + (step + 1) * MINUTE);
    const isDue = isFixed ? (matches(fields, shown) && !seen.has(shown)) || leftOut.some((time) => matches(fields, time)) : matches(fields, shown);
    seen.add(shown);
    return isDue ? [at] : [];
  });
}
