/** The database file as the rooms of the store see it. */
import { numberOrNull } from "./columns.ts";
import type { Connection } from "./connection.ts";
import type { Engine } from "./engine.ts";

/** Everything is done by the time a promise is answered: SQLite is asked in the caller's turn. */
export function sqliteEngine(connection: Connection): Engine {
  return {
    readOnly: connection.readOnly,
    // Writes are counted over the whole database, so that a draft begun after another one was dropped is never taken for it.
    words: { nextVersion: "SELECT number + 1 AS number FROM generation", deletedStore: null, nowMs: "CAST(unixepoch('subsec') * 1000 AS INTEGER)" },
    now: (steps) => connection.now(steps),
    arrived: () => null,
    editing: () => [],
    journal: () => String(numberOrNull(connection.get("SELECT max(changed) AS changed FROM mail_run") ?? {}, "changed") ?? ""),
    read: async (steps) => connection.snapshot(() => connection.now(steps())),
    write: async (steps) => connection.write(() => connection.now(steps())),
    record: async (steps) => connection.write(() => connection.now(steps())),
    note: async (steps, options) => connection.note(() => connection.now(steps()), options),
  };
}
