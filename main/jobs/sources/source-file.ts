/** The file that a job reads its rows from: had whole, or not at all. */
import type { BigIntStats } from "node:fs";
import { constants, open, realpath, stat, type FileHandle } from "node:fs/promises";
import path from "node:path";
import { fail, succeed, type Fault, type Result } from "../../../shared/fault.ts";
import { JOB_SOURCE_LIMIT } from "../../../shared/rules/file-limits.ts";
import { fileFault } from "./file-fault.ts";

/** Read at once, in bytes. */
const PART = 1024 * 1024;

export interface SourceFile {
  readonly bytes: Uint8Array;
  /** When it was last changed, epoch milliseconds. */
  readonly changedAt: number;
}

export interface FileReading {
  /** How its name may end, with the dot, in lower case. */
  readonly extensions: readonly string[];
  /** The folder that nothing is read from: the console's own data. */
  readonly forbidden: string;
  readonly signal: AbortSignal;
  readonly onRead: (done: number, total: number) => void;
}

/**
 * The bytes of a file. Fails with `invalid` (path `source.path`: `source-path-relative`, `source-path-ending`, `source-path-own-data`), with
 * `not-found` (`path`), `cancelled`, and with `unreadable`: `not-a-file`, `too-large`, `file-locked`, `file-unreadable`, `share-away`, and
 * `file-changed` where somebody wrote to it meanwhile.
 */
export async function readSourceFile(file: string, reading: FileReading): Promise<Result<SourceFile>> {
  const refused = refusedPath(file, reading.extensions);
  if (refused !== null) return fail(refused);
  const { signal } = reading;
  // A share that is away holds a look at it for a minute: who gave up does not wait for that.
  const ended = Promise.withResolvers<Result<never>>();
  const onAbort = () => ended.resolve(fail({ kind: "cancelled" }));
  if (signal.aborted) return fail({ kind: "cancelled" });
  signal.addEventListener("abort", onAbort);
  try {
    return await Promise.race([readPath(file, reading).catch(async (error: unknown) => fail(await fileFault(error, file))), ended.promise]);
  } finally {
    signal.removeEventListener("abort", onAbort);
  }
}

function refusedPath(file: string, extensions: readonly string[]): Fault | null {
  const issue = (code: string, facts?: Record<string, string>): Fault => ({ kind: "invalid", issues: [{ path: ["source", "path"], code, ...(facts ? { facts } : {}) }] });
  // `\file` is a path of whatever drive happens to be the current one.
  if (!path.isAbsolute(file) || (path.sep === "\\" && /^[\\/](?![\\/])/.test(file)) || file.includes("\0")) return issue("source-path-relative");
  // Windows' names of devices and pipes, which no check of what is there stands before.
  if (path.sep === "\\" && /^[\\/]{2}[.?][\\/]/.test(file)) return { kind: "unreadable", what: "not-a-file" };
  return extensions.includes(path.extname(file).toLowerCase()) ? null : issue("source-path-ending", { values: extensions.join(", ") });
}

async function readPath(file: string, reading: FileReading): Promise<Result<SourceFile>> {
  const real = await realpath(file);
  if (isWithin(real, await realOr(reading.forbidden))) return fail({ kind: "invalid", issues: [{ path: ["source", "path"], code: "source-path-own-data" }] });
  // Opening a pipe would wait for whoever writes to it.
  if (!(await stat(real)).isFile()) return fail({ kind: "unreadable", what: "not-a-file" });
  const handle = await open(real, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
  try {
    return await readOpen(handle, reading);
  } finally {
    await handle.close();
  }
}

async function readOpen(handle: FileHandle, { signal, onRead }: FileReading): Promise<Result<SourceFile>> {
  const before = await handle.stat({ bigint: true });
  if (!before.isFile()) return fail({ kind: "unreadable", what: "not-a-file" });
  if (before.size > JOB_SOURCE_LIMIT) return fail({ kind: "unreadable", what: "too-large", most: JOB_SOURCE_LIMIT });
  const total = Number(before.size);
  // One byte more than there are: it shows a file that has grown.
  const bytes = Buffer.alloc(total + 1);
  let done = 0;
  while (done < bytes.length) {
    if (signal.aborted) return fail({ kind: "cancelled" });
    const { bytesRead } = await handle.read(bytes, done, Math.min(PART, bytes.length - done), done);
    if (bytesRead === 0) break;
    done += bytesRead;
    onRead(Math.min(done, total), total);
  }
  if (done !== total || !isSame(before, await handle.stat({ bigint: true }))) return fail({ kind: "unreadable", what: "file-changed" });
  return succeed({ bytes: bytes.subarray(0, total), changedAt: Number(before.mtimeMs) });
}

function isSame(before: BigIntStats, after: BigIntStats): boolean {
  return before.size === after.size && before.mtimeNs === after.mtimeNs;
}

function isWithin(file: string, folder: string): boolean {
  const way = path.relative(folder, file);
  return way === "" || (way !== ".." && !way.startsWith(`..${path.sep}`) && !path.isAbsolute(way));
}

async function realOr(folder: string): Promise<string> {
  return realpath(folder).catch(() => path.resolve(folder));
}
