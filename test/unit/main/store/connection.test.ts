import fs from "node:fs";
import path from "node:path";
import { DatabaseSync } from "node:sqlite";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { Connection } from "../../../../main/store/connection.ts";
import { fail, succeed } from "../../../../shared/fault.ts";
import { canListOpenFiles, openFilesBelow } from "../../../lab/open-files.ts";
import { open, take, temporaryFolder } from "./support.ts";

const place = temporaryFolder();
const file = path.join(place.folder, "messaging-console.db");
const connect = () => new Connection(file, { readOnly: false });
let connection: Connection;
beforeEach(async () => {
  await (await open({ folder: place.folder })).close();
  connection = connect();
});
afterEach(() => {
  vi.restoreAllMocks();
  connection.close();
  place.remove();
});

const told = (key: string) => connection.run("INSERT INTO told_once (key) VALUES (?)", key);
const toldKeys = () => connection.all("SELECT key FROM told_once").map(({ key }) => key);
const pragma = (name: string) => Object.values(connection.get(`PRAGMA ${name}`) ?? {})[0];

test("a save waits a second for the lock, before and after events that do not wait at all", () => {
  const patience = () => connection.get("PRAGMA busy_timeout")?.["timeout"];
  const read = () => succeed(patience());
  expect([take(connection.write(read)), take(connection.note(read, { wait: false })), take(connection.note(read, { wait: true })), take(connection.write(read))]).toEqual([1000, 0, 1000, 1000]);
});

test("a commit waits for the disk, and what it overwrites can be read by nobody", () => {
  // https://www.sqlite.org/pragma.html: 2 is FULL, at which the write-ahead log is synced at each commit.
  expect(["synchronous", "journal_mode", "secure_delete", "trusted_schema"].map(pragma)).toEqual([2, "wal", 1, 0]);
});

test("the log is cut back after a checkpoint, however long it grew", () => {
  const log = () => fs.statSync(`${file}-wal`).size;
  connection.execute("CREATE TABLE bulk (content BLOB)");
  connection.run("INSERT INTO bulk (content) VALUES (zeroblob(?))", 24 * 1024 * 1024);
  expect(log()).toBeGreaterThan(20 * 1024 * 1024);
  connection.execute("PRAGMA wal_checkpoint(RESTART)");
  told("first of the log that begins again");
  expect(log()).toBeLessThan(17 * 1024 * 1024);
});

describe("work that saves", () => {
  test("and was refused leaves nothing behind, not even its number", () => {
    const generation = () => connection.get("SELECT number FROM generation")?.["number"];
    const before = generation();
    const refused = fail({ kind: "not-found", what: "identity-store" });
    expect(connection.write(() => (told("refused"), refused))).toEqual(refused);
    expect([toldKeys(), generation()]).toEqual([[], before]);
    take(connection.write(() => succeed(told("kept"))));
    expect([toldKeys(), generation()]).toEqual([["kept"], Number(before) + 1]);
  });

  test("and failed in the middle leaves nothing behind, and the next one works", () => {
    const full = Object.assign(new Error("full"), { code: "ERR_SQLITE_ERROR", errcode: 13 });
    const failing = connection.write(() => {
      told("half");
      throw full;
    });
    expect(failing).toEqual({ ok: false, fault: { kind: "not-stored", why: "disk-full" } });
    take(connection.write(() => succeed(told("whole"))));
    expect(toldKeys()).toEqual(["whole"]);
  });

  test("sees what nobody else can change before it writes", () => {
    const other = new DatabaseSync(file, { timeout: 0 });
    const changed = connection.write(() => {
      toldKeys();
      expect(() => other.exec("INSERT INTO told_once (key) VALUES ('other')")).toThrow("locked");
      return succeed(told("own"));
    });
    expect(changed.ok).toBe(true);
    other.close();
  });
});

test.skipIf(!canListOpenFiles)(`a database that cannot be prepared is let go of${canListOpenFiles ? "" : " (open files can be listed on Linux only)"}`, () => {
  connection.close();
  fs.writeFileSync(file, "no database");
  expect(connect).toThrow("not a database");
  expect(openFilesBelow(place.folder)).toEqual([]);
});
