/** Dates after which something stops working, in days. */

/** Milliseconds of a day. */
export const DAY_MS = 24 * 60 * 60 * 1000;

/** Days before the date on which it is told of. */
export const NOTICE_DAYS: readonly number[] = [30, 14, 7, 1];

/**
 * Epoch milliseconds at which a day (yyyy-mm-dd) begins where this computer is: a date without a time means the day that
 * stands in people's calendars there, not the one in Greenwich.
 */
export function startOfDay(date: string): number {
  return Date.parse(`${date}T00:00:00`);
}

/** Whole days until a date, rounded down: 0 on the last day, negative afterwards. */
export function daysLeft(at: number, now: number): number {
  return Math.floor((at - now) / DAY_MS);
}

/**
 * The notice that is due: the smallest of `notices` (days before the date) that has been reached, or null when none has,
 * or when the date is over.
 */
export function dueNotice(at: number, now: number, notices: readonly number[]): number | null {
  if (at <= now) return null;
  const reached = notices.filter((days) => at - now <= days * DAY_MS);
  return reached.length === 0 ? null : Math.min(...reached);
}
