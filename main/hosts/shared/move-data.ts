/**
 * Moves data out of the roaming part of a Windows profile, once. That part is copied over the network at sign-in and
 * sign-out, file by file: a database and its log of two different moments are one that lost saves.
 *
 * The data is copied whole beside its new place, checked there and renamed into place; only then is the old folder
 * renamed, and nothing of it is ever deleted. An end at any moment leaves one whole place, and the next start goes on.
 */
import { createHash } from "node:crypto";
import fs from "node:fs";
import path from "node:path";
import type { Logger } from "../../ports.ts";
import { conditionOf } from "../../store/condition.ts";
import { Connection } from "../../store/connection.ts";
import { createPrivateDirectory, databaseFile, holdsData, rename, stamp } from "../../store/files.ts";
import { takeAlone, takeOpening, type Held } from "../../store/locks.ts";
import { storageFault } from "../../store/storage-faults.ts";
import { systemClock } from "./clock.ts";
import { practiceDirectory } from "./data-directory.ts";
import { securePrivateFolder } from "./folder-rights.ts";
import { createFileLogger } from "./logger.ts";

/** Locks belong to the old place; shared memory, compiled code and the note of a running practice console are made anew. */
const LEFT_BEHIND = /\.lock(?:-journal)?$|-shm$|^cache$|^control\.json$/;
/** In the new place until the old one is renamed: which state of the old database was moved, by digest. */
const MARK = "moved-from.txt";
/** How often a process waits its turn of 15 seconds while another one moves. */
const TURNS = 4;

export interface Move {
  readonly from: string;
  readonly to: string;
  /** Whose log tells of it. */
  readonly host: string;
  /** Makes a folder this account's own; answers whether it is. */
  readonly secure?: (folder: string) => boolean;
}

/**
 * The folder to use: the new one, after what is in the old one was moved to it. Where both hold data the new one counts.
 * Data that cannot be moved now is used where it is. Throws with a sentence for people while another process moves it
 * for longer than a minute.
 */
export function settleData(move: Move): string {
  const { from, to } = move;
  const { folder, tell } = settle(move);
  tell(createFileLogger({ directory: path.join(folder, "logs"), clock: systemClock, host: move.host }), { from, to });
  return folder;
}

interface Settled {
  readonly folder: string;
  readonly tell: (logger: Logger, places: { readonly from: string; readonly to: string }) => void;
}

const quiet: Settled["tell"] = () => undefined;

function settle(move: Move): Settled {
  const { from, to } = move;
  if (holdsData(to) && !isMoved(move)) return bothExist(to);
  let turn: Held | null;
  try {
    createPrivateDirectory(path.dirname(to));
    turn = takeTurn(move);
  } catch (error) {
    return notMoved(from, error);
  }
  // Whoever opened the old place now would save into what is about to be left.
  if (turn === null) throw new Error(`another process is moving the data from ${from} to ${to}; start again when it is done`);
  try {
    return settleAlone(move);
  } finally {
    turn.release();
  }
}

/** One process moves at a time. Null when the turn did not come within a minute. */
function takeTurn({ to }: Move): Held | null {
  for (let count = 1; count <= TURNS; count += 1) {
    try {
      return takeOpening(path.dirname(to));
    } catch (error) {
      if (storageFault(error, to) !== "locked") throw error;
    }
  }
  return null;
}

/** Runs in turn: another process may have moved it meanwhile. */
function settleAlone(move: Move): Settled {
  const { from, to } = move;
  try {
    if (!holdsData(from)) return { folder: to, tell: quiet };
    if (!holdsData(to)) moveWhole(move);
    else if (!isMoved(move)) return bothExist(to);
  } catch (error) {
    return notMoved(from, error);
  }
  return { folder: to, tell: retire(move) };
}

function bothExist(folder: string): Settled {
  return { folder, tell: (logger, places) => logger.warn("data lies in the local and in the roaming profile; the local one is used", places) };
}

function notMoved(folder: string, error: unknown): Settled {
  return { folder, tell: (logger, places) => logger.warn("the data stays in the roaming profile this time", { ...places, error }) };
}

