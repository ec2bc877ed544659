/**
 * A rolling set of good copies, one for each day on which something changed. The day's copy is renewed at each open and
 * close, so that the newest one is never far behind. Which copy is newer is read from its content: the day in its name is
 * what the clock said, and clocks are set wrong.
 */
import fs from "node:fs";
import path from "node:path";
import { randomUUID } from "node:crypto";
import { numberOf } from "./columns.ts";
import { conditionOfFile } from "./condition.ts";
import { Connection } from "./connection.ts";
import { backupDirectory, createPrivateDirectory, publish, removeDatabase, type Prepared } from "./files.ts";
import { saysDamaged } from "./storage-faults.ts";

const DAY = 24 * 60 * 60 * 1000;
/** The newest copies, which stay whatever their age. */
const ALWAYS_KEPT = 5;
/** Older ones stay for this long, in milliseconds, and no more than so many in all. */
const KEPT_FOR = 14 * DAY;
const AT_MOST = 14;
const DAILY = /^messaging-console-(\d{4}-\d{2}-\d{2})(?:-\d+)?\.db$/;

/** How much was ever saved into a database. Schema 1 counted nothing; its events, one a save, were numbered without end. */
interface Content {
  readonly version: number;
  readonly generation: number;
}

interface Backup extends Content {
  readonly file: string;
  /** The day in its name, as epoch milliseconds. */
  readonly day: number;
}

function contentOf(connection: Connection): Content {
  const version = connection.version();
  const sql = version === 1 ? "SELECT coalesce(max(seq), 0) AS number FROM sqlite_sequence WHERE name = 'activity'" : "SELECT number FROM generation";
  return { version, generation: numberOf(connection.get(sql) ?? {}, "number") };
}

/** What is in a backup; one that is damaged counts as older than all others. Throws other storage errors. */
function contentOfFile(file: string): Content {
  let copy: Connection | null = null;
  try {
    copy = new Connection(file, { readOnly: true });
    return contentOf(copy);
  } catch (error) {
    if (saysDamaged(error, file)) return { version: 0, generation: 0 };
    throw error;
  } finally {
    copy?.close();
  }
}

function byContent(a: Backup, b: Backup): number {
  return b.version - a.version || b.generation - a.generation || b.file.localeCompare(a.file);
}

/** The backups of a data folder, newest content first. Throws storage errors. */
export function listBackups(directory: string): readonly Backup[] {
  const folder = backupDirectory(directory);
  if (fs.statSync(folder, { throwIfNoEntry: false }) === undefined) return [];
  const backups = fs.readdirSync(folder).flatMap((name): Backup[] => {
    const day = DAILY.exec(name)?.[1];
    const file = path.join(folder, name);
    return day === undefined ? [] : [{ file, day: Date.parse(day), ...contentOfFile(file) }];
  });
  return backups.toSorted(byContent);
}

/** Copies the open database to `target`, verified before it takes the name. Throws storage errors. */
export function copyTo(connection: Connection, target: string): void {
  createPrivateDirectory(path.dirname(target));
  const temporary = `${target}.${randomUUID()}.partial`;
  try {
    connection.run("VACUUM INTO ?", temporary);
    const condition = conditionOfFile(temporary);
    if (condition.state === "damaged") throw new Error(`the copy is not good: ${condition.why}`);
    publish(temporary, target);
  } finally {
    removeDatabase(temporary);
  }
}

/** The name of the day's copy; another one where a copy with more content has it already. */
function nameFor(directory: string, day: string, backups: readonly Backup[], content: Content): string {
  const newer = new Set(backups.filter(({ version, generation }) => version > content.version || generation > content.generation).map(({ file }) => file));
  const named = (suffix: string) => path.join(backupDirectory(directory), `messaging-console-${day}${suffix}.db`);
  let target = named("");
  for (let count = 2; newer.has(target); count += 1) target = named(`-${count}`);
  return target;
}

/** Renews today's backup when something changed since the newest one, and drops those that are too old or too many. */
export function backUp(connection: Connection, directory: string, now: number): void {
  const before = listBackups(directory);
  const content = contentOf(connection);
  const [newest] = before;
  if (newest?.version === content.version && newest.generation === content.generation) return;
  copyTo(connection, nameFor(directory, new Date(now).toISOString().slice(0, 10), before, content));
  const old = ({ day }: Backup, index: number) => index >= ALWAYS_KEPT && (index >= AT_MOST || day < now - KEPT_FOR);
  for (const { file } of listBackups(directory).filter(old)) removeDatabase(file);
}

/** A copy of a backup, proven good, that may become `target`. Throws storage errors. */
export function prepareBackup(backup: string, target: string): Prepared {
  const temporary = `${target}.${randomUUID()}.partial`;
  const remove = () => removeDatabase(temporary);
  try {
    fs.copyFileSync(backup, temporary);
    const condition = conditionOfFile(temporary);
    if (condition.state === "damaged") throw new Error(`the copy is not good: ${condition.why}`);
  } catch (error) {
    remove();
    throw error;
  }
  return { publish: () => publish(temporary, target), remove };
}
