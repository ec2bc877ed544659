/** The schema of a team's database, whole. */
import { teamTables } from "../team/tables.ts";
import { SCHEMA } from "./names.ts";
import { rightsFor } from "./rights.ts";
import { tables, triggers } from "./tables.ts";
import { workTables } from "./work-tables.ts";

/** What this version reads and writes. */
export const TEAM_SCHEMA_VERSION = 1;

/** Everything that a team's database holds before anything is saved; for an empty database, in one transaction. */
export function teamSchema(database: string): string {
  return `
CREATE SCHEMA ${SCHEMA};
SET LOCAL search_path = ${SCHEMA};
CREATE TABLE schema_version (number bigint NOT NULL);
INSERT INTO schema_version (number) VALUES (${TEAM_SCHEMA_VERSION});
${tables}${teamTables}${workTables}${triggers}${rightsFor(database)}`;
}
