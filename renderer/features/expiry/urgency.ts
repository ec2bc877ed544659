/** How pressing a date is, and the days to it in words. Times in epoch milliseconds. */
import type { Expiry } from "../../../shared/contract/expiry.ts";
import { DAY_MS, daysLeft } from "../../../shared/rules/expiry.ts";
import { say } from "../../text/text.ts";

export type Urgency = "expired" | "week" | "month" | "later";

export function urgencyOf(at: number, now: number): Urgency {
  if (at <= now) return "expired";
  if (at - now <= 7 * DAY_MS) return "week";
  return at - now <= 30 * DAY_MS ? "month" : "later";
}

/** `41 days`, `ends today`, `3 days ago`: whole days, rounded down. */
export function daysInWords(at: number, now: number): string {
  if (at <= now) {
    const over = Math.floor((now - at) / DAY_MS);
    return over === 0 ? say("expiry.days-over-today") : say("expiry.days-over", { count: over });
  }
  const left = daysLeft(at, now);
  return left === 0 ? say("expiry.days-today") : say("expiry.days", { count: left });
}

/** Soonest first; on the same moment by store and subject, so that the order never jumps. */
export function soonestFirst(entries: readonly Expiry[]): readonly Expiry[] {
  return entries.toSorted((a, b) => a.at - b.at || a.storeName.localeCompare(b.storeName) || a.subject.localeCompare(b.subject));
}
