/** The row of an identity store, in the words of the list and of the command line. */
import type { StoreSummary } from "../../shared/model/identity-store.ts";
import { say } from "./text.ts";

export function serversInWords({ serversTotal: total, serversOnline: online, serversUnknown: unknown }: StoreSummary): string {
  return unknown === 0 ? say("identity-stores.servers-online", { online, total }) : say("identity-stores.servers-unknown", { online, total, unknown });
}

export function stateInWords({ state, hasDraft, prepareOnly }: StoreSummary): string {
  const word = say(`identity-stores.state-${state}`);
  const whole = hasDraft && state !== "draft" ? say("identity-stores.state-with-draft", { state: word }) : word;
  return prepareOnly ? say("identity-stores.state-prepare-only", { state: whole }) : whole;
}
