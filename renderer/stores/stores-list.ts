/** The identity stores, live. */
import type { StoreSummary } from "../../shared/model/identity-store.ts";
import { client } from "../host/client.ts";
import { createKeyedStore, feedInto } from "./keyed.ts";

export const storesList = createKeyedStore<StoreSummary>();

/** Main looks at the servers; while it is not heard nothing is known of them. */
function withoutMain(store: StoreSummary): StoreSummary {
  return { ...store, serversOnline: 0, serversUnknown: store.serversTotal };
}

/** Follows the list; the returned function stops. */
export function followStores(): () => void {
  return feedInto(storesList, (signal) => client().stores.watch(undefined, { signal }), withoutMain);
}
