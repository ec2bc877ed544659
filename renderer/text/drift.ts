/** What an identity store has drifted by, in a few words for the list. */
import type { Drift } from "../../shared/model/drift.ts";
import { say } from "./text.ts";

/** `2 servers vanished, 1 new`. */
export function driftWords(drift: Drift): string {
  const counted = (["vanished", "returned", "added", "changed", "certificates", "rights"] as const).flatMap((name) => (drift[name] === 0 ? [] : [say(`identity-stores.drift-${name}`, { count: drift[name] })]));
  return [...(drift.noneListed ? [say("identity-stores.drift-none-listed")] : []), ...counted].join(", ");
}
