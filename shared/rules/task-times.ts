/** Times of a day as Task Scheduler's triggers have them: one each, or one that is repeated. */
import type { CronFields } from "./cron-fields.ts";

/** Minutes from midnight. */
export interface TaskTimes {
  readonly first: number;
  /** Minutes between two; null for a single one. */
  readonly every: number | null;
  readonly last: number;
}

/** Microsoft, "Task Triggers": a task has at most 48. */
const TRIGGERS_MOST = 48;
const HOUR = 60;

/**
 * The fewest triggers that come to the times of a pattern; null where no 48 do. A trigger repeats by time that passes, and not by the clock: once it
 * has been changed, only what comes at the same minutes of each hour still comes at the pattern's times. That is why other times have one each.
 */
export function taskTimes({ minutes, hours }: CronFields): readonly TaskTimes[] | null {
  const times = hours.flatMap((hour) => minutes.map((minute) => hour * HOUR + minute));
  const whole = progression(times);
  if (whole !== null) return [whole];
  const ofHour = progression(minutes);
  const ofHours = hours.length > 1 ? progression(hours.map((hour) => hour * HOUR)) : null;
  const ways = [
    times.map((time) => ({ first: time, every: null, last: time })),
    ofHour === null ? [] : hours.map((hour) => ({ ...ofHour, first: hour * HOUR + ofHour.first, last: hour * HOUR + ofHour.last })),
    ofHours === null ? [] : minutes.map((minute) => ({ ...ofHours, first: ofHours.first + minute, last: ofHours.last + minute })),
  ].filter((triggers) => triggers.length > 0 && triggers.length <= TRIGGERS_MOST);
  return ways.toSorted((a, b) => a.length - b.length)[0] ?? null;
}

/** Times with equal distances that go into an hour, or a single one. */
function progression(times: readonly number[]): TaskTimes | null {
  const [first = 0, second = null] = times;
  const last = times.at(-1) ?? first;
  if (second === null) return { first, every: null, last };
  const every = second - first;
  return HOUR % every === 0 && times.every((time, index) => time === first + index * every) ? { first, every, last } : null;
}
