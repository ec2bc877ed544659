import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterEach, expect, test, vi } from "vitest";
import { CutShort, failStorage, saysDamaged, storageFault, tellsOfFailedRead } from "../../../../main/store/storage-faults.ts";

const sqlite = (errcode: number) => Object.assign(new Error("failed"), { code: "ERR_SQLITE_ERROR", errcode });
const system = (code: string) => Object.assign(new Error("failed"), { code });

test.each<[what: string, error: Error, why: string]>([
  ["SQLITE_FULL", sqlite(13), "disk-full"],
  ["SQLITE_BUSY", sqlite(5), "locked"],
  ["SQLITE_BUSY_SNAPSHOT", sqlite(517), "locked"],
  ["SQLITE_READONLY", sqlite(8), "read-only"],
  ["SQLITE_READONLY_DIRECTORY", sqlite(1544), "read-only"],
  ["SQLITE_CANTOPEN", sqlite(14), "read-only"],
  ["SQLITE_CORRUPT", sqlite(11), "damaged"],
  ["SQLITE_NOTADB", sqlite(26), "damaged"],
  ["SQLITE_PROTOCOL", sqlite(15), "locked"],
  ["SQLITE_IOERR", sqlite(10), "io-error"],
  ["SQLITE_IOERR_READ", sqlite(266), "io-error"],
  ["SQLITE_IOERR_SHORT_READ", sqlite(522), "io-error"],
  ["SQLITE_IOERR_WRITE", sqlite(778), "io-error"],
  ["SQLITE_IOERR_TRUNCATE", sqlite(1546), "io-error"],
  ["SQLITE_IOERR_FSTAT", sqlite(1802), "io-error"],
  ["SQLITE_IOERR_CORRUPTFS", sqlite(8458), "io-error"],
  ["SQLITE_IOERR_IN_PAGE", sqlite(8714), "io-error"],
  ["SQLITE_IOERR_FSYNC", sqlite(1034), "unsuitable-folder"],
  ["SQLITE_IOERR_DIR_FSYNC", sqlite(1290), "unsuitable-folder"],
  ["SQLITE_IOERR_UNLOCK", sqlite(2058), "unsuitable-folder"],
  ["SQLITE_IOERR_RDLOCK", sqlite(2314), "unsuitable-folder"],
  ["SQLITE_IOERR_CHECKRESERVEDLOCK", sqlite(3594), "unsuitable-folder"],
  ["SQLITE_IOERR_LOCK", sqlite(3850), "unsuitable-folder"],
  ["SQLITE_IOERR_SHMOPEN", sqlite(4618), "unsuitable-folder"],
  ["SQLITE_IOERR_SHMSIZE", sqlite(4874), "unsuitable-folder"],
  ["SQLITE_IOERR_SHMLOCK", sqlite(5130), "unsuitable-folder"],
  ["SQLITE_IOERR_SHMMAP", sqlite(5386), "unsuitable-folder"],
  ["SQLITE_NOLFS", sqlite(22), "unsuitable-folder"],
  ["a check that a failed read cut short", new CutShort("page 3"), "io-error"],
  ...["EIO", "ENXIO", "ENODEV", "ESTALE", "ENOTCONN", "ETIMEDOUT", "EHOSTDOWN"].map((code): [string, Error, string] => [code, system(code), "io-error"]),
  ...["ENOLCK", "ENOSYS", "ENOTSUP"].map((code): [string, Error, string] => [code, system(code), "unsuitable-folder"]),
  ...["ENOSPC", "EDQUOT"].map((code): [string, Error, string] => [code, system(code), "disk-full"]),
  ...["EROFS", "EACCES", "EPERM"].map((code): [string, Error, string] => [code, system(code), "read-only"]),
  ["EBUSY", system("EBUSY"), "locked"],
])("%s is not stored", (_, error, why) => {
  expect(storageFault(error, os.tmpdir())).toBe(why);
  expect(failStorage(error, os.tmpdir())).toEqual({ ok: false, fault: { kind: "not-stored", why } });
});

afterEach(() => vi.restoreAllMocks());

// What SQLite says of a full disk depends on where it notices: as it writes, as it grows the shared memory, or as it opens a file.
test.each([["SQLITE_CANTOPEN", 14], ["SQLITE_IOERR_WRITE", 778], ["SQLITE_IOERR_SHMSIZE", 4874]])("%s on a disk without room is a full disk, and on any other what it is", (_, errcode) => {
  const room = vi.spyOn(fs, "statfsSync");
  const has = (blocks: number) => room.mockReturnValue({ type: 0, bsize: 4096, frsize: 4096, blocks: 1000, bfree: blocks, bavail: blocks, files: 0, ffree: 0 });
  has(3);
  expect(storageFault(sqlite(errcode), os.tmpdir())).toBe("disk-full");
  has(900);
  expect(storageFault(sqlite(errcode), os.tmpdir())).not.toBe("disk-full");
});

test("a constraint or any other error is a bug and is thrown on", () => {
  for (const error of [sqlite(19), new TypeError("failed")]) {
    expect(storageFault(error, os.tmpdir())).toBeNull();
    expect(() => failStorage(error, os.tmpdir())).toThrow("failed");
  }
});

test("only a file's content counts as damage, not the state of the disk", () => {
  const file = path.join(fs.mkdtempSync(path.join(os.tmpdir(), "messaging-console-faults-")), "whole.db");
  fs.writeFileSync(file, Buffer.alloc(8192));
  expect([11, 26, 267].map((code) => saysDamaged(sqlite(code), file))).toEqual([true, true, true]);
  expect([13, 14, 5, 10, 266, 522, 8458].filter((code) => saysDamaged(sqlite(code), file))).toEqual([]);
  fs.truncateSync(file, 5000);
  expect([266, 522].filter((code) => saysDamaged(sqlite(code), file))).toEqual([522]);
  fs.rmSync(path.dirname(file), { recursive: true });
});

// Lines as SQLite 3.53 writes them (src/btree.c, checkAppendMsg).
test.each([
  ["Tree 12 page 14 cell 3: unable to get the page. error code=266", true],
  ["Tree 12 page 14: btreeInitPage() returns error code 8458", true],
  ["Freelist: failed to get page 31", true],
  ["disk I/O error", true],
  ["Tree 12 page 14: btreeInitPage() returns error code 11", false],
  ["Tree 5 page 7 cell 2: Rowid 12 out of order", false],
  ["row 3 missing from index revision_secret_by_secret", false],
  ["Page 9: never used", false],
])("the line %j tells of a failed read: %s", (line, expected) => {
  expect(tellsOfFailedRead(line)).toBe(expected);
});
