/** Moments by the clock of another place. */

/** `2026-11-20 09:14` in a time zone by its IANA name. Throws a `RangeError` where that is none here. */
export function formatDateTimeIn(at: number, timeZone: string): string {
  return new Intl.DateTimeFormat("sv-SE", { dateStyle: "short", timeStyle: "short", timeZone }).format(at);
}

/** The IANA name of this computer's time zone. */
export function localTimeZone(): string {
  return new Intl.DateTimeFormat().resolvedOptions().timeZone;
}
