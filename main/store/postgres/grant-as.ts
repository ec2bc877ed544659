/** Rights on tables of a later version. */
import { SCHEMA } from "./names.ts";

/** Grants to every role that was granted the like on a table of the first version, none to the owner, who has all, and to everybody. */
export function grantAs(table: string, privilege: string, grants: readonly string[]): string {
  return `
  FOR grantee IN
    SELECT DISTINCT a.grantee::regrole::text FROM pg_class c, aclexplode(c.relacl) a
    WHERE c.oid = '${SCHEMA}.${table}'::regclass AND a.privilege_type = '${privilege}' AND a.grantee <> c.relowner AND a.grantee <> 0
  LOOP
${grants.map((grant) => `    EXECUTE 'GRANT ${grant} TO ' || grantee;`).join("\n")}
  END LOOP;`;
}
