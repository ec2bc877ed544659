/**
 * SQLite's and the file system's errors as faults. Codes: https://www.sqlite.org/rescode.html; the primary code is in the
 * low byte. Only CORRUPT and NOTADB say something about the content. IOERR, with all its extended codes, says that a read
 * or a write was not carried out: a backup agent that holds the file, a share that dropped. That is never damage.
 */
import fs from "node:fs";
import { fail, type Fault, type NotStoredReason } from "../../shared/fault.ts";

const CORRUPT = 11;
const NOT_A_DATABASE = 26;
const IO_ERROR = 10;
const CANNOT_OPEN = 14;
const SHORT_READ = 522;

const bySqliteCode: Readonly<Record<number, NotStoredReason>> = {
  3: "read-only", // PERM
  5: "locked", // BUSY
  6: "locked", // LOCKED
  8: "read-only", // READONLY
  [IO_ERROR]: "io-error",
  [CORRUPT]: "damaged",
  13: "disk-full", // FULL
  [CANNOT_OPEN]: "read-only",
  15: "locked", // PROTOCOL: gave up on the locks of the write-ahead log
  22: "unsuitable-folder", // NOLFS
  [NOT_A_DATABASE]: "damaged",
};

/** IOERR's extended codes for what a file system has to offer a database: locks, shared memory, writing through. */
const byExtendedCode: Readonly<Record<number, NotStoredReason>> = {
  1034: "unsuitable-folder", // FSYNC
  1290: "unsuitable-folder", // DIR_FSYNC
  2058: "unsuitable-folder", // UNLOCK
  2314: "unsuitable-folder", // RDLOCK
  3594: "unsuitable-folder", // CHECKRESERVEDLOCK
  3850: "unsuitable-folder", // LOCK
  4618: "unsuitable-folder", // SHMOPEN
  4874: "unsuitable-folder", // SHMSIZE
  5130: "unsuitable-folder", // SHMLOCK
  5386: "unsuitable-folder", // SHMMAP
};

const byFileCode: Readonly<Record<string, NotStoredReason>> = {
  ENOSPC: "disk-full",
  EDQUOT: "disk-full",
  EROFS: "read-only",
  EACCES: "read-only",
  EPERM: "read-only",
  EBUSY: "locked",
  EIO: "io-error",
  ENXIO: "io-error",
  ENODEV: "io-error",
  ESTALE: "io-error",
  ENOTCONN: "io-error",
  ETIMEDOUT: "io-error",
  EHOSTDOWN: "io-error",
  ENOLCK: "unsuitable-folder",
  ENOSYS: "unsuitable-folder",
  ENOTSUP: "unsuitable-folder",
};

/** A check of the content that was cut short by a failed read: it proves neither health nor damage. */
export class CutShort extends Error {}

/** The extended result code of an error thrown by node:sqlite, or null for any other error. */
function sqliteCode(error: unknown): number | null {
  if (!(error instanceof Error) || !("code" in error) || error.code !== "ERR_SQLITE_ERROR") return null;
  return "errcode" in error && typeof error.errcode === "number" ? error.errcode : null;
}

/** SQLite's pages are this many bytes in every database of the product: a whole file is a multiple of it. */
const PAGE_BYTES = 4096;

/**
 * True when SQLite says that the content of `file` is not what it wrote. A read that gave fewer bytes than were asked for
 * is an I/O error like the others, unless the file's own size proves that it was cut within a page.
 */
export function saysDamaged(error: unknown, file: string): boolean {
  const code = sqliteCode(error);
  if (code === SHORT_READ) return fs.statSync(file).size % PAGE_BYTES !== 0;
  return code !== null && [CORRUPT, NOT_A_DATABASE].includes(code & 0xff);
}

/**
 * True for a line of `integrity_check` that tells of a read that failed, not of what was read: SQLite goes on after it
 * and puts the code into the text ("error code=266"), or names the page alone ("failed to get page 7").
 */
export function tellsOfFailedRead(line: string): boolean {
  const code = /error code[ =](\d+)/i.exec(line)?.[1];
  return (code !== undefined && (Number(code) & 0xff) === IO_ERROR) || /failed to get page|disk I\/O error/i.test(line);
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
export function storageFault(error: unknown, directory: string): NotStoredReason | null {
  if (error instanceof CutShort) return "io-error";
  const code = sqliteCode(error);
  if (code !== null) {
    const primary = code & 0xff;
    if ((primary === IO_ERROR || primary === CANNOT_OPEN) && diskIsFull(directory)) return "disk-full";
    return byExtendedCode[code] ?? bySqliteCode[primary] ?? null;
  }
  return error instanceof Error && "code" in error && typeof error.code === "string" ? (byFileCode[error.code] ?? null) : null;
}

/** The fault of a read of the open database that threw, or null for any other error. */
export function readFault(error: unknown, directory: string): Fault | null {
  const why = sqliteCode(error) === null ? null : storageFault(error, directory);
  return why === null ? null : { kind: "not-stored", why };
}

/** A failed result for a storage error; rethrows what is none. */
export function failStorage(error: unknown, directory: string) {
  const why = storageFault(error, directory);
  if (why === null) throw error;
  return fail({ kind: "not-stored", why });
}
