/** Opens the database file: checks it, restores it when it is damaged, migrates it, keeps good copies. */
import fs from "node:fs";
import path from "node:path";
import { randomUUID } from "node:crypto";
import { fail, succeed, type Result } from "../../shared/fault.ts";
import type { Clock, Logger } from "../ports.ts";
import { backUp, copyTo, listBackups, prepareBackup } from "./backups.ts";
import { conditionOf, conditionOfFile } from "./condition.ts";
import { Connection } from "./connection.ts";
import { backupDirectory, createPrivateDirectory, databaseFile, publish, quarantine, removeDatabase, stamp, type Prepared } from "./files.ts";
import { takeAlone, takeOpening, takePresence, type Held } from "./locks.ts";
import { migrate } from "./migrate.ts";
import { SCHEMA_VERSION } from "./migrations.ts";
import { isOnNetwork } from "./network-drive.ts";
import { failStorage, saysDamaged } from "./storage-faults.ts";
import type { Store } from "./types.ts";

interface DatabaseOptions {
  readonly directory: string;
  readonly clock: Clock;
  readonly logger: Logger;
}

/** What was put aside and what took its place. */
export interface Restoration {
  /** File name of the damaged database; null when the database had vanished. */
  readonly quarantined: string | null;
  /** File name of the backup; null when there was none and the store starts empty. */
  readonly backup: string | null;
}

export interface OpenDatabase {
  readonly connection: Connection;
  readonly notice: Store["notice"];
  readonly restoration: Restoration | null;
  close(): void;
}

/** Migrates an existing database, after a copy of it as it was. Closes the connection when that fails. */
function upgrade(connection: Connection, from: number, { directory, clock }: DatabaseOptions): void {
  try {
    copyTo(connection, path.join(backupDirectory(directory), `before-schema-${SCHEMA_VERSION}-${stamp(clock.now())}.db`));
    migrate(connection, from);
  } catch (error) {
    connection.close();
    throw error;
  }
}

/** A new database under a name of its own; it appears whole or not at all, so that an empty file always means damage. */
function prepareNew(file: string): Prepared {
  const temporary = `${file}.${randomUUID()}.partial`;
  const remove = () => removeDatabase(temporary);
  try {
    const connection = new Connection(temporary, { readOnly: false });
    try {
      migrate(connection, 0);
    } finally {
      connection.close();
    }
  } catch (error) {
    remove();
    throw error;
  }
  return { publish: () => publish(temporary, file), remove };
}

function createDatabase(file: string): void {
  const prepared = prepareNew(file);
  try {
    prepared.publish();
  } finally {
    prepared.remove();
  }
}

/**
 * Puts what is left of the database aside, then the newest good backup, or an empty database, in its place. Nothing is
 * moved before what takes its place is whole and on the disk. A backup that cannot be read now ends it: an older one in
 * its place would lose saves.
 */
function restore({ directory, clock, logger }: DatabaseOptions): Restoration {
  const file = databaseFile(directory);
  const backup = listBackups(directory).find((candidate) => conditionOfFile(candidate.file).state === "good")?.file ?? null;
  const successor = backup === null ? prepareNew(file) : prepareBackup(backup, file);
  try {
    const quarantined = quarantine(file, clock.now());
    successor.publish();
    const restoration = { quarantined, backup: backup === null ? null : path.basename(backup) };
    logger.error("the database was damaged and has been restored", { ...restoration });
    return restoration;
  } finally {
    successor.remove();
  }
}

function hasHistory(directory: string): boolean {
  const left = fs.readdirSync(directory).some((name) => /^messaging-console\.(?:damaged-|db-)/.test(name));
  return left || listBackups(directory).length > 0;
}

/** Size in bytes; null when there is no such file. A name that cannot be looked up now is an error, not an absence. */
function sizeOf(file: string): number | null {
  return fs.statSync(file, { throwIfNoEntry: false })?.size ?? null;
}

/** A checked connection, or null when the file is damaged, empty or missing. */
function openGood(file: string, logger: Logger): { readonly connection: Connection; readonly version: number } | null {
  // SQLite takes an empty file for a new database and would write into it.
  if ((sizeOf(file) ?? 0) === 0) return null;
  let connection: Connection | null = null;
  try {
    connection = new Connection(file, { readOnly: false });
    const condition = conditionOf(connection);
    if (condition.state === "good") return { connection, version: condition.version };
    logger.error("the database is damaged", { why: condition.why });
    connection.close();
    return null;
  } catch (error) {
    connection?.close();
    if (saysDamaged(error, file)) return null;
    throw error;
  }
}

/** Runs while this process holds the opening lock. */
function openLocked(options: DatabaseOptions): Result<Omit<OpenDatabase, "close">> {
  const { directory, logger } = options;
  const file = databaseFile(directory);
  if (sizeOf(file) === null && !hasHistory(directory)) createDatabase(file);

  let restoration: Restoration | null = null;
  // What one connection calls damage may be a read that went wrong: a second, fresh one has to say so too.
  let opened = openGood(file, logger) ?? openGood(file, logger);
  if (opened === null) {
    const alone = takeAlone(directory);
    // Another process writes to these very files: moving them would lose what it saves.
    if (alone === null) return fail({ kind: "unreadable", what: "database-damaged", detail: "in use by another process" });
    try {
      restoration = restore(options);
    } finally {
      alone.release();
    }
    opened = openGood(file, logger);
    if (opened === null) return fail({ kind: "unreadable", what: "database-damaged" });
  }

  if (opened.version > SCHEMA_VERSION) {
    opened.connection.close();
    return succeed({ connection: new Connection(file, { readOnly: true }), notice: "read-only-newer", restoration });
  }
  if (opened.version < SCHEMA_VERSION) upgrade(opened.connection, opened.version, options);
  return succeed({ connection: opened.connection, notice: restoration === null ? null : "restored-from-backup", restoration });
}

/** A backup that fails (a full disk) must not keep the console from opening or closing. */
function tryBackUp(connection: Connection, { directory, clock, logger }: DatabaseOptions): void {
  if (connection.readOnly) return;
  try {
    backUp(connection, directory, clock.now());
  } catch (error) {
    logger.warn("no backup could be made", { error: error instanceof Error ? error.message : String(error) });
  }
}

function closeDatabase(connection: Connection, presence: Held, options: DatabaseOptions): void {
  if (!connection.isOpen) return;
  tryBackUp(connection, options);
  connection.close();
  presence.release();
}

/** Fails with `not-stored` (full disk, no rights, locked, failing disk, a folder no database can work in) and with `unreadable: database-damaged` when it cannot be restored now. */
export function openDatabase(options: DatabaseOptions): Result<OpenDatabase> {
  const { directory } = options;
  let opening: Held | null = null;
  let connection: Connection | null = null;
  try {
    createPrivateDirectory(directory);
    if (isOnNetwork(directory)) return fail({ kind: "not-stored", why: "network-drive" });
    opening = takeOpening(directory);
    const opened = openLocked(options);
    if (!opened.ok) return opened;
    connection = opened.value.connection;
    const presence = takePresence(directory);
    tryBackUp(connection, options);
    return succeed({ ...opened.value, close: () => closeDatabase(opened.value.connection, presence, options) });
  } catch (error) {
    connection?.close();
    return failStorage(error, directory);
  } finally {
    opening?.release();
  }
}
