/** Times, dates and lengths of time as people read them. All arguments in epoch milliseconds or milliseconds. */
const DAY = 86_400_000;
const UNITS = [
  { unit: "day", ms: DAY },
  { unit: "hour", ms: 3_600_000 },
  { unit: "minute", ms: 60_000 },
] as const;

/** Makes a formatter when it is first needed: reading its tables takes longer than drawing the first page. */
function once<T>(make: () => T): () => T {
  let made: T | undefined;
  return () => (made ??= make());
}

const date = once(() => new Intl.DateTimeFormat("en-CA", { year: "numeric", month: "2-digit", day: "2-digit" }));
const seconds = once(() => new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit", second: "2-digit" }));
const time = once(() => new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit" }));
const relative = once(() => new Intl.RelativeTimeFormat("en", { numeric: "auto" }));
const count = once(() => new Intl.NumberFormat("en"));

/** `100,000`. */
export function formatCount(number: number): string {
  return count().format(number);
}

/** Bytes in the largest unit: `340 bytes`, `12 KiB`, `2.4 MiB`. */
export function formatSize(bytes: number): string {
  if (bytes < 1024) return `${bytes} bytes`;
  const [size, unit] = bytes < 1024 * 1024 ? [bytes / 1024, "KiB"] : [bytes / (1024 * 1024), "MiB"];
  return `${size < 10 ? Math.round(size * 10) / 10 : Math.round(size)} ${unit}`;
}

/** `2026-11-20`, local time. */
export function formatDate(at: number): string {
  return date().format(at);
}

/** `09:14`, local time. */
export function formatTime(at: number): string {
  return time().format(at);
}

/** `09:14:03`, local time. */
export function formatTimeWithSeconds(at: number): string {
  return seconds().format(at);
}

/** `2026-11-20 09:14`, local time. */
export function formatDateTime(at: number): string {
  return `${formatDate(at)} ${formatTime(at)}`;
}

/** `09:14` on the same day as `now`, else `2026-11-20 09:14`. */
export function formatMoment(at: number, now: number): string {
  return formatDate(at) === formatDate(now) ? formatTime(at) : formatDateTime(at);
}

/** `just now`, `12 minutes ago`, `in 3 hours`, `yesterday`. */
export function formatRelative(at: number, now: number): string {
  const difference = at - now;
  const fit = UNITS.find(({ ms }) => Math.abs(difference) >= ms);
  return fit === undefined ? "just now" : relative().format(Math.trunc(difference / fit.ms), fit.unit);
}

/** The largest whole unit: `340 ms`, `40 s`, `12 min`, `2 h`, `41 d`. */
export function formatDuration(ms: number): string {
  if (ms < 1000) return `${Math.round(ms)} ms`;
  if (ms < 60_000) return `${Math.floor(ms / 1000)} s`;
  if (ms < 3_600_000) return `${Math.floor(ms / 60_000)} min`;
  if (ms < 2 * DAY) return `${Math.floor(ms / 3_600_000)} h`;
  return `${Math.floor(ms / DAY)} d`;
}

/** `2026-11-20 09:14` in a time zone by its IANA name. Throws a `RangeError` where that is none here. */
export function formatDateTimeIn(at: number, timeZone: string): string {
  return new Intl.DateTimeFormat("sv-SE", { dateStyle: "short", timeStyle: "short", timeZone }).format(at);
}

/** The IANA name of this computer's time zone. */
export function localTimeZone(): string {
  return new Intl.DateTimeFormat().resolvedOptions().timeZone;
}
