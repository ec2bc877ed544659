/**
 * A rolling set of good copies, one for each day on which something changed. The day's copy is renewed at each open and
 * close, so that the newest one is never far behind.
 */
import fs from "node:fs";
import path from "node:path";
import { randomUUID } from "node:crypto";
import { conditionOfFile } from "./condition.ts";
import { Connection } from "./connection.ts";
import { backupDirectory, createPrivateDirectory, publish, removeDatabase } from "./files.ts";

/** How many days with changes are kept. */
export const BACKUPS_KEPT = 5;
const DAILY = /^messaging-console-\d{4}-\d{2}-\d{2}\.db$/;

/** Paths of the daily backups, newest first. */
export function listBackups(directory: string): readonly string[] {
  const folder = backupDirectory(directory);
  if (!fs.existsSync(folder)) return [];
  const names = fs.readdirSync(folder).filter((name) => DAILY.test(name));
  return names.toSorted().toReversed().map((name) => path.join(folder, name));
}

/** Differs whenever something worth keeping differs. */
function contentMark(connection: Connection): string {
  const row = connection.get(`SELECT
    (SELECT count(*) || ' ' || coalesce(max(at), 0) FROM revision) || ' ' ||
    (SELECT count(*) || ' ' || coalesce(sum(revision), 0) FROM identity_store) || ' ' ||
    (SELECT count(*) || ' ' || coalesce(max(updated_at), 0) FROM draft) || ' ' ||
    (SELECT count(*) FROM secret) || ' ' || (SELECT count(*) FROM wrapped_key) AS mark`);
  return String(row?.["mark"]);
}

function holdsTheSame(backup: string, connection: Connection): boolean {
  let copy: Connection | null = null;
  try {
    copy = new Connection(backup, { readOnly: true });
    return copy.version() === connection.version() && contentMark(copy) === contentMark(connection);
  } catch {
    // A backup that cannot be compared is not one to rely on: write a new one.
    return false;
  } finally {
    copy?.close();
  }
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

/** Renews today's backup when something changed since the newest one, and drops those beyond the number kept. */
export function backUp(connection: Connection, directory: string, now: number): void {
  const [newest] = listBackups(directory);
  if (newest !== undefined && holdsTheSame(newest, connection)) return;
  const day = new Date(now).toISOString().slice(0, 10);
  copyTo(connection, path.join(backupDirectory(directory), `messaging-console-${day}.db`));
  for (const old of listBackups(directory).slice(BACKUPS_KEPT)) removeDatabase(old);
}

/** Copies a backup to `target` as a new file. */
export function copyBackup(backup: string, target: string): void {
  const temporary = `${target}.${randomUUID()}.partial`;
  try {
    fs.copyFileSync(backup, temporary);
    publish(temporary, target);
  } finally {
    removeDatabase(temporary);
  }
}
