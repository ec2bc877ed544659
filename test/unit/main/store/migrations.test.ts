import fs from "node:fs";
import path from "node:path";
import { DatabaseSync } from "node:sqlite";
import { afterEach, expect, test, vi } from "vitest";
import { migrations, SCHEMA_VERSION } from "../../../../main/store/migrations.ts";
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
