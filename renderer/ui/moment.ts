/** Times of a dense table. All arguments in epoch milliseconds. */
export { formatMoment as moment } from "../text/format.ts";

const DAY = 86_400_000;

/** Whole days from `now` to `at`; negative when it has passed. */
export function daysUntil(at: number, now: number): number {
  return Math.floor((at - now) / DAY);
}
