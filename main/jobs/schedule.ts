/**
 * When a schedule is due. Pure functions over moments in epoch milliseconds: whoever waits for one has the clock.
 *
 * Over a change of clocks a schedule goes by croner's rule, which is that of Vixie cron: a time that the clock leaves out is due right after the
 * gap, and one that it shows twice is due once. Where the minute or the hour has a `*` or a step, the schedule means "every so often" instead:
 * what the clock leaves out is left out, and both of two equal hours have theirs.
 */
import { Cron } from "croner";
import type { Issue } from "../../shared/fault.ts";
import type { Schedule } from "../../shared/model/schedule.ts";

/** A run is late from then on: a console that was there has begun it. */
const LATE_AFTER_MS = 2 * 60_000;
/** Counting further tells nobody more: a console that was away for a year missed half a million of a schedule that is due each minute. */
const COUNTED_MOST = 1_000;

/**
 * Numbers, names, lists, ranges and steps, with `L`, `W` and `#` for last days, working days and the second Monday. Left out of what croner reads:
 * `?`, which it takes for the moment of reading, and nicknames such as `@daily`, which are no five fields.
 */
const FIELDS = /^[\dA-Za-z*,/#-]+(?: +[\dA-Za-z*,/#-]+){4}$/;
/** `UTC` and `Area/Location`; what is an offset follows no clock. */
const ZONE_NAME = /^[A-Za-z]/;
/** Patterns name no year, so that any beginning will do. */
const BEGINNING = new Date(Date.UTC(2000, 0, 1));

/** Null for what is no pattern or no zone. Without a function to call croner sets no timer. */
function readSchedule(pattern: string, timeZone: string): Cron | null {
  if (!FIELDS.test(pattern.trim()) || !isTimeZone(timeZone)) return null;
  try {
    return new Cron(pattern.trim(), { timezone: timeZone, mode: "5-part", fixedTimeRule: "no-wildcard" });
  } catch {
    return null;
  }
}

function isTimeZone(name: string): boolean {
  try {
    return ZONE_NAME.test(name) && new Intl.DateTimeFormat("en", { timeZone: name }).resolvedOptions().timeZone !== "";
  } catch {
    return false;
  }
}

/**
 * What is wrong with a schedule: `not-a-pattern` and `never-due` at `pattern` (the 30th of February never comes), `not-a-time-zone` at `timeZone`.
 */
export function scheduleIssues(pattern: string, timeZone: string): readonly Issue[] {
  const read = readSchedule(pattern, "UTC");
  const ofZone: Issue[] = isTimeZone(timeZone) ? [] : [{ path: ["timeZone"], code: "not-a-time-zone" }];
  if (read === null) return [{ path: ["pattern"], code: "not-a-pattern" }, ...ofZone];
  return read.nextRun(BEGINNING) === null ? [{ path: ["pattern"], code: "never-due" }, ...ofZone] : ofZone;
}

/** The next `most` moments that come after `after`, ascending; none of a schedule that {@link scheduleIssues} refuses. */
export function nextRuns({ pattern, timeZone }: Pick<Schedule, "pattern" | "timeZone">, after: number, most: number): readonly number[] {
  return readSchedule(pattern, timeZone)?.nextRuns(most, new Date(after)).map((run) => run.getTime()) ?? [];
}

/** The newest moment that has come at `now`; null of a schedule that {@link scheduleIssues} refuses. */
export function lastRun({ pattern, timeZone }: Pick<Schedule, "pattern" | "timeZone">, now: number): number | null {
  const read = readSchedule(pattern, timeZone);
  return read === null ? null : newestOf(read, now);
}

/** What is due at this very millisecond has come. */
function newestOf(read: Cron, now: number): number | null {
  return read.previousRuns(1, new Date(now + 1))[0]?.getTime() ?? null;
}

export interface Due {
  /** The moment that a run is to be begun for; null where none is. */
  readonly due: number | null;
  /** How many moments besides it have passed without a run, at most 1,000. */
  readonly missed: number;
}

/**
 * What is to be done at `now` about moments that came after `since`: the last one that was handled, or whichever moment everything was handled up
 * to. The newest is begun, unless it is more than two minutes old. Then `once` begins it all the same, for all that were missed; `skip` begins none,
 * and so does `ask`, where a person decides about what was missed. Once the answer is followed, or that person has decided, everything up to `now`
 * is handled.
 */
export function dueAt({ pattern, timeZone, missed }: Schedule, since: number, now: number): Due {
  const read = readSchedule(pattern, timeZone);
  const newest = read === null ? null : newestOf(read, now);
  if (read === null || newest === null || newest <= since) return { due: null, missed: 0 };
  const passed = countRuns(read, since, newest);
  const isBegun = now - newest <= LATE_AFTER_MS || missed === "once";
  return isBegun ? { due: newest, missed: passed - 1 } : { due: null, missed: Math.min(passed, COUNTED_MOST) };
}

/** How many moments lie after `since` and not after `last`, which is one of them: no further than to one more than is told of. */
function countRuns(read: Cron, since: number, last: number): number {
  let count = 0;
  let next = read.nextRun(new Date(since));
  while (next !== null && next.getTime() <= last && count <= COUNTED_MOST) {
    count += 1;
    next = read.nextRun(next);
  }
  return count;
}
