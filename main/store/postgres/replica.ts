/**
 * What every console holds of the team's database, in a database in memory with the file's own tables: the newest and the
 * first revision of each store, one's own drafts, keys, and the secrets that those refer to; and who else has a draft. It is brought
 * up to date by comparing (store, revision) and (store, version), so that a notice that was missed is no more than a delay.
 */
import { numberOf, textOf, type Row } from "../columns.ts";
import type { Connection } from "../connection.ts";
import type { Edition } from "../engine.ts";
import type { Steps } from "../steps.ts";
import type { StoreRows } from "../store-reading.ts";
import { replicaTables } from "../team/tables.ts";
import { readChanged, REFERRED, type Changed, type Editing } from "./changed.ts";
import { headsOf, NOTHING } from "./heads.ts";
import type { TeamRows } from "./team-rows.ts";

/** A secret's key is the team's, which is no row here: the reference of the file's own table is left out. */
const SECRET_TABLE = `
  DROP TABLE secret;
  CREATE TABLE secret (id TEXT PRIMARY KEY, at INTEGER NOT NULL, key_id TEXT NOT NULL, schema INTEGER NOT NULL, nonce BLOB NOT NULL, sealed BLOB NOT NULL, purpose TEXT NOT NULL) STRICT;
`;

/** In an order in which each finds what it refers to. */
const TABLES = ["identity_store", "revision", "revision_secret", "draft", "draft_secret", "secret", "activity", "team_entry", "team_key", "team_request", "revision_seal"];

/** So many rows are put by one statement: a call takes as long as what SQLite does in it. */
const BATCH = 20;

/** Seals of one store are in no order where more than the newest was asked for. */
function storeRowsOf({ heads, revisions, seals }: Changed): StoreRows {
  return {
    newest: revisions.filter((row) => heads.stores.numbers.get(textOf(row, "store_id")) === row["number"]),
    first: revisions.filter((row) => row["number"] === 1),
    seals: seals.toSorted((one, other) => numberOf(other, "number") - numberOf(one, "number")),
  };
}

export class Replica {
  readonly #connection: Connection;
  readonly #known: (storeId: string) => number;
  #editing: ReadonlyMap<string, readonly Editing[]> = new Map();
  #heads = NOTHING;
  #rosterEdition = 0;
  #arrived: StoreRows | null = null;

  /** `connection`: an empty database in memory with the file's schema. `known`: the newest revision of a store that was ever believed, 0 for none. */
  constructor(connection: Connection, known: (storeId: string) => number) {
    this.#connection = connection;
    this.#known = known;
    connection.execute(SECRET_TABLE);
    connection.execute(replicaTables);
  }

  /** Another one after the roster was read anew. */
  get rosterEdition(): number {
    return this.#rosterEdition;
  }

  /** Another text after every change of it. */
  editionOf(what: Edition): string {
    return this.#heads[what];
  }

  editing(storeId: string): readonly Editing[] {
    return this.#editing.get(storeId) ?? [];
  }

  now<T>(steps: Steps<T>): T {
    return this.#connection.now(steps);
  }

  /** The stores as they came, once, while what is held is what came first: reading it back takes as long as putting it in. */
  arrived(): StoreRows | null {
    const arrived = this.#arrived;
    this.#arrived = null;
    return arrived;
  }

