/** Opening and closing: who may look at the files, what is on the disk, what others may do afterwards. */
import fs from "node:fs";
import path from "node:path";
import { DatabaseSync } from "node:sqlite";
import { afterEach, expect, test, vi } from "vitest";
import { Connection } from "../../../../main/store/connection.ts";
import { takeAlone, takeOpening } from "../../../../main/store/locks.ts";
import * as networkDrive from "../../../../main/store/network-drive.ts";
import { watchDiskOrder } from "../../../lab/disk-order.ts";
import { recordingLogger } from "../../../lab/loggers.ts";
import { canListOpenFiles, openFilesBelow } from "../../../lab/open-files.ts";
import { documentNamed, noteBy, open, take, temporaryFolder, tryOpen } from "./support.ts";

vi.mock("../../../../main/store/network-drive.ts", { spy: true });

const place = temporaryFolder();
const { folder } = place;
const file = path.join(folder, "messaging-console.db");
const backups = () => fs.readdirSync(path.join(folder, "backups"));
afterEach(() => {
  vi.restoreAllMocks();
  place.remove();
});

const hasModes = process.platform !== "win32";
test.skipIf(!hasModes)(`only the owner may look into the folders, and read the database and its copies${hasModes ? "" : " (Windows has rights of its own)"}`, async () => {
  const before = process.umask(0);
  try {
    const store = await open({ folder });
    take(await store.identityStores.create(documentNamed("Alpha"), noteBy("ada")));
    await store.close();
  } finally {
    process.umask(before);
  }
  const mode = (...parts: string[]) => (fs.statSync(path.join(folder, ...parts)).mode & 0o777).toString(8);
  expect([mode(), mode("backups"), mode("messaging-console.db"), ...backups().map((name) => mode("backups", name))]).toEqual(["700", "700", "600", "600"]);
});

test("the day's copy is there as soon as the database is open: what is saved may be lost with the process", async () => {
  const first = await open({ folder });
  take(await first.identityStores.create(documentNamed("Alpha"), noteBy("ada")));
  await first.close();
  fs.rmSync(path.join(folder, "backups"), { recursive: true });
  const second = await open({ folder });
  expect(backups()).toHaveLength(1);
  await second.close();
});

test("a new file is on the disk before it takes its name, and its name before it is told of", async () => {
  const done = watchDiskOrder();
  const store = await open({ folder });
  const isWindows = process.platform === "win32";
  const named = done.map((each) => each.replace(/\.db\..*\.partial$/, ".db.partial"));
  expect(named.slice(0, isWindows ? 2 : 3)).toEqual(["sync messaging-console.db.partial", "rename to messaging-console.db", ...(isWindows ? [] : [`sync ${path.basename(folder)}`])]);
  await store.close();
});

test("a folder on another computer is refused, and nothing of ours is left in it", async () => {
  vi.mocked(networkDrive.isOnNetwork).mockReturnValueOnce(true);
  expect(await tryOpen({ folder })).toEqual({ ok: false, fault: { kind: "not-stored", why: "network-drive" } });
  expect(fs.readdirSync(folder)).toEqual([]);
});

test("whoever has opened the database lets the next one open it, and whoever has closed it lets it be moved", async () => {
  const store = await open({ folder });
  takeOpening(folder).release();
  expect(takeAlone(folder)).toBeNull();
  await store.close();
  const alone = takeAlone(folder);
  expect(alone).not.toBeNull();
  expect(() => takeOpening(folder).release()).not.toThrow();
  alone?.release();
});

test("while one opens the database nobody else does", () => {
  fs.mkdirSync(folder, { recursive: true });
  const held = takeOpening(folder);
  const other = new DatabaseSync(path.join(folder, "messaging-console.opening.lock"), { timeout: 0 });
  expect(() => other.exec("BEGIN EXCLUSIVE")).toThrow("locked");
  held.release();
  other.exec("BEGIN EXCLUSIVE");
  other.close();
});

test.skipIf(!canListOpenFiles)(`nothing is open after closing, after a failed opening, and after a lock that was not had${canListOpenFiles ? "" : " (open files can be listed on Linux only)"}`, async () => {
  const store = await open({ folder });
  expect(takeAlone(folder)).toBeNull();
  await store.close();
  expect(openFilesBelow(folder)).toEqual([]);
  const unreadable = Object.assign(new Error("disk I/O error"), { code: "ERR_SQLITE_ERROR", errcode: 10 });
  vi.spyOn(Connection.prototype, "version").mockImplementation(() => {
    throw unreadable;
  });
  expect(await tryOpen({ folder })).toEqual({ ok: false, fault: { kind: "not-stored", why: "io-error" } });
  vi.restoreAllMocks();
  // The database is open by then, and what is done with it next fails.
  vi.spyOn(Connection.prototype, "dataVersion").mockImplementation(() => {
    throw unreadable;
  });
  expect(await tryOpen({ folder })).toEqual({ ok: false, fault: { kind: "not-stored", why: "io-error" } });
  expect(openFilesBelow(folder)).toEqual([]);
  expect(fs.existsSync(file)).toBe(true);
});

test("where no copy can be made the database opens, saves and closes all the same, and the log says so", async () => {
  await (await open({ folder })).close();
  fs.rmSync(path.join(folder, "backups"), { recursive: true, force: true });
  fs.writeFileSync(path.join(folder, "backups"), "no folder");
  const logger = recordingLogger();
  const store = await open({ folder, logger });
  take(await store.identityStores.create(documentNamed("Alpha"), noteBy("ada")));
  await store.close();
  expect(logger.lines.filter((line) => line.startsWith("no backup could be made"))).toHaveLength(2);
});

test.skipIf(!canListOpenFiles)(`a database is let go of where others cannot be told that it is in use${canListOpenFiles ? "" : " (open files can be listed on Linux only)"}`, async () => {
  await (await open({ folder })).close();
  const lock = path.join(folder, "messaging-console.in-use.lock");
  fs.rmSync(lock);
  fs.mkdirSync(lock);
  expect(await tryOpen({ folder })).toMatchObject({ ok: false, fault: { kind: "not-stored" } });
  expect(openFilesBelow(folder)).toEqual([]);
});

test("a damaged database that cannot be put aside stays, nothing of its successor is left, and the next opening restores it", async () => {
  const first = await open({ folder });
  take(await first.identityStores.create(documentNamed("Alpha"), noteBy("ada")));
  await first.close();
  fs.writeFileSync(file, "no database");
  const rename = fs.renameSync.bind(fs);
  vi.spyOn(fs, "renameSync").mockImplementation((from, to) => {
    if (String(to).includes("damaged")) throw Object.assign(new Error("planted"), { code: "EACCES" });
    rename(from, to);
  });
  expect(await tryOpen({ folder })).toMatchObject({ ok: false, fault: { kind: "not-stored" } });
  expect([fs.readFileSync(file, "utf8"), fs.readdirSync(folder).filter((name) => name.includes("partial"))]).toEqual(["no database", []]);
  vi.restoreAllMocks();
  const store = await open({ folder });
  expect([store.notice, store.identityStores.list().map(({ document }) => document.name)]).toEqual(["restored-from-backup", ["Alpha"]]);
  await store.close();
});
