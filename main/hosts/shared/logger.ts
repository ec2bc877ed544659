/** A log of JSON lines, `<data>/logs/console.log`, rotated by size. */
import { appendFileSync, renameSync, rmSync, statSync } from "node:fs";
import path from "node:path";
import type { Clock, Logger, Ports } from "../../ports.ts";
import { systemClock } from "./clock.ts";
import { makeFolder } from "./make-folder.ts";
import { redactFields, redactText } from "./redact.ts";

export interface FileLoggerOptions {
  readonly directory: string;
  readonly clock: Clock;
  /** Which host writes: two of them may share the folder, each with files of its own. */
  readonly host: string;
  /** A file that reaches this many bytes is put aside as `.1`, `.2`, … */
  readonly maximumBytes?: number;
  /** How many files are kept beside the current one. */
  readonly kept?: number;
}

/** The log of a data folder. Where that cannot be made there is no log, and whatever opens the folder fails with the reason. */
export function openLog(dataDirectory: string, host: Ports["host"]): Logger {
  return createFileLogger({ directory: path.join(dataDirectory, "logs"), clock: systemClock, host });
}

type Level = "info" | "warn" | "error";

/**
 * Opens the log. Writing never throws and never fails the work that is logged: a full disk loses lines, not saves.
 * Lines are written at once, so that the last ones before a crash are there.
 */
export function createFileLogger(options: FileLoggerOptions): Logger {
  const { directory, clock, host, maximumBytes = 2 * 1024 * 1024, kept = 4 } = options;
  const file = path.join(directory, `${host}.log`);
  let size = prepare(directory, file);

  const write = (level: Level, message: string, fields: Readonly<Record<string, unknown>> | undefined) => {
    try {
      const safe = redactFields(fields ?? {});
      const line = `${JSON.stringify({ at: new Date(clock.now()).toISOString(), level, message: redactText(message), pid: process.pid, ...safe })}\n`;
      if (size + line.length > maximumBytes) {
        rotate(file, kept);
        size = 0;
      }
      appendFileSync(file, line, { mode: 0o600 });
      size += line.length;
    } catch {
      // Nowhere to complain to: the log is the place for complaints.
    }
  };

  return {
    info: (message, fields) => write("info", message, fields),
    warn: (message, fields) => write("warn", message, fields),
    error: (message, fields) => write("error", message, fields),
  };
}

function prepare(directory: string, file: string): number {
  try {
    makeFolder(directory);
    return statSync(file, { throwIfNoEntry: false })?.size ?? 0;
  } catch {
    return 0;
  }
}

function rotate(file: string, kept: number): void {
  rmSync(`${file}.${kept}`, { force: true });
  for (let number = kept - 1; number >= 1; number -= 1) {
    if (statSync(`${file}.${number}`, { throwIfNoEntry: false }) !== undefined) renameSync(`${file}.${number}`, `${file}.${number + 1}`);
  }
  if (kept >= 1) renameSync(file, `${file}.1`);
  else rmSync(file, { force: true });
}
