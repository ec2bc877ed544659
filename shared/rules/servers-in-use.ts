/** The mail servers that a configuration uses. */
import type { ServerEntry } from "../model/mail-server.ts";
import type { MessagingConfiguration, ProviderDescriptor } from "../model/messaging.ts";

/** Ticked ones in the order in which they are tried; a provider's only server cannot be ticked and is always in use. Null: nothing is saved, or this build has not got the provider. */
export function serversInUse(configuration: Pick<MessagingConfiguration, "servers"> | null, descriptor: Pick<ProviderDescriptor, "servers"> | null): readonly ServerEntry[] {
  const used = (configuration?.servers ?? []).filter(({ ticked }) => ticked || descriptor?.servers === "single");
  return used.toSorted((one, other) => (one.priority ?? 0) - (other.priority ?? 0));
}
