/** What the database says of whoever asks. */
import { teamRoleSchema, type TeamRole } from "../../../shared/model/team.ts";
import { textOf } from "../columns.ts";
import { get, type Steps } from "../steps.ts";
import { SCHEMA } from "./names.ts";

export interface Standing {
  /** The account that signed in. */
  readonly login: string;
  readonly role: TeamRole;
}

/**
 * By what the account may do to the tables, not by the names of the roles it is in: a database that was restored under another
 * name has its grants, and the roles of the old name. Asks the catalog alone, which everybody may.
 */
const STANDING = `
SELECT session_user::text AS login,
  CASE WHEN bool_or(c.relname = 'team_entry' AND has_table_privilege(c.oid, 'INSERT')) THEN 'administrator'
       WHEN bool_or(c.relname = 'revision' AND has_table_privilege(c.oid, 'INSERT')) THEN 'operator'
       WHEN bool_or(c.relname = 'revision' AND has_table_privilege(c.oid, 'SELECT')) THEN 'reader'
       ELSE 'none' END AS role
FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE n.nspname = '${SCHEMA}'`;

export function* readStanding(): Steps<Standing> {
  const row = (yield* get(STANDING)) ?? {};
  return { login: textOf(row, "login"), role: teamRoleSchema.parse(textOf(row, "role")) };
}
