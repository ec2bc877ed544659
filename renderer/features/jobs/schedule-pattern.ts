/** The patterns of a schedule that are chosen without knowing cron, written and read back. */

export interface FriendlyPattern {
  /** `minutes`: every so many minutes. `own`: one that has no friendlier form. */
  readonly kind: "minutes" | "daily" | "weekly" | "own";
  readonly every: number;
  /** `06:30`. */
  readonly time: string;
  /** Days of the week as cron counts them, Sunday 0. */
  readonly days: readonly number[];
}

/** Minutes that divide an hour: others would leave a shorter gap at its end. */
export const EVERY = [5, 10, 15, 20, 30, 60] as const;

const BASE: FriendlyPattern = { kind: "daily", every: 30, time: "06:00", days: [1] };

function timeOf(minute: string, hour: string): string | null {
  if (!/^\d{1,2}$/.test(minute) || !/^\d{1,2}$/.test(hour) || Number(minute) > 59 || Number(hour) > 23) return null;
  return `${hour.padStart(2, "0")}:${minute.padStart(2, "0")}`;
}

/** What a pattern says, where it is one of those that this page writes. */
export function readPattern(pattern: string): FriendlyPattern {
  const [minute = "", hour = "", day = "", month = "", week = "", ...more] = pattern.trim().split(/\s+/);
  const own: FriendlyPattern = { ...BASE, kind: "own" };
  if (more.length > 0 || day !== "*" || month !== "*") return own;
  if (hour === "*" && week === "*") {
    const every = minute === "0" ? 60 : Number(/^\*\/(\d{1,2})$/.exec(minute)?.[1] ?? 0);
    return EVERY.some((one) => one === every) ? { ...BASE, kind: "minutes", every } : own;
  }
  const time = timeOf(minute, hour);
  if (time === null) return own;
  if (week === "*") return { ...BASE, kind: "daily", time };
  return /^[0-6](,[0-6])*$/.test(week) ? { ...BASE, kind: "weekly", time, days: [...new Set(week.split(",").map(Number))].toSorted((a, b) => a - b) } : own;
}

/** The five fields of cron. A week without a day is one of Mondays. */
export function writePattern({ kind, every, time, days }: Omit<FriendlyPattern, "kind"> & { readonly kind: Exclude<FriendlyPattern["kind"], "own"> }): string {
  if (kind === "minutes") return every === 60 ? "0 * * * *" : `*/${every} * * * *`;
  const [hour = 6, minute = 0] = time.split(":").map(Number);
  const at = `${Number.isInteger(minute) ? minute : 0} ${Number.isInteger(hour) ? hour : 6} * *`;
  return kind === "daily" ? `${at} *` : `${at} ${days.length === 0 ? 1 : days.toSorted((a, b) => a - b).join(",")}`;
}
