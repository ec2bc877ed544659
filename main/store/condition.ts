/** Whether a database file can be trusted: SQLite's structure, then the product's own rows. */
import { nameKey } from "../../shared/rules/name-key.ts";
import { Connection } from "./connection.ts";
import { numberOf, textOf } from "./columns.ts";
import { SCHEMA_VERSION } from "./migrations.ts";
import { DamagedRow, readDraft, readRevision } from "./revision-rows.ts";
import { namedSchema } from "./schemas.ts";
import { saysDamaged } from "./storage-faults.ts";

export type Condition = { readonly state: "good"; readonly version: number } | { readonly state: "damaged"; readonly why: string };

/** The newest revision of each store is read and verified; older ones are verified when somebody asks for them. */
function verifyRows(connection: Connection): void {
  for (const row of connection.all("SELECT id, name_key, revision FROM identity_store")) {
    const id = textOf(row, "id");
    const revision = connection.now(readRevision(id, numberOf(row, "revision")));
    if (revision === null) throw new DamagedRow(`store ${id} has lost its newest revision`);
    const count = connection.get("SELECT count(*) AS count, max(number) AS newest FROM revision WHERE store_id = ?", id) ?? {};
    if (numberOf(count, "count") !== revision.number || numberOf(count, "newest") !== revision.number) {
      throw new DamagedRow(`store ${id} has lost revisions`);
    }
    const { name } = namedSchema.parse(JSON.parse(revision.document));
    if (nameKey(name) !== textOf(row, "name_key")) throw new DamagedRow(`store ${id} has lost its name`);
  }
  for (const row of connection.all("SELECT store_id FROM draft")) connection.now(readDraft(textOf(row, "store_id")));
}

/**
 * Checks an open database, all of it as of one moment: other processes may be saving. Throws storage errors that say
 * nothing about the content, such as a full disk.
 */
export function conditionOf(connection: Connection): Condition {
  try {
    return connection.snapshot(() => examine(connection));
  } catch (error) {
    if (saysDamaged(error, connection.file)) return { state: "damaged", why: "SQLite cannot read the file" };
    if (error instanceof DamagedRow) return { state: "damaged", why: error.message };
    throw error;
  }
}

function examine(connection: Connection): Condition {
  const version = connection.version();
  // The product creates its database in one step, so a file without a schema has lost it.
  if (version === 0) return { state: "damaged", why: "the file holds no schema" };
  const [problem] = connection.problems();
  if (problem !== undefined) return { state: "damaged", why: problem };
  if (version === SCHEMA_VERSION) verifyRows(connection);
  return { state: "good", version };
}

/** Checks a closed database file, such as a backup. Damage counts when a second, fresh connection finds it too. */
export function conditionOfFile(file: string): Condition {
  const first = examineFile(file);
  return first.state === "damaged" ? examineFile(file) : first;
}

function examineFile(file: string): Condition {
  let connection: Connection | null = null;
  try {
    connection = new Connection(file, { readOnly: true });
    return conditionOf(connection);
  } catch (error) {
    if (saysDamaged(error, file)) return { state: "damaged", why: "SQLite cannot read the file" };
    throw error;
  } finally {
    connection?.close();
  }
}
