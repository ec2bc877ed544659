/** How far a team's database is, in one statement: what is compared to see whether anything differs from what is held. */
import { numberOf, textOf, type Row } from "../columns.ts";
import { rowsOf, type Statement } from "../steps.ts";

/** By store, with the JSON that the database made of it: where it is the same text, nothing has changed. */
export interface Counted {
  readonly text: string;
  readonly numbers: ReadonlyMap<string, number>;
}

/** The texts are JSON of the database, too, and only compared. */
export interface Heads {
  /** Revisions. */
  readonly stores: Counted;
  /** Versions of one's own drafts. */
  readonly drafts: Counted;
  /** Ids of keys. */
  readonly keys: string;
  readonly newestEvent: number;
  /** Drafts of others: which store, who, when. */
  readonly editing: string;
  /** Signatures of the roster. */
  readonly roster: string;
  readonly requests: string;
  /** The last changes of the runs that changed last: of two at once, the one with the lower number may be seen later. */
  readonly journal: string;
  /** As {@link journal}, of runs of jobs. */
  readonly jobRuns: string;
  /** How many results of probes there are, and their moments added up: another one makes it another number. */
  readonly probes: string;
  /** The last changes of what was seen of directories, several for the same reason as those of the journal. */
  readonly sightings: string;
}

const NONE: Counted = { text: "{}", numbers: new Map() };
/** Of a replica that holds nothing. */
export const NOTHING: Heads = { stores: NONE, drafts: NONE, keys: "[]", newestEvent: 0, editing: "[]", roster: "[]", requests: "[]", journal: "[]", jobRuns: "[]", probes: "0 0", sightings: "[]" };

const OF_ALL = { store: "", draft: "" };
const OF_ONE = { store: "WHERE id = ?", draft: "WHERE store_id = ?" };
const headsSql = ({ store, draft }: typeof OF_ALL) => `
SELECT
  (SELECT coalesce(json_object_agg(id, revision), '{}')::text FROM identity_store ${store}) AS stores,
  (SELECT coalesce(json_object_agg(store_id, version), '{}')::text FROM draft ${draft}) AS drafts,
  (SELECT coalesce(json_agg(id), '[]')::text FROM wrapped_key) AS keys,
  (SELECT coalesce(max(id), 0) FROM activity) AS event,
  (SELECT coalesce(json_agg(json_build_array(store_id, who, at) ORDER BY store_id, who), '[]')::text FROM draft_of_other) AS editing,
  (SELECT coalesce(json_agg(encode(signature, 'hex') ORDER BY seq), '[]')::text FROM team_entry) AS roster,
  (SELECT coalesce(json_agg(json_build_array(member, at, label, encode(seal_key, 'hex'), encode(sign_key, 'hex')) ORDER BY member), '[]')::text FROM team_request) AS requests,
  (SELECT coalesce(json_agg(changed), '[]')::text FROM (SELECT changed FROM mail_run ORDER BY changed DESC LIMIT 20) AS last) AS journal,
  (SELECT coalesce(json_agg(changed), '[]')::text FROM (SELECT changed FROM job_run ORDER BY changed DESC LIMIT 20) AS last) AS job_runs,
  (SELECT count(*) || ' ' || coalesce(sum(at), 0) FROM probed) AS probes,
  (SELECT coalesce(json_agg(changed), '[]')::text FROM (SELECT changed FROM sighting ORDER BY changed DESC LIMIT 20) AS last) AS sightings`;
const HEADS = headsSql(OF_ALL);
const HEADS_OF_ONE = headsSql(OF_ONE);

function fieldsOf(text: string): readonly (readonly [string, unknown])[] {
  const read: unknown = JSON.parse(text);
  return typeof read === "object" && read !== null ? Object.entries(read) : [];
}

function counted(text: string, before: Counted): Counted {
  if (text === before.text) return before;
  const numbers = fieldsOf(text).map(([id, number]) => {
    if (!Number.isSafeInteger(number)) throw new Error("a number of the database is too large");
    return [id, Number(number)] as const;
  });
  return { text, numbers: new Map(numbers) };
}

/** What was known, with what one store has now. Where that is another, it is no text of the database's: the next look at all reads it anew. */
function withOne(before: Counted, storeId: string, { numbers: now }: Counted): Counted {
  if (before.numbers.get(storeId) === now.get(storeId)) return before;
  return { text: "", numbers: new Map([...[...before.numbers].filter(([id]) => id !== storeId), ...now]) };
}

/** Asks for them. `storeId`: of the stores and their drafts this one alone is looked at; null for all. */
export function headsStatement(storeId: string | null): Statement {
  return storeId === null ? rowsOf(HEADS) : rowsOf(HEADS_OF_ONE, storeId, storeId);
}

/** What {@link headsStatement} was answered. `before`: what was read last. */
export function readHeads([row = {}]: readonly Row[], before: Heads, storeId: string | null): Heads {
  const read = (what: "stores" | "drafts") => (storeId === null ? counted(textOf(row, what), before[what]) : withOne(before[what], storeId, counted(textOf(row, what), NONE)));
  return {
    stores: read("stores"),
    drafts: read("drafts"),
    keys: textOf(row, "keys"),
    newestEvent: numberOf(row, "event"),
    editing: textOf(row, "editing"),
    roster: textOf(row, "roster"),
    requests: textOf(row, "requests"),
    journal: textOf(row, "journal"),
    jobRuns: textOf(row, "job_runs"),
    probes: textOf(row, "probes"),
    sightings: textOf(row, "sightings"),
  };
}

/** Of rows that were kept: how far stores and drafts are. What else is compared is asked for anew. */
export function headsOf({ identity_store: stores = [], draft: drafts = [] }: Readonly<Record<string, readonly Row[]>>): Heads {
  const numbersOf = (rows: readonly Row[], id: string, number: string): Counted => ({ text: "", numbers: new Map(rows.map((row) => [textOf(row, id), numberOf(row, number)])) });
  const unknown = { keys: "", newestEvent: 0, editing: "", roster: "", requests: "", journal: "", jobRuns: "", probes: "", sightings: "" };
  return { ...unknown, stores: numbersOf(stores, "id", "revision"), drafts: numbersOf(drafts, "store_id", "version") };
}