/** Whether what is in the new place was moved there from the old one, which nobody has changed since. */
function isMoved({ from, to }: Move): boolean {
  try {
    return fs.readFileSync(path.join(to, MARK), "utf8") === digestOf(from);
  } catch {
    return false;
  }
}

function digestOf(folder: string): string {
  const file = databaseFile(folder);
  const hash = createHash("sha256").update(fs.readFileSync(file));
  if (fs.existsSync(`${file}-wal`)) hash.update(fs.readFileSync(`${file}-wal`));
  return hash.digest("hex");
}

function isOwn(folder: string): boolean {
  const rights = securePrivateFolder(folder);
  return rights.ok && rights.value === "private";
}

/** Puts a whole copy into the new place while nobody can open the old one. Throws when it cannot be done now. */
function moveWhole({ from, to, secure = isOwn }: Move): void {
  const copy = `${to}.moving`;
  const held = takeData(from);
  try {
    fs.rmSync(copy, { recursive: true, force: true });
    if (!secure(copy)) throw new Error("the rights of the new folder could not be set");
    copyFolder(from, copy);
    databasesIn(copy).forEach(check);
    fs.writeFileSync(path.join(copy, MARK), digestOf(from), { mode: 0o600, flush: true });
    // What a start left there that came to no database, such as a log.
    if (fs.existsSync(to)) rename(to, `${to}.before-${stamp(systemClock.now())}`);
    rename(copy, to);
  } catch (error) {
    fs.rmSync(copy, { recursive: true, force: true });
    throw error;
  } finally {
    held.release();
  }
}

function databasesIn(folder: string): readonly string[] {
  return [folder, practiceDirectory(folder)].filter(holdsData);
}

/** The databases of a data folder to oneself. Throws where somebody has one open or is about to. */
function takeData(folder: string): Held {
  const held: Held[] = [];
  const release = () => held.toReversed().forEach((each) => each.release());
  try {
    for (const database of databasesIn(folder)) {
      held.push(takeOpening(database));
      const alone = takeAlone(database);
      if (alone === null) throw new Error("another process has the data open");
      held.push(alone);
    }
    return { release };
  } catch (error) {
    release();
    throw error;
  }
}

function copyFolder(from: string, to: string): void {
  createPrivateDirectory(to);
  for (const entry of fs.readdirSync(from, { withFileTypes: true })) {
    if (LEFT_BEHIND.test(entry.name)) continue;
    const [source, target] = [path.join(from, entry.name), path.join(to, entry.name)];
    if (entry.isDirectory()) copyFolder(source, target);
    else copyFile(source, target);
  }
}

/** Copies a file onto the disk. Throws when the copy is not the same, byte by byte. */
function copyFile(source: string, target: string): void {
  fs.copyFileSync(source, target, fs.constants.COPYFILE_EXCL);
  const file = fs.openSync(target, "r+");
  try {
    fs.fsyncSync(file);
  } finally {
    fs.closeSync(file);
  }
  if (!fs.readFileSync(source).equals(fs.readFileSync(target))) throw new Error(`the copy of ${path.basename(source)} is not the same`);
}

/** Throws unless the copied database is good; what its log held is in the file afterwards. */
function check(folder: string): void {
  const connection = new Connection(databaseFile(folder), { readOnly: false });
  try {
    const condition = conditionOf(connection);
    if (condition.state === "damaged") throw new Error(`the copied database is damaged: ${condition.why}`);
  } finally {
    connection.close();
  }
}

/** Renames the old folder, so that it is never taken again. What does not work now is done at the next start. */
function retire({ from, to }: Move): Settled["tell"] {
  const kept = `${from}.moved-${stamp(systemClock.now())}`;
  try {
    // On Windows a folder with an open file cannot be renamed: nobody's saves are carried off.
    takeData(from).release();
    rename(from, kept);
    fs.rmSync(path.join(to, MARK), { force: true });
    return (logger) => logger.info("the data was moved from the roaming to the local profile; the old folder was renamed and may be deleted", { from, to, kept });
  } catch (error) {
    return (logger) => logger.warn("the data was moved from the roaming to the local profile; the old folder could not be renamed", { from, to, error });
  }
}
