/** The database's files: names, and moves that survive a crash and Windows' habit of holding files for a moment. */
import fs from "node:fs";
import path from "node:path";

/** SQLite's companions of a database file. One left beside another database would be played into it. */
const COMPANIONS = ["-wal", "-shm", "-journal"];
const RENAME_TRIES = 20;
const RENAME_PAUSE = 50;

export function databaseFile(directory: string): string {
  return path.join(directory, "messaging-console.db");
}

export function backupDirectory(directory: string): string {
  return path.join(directory, "backups");
}

/** Whether a folder holds a database, or copies of one that vanished. Throws for a folder that cannot be looked into. */
export function holdsData(directory: string): boolean {
  return [databaseFile(directory), backupDirectory(directory)].some((entry) => fs.statSync(entry, { throwIfNoEntry: false }) !== undefined);
}

/** A moment as part of a file name that every system accepts: `2026-01-31T10-20-30-123Z`. */
export function stamp(at: number): string {
  return new Date(at).toISOString().replace(/[:.]/g, "-");
}

/** Only the owner may read what is in the folder and its files; Windows inherits the profile's own rights. */
export function createPrivateDirectory(directory: string): void {
  fs.mkdirSync(directory, { recursive: true, mode: 0o700 });
}

/** Renames over what is there. Virus scanners on Windows hold new files for a moment, so it tries again for a second. */
export function rename(from: string, to: string): void {
  for (let attempt = 1; ; attempt += 1) {
    try {
      fs.renameSync(from, to);
      return;
    } catch (error) {
      const held = error instanceof Error && "code" in error && ["EPERM", "EBUSY", "EACCES"].includes(String(error.code));
      if (!held || attempt === RENAME_TRIES || process.platform !== "win32") throw error;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, RENAME_PAUSE);
    }
  }
}

/** A finished file under a name of its own, ready to take another one; removed when it never does. */
export interface Prepared {
  publish(): void;
  remove(): void;
}

/** Makes a finished, closed file the one at `to`, on disk before it answers. */
export function publish(temporary: string, to: string): void {
  fs.chmodSync(temporary, 0o600);
  const file = fs.openSync(temporary, "r+");
  try {
    fs.fsyncSync(file);
  } finally {
    fs.closeSync(file);
  }
  rename(temporary, to);
  syncDirectory(path.dirname(to));
}

/** Windows has no such call and needs none: its rename is in the journal of NTFS. */
function syncDirectory(directory: string): void {
  if (process.platform === "win32") return;
  const folder = fs.openSync(directory, "r");
  try {
    fs.fsyncSync(folder);
  } finally {
    fs.closeSync(folder);
  }
}

/** Removes a database and its companions, where they exist. */
export function removeDatabase(file: string): void {
  for (const suffix of ["", ...COMPANIONS]) fs.rmSync(`${file}${suffix}`, { force: true, maxRetries: 5 });
}

/** Moves a database and its companions aside, beside it and dated. Answers the new name, null when there was nothing. */
export function quarantine(file: string, at: number): string | null {
  const base = path.join(path.dirname(file), `messaging-console.damaged-${stamp(at)}`);
  let target = `${base}.db`;
  for (let count = 2; fs.existsSync(target); count += 1) target = `${base}-${count}.db`;
  const moved = ["", ...COMPANIONS].filter((suffix) => fs.existsSync(`${file}${suffix}`));
  for (const suffix of moved) rename(`${file}${suffix}`, `${target}${suffix}`);
  return moved.length === 0 ? null : path.basename(target);
}
