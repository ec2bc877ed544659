/** How long the far side asked to be left alone: RFC 9110, 10.2.3, read once for every provider. */
import type { Fault } from "../../shared/fault.ts";

/**
 * Longer waits are not believed: an hour is the longest pause between two checks that a person can choose. A number from
 * outside must not decide that a server is not looked at for weeks.
 */
export const LONGEST_RETRY_AFTER_MS = 3_600_000;

/** The headers of an answer that say when to come back. */
export interface RetryHeaders {
  readonly "retry-after"?: string | null | undefined;
  readonly date?: string | null | undefined;
}

/** The three forms that a recipient must read (RFC 9110, 5.6.7) all begin with the day of the week. */
const HTTP_DATE = /^(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*,? /i;

function moment(text: string | null | undefined): number | null {
  const at = text === null || text === undefined || !HTTP_DATE.test(text) ? Number.NaN : Date.parse(text);
  return Number.isNaN(at) ? null : at;
}

/**
 * Milliseconds to wait, from 0 to {@link LONGEST_RETRY_AFTER_MS}; null where the answer does not say, or nothing that
 * can be read. A date is measured against the answer's own Date, because the two clocks need not agree; without one
 * against `now`, epoch milliseconds.
 */
export function retryAfterMs(headers: RetryHeaders, now: number): number | null {
  const asked = headers["retry-after"]?.trim() ?? "";
  const until = moment(asked);
  const ms = /^\d+$/.test(asked) ? Number(asked) * 1000 : until === null ? null : until - (moment(headers.date) ?? now);
  return ms === null ? null : Math.min(Math.max(ms, 0), LONGEST_RETRY_AFTER_MS);
}

/** The fault of an answer that asks to be left alone; `now` in epoch milliseconds. */
export function throttled(headers: RetryHeaders, now: number): Extract<Fault, { kind: "throttled" }> {
  const ms = retryAfterMs(headers, now);
  return { kind: "throttled", until: ms === null ? null : now + ms };
}

/** Whether an answer asks to be left alone: 429 always does, 503 when it says how long (RFC 9110, 15.6.4). */
export function asksToWait(status: number, headers: RetryHeaders): boolean {
  return status === 429 || (status === 503 && (headers["retry-after"] ?? "") !== "");
}
