/**
 * What every console holds of the team's database, in a database in memory with the file's own tables: the newest and the
 * first revision of each store, one's own drafts, keys, and the secrets that those refer to; and who else has a draft. It is brought
 * up to date by comparing (store, revision) and (store, version), so that a notice that was missed is no more than a delay.
 */
import { numberOf, textOf, type Row } from "../columns.ts";
import type { Connection } from "../connection.ts";
import { rowsOf, together, type Statement, type Steps } from "../steps.ts";
import type { StoreRows } from "../store-reading.ts";
import { replicaTables } from "../team/tables.ts";
import { headsOf, headsStatement, NOTHING, readHeads, type Counted, type Heads } from "./heads.ts";
import { NEWEST_SEALS, sealsStatement, TEAM, type TeamRows } from "./team-rows.ts";

/** Somebody else's draft of a store. */
export interface Editing {
  readonly who: string;
  /** When it was last changed, in milliseconds since 1970. */
  readonly at: number;
}

/** What is to be put into the replica, whole rows by table. */
export interface Changed {
  readonly isNews: boolean;
  readonly heads: Heads;
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
  /** By store; null where it is as it was. */
  readonly editing: ReadonlyMap<string, readonly Editing[]> | null;
  readonly team: TeamRows;
  readonly seals: readonly Row[];
}

const REFERRED = "SELECT secret_id FROM revision_secret r JOIN identity_store s ON s.id = r.store_id AND s.revision = r.number UNION SELECT secret_id FROM draft_secret";

/** Without the login, which the file has no column for. */
const REVISION = ["store_id", "number", "at", "who", "action", "restored_from", "changes", "tested", "checksum", "document_checksum", "document"].map((column) => `r.${column}`).join(", ");

/** One kind of rows: of those with some ids, or all there are. */
interface Kind {
  readonly sql: string;
  readonly id: string;
  readonly all: Statement;
}

function kind(sql: string, id: string): Kind {
  return { sql, id, all: rowsOf(sql) };
}

const STORES = kind("SELECT id, name_key, revision FROM identity_store", "id");
const REVISIONS = kind(`SELECT ${REVISION} FROM revision r JOIN identity_store s ON s.id = r.store_id AND (r.number = s.revision OR r.number = 1)`, "s.id");
const REVISION_SECRETS = kind("SELECT r.* FROM revision_secret r JOIN identity_store s ON s.id = r.store_id AND r.number = s.revision", "s.id");
const DRAFTS = kind("SELECT * FROM draft", "store_id");
const DRAFT_SECRETS = kind("SELECT * FROM draft_secret", "store_id");
const SECRETS = kind("SELECT * FROM secret", "id");
const REFERRED_SECRETS = rowsOf(`${SECRETS.sql} WHERE id IN (${REFERRED})`);

/** Asks once, however many: `total` is how many there are, where all of them may be asked for without naming each. */
function statementFor({ sql, id, all }: Kind, ids: readonly string[], total: number): Statement | null {
  if (ids.length === 0) return null;
  return ids.length === total ? all : rowsOf(`${sql} WHERE ${id} = ANY (ARRAY(SELECT json_array_elements_text(?::json)))`, JSON.stringify(ids));
}

/** What a team has in any case. Where nothing is held it all differs: it need not wait for the heads that say so. */
const OF_ANY_TEAM = [STORES.all, REVISIONS.all, REVISION_SECRETS.all, TEAM.entries, TEAM.keys, NEWEST_SEALS, REFERRED_SECRETS];

interface Difference {
  /** New, or in another state than before. */
  readonly changed: readonly string[];
  readonly gone: readonly string[];
  /** How many there are now. */
  readonly total: number;
}

function difference({ numbers: before }: Counted, { numbers: now }: Counted): Difference {
  if (before === now) return { changed: [], gone: [], total: now.size };
  return { changed: [...now].flatMap(([id, state]) => (before.get(id) === state ? [] : [id])), gone: [...before.keys()].filter((id) => !now.has(id)), total: now.size };
}

/** Seals of one store are in no order where more than the newest was asked for. */
function storeRowsOf({ heads, revisions, seals }: Changed): StoreRows {
  return {
    newest: revisions.filter((row) => heads.stores.numbers.get(textOf(row, "store_id")) === row["number"]),
    first: revisions.filter((row) => row["number"] === 1),
    seals: seals.toSorted((one, other) => numberOf(other, "number") - numberOf(one, "number")),
  };
}

const EDITING = "SELECT store_id, who, at FROM draft_of_other ORDER BY store_id, who";

function byStore(found: readonly Row[]): ReadonlyMap<string, readonly Editing[]> {
  const rows = Map.groupBy(found, (row) => textOf(row, "store_id"));
  return new Map([...rows].map(([id, rows]) => [id, rows.map((row) => ({ who: textOf(row, "who"), at: numberOf(row, "at") }))]));
}

