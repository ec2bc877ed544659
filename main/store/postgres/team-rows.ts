/** What a replica holds of the team itself: the roster and its keys, read whole when an entry is new, who asks, and the seals of revisions. */
import type { Row } from "../columns.ts";
import { rowsOf, type Statement } from "../steps.ts";

/** Each null where it is as it was. */
export interface TeamRows {
  readonly roster: { readonly entries: readonly Row[]; readonly keys: readonly Row[] } | null;
  readonly requests: readonly Row[] | null;
}

/** What is asked for them. */
export const TEAM = {
  entries: rowsOf("SELECT seq, entry, signature FROM team_entry"),
  keys: rowsOf("SELECT epoch, member, sealed FROM team_key"),
  requests: rowsOf("SELECT member, at, label, seal_key, sign_key FROM team_request ORDER BY member"),
};

const SEAL = "SELECT v.* FROM revision_seal v JOIN identity_store s ON s.id = v.store_id";
/** The newest of every store. */
export const NEWEST_SEALS = rowsOf(`${SEAL} WHERE v.number = s.revision`);
const SINCE = `${SEAL} JOIN json_each_text(?::json) k ON k.key = v.store_id WHERE v.number <= s.revision AND v.number >= least(k.value::bigint, s.revision)`;

/**
 * The seals of stores that have changed: the newest, and where this console saw an older one, or none, all from there on.
 * `known` answers which number that is, 0 for none. `isWhole`: these are all stores.
 */
export function sealsStatement(revisions: ReadonlyMap<string, number>, isWhole: boolean, known: (storeId: string) => number): Statement | null {
  if (revisions.size === 0) return null;
  const isBehind = [...revisions].some(([id, number]) => known(id) < number);
  if (isWhole && !isBehind) return NEWEST_SEALS;
  return rowsOf(SINCE, JSON.stringify(Object.fromEntries([...revisions.keys()].map((id) => [id, known(id)]))));
}
