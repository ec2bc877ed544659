/** What a team's database has of ours. */
import type { PostgresServer } from "./postgres-server.ts";

const DESCRIBED = `
SELECT 'relation' AS what, c.relname || ' ' || coalesce(array_to_string(c.relacl, ' '), '') AS text FROM pg_class c WHERE c.relnamespace = 'messaging_console'::regnamespace
UNION ALL SELECT 'column', a.attrelid::regclass || '.' || a.attname || ' ' || format_type(a.atttypid, a.atttypmod) || ' ' || a.attnotnull || coalesce(array_to_string(a.attacl, ' '), '') FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid WHERE c.relnamespace = 'messaging_console'::regnamespace AND a.attnum > 0
UNION ALL SELECT 'function', p.proname || ' ' || coalesce(array_to_string(p.proacl, ' '), '') || p.prosrc FROM pg_proc p WHERE p.pronamespace = 'messaging_console'::regnamespace
UNION ALL SELECT 'trigger', pg_get_triggerdef(t.oid) FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid WHERE c.relnamespace = 'messaging_console'::regnamespace AND NOT t.tgisinternal
ORDER BY 1, 2`;

/** Everything that a database has of ours, and who may do what with it; the same of two whose names alone differ. */
export async function describeSchema(server: PostgresServer, database: string): Promise<readonly string[]> {
  const rows = await server.ask({ database }, DESCRIBED);
  return rows.map((row) => JSON.stringify(row).replaceAll(database, "DATABASE"));
}
