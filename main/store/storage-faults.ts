/** SQLite's and the file system's errors as faults. Codes: https://www.sqlite.org/rescode.html (primary code in the low byte). */
import fs from "node:fs";
import { fail, type Fault } from "../../shared/fault.ts";

type NotStored = Extract<Fault, { kind: "not-stored" }>["why"];

const CORRUPT = 11;
const NOT_A_DATABASE = 26;
const IO_ERROR = 10;

const bySqliteCode: Readonly<Record<number, NotStored>> = {
  3: "read-only", // PERM
  5: "locked", // BUSY
  6: "locked", // LOCKED
  8: "read-only", // READONLY
  [CORRUPT]: "damaged",
  13: "disk-full", // FULL
  14: "read-only", // CANTOPEN
  [NOT_A_DATABASE]: "damaged",
};

const byFileCode: Readonly<Record<string, NotStored>> = {
  ENOSPC: "disk-full",
  EDQUOT: "disk-full",
  EROFS: "read-only",
  EACCES: "read-only",
  EPERM: "read-only",
  EBUSY: "locked",
  EIO: "damaged",
};

/** The extended result code of an error thrown by node:sqlite, or null for any other error. */
function sqliteCode(error: unknown): number | null {
  if (!(error instanceof Error) || !("code" in error) || error.code !== "ERR_SQLITE_ERROR") return null;
  return "errcode" in error && typeof error.errcode === "number" ? error.errcode : null;
}

/** True when SQLite says that the file's content is not what it wrote. */
export function saysDamaged(error: unknown): boolean {
  const code = sqliteCode(error);
  return code !== null && [CORRUPT, NOT_A_DATABASE].includes(code & 0xff);
}

/** Some systems report a full disk as a failed write or a failed growth of the shared memory file. */
function diskIsFull(directory: string): boolean {
  try {
    const { bavail, bsize } = fs.statfsSync(directory);
    return bavail * bsize < 1024 * 1024;
  } catch {
    return false;
  }
}

/** The fault of a failed read or write below `directory`, or null for an error that is a bug of ours. */
export function storageFault(error: unknown, directory: string): NotStored | null {
  const code = sqliteCode(error);
  if (code !== null) {
    const primary = code & 0xff;
    if (primary === IO_ERROR || primary === 14) return diskIsFull(directory) ? "disk-full" : primary === IO_ERROR ? "damaged" : "read-only";
    return bySqliteCode[primary] ?? null;
  }
  return error instanceof Error && "code" in error && typeof error.code === "string" ? (byFileCode[error.code] ?? null) : null;
}

/** A failed result for a storage error; rethrows what is none. */
export function failStorage(error: unknown, directory: string) {
  const why = storageFault(error, directory);
  if (why === null) throw error;
  return fail({ kind: "not-stored", why });
}
