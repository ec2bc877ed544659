/** Copies: whole and proven before they count as one, and nothing left of those that are not. */
import fs from "node:fs";
import path from "node:path";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { backUp, copyTo, listBackups, prepareBackup } from "../../../../main/store/backups.ts";
import { conditionOfFile } from "../../../../main/store/condition.ts";
import { Connection } from "../../../../main/store/connection.ts";
import { canListOpenFiles, openFilesBelow } from "../../../lab/open-files.ts";
import { documentNamed, noteBy, open, take, temporaryFolder } from "./support.ts";

const place = temporaryFolder();
const { folder } = place;
const backups = path.join(folder, "backups");
const target = path.join(backups, "copy.db");
let connection: Connection;
beforeEach(async () => {
  const store = await open({ folder });
  take(await store.identityStores.create(documentNamed("Alpha"), noteBy("ada")));
  await store.close();
  fs.rmSync(backups, { recursive: true });
  connection = new Connection(path.join(folder, "messaging-console.db"), { readOnly: false });
});
afterEach(() => {
  vi.restoreAllMocks();
  connection.close();
  place.remove();
});

/** Lets SQLite write a copy of which a part never reached the disk. */
function tearCopies(): void {
  const real = Connection.prototype.run;
  vi.spyOn(Connection.prototype, "run").mockImplementation(function run(this: Connection, sql, ...parameters) {
    const done = real.call(this, sql, ...parameters);
    const [copy] = parameters;
    if (sql.startsWith("VACUUM INTO") && typeof copy === "string") fs.truncateSync(copy, 20_000);
    return done;
  });
}

test("a copy that came out damaged never becomes a backup, and nothing of it is left", () => {
  tearCopies();
  expect(() => copyTo(connection, target)).toThrow("the copy is not good");
  expect(() => backUp(connection, folder, 0)).toThrow("the copy is not good");
  expect(fs.readdirSync(backups)).toEqual([]);
});

test("a copy that came out whole is there alone", () => {
  copyTo(connection, target);
  expect([fs.readdirSync(backups), conditionOfFile(target).state]).toEqual([["copy.db"], "good"]);
});

test("a backup that was damaged while it was copied takes no database's place, and nothing of it is left", () => {
  copyTo(connection, target);
  const real = fs.copyFileSync.bind(fs);
  vi.spyOn(fs, "copyFileSync").mockImplementation((from, to) => {
    real(from, to);
    fs.truncateSync(to, 20_000);
  });
  expect(() => prepareBackup(target, path.join(folder, "restored.db"))).toThrow("the copy is not good");
  expect(fs.readdirSync(folder).filter((name) => name.startsWith("restored"))).toEqual([]);
});

test.skipIf(!canListOpenFiles)(`what was looked at is let go of, good or damaged${canListOpenFiles ? "" : " (open files can be listed on Linux only)"}`, () => {
  backUp(connection, folder, 0);
  fs.writeFileSync(path.join(backups, "messaging-console-1970-01-02.db"), "no database");
  expect(listBackups(folder)).toHaveLength(2);
  expect(listBackups(folder).map(({ file }) => conditionOfFile(file).state)).toEqual(["good", "damaged"]);
  expect(openFilesBelow(backups)).toEqual([]);
});
