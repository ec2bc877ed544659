/** First passwords of the users that a run makes, in a file that only those can open whom the job names. */
import { randomUUID } from "node:crypto";
import { existsSync } from "node:fs";
import fs from "node:fs/promises";
import path from "node:path";
import { stringify } from "csv-stringify/sync";
import { fail, succeed, type Result } from "../../shared/fault.ts";
import type { Sealing } from "../handover/sealing.ts";
import { createPrivateDirectory, publish } from "../store/files.ts";
import { failStorage } from "../store/storage-faults.ts";
import { readRecipients } from "./recipients.ts";

const FOLDER = "job-passwords";
/** A run's name becomes a file's. */
const RUN = /^[\dA-Za-z-]+$/;
/** Without it Excel takes a CSV for the computer's own code page. */
const BYTE_ORDER_MARK = "\uFEFF";
const COLUMNS = ["name", "account name", "address", "first password"];

/** A user that is to be made. */
export interface FirstPassword {
  readonly name: string;
  readonly accountName: string;
  readonly address: string;
  readonly password: string;
}

export interface PasswordFile {
  /** The console's data directory. */
  readonly directory: string;
  readonly run: string;
  readonly users: readonly FirstPassword[];
  /** Public keys of age. */
  readonly recipients: readonly string[];
}

/**
 * Seals a CSV of the users to each of the recipients, as a binary age file, and writes it whole or not at all as `job-passwords/<run>.csv.age`,
 * which its owner alone may read. A file that is there stays, since nobody here can open it again: the next one of a run is `<run>-2.csv.age`.
 * Answers the path, once the file is on disk. Nothing is written in clear, not even for a moment.
 *
 * Fails with `invalid` for recipients, with `cancelled`, with `unreadable` as sealing does, and with `not-stored`.
 */
export async function writePasswordFile({ directory, run, users, recipients }: PasswordFile, sealing: Pick<Sealing, "seal">, signal: AbortSignal): Promise<Result<string>> {
  if (!RUN.test(run)) throw new Error("a run has no such name");
  const { keys, issues } = await readRecipients(recipients);
  if (issues.length > 0) return fail({ kind: "invalid", issues: [...issues] });
  const plain = asCsv(users);
  const sealed = await sealing.seal(plain, { recipients: keys }, signal).finally(() => plain.fill(0));
  if (!sealed.ok) return sealed;
  const folder = path.join(directory, FOLDER);
  try {
    return succeed(await writeSealed(folder, run, sealed.value));
  } catch (error) {
    return failStorage(error, directory);
  }
}

/**
 * Cells that begin with `=`, `+`, `-`, `@`, a tab or a carriage return are left as they are, though a spreadsheet takes them for formulas: a password
 * with an apostrophe before it is another password, and the file is opened by who knows what it holds.
 */
function asCsv(users: readonly FirstPassword[]): Buffer {
  const rows = users.map(({ name, accountName, address, password }) => [name, accountName, address, password]);
  return Buffer.from(BYTE_ORDER_MARK + stringify([COLUMNS, ...rows], { record_delimiter: "windows" }), "utf8");
}

async function writeSealed(folder: string, run: string, sealed: Uint8Array): Promise<string> {
  createPrivateDirectory(folder);
  const temporary = path.join(folder, `${run}.${randomUUID()}.partial`);
  try {
    await fs.writeFile(temporary, sealed, { mode: 0o600, flag: "wx" });
    const file = freeName(folder, run);
    publish(temporary, file);
    return file;
  } finally {
    await fs.rm(temporary, { force: true });
  }
}

/** One process at a time is at a run. */
function freeName(folder: string, run: string): string {
  for (let count = 1; ; count += 1) {
    const file = path.join(folder, count === 1 ? `${run}.csv.age` : `${run}-${count}.csv.age`);
    if (!existsSync(file)) return file;
  }
}
