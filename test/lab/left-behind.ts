/** What a test file leaves behind outside of this process and in its files: programs that run on, temporary files, open files. */
import { randomUUID } from "node:crypto";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { openFilesBelow } from "./open-files.ts";

/** Variable that every program inherits which is started from here, and those that they start. */
const MARK = "MESSAGING_CONSOLE_TEST_FILE";
/** Written by programs of others that tests run, for as long as those like: .NET, NuGet, PowerShell, Wine. */
const OF_OTHERS = /^(?:clr-debug-pipe|dotnet-diagnostic|CoreFxPipe|\.dotnet|\.net|\.wine|node-compile-cache|PSReadLine|Microsoft|NuGetScratch)/;

export interface Surroundings {
  /** Programs that still run, as their command lines. Linux says so; elsewhere none are listed. */
  programs(): readonly string[];
  /** Files in the folder for temporary files, and files there that are open. */
  files(): readonly string[];
  remove(): void;
}

/** Gives this process a folder for temporary files of its own, and marks what is started from here. */
export function ownSurroundings(): Surroundings {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "mc-"));
  const mark = randomUUID();
  process.env["TMPDIR"] = folder;
  process.env[MARK] = mark;
  return {
    programs: () => (fs.existsSync("/proc/self/environ") ? fs.readdirSync("/proc").flatMap((pid) => commandOf(pid, mark)) : []),
    files: () => [...fs.readdirSync(folder).filter((name) => !OF_OTHERS.test(name)), ...openFilesBelow(folder).map((file) => `${path.relative(folder, file)} (open)`)],
    remove: () => fs.rmSync(folder, { recursive: true, force: true, maxRetries: 5 }),
  };
}

function commandOf(pid: string, mark: string): readonly string[] {
  if (!/^\d+$/.test(pid) || Number(pid) === process.pid) return [];
  try {
    if (!fs.readFileSync(`/proc/${pid}/environ`, "latin1").includes(mark)) return [];
    const command = fs.readFileSync(`/proc/${pid}/cmdline`, "latin1").replaceAll("\0", " ").trim();
    // One that has ended and was not asked how has no command line.
    return command === "" ? [] : [command.slice(0, 160)];
  } catch {
    return [];
  }
}
