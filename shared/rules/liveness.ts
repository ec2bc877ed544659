/** How main and page know of each other that they are there. All in milliseconds, on clocks that nobody can set. */

/** How often main is heard. */
export const BEAT_MS = 1_000;
/**
 * Without a beat for so long main counts as away: nothing more is asked of it, and what was under way is given up. On a computer with
 * ten times as much to do as it has processors, a main that is well was not heard for up to 8 seconds.
 */
export const SILENT_AFTER_MS = 10_000;
/** Main refuses a call whose sender had heard nothing for so long: it lay there while main hung, and is not meant any more. */
export const TOO_LATE_AFTER_MS = 13_000;

/** With each call: the last beat that its sender heard, as main numbered it. */
export const HEARD_HEADER = "heard";
/** The error code of a call that main refused as too late. */
export const TOO_LATE = "TOO_LATE";