  /** As {@link readChanged}, of what this holds. */
  changed(storeId: string | null): Steps<Changed> {
    const secrets = () => new Set(this.#connection.all("SELECT id FROM secret").map((row) => textOf(row, "id")));
    return readChanged({ heads: this.#heads, known: this.#known, secrets }, storeId);
  }

  /** Takes in what differed, all of it or nothing. */
  take(changed: Changed): void {
    const connection = this.#connection;
    const isFirst = this.#heads === NOTHING;
    // What a whole database refers to is in it: looking that up for each row takes as long as putting it.
    if (isFirst) connection.execute("PRAGMA foreign_keys = OFF");
    connection.execute("BEGIN");
    try {
      for (const id of changed.goneDrafts) connection.run("DELETE FROM draft WHERE store_id = ?", id);
      for (const id of changed.goneStores) connection.run("DELETE FROM identity_store WHERE id = ?", id);
      const ids = new Set(changed.stores.map((row) => textOf(row, "id")));
      if (!isFirst) this.#makeWay(ids, changed.drafts);
      this.#put("revision_seal", changed.seals);
      this.#takeTeam(changed.team);
      this.#put("wrapped_key", changed.keys);
      this.#put("secret", changed.secrets);
      this.#put("identity_store", changed.stores, "ON CONFLICT (id) DO UPDATE SET name_key = excluded.name_key, revision = excluded.revision");
      this.#put("revision", changed.revisions.filter((row) => ids.has(textOf(row, "store_id"))));
      this.#put("revision_secret", changed.revisionSecrets.filter((row) => ids.has(textOf(row, "store_id"))));
      this.#put("draft", changed.drafts);
      this.#put("draft_secret", changed.draftSecrets);
      if (changed.events.length > 0) connection.run("DELETE FROM activity");
      this.#put("activity", changed.events);
      if (changed.isNews) connection.run(`DELETE FROM secret WHERE id NOT IN (${REFERRED})`);
      connection.execute("COMMIT");
      this.#heads = changed.heads;
      this.#editing = changed.editing ?? this.#editing;
      this.#arrived = isFirst ? storeRowsOf(changed) : null;
      if (changed.team.roster !== null) this.#rosterEdition += 1;
    } catch (error) {
      connection.execute("ROLLBACK");
      throw error;
    } finally {
      if (isFirst) connection.execute("PRAGMA foreign_keys = ON");
    }
  }

  /** Removes what other rows take the place of. */
  #makeWay(stores: ReadonlySet<string>, drafts: readonly Row[]): void {
    const connection = this.#connection;
    for (const id of stores) {
      // Two stores may have exchanged their names.
      connection.run("UPDATE identity_store SET name_key = id WHERE id = ?", id);
      connection.run("DELETE FROM revision WHERE store_id = ?", id);
      connection.run("DELETE FROM revision_seal WHERE store_id = ?", id);
    }
    for (const row of drafts) connection.run("DELETE FROM draft_secret WHERE store_id = ?", textOf(row, "store_id"));
  }

  /** Every row, by table. */
  tables(): Readonly<Record<string, readonly Row[]>> {
    return Object.fromEntries(TABLES.map((table) => [table, this.#connection.all(`SELECT * FROM ${table}`)]));
  }

  /** Fills an empty replica with what {@link tables} answered. */
  fill(tables: Readonly<Record<string, readonly Row[]>>): void {
    this.#connection.execute("BEGIN");
    for (const table of TABLES) this.#put(table, tables[table] ?? []);
    this.#connection.execute("COMMIT");
    this.#heads = headsOf(tables);
    this.#rosterEdition += 1;
  }

  #takeTeam({ roster, requests }: TeamRows): void {
    const connection = this.#connection;
    if (requests !== null) {
      connection.execute("DELETE FROM team_request");
      this.#put("team_request", requests);
    }
    if (roster === null) return;
    connection.execute("DELETE FROM team_entry; DELETE FROM team_key");
    this.#put("team_entry", roster.entries);
    this.#put("team_key", roster.keys);
  }

  /** All with the columns of the first. `conflict`: what becomes of a row that is there, where it is not replaced. */
  #put(table: string, rows: readonly Row[], conflict = ""): void {
    const columns = Object.keys(rows[0] ?? {});
    const places = `(${columns.map(() => "?").join(", ")})`;
    for (let from = 0; from < rows.length; ) {
      const batch = rows.length - from < BATCH ? 1 : BATCH;
      const sql = `INSERT ${conflict === "" ? "OR REPLACE " : ""}INTO ${table} (${columns.join(", ")}) VALUES ${Array(batch).fill(places).join(", ")} ${conflict}`;
      const values = rows.slice(from, from + batch).flatMap((row) => columns.map((column) => row[column] ?? null));
      this.#connection.run(sql, ...values);
      from += batch;
    }
  }

  close(): void {
    this.#connection.close();
  }
}
