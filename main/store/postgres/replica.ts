/**
 * What every console holds of the team's database, in a database in memory with the file's own tables: the newest and the
 * first revision of each store, one's own drafts, keys, and the secrets that those refer to; and who else has a draft. It is brought
 * up to date by comparing (store, revision) and (store, version), so that a notice that was missed is no more than a delay.
 */
import type { SQLInputValue } from "node:sqlite";
import { isDeepStrictEqual } from "node:util";
import { numberOf, textOf, type Row } from "../columns.ts";
import type { Connection } from "../connection.ts";
import { all, type Steps } from "../steps.ts";
import { replicaTables } from "../team/tables.ts";
import { changedSeals, changedTeam, type TeamRows } from "./team-rows.ts";

interface Heads {
  /** Revision by store. */
  readonly stores: ReadonlyMap<string, number>;
  /** Version by store. */
  readonly drafts: ReadonlyMap<string, number>;
  readonly keys: ReadonlySet<string>;
  readonly newestEvent: number;
}

/** Somebody else's draft of a store. */
export interface Editing {
  readonly who: string;
  /** When it was last changed, in milliseconds since 1970. */
  readonly at: number;
}

/** What is to be put into the replica, whole rows by table. */
export interface Changed {
  readonly isNews: boolean;
  readonly goneStores: readonly string[];
  readonly goneDrafts: readonly string[];
  readonly stores: readonly Row[];
  readonly revisions: readonly Row[];
  readonly revisionSecrets: readonly Row[];
  readonly drafts: readonly Row[];
  readonly draftSecrets: readonly Row[];
  readonly keys: readonly Row[];
  readonly secrets: readonly Row[];
  /** The last event alone, for what is said of the newest. */
  readonly events: readonly Row[];
  /** By store. */
  readonly editing: ReadonlyMap<string, readonly Editing[]>;
  readonly team: TeamRows;
  readonly seals: readonly Row[];
}

const REFERRED = "SELECT secret_id FROM revision_secret r JOIN identity_store s ON s.id = r.store_id AND s.revision = r.number UNION SELECT secret_id FROM draft_secret";

function* heads(): Steps<Heads> {
  const stores = yield* all("SELECT id, revision FROM identity_store");
  const drafts = yield* all("SELECT store_id, version FROM draft");
  const keys = yield* all("SELECT id FROM wrapped_key");
  const [event] = yield* all("SELECT max(id) AS id FROM activity");
  return {
    stores: new Map(stores.map((row) => [textOf(row, "id"), numberOf(row, "revision")])),
    drafts: new Map(drafts.map((row) => [textOf(row, "store_id"), numberOf(row, "version")])),
    keys: new Set(keys.map((row) => textOf(row, "id"))),
    newestEvent: typeof event?.["id"] === "number" ? event["id"] : 0,
  };
}

function* editingOfOthers(): Steps<ReadonlyMap<string, readonly Editing[]>> {
  const byStore = Map.groupBy(yield* all("SELECT store_id, who, at FROM draft_of_other ORDER BY store_id, who"), (row) => textOf(row, "store_id"));
  return new Map([...byStore].map(([id, rows]) => [id, rows.map((row) => ({ who: textOf(row, "who"), at: numberOf(row, "at") }))]));
}

/** More than this many are asked for in one statement for all. */
const FEW = 20;

function* rowsOf(ids: readonly string[], total: number, sql: { readonly each: string; readonly whole: string }): Steps<readonly Row[]> {
  if (ids.length > FEW || ids.length === total) return ids.length === 0 ? [] : yield* all(sql.whole);
  const found: Row[] = [];
  for (const id of ids) found.push(...(yield* all(sql.each, id)));
  return found;
}

