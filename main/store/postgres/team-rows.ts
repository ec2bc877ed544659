/** What a replica holds of the team itself: the roster and its keys, read whole when an entry is new, who asks, and the seals of revisions. */
import { isDeepStrictEqual } from "node:util";
import { numberOf, textOf, type Row } from "../columns.ts";
import type { Connection } from "../connection.ts";
import { all, type Steps } from "../steps.ts";

export interface TeamRows {
  /** Null where the roster is as it was. */
  readonly roster: { readonly entries: readonly Row[]; readonly keys: readonly Row[] } | null;
  readonly requests: readonly Row[];
  readonly isNews: boolean;
}

const SIGNATURES = "SELECT seq, signature FROM team_entry ORDER BY seq";
const REQUESTS = "SELECT member, at, label, seal_key, sign_key FROM team_request ORDER BY member";

const plain = (rows: readonly Row[]) => rows.map((row) => Object.entries(row).map(([name, value]) => [name, value instanceof Uint8Array ? Buffer.from(value).toString("hex") : value]));

/** Steps for the team's database, held against what the replica has. */
export function* changedTeam(held: Connection): Steps<TeamRows> {
  const isSame = isDeepStrictEqual(plain(yield* all(SIGNATURES)), plain(held.all(SIGNATURES)));
  const requests = yield* all(REQUESTS);
  const roster = isSame ? null : { entries: yield* all("SELECT seq, entry, signature FROM team_entry"), keys: yield* all("SELECT epoch, member, sealed FROM team_key") };
  return { roster, requests, isNews: roster !== null || !isDeepStrictEqual(plain(requests), plain(held.all(REQUESTS))) };
}

const SEAL = "SELECT v.* FROM revision_seal v JOIN identity_store s ON s.id = v.store_id";
/** More stores than this are asked for in one statement for all. */
const FEW = 20;

/**
 * The seals of stores that have changed: the newest, and where this console saw an older one, or none, all from there on.
 * `known` answers which number that is, 0 for none.
 */
export function* changedSeals(revisions: ReadonlyMap<string, number>, known: (storeId: string) => number): Steps<readonly Row[]> {
  const behind = [...revisions].filter(([id, number]) => known(id) < number).map(([id]) => id);
  if (behind.length > FEW) return yield* all(`${SEAL} WHERE v.number <= s.revision`);
  const found: Row[] = [];
  if (revisions.size > FEW) found.push(...(yield* all(`${SEAL} WHERE v.number = s.revision`)));
  else for (const id of revisions.keys()) found.push(...(yield* all(`${SEAL} WHERE s.id = ? AND v.number = s.revision`, id)));
  for (const id of behind) found.push(...(yield* all(`${SEAL} WHERE s.id = ? AND v.number >= ? AND v.number < s.revision`, id, known(id))));
  return found.filter((row) => revisions.has(textOf(row, "store_id")) && numberOf(row, "number") > 0);
}
