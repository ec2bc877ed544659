/** Subscriptions in words, and what is found in them. */
import type { Subscription } from "../../../shared/model/subscription.ts";
import { productName } from "../../text/product-names.ts";

/** The product's name, or the part number where none is known. */
export function productOf({ partNumber }: Subscription): string {
  return productName(partNumber) ?? partNumber;
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
