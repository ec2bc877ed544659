/** What the seats of a subscription are worth, and whether it brings a mailbox. */
import type { Seats, Subscription } from "../model/subscription.ts";

/**
 * Service plans that are a mailbox (Microsoft: "Product names and service plan identifiers for licensing"). Archives, protection and the
 * Exchange foundation that nearly every product has are none.
 */
const MAILBOX_PLANS: ReadonlySet<string> = new Set([
  "EXCHANGE_S_STANDARD",
  "EXCHANGE_S_STANDARD_MIDMARKET",
  "EXCHANGE_S_STANDARD_GOV",
  "EXCHANGE_S_ENTERPRISE",
  "EXCHANGE_S_ENTERPRISE_GOV",
  "EXCHANGE_S_DESKLESS",
  "EXCHANGE_S_DESKLESS_GOV",
  "EXCHANGE_S_ESSENTIALS",
  "EXCHANGE_L_STANDARD",
  "EXCHANGE_B_STANDARD",
]);

/** Seats that may be used: those of a subscription that has just ended still count. */
export function ownedSeats({ enabled, warning }: Seats): number {
  return enabled + warning;
}

/** Seats that are left; none where more are used than owned, which happens once seats were bought back. */
export function freeSeats({ state, seats }: Pick<Subscription, "state" | "seats">): number {
  return state === "enabled" || state === "warning" ? Math.max(0, ownedSeats(seats) - seats.used) : 0;
}

/** Seats that are used beyond those owned. */
export function missingSeats({ seats }: Pick<Subscription, "seats">): number {
  return Math.max(0, seats.used - ownedSeats(seats));
}

/** Whether who has it has a mailbox by it. */
export function bringsMailbox({ plans }: Pick<Subscription, "plans">): boolean {
  return plans.some(({ name, state, isForUsers }) => isForUsers && state !== "disabled" && MAILBOX_PLANS.has(name));
}

/** Those that users can be given first, then by part number. */
export function inOrder(subscriptions: readonly Subscription[]): Subscription[] {
  return subscriptions.toSorted((one, other) => Number(other.isForUsers) - Number(one.isForUsers) || one.partNumber.localeCompare(other.partNumber, "en"));
}
