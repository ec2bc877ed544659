/** Differences between two lists of mail servers. */
import type { Change } from "../model/draft.ts";
import type { ServerEntry } from "../model/mail-server.ts";
import { change } from "./change.ts";

/** A listing of thousands of servers is summed up beyond this many names. */
const NAMES_SHOWN = 5;

/** Names, and `+12` in the end when twelve more are left out. Null for none. */
export function nameSummary(names: readonly string[]): string | null {
  const left = names.length - NAMES_SHOWN;
  return [...names.slice(0, NAMES_SHOWN), ...(left > 0 ? [`+${left}`] : [])].join(", ") || null;
}

/** A priority as it is compared and shown; null for none. */
export function priorityOf(entry: ServerEntry | undefined): string | null {
  return entry?.ticked === true && entry.priority !== null ? String(entry.priority) : null;
}

/** In an order of their own: a directory promises none. */
function rolesOf({ roles }: ServerEntry): string | null {
  return roles.toSorted().join(", ") || null;
}

function listedOf(entry: ServerEntry): string {
  return entry.vanished ? "vanished" : "listed";
}

/** Ticks and priorities server by server; servers listed, dropped, vanished, upgraded and with other roles. Null stands for "not ticked". */
export function serverChanges(provider: string, before: readonly ServerEntry[], after: readonly ServerEntry[]): Change[] {
  const old = new Map(before.map((entry) => [entry.name, entry]));
  const next = new Set(after.map((entry) => entry.name));
  const of = (what: string, from: string | null, to: string | null) => change(`servers.${what}`, from, to, provider);
  const added = after.filter((entry) => !old.has(entry.name)).map((entry) => entry.name);
  const dropped = before.filter((entry) => !next.has(entry.name)).map((entry) => entry.name);
  return [
    ...of("added", null, nameSummary(added)),
    ...of("dropped", nameSummary(dropped), null),
    ...after.flatMap((entry) => {
      const earlier = old.get(entry.name);
      const priority = of(`${entry.name}.priority`, priorityOf(earlier), priorityOf(entry));
      if (earlier === undefined) return priority;
      return [
        ...priority,
        ...of(`${entry.name}.build`, earlier.build, entry.build),
        ...of(`${entry.name}.roles`, rolesOf(earlier), rolesOf(entry)),
        ...of(`${entry.name}.listed`, listedOf(earlier), listedOf(entry)),
      ];
    }),
  ];
}
