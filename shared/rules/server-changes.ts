/** Differences between two lists of mail servers. */
import type { Change } from "../model/draft.ts";
import type { ServerEntry } from "../model/mail-server.ts";

/** A listing of thousands of servers is summed up beyond this many names. */
const NAMES_SHOWN = 5;

function summary(names: readonly string[]): string {
  const shown = names.slice(0, NAMES_SHOWN).join(", ");
  return names.length > NAMES_SHOWN ? `${shown} and ${names.length - NAMES_SHOWN} more` : shown;
}

function priorityOf(entry: ServerEntry | undefined): string | null {
  return entry?.ticked === true && entry.priority !== null ? String(entry.priority) : null;
}

/** Ticks and priorities server by server; servers listed, dropped, vanished and upgraded. Null stands for "not ticked". */
export function serverChanges(before: readonly ServerEntry[], after: readonly ServerEntry[]): Change[] {
  const old = new Map(before.map((entry) => [entry.name, entry]));
  const next = new Map(after.map((entry) => [entry.name, entry]));
  const changes: Change[] = [];
  const add = (key: string, label: string, from: string | null, to: string | null) => {
    if (from !== to) changes.push({ key, label, before: from, after: to, secret: false });
  };
  const added = after.filter((entry) => !old.has(entry.name)).map((entry) => entry.name);
  const dropped = before.filter((entry) => !next.has(entry.name)).map((entry) => entry.name);
  if (added.length > 0) add("servers.added", "Servers added to the list", null, summary(added));
  if (dropped.length > 0) add("servers.dropped", "Servers dropped from the list", summary(dropped), null);
  for (const entry of after) {
    const earlier = old.get(entry.name);
    add(`servers.${entry.name}.priority`, `Priority of ${entry.name}`, priorityOf(earlier), priorityOf(entry));
    if (earlier === undefined) continue;
    add(`servers.${entry.name}.build`, `Build of ${entry.name}`, earlier.build, entry.build);
    add(`servers.${entry.name}.listed`, entry.name, earlier.vanished ? "vanished" : "listed", entry.vanished ? "vanished" : "listed");
  }
  return changes;
}
