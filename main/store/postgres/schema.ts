/** The schema of a team's database, whole. */
import { teamTables } from "../team/tables.ts";
import { jobRunTables } from "./job-run-tables.ts";
import { journalTables } from "./journal-tables.ts";
import { SCHEMA } from "./names.ts";
import { probeTables } from "./probe-tables.ts";
import { rightsFor } from "./rights.ts";
import { sightingTable } from "./sighting-table.ts";
import { tables, triggers } from "./tables.ts";
import { workTables } from "./work-tables.ts";

/** What each version adds to the one before, from the second on. A step is never edited once released; a change is a new step. */
const steps: readonly string[] = [journalTables, probeTables, sightingTable, jobRunTables];

/** What this version reads and writes. */
export const TEAM_SCHEMA_VERSION = 1 + steps.length;

/** What a database of an earlier version lacks; in one transaction, by the owner of its tables. */
export function stepsFrom(version: number): string {
  return `${steps.slice(version - 1).join("")}UPDATE ${SCHEMA}.schema_version SET number = ${TEAM_SCHEMA_VERSION};`;
}

/** Everything that a team's database holds before anything is saved; for an empty database, in one transaction. */
export function teamSchema(database: string): string {
  return `
CREATE SCHEMA ${SCHEMA};
SET LOCAL search_path = ${SCHEMA};
CREATE TABLE schema_version (number bigint NOT NULL);
INSERT INTO schema_version (number) VALUES (1);
${tables}${teamTables}${workTables}${triggers}${rightsFor(database)}${stepsFrom(1)}`;
}
