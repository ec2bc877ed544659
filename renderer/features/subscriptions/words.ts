/** Subscriptions and who has them in words, and what is found in them. */
import type { Fault } from "../../../shared/fault.ts";
import type { LicenceHolder } from "../../../shared/model/licence.ts";
import type { Subscription } from "../../../shared/model/subscription.ts";
import { partNumberOf } from "../../../shared/rules/subscription.ts";
import { productName } from "../../text/product-names.ts";

/** The product's name, or the part number where none is known. */
export function productOf({ partNumber }: Subscription): string {
  return productName(partNumber) ?? partNumber;
}

/** The product's name with its part number, by which others speak of it; the id of one that the tenant does not list. */
export function productById(subscriptions: readonly Subscription[], id: string): string {
  const partNumber = partNumberOf(subscriptions, id);
  const name = productName(partNumber);
  return name === null ? partNumber : `${name} (${partNumber})`;
}

/** The user's name, or the sign-in name of one that has none. */
export function holderName({ name, signInName }: Pick<LicenceHolder, "name" | "signInName">): string {
  return name === "" ? signInName : name;
}

/** Whether a change that failed so may have been done all the same, where the fault itself does not say it. */
export function isPerhapsDone({ kind }: Fault): boolean {
  return kind === "unreachable" || kind === "timeout" || kind === "cancelled";
}

/** Whether the user is to be looked at again before anything else is decided. */
export function needsNewLook(fault: Fault): boolean {
  if (fault.kind === "object-refused") return ["changed-meanwhile", "licence-not-held", "licence-by-group"].includes(fault.why);
  return fault.kind === "no-connection" || isPerhapsDone(fault);
}

/** Those of which name, part number and service plans hold every word of the search. */
export function matching(subscriptions: readonly Subscription[], search: string): readonly Subscription[] {
  const words = search.toLowerCase().split(/\s+/).filter((word) => word !== "");
  return subscriptions.filter((subscription) => {
    const { partNumber, plans } = subscription;
    const text = [productOf(subscription), partNumber, ...plans.map(({ name }) => name)].join(" ").toLowerCase();
    return words.every((word) => text.includes(word));
  });
}
