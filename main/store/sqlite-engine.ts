/** The database file as the rooms of the store see it. */
import { textOf } from "./columns.ts";
import type { Connection } from "./connection.ts";
import type { Edition, Engine } from "./engine.ts";

/** Everything is done by the time a promise is answered: SQLite is asked in the caller's turn. */
/** As `postgres/heads.ts` has them. */
const EDITIONS: Readonly<Record<Edition, string>> = {
  journal: "SELECT CAST(coalesce(max(changed), 0) AS TEXT) AS edition FROM mail_run",
  jobRuns: "SELECT CAST(coalesce(max(changed), 0) AS TEXT) AS edition FROM job_run",
  probes: "SELECT count(*) || ' ' || coalesce(sum(at), 0) AS edition FROM probed",
  sightings: "SELECT CAST(coalesce(max(changed), 0) AS TEXT) AS edition FROM sighting",
};

export function sqliteEngine(connection: Connection): Engine {
  return {
    readOnly: connection.readOnly,
    // Writes are counted over the whole database, so that a draft begun after another one was dropped is never taken for it.
    words: { nextVersion: "SELECT number + 1 AS number FROM generation", deletedStore: null, nowMs: "CAST(unixepoch('subsec') * 1000 AS INTEGER)" },
    now: (steps) => connection.now(steps),
    arrived: () => null,
    editing: () => [],
    editionOf: (what) => textOf(connection.get(EDITIONS[what]) ?? {}, "edition"),
    read: async (steps) => connection.snapshot(() => connection.now(steps())),
    write: async (steps) => connection.write(() => connection.now(steps())),
    record: async (steps) => connection.write(() => connection.now(steps())),
    note: async (steps, options) => connection.note(() => connection.now(steps()), options),
  };
}
