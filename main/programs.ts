/**
 * The one place where programs of the system are started: by absolute path, and so that a system which refuses is an
 * answer. Where a policy such as AppLocker forbids a program, Node reports some of the system's errors (EPERM, UNKNOWN)
 * by throwing at once and others (ENOENT, EACCES) by an event later.
 */
import { spawn, spawnSync, type ChildProcess, type SpawnOptions } from "node:child_process";
import { accessSync, constants, statSync } from "node:fs";
import path from "node:path";

/** What `start` answers; null where the system refused to start a program at once. Other errors are thrown on. */
export function attemptStart<T>(start: () => T): T | null {
  try {
    return start();
  } catch (error) {
    const refused = error instanceof Error && "syscall" in error && String(error.syscall).startsWith("spawn");
    if (!refused) throw error;
    return null;
  }
}

/** Starts a program. Null where the system refused at once; a later refusal is the child's `error` event. */
export function startProgram(file: string, args: readonly string[], options: SpawnOptions): ChildProcess | null {
  // A bare name is looked for in folders that somebody else may write to, on Windows in the working folder first.
  if (!path.isAbsolute(file)) throw new Error(`${file} is not an absolute path`);
  return attemptStart(() => spawn(file, args, options));
}

/** Runs a program to its end, at most `timeoutMs`; answers its standard output, null where it did not end well. */
export function runProgram(file: string, args: readonly string[], timeoutMs: number): string | null {
  if (!path.isAbsolute(file)) throw new Error(`${file} is not an absolute path`);
  const done = attemptStart(() => spawnSync(file, args, { encoding: "utf8", windowsHide: true, timeout: timeoutMs }));
  return done?.status === 0 ? done.stdout : null;
}

/** How long the system may take to list its programs or to end one with what it started, in milliseconds. */
const END_MS = 5000;

/**
 * Ends a program that was started here and all that it started in turn, before this returns: what is started may be a
 * launcher, as a .NET tool's is, whose end its program outlives. Does nothing where the program has ended.
 */
export function endWithDescendants(child: ChildProcess): void {
  if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
  const taskkill = windowsProgram(["taskkill.exe"]);
  if (taskkill !== null) runProgram(taskkill, ["/PID", String(child.pid), "/T", "/F"], END_MS);
  const descendants = process.platform === "win32" ? [] : descendantsOf(child.pid);
  child.kill("SIGKILL");
  for (const pid of descendants) endOne(pid);
}

/** Process ids; none where the system has no `ps`. */
function descendantsOf(root: number): readonly number[] {
  const ps = programOnPath("ps");
  const listed = ps === null ? null : runProgram(ps, ["-A", "-o", "pid=,ppid="], END_MS);
  const children = new Map<number, number[]>();
  for (const line of (listed ?? "").split("\n")) {
    const [pid = 0, parent = 0] = line.trim().split(/\s+/).map(Number);
    children.set(parent, [...(children.get(parent) ?? []), pid]);
  }
  const below = (parent: number): readonly number[] => (children.get(parent) ?? []).flatMap((pid) => [pid, ...below(pid)]);
  return below(root);
}

function endOne(pid: number): void {
  try {
    process.kill(pid, "SIGKILL");
  } catch {
    // It has ended by itself.
  }
}

/** Where programs are looked for; replaceable in tests. */
export interface ProgramSearch {
  readonly platform: NodeJS.Platform;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Whether a path is a program that may be run. */
  readonly isProgram: (file: string) => boolean;
}

export const systemSearch: ProgramSearch = { platform: process.platform, environment: process.env, isProgram };

/** A program in the folders of PATH, null where there is none. Relative entries are passed over. */
export function programOnPath(name: string, search: ProgramSearch = systemSearch): string | null {
  const paths = search.platform === "win32" ? path.win32 : path.posix;
  const folders = (variableOf(search, "PATH") ?? "").split(paths.delimiter).filter((folder) => paths.isAbsolute(folder));
  return folders.map((folder) => paths.join(folder, name)).find(search.isProgram) ?? null;
}

/** A program of Windows itself, such as `rundll32.exe`, in its fixed place; null elsewhere. */
export function windowsProgram(parts: readonly string[], search: ProgramSearch = systemSearch): string | null {
  if (search.platform !== "win32") return null;
  const file = path.win32.join(variableOf(search, "SystemRoot") ?? "C:\\Windows", "System32", ...parts);
  return search.isProgram(file) ? file : null;
}

/** Windows PowerShell in its fixed place below the system folder, not through PATH; null elsewhere. */
export function windowsPowerShell(search: ProgramSearch = systemSearch): string | null {
  return windowsProgram(["WindowsPowerShell", "v1.0", "powershell.exe"], search);
}

/** Names of variables ignore case on Windows; a copied environment does not. */
function variableOf(search: ProgramSearch, name: string): string | undefined {
  if (search.platform !== "win32") return search.environment[name];
  const found = Object.keys(search.environment).find((key) => key.toLowerCase() === name.toLowerCase());
  return found === undefined ? undefined : search.environment[found];
}

function isProgram(file: string): boolean {
  try {
    if (!statSync(file).isFile()) return false;
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
