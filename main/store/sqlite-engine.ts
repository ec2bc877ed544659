/** The database file as the rooms of the store see it. */
import type { Connection } from "./connection.ts";
import type { Engine } from "./engine.ts";

/** Everything is done by the time a promise is answered: SQLite is asked in the caller's turn. */
export function sqliteEngine(connection: Connection): Engine {
  return {
    readOnly: connection.readOnly,
    // Writes are counted over the whole database, so that a draft begun after another one was dropped is never taken for it.
    words: { nextVersion: "SELECT number + 1 AS number FROM generation", deletedStore: null },
    now: (steps) => connection.now(steps),
    editing: () => [],
    read: async (steps) => connection.snapshot(() => connection.now(steps())),
    write: async (steps) => connection.write(() => connection.now(steps())),
    note: async (steps, options) => connection.note(() => connection.now(steps()), options),
  };
}
