/** Which identity stores a search shows, and in which order. */
import type { StoreSummary } from "../../../shared/model/identity-store.ts";
import { entryName } from "../../text/provider.ts";

export type Direction = "ascending" | "descending";

const collator = new Intl.Collator("en", { numeric: true, sensitivity: "base" });

/** Stores whose name, domain or provider holds every word of the search. */
export function matching(stores: readonly StoreSummary[], search: string): readonly StoreSummary[] {
  const words = search.toLowerCase().split(/\s+/).filter((word) => word !== "");
  return stores.filter((store) => {
    const text = `${store.name} ${store.domain} ${store.messaging === null ? "" : entryName(store.messaging)}`.toLowerCase();
    return words.every((word) => text.includes(word));
  });
}

/** By name, as people count: Branch 2 before Branch 10. */
export function byName(stores: readonly StoreSummary[], direction: Direction): readonly StoreSummary[] {
  const sign = direction === "ascending" ? 1 : -1;
  return stores.toSorted((a, b) => sign * (collator.compare(a.name, b.name) || collator.compare(a.id, b.id)));
}
