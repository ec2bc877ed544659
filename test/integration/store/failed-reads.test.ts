/** A read that fails proves no damage: nothing is put aside, and the next open finds everything where it was. */
import fs from "node:fs";
import path from "node:path";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { Connection } from "../../../main/store/connection.ts";
import { recordingLogger } from "../../lab/loggers.ts";
import { documentNamed, messagingWith, noteBy, open, take, temporaryFolder, tryOpen } from "../../unit/main/store/support.ts";

const place = temporaryFolder();
const { folder } = place;
const file = path.join(folder, "messaging-console.db");
const ioError = { ok: false, fault: { kind: "not-stored", why: "io-error" } };
const sqliteError = (errcode: number) => Object.assign(new Error("disk I/O error"), { code: "ERR_SQLITE_ERROR", errcode });

beforeEach(async () => {
  const store = await open({ folder });
  take(await store.identityStores.create(documentNamed("Alpha", messagingWith(30)), noteBy("ada")));
  await store.close();
  const later = await open({ folder });
  // Newer than the backup from here on: going back to it would lose this one.
  take(await later.identityStores.create(documentNamed("Beta"), noteBy("ada")));
  const kept = fs.readdirSync(path.join(folder, "backups")).map((name) => [name, fs.readFileSync(path.join(folder, "backups", name))] as const);
  await later.close();
  for (const [name, content] of kept) fs.writeFileSync(path.join(folder, "backups", name), content);
});
afterEach(() => {
  vi.restoreAllMocks();
  place.remove();
});

async function expectNothingLost(): Promise<void> {
  expect(fs.readdirSync(folder).filter((name) => name.includes("damaged"))).toEqual([]);
  vi.restoreAllMocks();
  const store = await open({ folder });
  expect(store.notice).toBeNull();
  expect(store.identityStores.list().map(({ document }) => document.name)).toEqual(["Alpha", "Beta"]);
  await store.close();
}

/** Lets the next `times` integrity checks of the database answer `lines`. */
function integrityCheckSays(lines: readonly string[], times: number): void {
  const real = Connection.prototype.all;
  let left = times;
  vi.spyOn(Connection.prototype, "all").mockImplementation(function all(this: Connection, sql, ...parameters) {
    if (!sql.includes("integrity_check") || this.file !== file || left === 0) return real.call(this, sql, ...parameters);
    left -= 1;
    return lines.map((line) => ({ integrity_check: line }));
  });
}

// What SQLite 3.53 wrote when reads of single pages were failed by a preloaded library: the lines after the first follow
// from it and name no code.
test.each([
  [["Tree 12 page 14 cell 3: unable to get the page. error code=266", "Page 15: never used"]],
  [["Tree 12 page 14: btreeInitPage() returns error code 8458"]],
  [["Page 15: never used", "Freelist: failed to get page 31"]],
])("an integrity check that says %j is a failed read, however often it says so", async (lines) => {
  integrityCheckSays(lines, 2);
  expect(await tryOpen({ folder })).toEqual(ioError);
  await expectNothingLost();
});

test("damage that a second, fresh connection does not find was none", async () => {
  integrityCheckSays(["row 3 missing from index revision_secret_by_secret"], 1);
  const logger = recordingLogger();
  const store = await open({ folder, logger });
  expect(store.notice).toBeNull();
  await store.close();
  await expectNothingLost();
});

test("a failed read while damage is looked at again ends the opening, with nothing moved", async () => {
  integrityCheckSays(["row 3 missing from index revision_secret_by_secret"], 1);
  const real = vi.mocked(Connection.prototype.all).getMockImplementation();
  let checks = 0;
  vi.mocked(Connection.prototype.all).mockImplementation(function all(this: Connection, sql, ...parameters) {
    if (sql.includes("integrity_check") && this.file === file && (checks += 1) === 2) throw sqliteError(266);
    return real?.call(this, sql, ...parameters) ?? [];
  });
  expect(await tryOpen({ folder })).toEqual(ioError);
  await expectNothingLost();
});

test("a database whose name cannot be looked up is not a missing one", async () => {
  const real = fs.statSync;
  vi.spyOn(fs, "statSync").mockImplementation((name, ...options) => {
    if (name === file) throw Object.assign(new Error("i/o error"), { code: "EIO" });
    return real(name, ...options);
  });
  expect(await tryOpen({ folder })).toEqual(ioError);
  await expectNothingLost();
});

test.each([
  ["its content", "get", "FROM generation"],
  ["its structure", "all", "integrity_check"],
] as const)("a backup of which %s cannot be read now is not passed over for an older one: the damaged database stays until it can", async (_, method, part) => {
  fs.copyFileSync(path.join(folder, "backups", fs.readdirSync(path.join(folder, "backups"))[0] ?? ""), path.join(folder, "backups", "messaging-console-2020-01-01.db"));
  const good = fs.readFileSync(file);
  fs.writeFileSync(file, "no database");
  const { all, get } = Connection.prototype;
  let failed = false;
  const failOnce = (connection: Connection, called: string, sql: string) => {
    if (failed || called !== method || !sql.includes(part) || !connection.file.includes("backups")) return;
    failed = true;
    throw sqliteError(266);
  };
  vi.spyOn(Connection.prototype, "all").mockImplementation(function failingAll(this: Connection, sql, ...parameters) {
    failOnce(this, "all", sql);
    return all.call(this, sql, ...parameters);
  });
  vi.spyOn(Connection.prototype, "get").mockImplementation(function failingGet(this: Connection, sql, ...parameters) {
    failOnce(this, "get", sql);
    return get.call(this, sql, ...parameters);
  });
  expect(await tryOpen({ folder })).toEqual(ioError);
  expect(fs.readFileSync(file, "utf8")).toBe("no database");
  fs.writeFileSync(file, good);
  await expectNothingLost();
});

test("damage of a backup that a second, fresh connection does not find was none: the backup is what is restored", async () => {
  fs.writeFileSync(file, "no database");
  const real = Connection.prototype.all;
  let told = false;
  vi.spyOn(Connection.prototype, "all").mockImplementation(function all(this: Connection, sql, ...parameters) {
    if (told || !sql.includes("integrity_check") || !this.file.includes("backups")) return real.call(this, sql, ...parameters);
    told = true;
    return [{ integrity_check: "row 3 missing from index revision_secret_by_secret" }];
  });
  const store = await open({ folder });
  expect([told, store.notice, store.identityStores.list().length]).toEqual([true, "restored-from-backup", 1]);
  await store.close();
});

test("a database cut at any length is restored, never stuck on a short read", async () => {
  const good = fs.readFileSync(file);
  for (const length of [1, 99, 100, 512, 1024, 4095, 4096, 4097, 8191, 8192, 12_288, 20_000, good.length - 4096, good.length - 1]) {
    fs.writeFileSync(file, good.subarray(0, length));
    const store = await open({ folder });
    expect([length, store.notice]).toEqual([length, "restored-from-backup"]);
    expect(store.identityStores.list().length).toBeGreaterThan(0);
    await store.close();
  }
}, 30_000);