const STORE_ROWS = { each: "SELECT * FROM identity_store WHERE id = ?", whole: "SELECT * FROM identity_store" };
/** Without the login, which the file has no column for. */
const REVISION = ["store_id", "number", "at", "who", "action", "restored_from", "changes", "tested", "checksum", "document_checksum", "document"].map((column) => `r.${column}`).join(", ");
const NEWEST = `SELECT ${REVISION} FROM revision r JOIN identity_store s ON s.id = r.store_id AND (r.number = s.revision OR r.number = 1)`;
const REVISION_ROWS = { each: `${NEWEST} WHERE s.id = ?`, whole: NEWEST };
const NEWEST_SECRETS = "SELECT r.* FROM revision_secret r JOIN identity_store s ON s.id = r.store_id AND r.number = s.revision";
const REVISION_SECRET_ROWS = { each: `${NEWEST_SECRETS} WHERE s.id = ?`, whole: NEWEST_SECRETS };
const DRAFT_ROWS = { each: "SELECT * FROM draft WHERE store_id = ?", whole: "SELECT * FROM draft" };
const DRAFT_SECRET_ROWS = { each: "SELECT * FROM draft_secret WHERE store_id = ?", whole: "SELECT * FROM draft_secret" };
const KEY_ROWS = { each: "SELECT * FROM wrapped_key WHERE id = ?", whole: "SELECT * FROM wrapped_key" };
const SECRET_ROWS = { each: "SELECT * FROM secret WHERE id = ?", whole: `SELECT * FROM secret WHERE id IN (${REFERRED})` };

/** Which of `now` are new, or in another state than in `before`. */
function differing(before: ReadonlyMap<string, number>, now: ReadonlyMap<string, number>): string[] {
  return [...now].flatMap(([id, state]) => (before.get(id) === state ? [] : [id]));
}

function gone(before: ReadonlyMap<string, number>, now: ReadonlyMap<string, number>): string[] {
  return [...before.keys()].filter((id) => !now.has(id));
}

/** A secret's key is the team's, which is no row here: the reference of the file's own table is left out. */
const SECRETS = `
  DROP TABLE secret;
  CREATE TABLE secret (id TEXT PRIMARY KEY, at INTEGER NOT NULL, key_id TEXT NOT NULL, schema INTEGER NOT NULL, nonce BLOB NOT NULL, sealed BLOB NOT NULL, purpose TEXT NOT NULL) STRICT;
`;

/** In an order in which each finds what it refers to. */
const TABLES = ["identity_store", "revision", "revision_secret", "draft", "draft_secret", "secret", "activity", "team_entry", "team_key", "team_request", "revision_seal"];

export class Replica {
  readonly #connection: Connection;
  readonly #known: (storeId: string) => number;
  #editing: ReadonlyMap<string, readonly Editing[]> = new Map();
  #rosterEdition = 0;

  /** `connection`: an empty database in memory with the file's schema. `known`: the newest revision of a store that was ever believed, 0 for none. */
  constructor(connection: Connection, known: (storeId: string) => number) {
    this.#connection = connection;
    this.#known = known;
    connection.execute(SECRETS);
    connection.execute(replicaTables);
  }

  /** Another one after the roster was read anew. */
  get rosterEdition(): number {
    return this.#rosterEdition;
  }

  editing(storeId: string): readonly Editing[] {
    return this.#editing.get(storeId) ?? [];
  }

  now<T>(steps: Steps<T>): T {
    return this.#connection.now(steps);
  }

