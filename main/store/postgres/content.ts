/** What is in a database that somebody wants to use for a team. */
import type { Fault } from "../../../shared/fault.ts";
import type { TeamContent, TeamRole } from "../../../shared/model/team.ts";
import { numberOf } from "../columns.ts";
import { get, type Steps } from "../steps.ts";
import { SCHEMA } from "./names.ts";
import { TEAM_SCHEMA_VERSION } from "./schema.ts";
import { OLDER } from "./upgrade.ts";

/** Relations of anybody's, but for those of the server itself and those that an extension brought. */
const RELATIONS = String.raw`
SELECT
  (SELECT count(*) FROM pg_namespace WHERE nspname = '${SCHEMA}') AS ours,
  count(*) FILTER (WHERE n.nspname = '${SCHEMA}' AND c.relname = 'schema_version') AS versions,
  count(*) FILTER (WHERE n.nspname <> '${SCHEMA}') AS others
FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE n.nspname NOT LIKE 'pg\_%' AND n.nspname <> 'information_schema'
  AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.classid = 'pg_class'::regclass AND d.objid = c.oid AND d.deptype = 'e')`;

/** An account without a role sees that there is a team, and not of which version. */
export function* readContent(role: TeamRole): Steps<TeamContent> {
  const found = (yield* get(RELATIONS)) ?? {};
  if (numberOf(found, "versions") === 0) return numberOf(found, "ours") + numberOf(found, "others") === 0 ? "empty" : "foreign";
  if (role === "none") return "team";
  const version = numberOf((yield* get(`SELECT number FROM ${SCHEMA}.schema_version`)) ?? {}, "number");
  return version === TEAM_SCHEMA_VERSION ? "team" : version < TEAM_SCHEMA_VERSION ? "older" : "newer";
}

/** Why a database is none to work on for that account; null where it is one. */
export function refusalOf(content: TeamContent, role: TeamRole): Fault | null {
  if (content === "newer") return { kind: "unreadable", what: "database-newer" };
  if (content === "older") return OLDER;
  if (content !== "team") return { kind: "not-found", what: "team" };
  return role === "none" ? { kind: "not-stored", why: "no-rights" } : null;
}
