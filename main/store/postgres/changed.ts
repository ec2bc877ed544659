/** What differs between a team's database and what is held of it: which rows those are, and the statements that ask for them. */
import { numberOf, textOf, type Row } from "../columns.ts";
import { rowsOf, together, type Statement, type Steps } from "../steps.ts";
import { headsStatement, NOTHING, readHeads, type Counted, type Heads } from "./heads.ts";
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

/** Ids of the secrets that something refers to; a replica answers it as well. */
export const REFERRED = "SELECT secret_id FROM revision_secret r JOIN identity_store s ON s.id = r.store_id AND s.revision = r.number UNION SELECT secret_id FROM draft_secret";

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

const EDITING = "SELECT store_id, who, at FROM draft_of_other ORDER BY store_id, who";

function byStore(found: readonly Row[]): ReadonlyMap<string, readonly Editing[]> {
  const rows = Map.groupBy(found, (row) => textOf(row, "store_id"));
  return new Map([...rows].map(([id, rows]) => [id, rows.map((row) => ({ who: textOf(row, "who"), at: numberOf(row, "at") }))]));
}

/** Of what differs, what has one state. */
const SINGLE = ["keys", "newestEvent", "editing", "roster", "requests", "journal", "jobRuns", "probes", "sightings"] as const;

/** What is held, as far as it is compared. */
interface Held {
  readonly heads: Heads;
  /** The newest revision of a store that was ever believed, 0 for none. */
  readonly known: (storeId: string) => number;
  /** Ids of secrets. */
  readonly secrets: () => ReadonlySet<string>;
}

function unknownSecrets(references: readonly Row[], held: Held["secrets"]): Statement | null {
  if (references.length === 0) return null;
  const ids = held();
  const wanted = new Set(references.map((row) => textOf(row, "secret_id")).filter((id) => !ids.has(id)));
  return statementFor(SECRETS, [...wanted], Infinity);
}

/**
 * Steps for the team's database, as of one moment of it: what differs from what is held. `storeId`: of the stores and their drafts
 * this one alone is looked at; null for all.
 */
export function* readChanged({ heads: before, known, secrets: held }: Held, storeId: string | null): Steps<Changed> {
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
    seals: sealsStatement(revisions, stores.changed.length === stores.total, known),
    // A new key of the team is one under which every secret was sealed again.
    secrets: isAnew ? REFERRED_SECRETS : null,
  };
  const others = yield* together(Object.values(asked).filter((statement) => statement === null || !ahead.includes(statement)));
  const rows = (statement: Statement | null) => (statement !== null && ahead.includes(statement) ? first : others)(statement);
  const unknown = isAnew ? null : unknownSecrets([...rows(asked.revisionSecrets), ...rows(asked.draftSecrets)], held);
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
