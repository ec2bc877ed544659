/**
 * Who may do what, in the database's own means: three group roles, of which each account is in one. A revision is changed and
 * removed by nobody but the owner of the tables, and that no console does.
 */
import { ROLE_KINDS, rolesOf, SCHEMA } from "./names.ts";

const READ = [
  "schema_version", "identity_store", "stored_identity_store", "revision", "revision_secret", "revision_seal", "draft", "draft_secret", "draft_of_other",
  "wrapped_key", "secret", "activity", "told_once", "team_entry", "team_key", "team_request", "lease", "check_result",
].join(", ");

/** A request is withdrawn by whoever made it; all that an account may say of itself in it is what its own session is. */
const requests = (reader: string) => `
ALTER TABLE team_request ADD COLUMN login text NOT NULL DEFAULT session_user;
ALTER TABLE team_request ENABLE ROW LEVEL SECURITY;
CREATE POLICY team_request_read ON team_request FOR SELECT USING (true);
CREATE POLICY team_request_ask ON team_request FOR INSERT WITH CHECK (login = session_user::text);
CREATE POLICY team_request_end ON team_request FOR DELETE
  USING (login = session_user::text OR has_table_privilege(session_user, '${SCHEMA}.team_entry', 'INSERT'));
GRANT INSERT, DELETE ON team_request TO ${reader};
`;

/** Makes the roles that are missing, each in the one above it, and the account that asks an administrator. */
function makeRoles(database: string): string {
  const roles = rolesOf(database);
  const missing = ROLE_KINDS.map((kind) => `
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = '${roles[kind]}') THEN
    CREATE ROLE "${roles[kind]}" NOLOGIN;
  END IF;`);
  const within = (inner: string, outer: string) => `
  IF NOT pg_has_role('${outer}', '${inner}', 'USAGE') THEN
    GRANT "${inner}" TO "${outer}";
  END IF;`;
  return `
DO $roles$
BEGIN${missing.join("")}${within(roles.reader, roles.operator)}${within(roles.operator, roles.administrator)}
  IF NOT pg_has_role('${roles.administrator}', 'USAGE') THEN
    GRANT "${roles.administrator}" TO CURRENT_USER;
  END IF;
END $roles$;
`;
}

/** Roles and grants for the tables of a database. A function's right to be called is everybody's unless it is taken away. */
export function rightsFor(database: string): string {
  const names = rolesOf(database);
  const [reader, operator, administrator] = ROLE_KINDS.map((kind) => `"${names[kind]}"`);
  return `${makeRoles(database)}
REVOKE ALL ON ALL FUNCTIONS IN SCHEMA ${SCHEMA} FROM PUBLIC;
GRANT USAGE ON SCHEMA ${SCHEMA} TO ${reader};
GRANT SELECT ON ${READ} TO ${reader};
GRANT EXECUTE ON FUNCTION now_ms() TO ${reader};
GRANT INSERT, UPDATE ON lease TO ${operator};
GRANT INSERT, UPDATE, DELETE ON check_result TO ${operator};
GRANT INSERT, UPDATE (name_key, revision) ON identity_store TO ${operator};
GRANT INSERT ON revision, revision_secret, revision_seal, secret TO ${operator};
GRANT USAGE ON SEQUENCE draft_version TO ${operator};
GRANT INSERT, UPDATE, DELETE ON draft TO ${operator};
GRANT INSERT, DELETE ON draft_secret, activity, told_once TO ${operator};
GRANT DELETE ON identity_store TO ${administrator};
GRANT UPDATE, DELETE ON secret TO ${administrator};
GRANT INSERT ON team_entry TO ${administrator};
GRANT INSERT, DELETE ON team_key TO ${administrator};
${requests(reader ?? "")}`;
}