  /** Steps for the team's database, as of one moment of it: what differs from what is held. */
  *changed(): Steps<Changed> {
    const before = this.#connection.now(heads());
    const held = new Set(this.#connection.all("SELECT id FROM secret").map((row) => textOf(row, "id")));
    const now = yield* heads();
    const stores = differing(before.stores, now.stores);
    const drafts = differing(before.drafts, now.drafts);
    const keys = [...now.keys].filter((id) => !before.keys.has(id));
    const editing = yield* editingOfOthers();
    const team = yield* changedTeam(this.#connection);
    const isNews = team.isNews || !isDeepStrictEqual(editing, this.#editing) || stores.length + drafts.length + keys.length > 0 || before.newestEvent !== now.newestEvent;
    const goneStores = gone(before.stores, now.stores);
    const goneDrafts = gone(before.drafts, now.drafts);
    // A new key of the team is one under which every secret was sealed again.
    if (team.roster !== null) held.clear();
    const referred = stores.length + drafts.length === 0 && team.roster === null ? [] : (yield* all(REFERRED)).map((row) => textOf(row, "secret_id"));
    const secrets = referred.filter((id) => !held.has(id));
    return {
      isNews: isNews || goneStores.length + goneDrafts.length > 0,
      goneStores,
      goneDrafts,
      stores: yield* rowsOf(stores, now.stores.size, STORE_ROWS),
      revisions: yield* rowsOf(stores, now.stores.size, REVISION_ROWS),
      revisionSecrets: yield* rowsOf(stores, now.stores.size, REVISION_SECRET_ROWS),
      drafts: yield* rowsOf(drafts, now.drafts.size, DRAFT_ROWS),
      draftSecrets: yield* rowsOf(drafts, now.drafts.size, DRAFT_SECRET_ROWS),
      keys: yield* rowsOf(keys, now.keys.size, KEY_ROWS),
      secrets: yield* rowsOf(secrets, Infinity, SECRET_ROWS),
      events: now.newestEvent === before.newestEvent ? [] : yield* all("SELECT * FROM activity WHERE id = ?", now.newestEvent),
      editing,
      team,
      seals: yield* changedSeals(new Map(stores.map((id) => [id, now.stores.get(id) ?? 0])), this.#known),
    };
  }

  /** Takes in what differed, all of it or nothing. */
  take(changed: Changed): void {
    const connection = this.#connection;
    connection.execute("BEGIN");
    try {
      for (const id of changed.goneDrafts) connection.run("DELETE FROM draft WHERE store_id = ?", id);
      for (const id of changed.goneStores) connection.run("DELETE FROM identity_store WHERE id = ?", id);
      // Two stores may have exchanged their names.
      for (const { id } of changed.stores) connection.run("UPDATE identity_store SET name_key = id WHERE id = ?", String(id));
      const ids = new Set(changed.stores.map((row) => textOf(row, "id")));
      for (const id of ids) connection.run("DELETE FROM revision WHERE store_id = ?", id);
      for (const id of ids) connection.run("DELETE FROM revision_seal WHERE store_id = ?", id);
      for (const row of changed.seals) this.#put("revision_seal", row);
      this.#takeTeam(changed.team);
      for (const row of changed.keys) this.#put("wrapped_key", row);
      for (const row of changed.secrets) this.#put("secret", row);
      for (const row of changed.stores) {
        connection.run("INSERT INTO identity_store (id, name_key, revision) VALUES (?, ?, ?) ON CONFLICT (id) DO UPDATE SET name_key = excluded.name_key, revision = excluded.revision", textOf(row, "id"), textOf(row, "name_key"), numberOf(row, "revision"));
      }
      for (const row of changed.revisions) if (ids.has(textOf(row, "store_id"))) this.#put("revision", row);
      for (const row of changed.revisionSecrets) if (ids.has(textOf(row, "store_id"))) this.#put("revision_secret", row);
      for (const row of changed.drafts) {
        connection.run("DELETE FROM draft_secret WHERE store_id = ?", textOf(row, "store_id"));
        this.#put("draft", row);
      }
      for (const row of changed.draftSecrets) this.#put("draft_secret", row);
      if (changed.events.length > 0) connection.run("DELETE FROM activity");
      for (const row of changed.events) this.#put("activity", row);
      connection.run(`DELETE FROM secret WHERE id NOT IN (${REFERRED})`);
      connection.execute("COMMIT");
      this.#editing = changed.editing;
      if (changed.team.roster !== null) this.#rosterEdition += 1;
    } catch (error) {
      connection.execute("ROLLBACK");
      throw error;
    }
  }

  /** Every row, by table. */
  tables(): Readonly<Record<string, readonly Row[]>> {
    return Object.fromEntries(TABLES.map((table) => [table, this.#connection.all(`SELECT * FROM ${table}`)]));
  }

  /** Fills an empty replica with what {@link tables} answered. */
  fill(tables: Readonly<Record<string, readonly Row[]>>): void {
    this.#connection.execute("BEGIN");
    for (const table of TABLES) for (const row of tables[table] ?? []) this.#put(table, row);
    this.#connection.execute("COMMIT");
    this.#rosterEdition += 1;
  }

  #takeTeam({ roster, requests }: TeamRows): void {
    const connection = this.#connection;
    connection.execute("DELETE FROM team_request");
    for (const row of requests) this.#put("team_request", row);
    if (roster === null) return;
    connection.execute("DELETE FROM team_entry; DELETE FROM team_key");
    for (const row of roster.entries) this.#put("team_entry", row);
    for (const row of roster.keys) this.#put("team_key", row);
  }

  #put(table: string, row: Row): void {
    const columns = Object.keys(row);
    const values = Object.values(row).map((value): SQLInputValue => value);
    this.#connection.run(`INSERT OR REPLACE INTO ${table} (${columns.join(", ")}) VALUES (${columns.map(() => "?").join(", ")})`, ...values);
  }

  close(): void {
    this.#connection.close();
  }
}
