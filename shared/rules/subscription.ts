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

/** What is left by the seat, below zero where more are used than owned; zero for one that gives nothing any more. */
function balance({ state, seats }: Pick<Subscription, "state" | "seats">): number {
  return state === "enabled" || state === "warning" ? ownedSeats(seats) - seats.used : 0;
}

/** Seats that can still be given. */
export function freeSeats(subscription: Pick<Subscription, "state" | "seats">): number {
  return Math.max(0, balance(subscription));
}

/** Seats that are used beyond those owned, as happens once seats were bought back. */
export function missingSeats(subscription: Pick<Subscription, "state" | "seats">): number {
  return Math.max(0, -balance(subscription));
}

/** Whether who has it has a mailbox by it. */
export function bringsMailbox({ plans }: Pick<Subscription, "plans">): boolean {
  return plans.some(({ name, state, isForUsers }) => isForUsers && state !== "disabled" && MAILBOX_PLANS.has(name));
}

/** The part number of a subscription, by which others speak of it; the id of one that the tenant does not list. */
export function partNumberOf(subscriptions: readonly Pick<Subscription, "id" | "partNumber">[], id: string): string {
  return subscriptions.find((each) => each.id === id)?.partNumber ?? id;
}

/** Those that users can be given first, then by part number. */
export function inOrder(subscriptions: readonly Subscription[]): Subscription[] {
  return subscriptions.toSorted((one, other) => Number(other.isForUsers) - Number(one.isForUsers) || one.partNumber.localeCompare(other.partNumber, "en"));
}
