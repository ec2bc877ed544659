import type { Connection } from "./connection.ts";
import { migrations, SCHEMA_VERSION } from "./migrations.ts";

/** Applies the steps from the file's version on, all or none. */
export function migrate(connection: Connection, from: number): void {
  connection.execute("BEGIN IMMEDIATE");
  try {
    connection.execute("PRAGMA defer_foreign_keys = ON");
    for (const step of migrations.filter(({ version }) => version > from)) {
      connection.execute(step.sql);
      step.rewrite?.(connection);
    }
    connection.execute(`PRAGMA user_version = ${SCHEMA_VERSION}; COMMIT`);
  } catch (error) {
    connection.execute("ROLLBACK");
    throw error;
  }
}
