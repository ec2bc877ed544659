/** Moments by the clock of another place. */
import { formatDateTime } from "./format.ts";

/** `2026-11-20 09:14` in a time zone by its IANA name; local time where this browser does not know it. */
export function formatDateTimeIn(at: number, timeZone: string): string {
  try {
    const day = new Intl.DateTimeFormat("en-CA", { year: "numeric", month: "2-digit", day: "2-digit", timeZone });
    const clock = new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit", timeZone });
    return `${day.format(at)} ${clock.format(at)}`;
  } catch {
    return formatDateTime(at);
  }
}

/** The IANA name of this computer's time zone. */
export function localTimeZone(): string {
  return new Intl.DateTimeFormat().resolvedOptions().timeZone;
}
