/**
 * Locks between processes, as SQLite takes them on empty files beside the database: the system frees them when a process
 * dies, on every platform, so there is nothing stale to clean up.
 *
 * `opening` lets one process at a time check, migrate, restore and back up. `in-use` is shared by everyone who has the
 * database open; a damaged database is moved aside only when nobody has.
 */
import path from "node:path";
import { DatabaseSync } from "node:sqlite";
import { storageFault } from "./storage-faults.ts";

/** How long to wait for another process that is opening the database, in milliseconds. */
const OPENING_TIMEOUT = 15_000;

export interface Held {
  release(): void;
}

function take(file: string, timeout: number, begin: string): Held {
  const database = new DatabaseSync(file, { timeout });
  try {
    database.exec("PRAGMA journal_mode = MEMORY");
    database.exec(begin);
  } catch (error) {
    database.close();
    throw error;
  }
  return {
    release: () => {
      if (database.isOpen) database.close();
    },
  };
}

function lockFile(directory: string, name: "opening" | "in-use"): string {
  return path.join(directory, `messaging-console.${name}.lock`);
}

/** Waits for its turn. Throws SQLite's BUSY error when it does not come. */
export function takeOpening(directory: string): Held {
  return take(lockFile(directory, "opening"), OPENING_TIMEOUT, "BEGIN EXCLUSIVE");
}

/** Says that this process has the database open. */
export function takePresence(directory: string): Held {
  return take(lockFile(directory, "in-use"), OPENING_TIMEOUT, "BEGIN; SELECT count(*) FROM sqlite_schema");
}

/** The right to move the database's files; null while another process has them open. */
export function takeAlone(directory: string): Held | null {
  try {
    return take(lockFile(directory, "in-use"), 0, "BEGIN EXCLUSIVE");
  } catch (error) {
    if (storageFault(error, directory) === "locked") return null;
    throw error;
  }
}
