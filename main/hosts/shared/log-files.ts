/** Reads the log of a data folder back, for whoever is to look for a fault. */
import { open, readdir, stat } from "node:fs/promises";
import path from "node:path";
import { setImmediate } from "node:timers/promises";
import type { LogFile } from "../../ports.ts";
import { redactFields, redactText } from "./redact.ts";

/** So much of the log is read, in bytes, the newest of it. */
const MOST = 4 * 1024 * 1024;

interface Found {
  readonly name: string;
  readonly file: string;
  readonly at: number;
}

async function findFiles(folder: string): Promise<readonly Found[]> {
  const names = await readdir(folder).catch(() => []);
  const found: Found[] = [];
  for (const name of names) {
    const [, host, number] = /^([a-z-]+)\.log(?:\.(\d+))?$/.exec(name) ?? [];
    if (host === undefined) continue;
    const file = path.join(folder, name);
    // A file may be put aside at any moment.
    const at = (await stat(file).catch(() => null))?.mtimeMs;
    if (at !== undefined) found.push({ name: number === undefined ? host : `${host}.${number}`, file, at });
  }
  return found.toSorted((one, other) => other.at - one.at);
}

async function readEnd(file: string, most: number): Promise<{ readonly text: string; readonly cut: boolean } | null> {
  const handle = await open(file, "r").catch(() => null);
  if (handle === null) return null;
  try {
    const { size } = await handle.stat();
    const from = Math.max(0, size - most);
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(size - from), 0, size - from, from);
    const text = buffer.toString("utf8", 0, bytesRead);
    // The first line is half of one, and perhaps begins with half of a character.
    return { text: from === 0 ? text : text.slice(text.indexOf("\n") + 1), cut: from > 0 };
  } finally {
    await handle.close();
  }
}

/** What was written by an earlier version, or by nobody of the house, is looked through as well. */
function cleanLine(line: string): unknown {
  try {
    const fields: unknown = JSON.parse(line);
    if (typeof fields === "object" && fields !== null && !Array.isArray(fields)) return redactFields(Object.fromEntries(Object.entries(fields)));
  } catch {
    // Cut off by a full disk, or no line of the console's.
  }
  return redactText(line);
}

/** So many characters are looked through between two turns of the event loop: a few milliseconds. */
const PIECE = 32_768;

async function cleanLines(text: string): Promise<readonly unknown[]> {
  const lines: unknown[] = [];
  let since = 0;
  for (const line of text.split("\n")) {
    if (line !== "") lines.push(cleanLine(line));
    since += line.length;
    if (since < PIECE) continue;
    since = 0;
    await setImmediate();
  }
  return lines;
}

/** The newest 4 MiB of all logs of a data folder. Never fails: what cannot be read is not there. */
export async function readLog(dataDirectory: string): Promise<readonly LogFile[]> {
  const files: LogFile[] = [];
  let left = MOST;
  for (const { name, file } of await findFiles(path.join(dataDirectory, "logs"))) {
    const read = left > 0 ? await readEnd(file, left) : null;
    if (read === null) continue;
    left -= Buffer.byteLength(read.text);
    files.push({ name, cut: read.cut, lines: await cleanLines(read.text) });
  }
  return files;
}
