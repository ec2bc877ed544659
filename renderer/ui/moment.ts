/** Times of a dense table. All arguments in epoch milliseconds. */
import { formatDate, formatDateTime, formatTime } from "../text/format.ts";

const DAY = 86_400_000;

/** `09:14` on the same day as `now`, else `2026-11-20 09:14`. */
export function moment(at: number, now: number): string {
  return formatDate(at) === formatDate(now) ? formatTime(at) : formatDateTime(at);
}

/** Whole days from `now` to `at`; negative when it has passed. */
export function daysUntil(at: number, now: number): number {
  return Math.floor((at - now) / DAY);
}
