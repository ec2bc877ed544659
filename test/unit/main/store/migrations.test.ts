import fs from "node:fs";
import path from "node:path";
import { DatabaseSync } from "node:sqlite";
import { afterEach, expect, test, vi } from "vitest";
import { Connection } from "../../../../main/store/connection.ts";
import { migrations, SCHEMA_VERSION } from "../../../../main/store/migrations.ts";
import { jobRunOf, plannedRow } from "../../../lab/job-runs.ts";
import { question, request, runOf } from "../../../lab/journal-runs.ts";
import { keyWrappingWith, platformKey } from "../../../lab/key-wrapping.ts";
import { silentLogger } from "../../../lab/loggers.ts";
import { openFilesBelow } from "../../../lab/open-files.ts";
import { documentNamed, noteBy, open, systemClock, take, temporaryFolder } from "./support.ts";

const place = temporaryFolder();
const { folder } = place;
afterEach(() => {
  vi.doUnmock("../../../../main/store/migrations.ts");
  vi.resetModules();
  place.remove();
});

const schemaVersion = (file: string) => {
  const database = new DatabaseSync(file);
  const version = database.prepare("PRAGMA user_version").get()?.["user_version"];
  database.close();
  return version;
};

/** The store as a later version of the product would have it, with one more step. */
async function openWithStep(sql: string) {
  vi.resetModules();
  vi.doMock("../../../../main/store/migrations.ts", () => ({
    migrations: [...migrations, { version: SCHEMA_VERSION + 1, sql }],
    SCHEMA_VERSION: SCHEMA_VERSION + 1,
  }));
  const later = await import("../../../../main/store/index.ts");
  return later.openStore({ dataDirectory: folder, clock: systemClock, logger: silentLogger, keyWrapping: keyWrappingWith(platformKey) });
}

async function prepare(): Promise<void> {
  const store = await open({ folder });
  take(await store.identityStores.create(documentNamed("Contoso"), noteBy("ada")));
  await store.close();
}

test("versions count from 1 without gaps", () => {
  expect(migrations.map(({ version }) => version)).toEqual(Array.from({ length: SCHEMA_VERSION }, (_, index) => index + 1));
});

test("an older database is copied as it was, then brought up to date", async () => {
  await prepare();
  const store = take(await openWithStep("CREATE TABLE job (id TEXT PRIMARY KEY) STRICT"));
  expect(store.identityStores.list().map(({ document }) => document.name)).toEqual(["Contoso"]);
  expect(store.notice).toBeNull();
  await store.close();
  expect(schemaVersion(path.join(folder, "messaging-console.db"))).toBe(SCHEMA_VERSION + 1);
  const copies = fs.readdirSync(path.join(folder, "backups")).filter((name) => name.startsWith(`before-schema-${SCHEMA_VERSION + 1}-`));
  expect(copies.map((name) => schemaVersion(path.join(folder, "backups", name)))).toEqual([SCHEMA_VERSION]);
});

/** What version 9 did not have. */
const WITHOUT_RUNS_OF_JOBS = "DROP TABLE job_due; DROP TABLE leaver; DROP TABLE job_row; DROP TABLE job_run; PRAGMA user_version = 9";

test("a database of version 9 keeps what it holds, and has room for runs of jobs then", async () => {
  await prepare();
  const before = await open({ folder });
  take(await before.journal.begin(runOf([request("Sales")])));
  await before.close();
  const file = path.join(folder, "messaging-console.db");
  const database = new DatabaseSync(file);
  database.exec(WITHOUT_RUNS_OF_JOBS);
  database.close();
  const store = await open({ folder });
  expect([store.notice, store.identityStores.list().length, (await store.journal.page(question())).entries.length]).toEqual([null, 1, 1]);
  const { run } = take(await store.jobRuns.begin(jobRunOf(), [plannedRow(1)]));
  expect(await store.jobRuns.get(run)).toMatchObject({ state: "running", outcomes: { planned: 1 } });
  await store.close();
  // The same as in a file that was made now.
  const made = new Connection(":memory:", { readOnly: false });
  for (const { sql } of migrations) made.execute(sql);
  const schemaOf = "SELECT name, sql FROM sqlite_schema WHERE name LIKE 'job%' ORDER BY name";
  const upgraded = new Connection(file, { readOnly: true });
  expect(upgraded.all(schemaOf)).toEqual(made.all(schemaOf));
  expect(upgraded.all(schemaOf)).toHaveLength(7);
  upgraded.close();
  made.close();
});

test("a step that fails leaves everything as it was, and nothing open where open files can be listed", async () => {
  await prepare();
  await expect(openWithStep("CREATE TABLE job (id TEXT) STRICT; DELETE FROM identity_store; CREATE TABLE job (id TEXT) STRICT")).rejects.toThrow("job");
  expect(openFilesBelow(folder)).toEqual([]);
  expect(schemaVersion(path.join(folder, "messaging-console.db"))).toBe(SCHEMA_VERSION);
  const store = await open({ folder });
  expect(store.identityStores.list()).toHaveLength(1);
  await store.close();
});

test("the database itself refuses revisions without a number, and rows that belong to nothing", async () => {
  await prepare();
  const database = new DatabaseSync(path.join(folder, "messaging-console.db"), { enableForeignKeyConstraints: true });
  const copied = (changes: string) => () =>
    database.exec(`INSERT INTO revision SELECT ${changes}, at, who, action, restored_from, changes, tested, checksum, document_checksum, document FROM revision LIMIT 1`);
  expect(copied("store_id, 0")).toThrow("CHECK");
  expect(copied("'nobody', 1")).toThrow("FOREIGN KEY");
  database.close();
});
