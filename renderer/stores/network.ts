/** What is missing of this computer's network, as main sees it. Empty while the network is there. */
import type { NetworkAway } from "../../shared/model/network.ts";
import { client } from "../host/client.ts";
import { createKeyedStore, feedInto } from "./keyed.ts";

export const networkAway = createKeyedStore<NetworkAway>();

/** Follows the network; the returned function stops. */
export function followNetwork(): () => void {
  return feedInto(networkAway, (signal) => client().app.network(undefined, { signal }));
}
