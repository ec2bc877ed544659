import os from "node:os";
import { expect, test } from "vitest";
import { failStorage, saysDamaged, storageFault } from "../../../../main/store/storage-faults.ts";

const sqlite = (errcode: number) => Object.assign(new Error("failed"), { code: "ERR_SQLITE_ERROR", errcode });
const system = (code: string) => Object.assign(new Error("failed"), { code });

test.each([
  ["SQLITE_FULL", sqlite(13), "disk-full"],
  ["SQLITE_BUSY", sqlite(5), "locked"],
  ["SQLITE_BUSY_SNAPSHOT", sqlite(517), "locked"],
  ["SQLITE_READONLY", sqlite(8), "read-only"],
  ["SQLITE_READONLY_DIRECTORY", sqlite(1544), "read-only"],
  ["SQLITE_CANTOPEN", sqlite(14), "read-only"],
  ["SQLITE_CORRUPT", sqlite(11), "damaged"],
  ["SQLITE_NOTADB", sqlite(26), "damaged"],
  ["SQLITE_IOERR_READ", sqlite(266), "damaged"],
  ["ENOSPC", system("ENOSPC"), "disk-full"],
  ["EROFS", system("EROFS"), "read-only"],
  ["EACCES", system("EACCES"), "read-only"],
])("%s is not stored", (_, error, why) => {
  expect(storageFault(error, os.tmpdir())).toBe(why);
  expect(failStorage(error, os.tmpdir())).toEqual({ ok: false, fault: { kind: "not-stored", why } });
});

test("a constraint or any other error is a bug and is thrown on", () => {
  for (const error of [sqlite(19), new TypeError("failed")]) {
    expect(storageFault(error, os.tmpdir())).toBeNull();
    expect(() => failStorage(error, os.tmpdir())).toThrow("failed");
  }
});

test("only a file's content counts as damage, not the state of the disk", () => {
  expect([11, 26, 267].map((code) => saysDamaged(sqlite(code)))).toEqual([true, true, true]);
  expect([13, 14, 5, 10, 266].map((code) => saysDamaged(sqlite(code)))).toEqual([false, false, false, false, false]);
});