/** A secret's key is the team's, which is no row here: the reference of the file's own table is left out. */
const SECRET_TABLE = `
  DROP TABLE secret;
  CREATE TABLE secret (id TEXT PRIMARY KEY, at INTEGER NOT NULL, key_id TEXT NOT NULL, schema INTEGER NOT NULL, nonce BLOB NOT NULL, sealed BLOB NOT NULL, purpose TEXT NOT NULL) STRICT;
`;

/** In an order in which each finds what it refers to. */
const TABLES = ["identity_store", "revision", "revision_secret", "draft", "draft_secret", "secret", "activity", "team_entry", "team_key", "team_request", "revision_seal"];

/** So many rows are put by one statement: a call takes as long as what SQLite does in it. */
const BATCH = 20;

/** Of what differs, what has one state. */
const SINGLE = ["keys", "newestEvent", "editing", "roster", "requests", "journal"] as const;

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

  /** Another text after every change of the journal. */
  get journal(): string {
    return this.#heads.journal;
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

  /**
   * Steps for the team's database, as of one moment of it: what differs from what is held. `storeId`: of the stores and their drafts
   * this one alone is looked at; null for all.
   */
  *changed(storeId: string | null): Steps<Changed> {
    const before = this.#heads;
    const heads = headsStatement(storeId);
    const ahead = before === NOTHING ? OF_ANY_TEAM : [];
    const first = yield* together([heads, ...ahead]);
    const now = readHeads(first(heads), before, storeId);
    const stores = difference(before.stores, now.stores);
    const drafts = difference(before.drafts, now.drafts);
    const isNews = [stores, drafts].some(({ changed, gone }) => changed.length + gone.length > 0) || SINGLE.some((what) => before[what] !== now[what]);
    const isAnew = before.roster !== now.roster;
    const revisions = new Map(stores.changed.map((id) => [id, now.stores.numbers.get(id) ?? 0]));
    const asked = {
      stores: statementFor(STORES, stores.changed, stores.total),
      revisions: statementFor(REVISIONS, stores.changed, stores.total),
      revisionSecrets: statementFor(REVISION_SECRETS, stores.changed, stores.total),
      drafts: statementFor(DRAFTS, drafts.changed, drafts.total),
      draftSecrets: statementFor(DRAFT_SECRETS, drafts.changed, drafts.total),
      keys: before.keys === now.keys ? null : rowsOf("SELECT * FROM wrapped_key"),
      events: before.newestEvent === now.newestEvent ? null : rowsOf("SELECT * FROM activity WHERE id = ?", now.newestEvent),
      editing: before.editing === now.editing ? null : rowsOf(EDITING),
      entries: isAnew ? TEAM.entries : null,
      teamKeys: isAnew ? TEAM.keys : null,
      requests: before.requests === now.requests ? null : TEAM.requests,
      seals: sealsStatement(revisions, stores.changed.length === stores.total, this.#known),
      // A new key of the team is one under which every secret was sealed again.
      secrets: isAnew ? REFERRED_SECRETS : null,
    };
    const others = yield* together(Object.values(asked).filter((statement) => statement === null || !ahead.includes(statement)));
    const rows = (statement: Statement | null) => (statement !== null && ahead.includes(statement) ? first : others)(statement);
    const unknown = isAnew ? null : this.#unknownSecrets([...rows(asked.revisionSecrets), ...rows(asked.draftSecrets)]);
    const secrets = unknown === null ? rows(asked.secrets) : (yield* together([unknown]))(unknown);
    return {
      isNews,
      heads: now,
      goneStores: stores.gone,
      goneDrafts: drafts.gone,
      stores: rows(asked.stores),
      revisions: rows(asked.revisions),
      revisionSecrets: rows(asked.revisionSecrets),
      drafts: rows(asked.drafts),
      draftSecrets: rows(asked.draftSecrets),
      keys: rows(asked.keys),
      secrets,
      events: rows(asked.events),
      editing: asked.editing === null ? null : byStore(rows(asked.editing)),
      team: { roster: isAnew ? { entries: rows(asked.entries), keys: rows(asked.teamKeys) } : null, requests: asked.requests === null ? null : rows(asked.requests) },
      seals: rows(asked.seals),
    };
  }

  #unknownSecrets(references: readonly Row[]): Statement | null {
    if (references.length === 0) return null;
    const held = new Set(this.#connection.all("SELECT id FROM secret").map((row) => textOf(row, "id")));
    const wanted = new Set(references.map((row) => textOf(row, "secret_id")).filter((id) => !held.has(id)));
    return statementFor(SECRETS, [...wanted], Infinity);
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
