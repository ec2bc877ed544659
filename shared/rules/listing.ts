/** What Sync Again does to the servers of a configuration. */
import type { ServerEntry, ServerListing } from "../model/mail-server.ts";
import { isNamedAlone } from "./named-server.ts";
import { normalisePriorities, setPriority } from "./priority.ts";

/**
 * Merges a listing into the entries. Servers still there keep tick and priority and get their newest version and roles;
 * new ones are appended without a tick; those gone are marked as vanished, and leave the list when they carry no tick
 * and were already marked. Those that only their name is known of wait for a listing that has them. On the first listing one server, chosen by `random` in [0, 1), is ticked with priority 1.
 * An incomplete listing proves nothing about what it lacks, so that nothing is marked and nothing leaves.
 * `single` is for providers whose priority does not apply: nothing is ticked, and what is gone leaves at once, such as
 * the server of a cloud chosen before.
 */
export function mergeListing(
  entries: readonly ServerEntry[],
  listing: ServerListing,
  options: { readonly servers: "none" | "single" | "priority"; readonly random: () => number },
): ServerEntry[] {
  const found = new Map(listing.servers.map((server) => [server.name.toLowerCase(), server]));
  const known = new Set(entries.map((entry) => entry.name.toLowerCase()));
  const kept = entries.flatMap((entry): ServerEntry[] => {
    const server = found.get(entry.name.toLowerCase());
    if (server !== undefined) return [{ ...entry, ...server, vanished: false }];
    if (listing.complete !== true) return [entry];
    if ((entry.vanished && !entry.ticked) || options.servers === "single") return [];
    return [isNamedAlone(entry) ? entry : { ...entry, vanished: true }];
  });
  const added = [...found.values()]
    .filter((server) => !known.has(server.name.toLowerCase()))
    .map((server): ServerEntry => ({ ...server, ticked: false, priority: null, vanished: false }));
  const merged = normalisePriorities([...kept, ...added]);
  if (options.servers !== "priority" || entries.length > 0) return merged;
  const first = merged[Math.min(merged.length - 1, Math.floor(options.random() * merged.length))];
  return first === undefined ? merged : setPriority(merged, first.name, 1);
}
