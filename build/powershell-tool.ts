/** PowerShell for the tests: a .NET tool in a folder of the project's own, so that nobody has to install it. */
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { withLock } from "./lock.ts";

const version = "7.6.9";
const root = path.resolve(import.meta.dirname, "..");

/** Runs the .NET command line and answers its exit code; null where it is not on this machine. */
export type DotNet = (args: readonly string[]) => number | null;

/** What the command line would otherwise print or report at its first use. */
const quiet = { DOTNET_NOLOGO: "1", DOTNET_CLI_TELEMETRY_OPTOUT: "1", DOTNET_GENERATE_ASPNET_CERTIFICATE: "false" };

const runDotNet: DotNet = (args) => spawnSync("dotnet", args, { stdio: ["ignore", "ignore", "inherit"], env: { ...process.env, ...quiet } }).status;

function folderIn(cache: string): string {
  return path.join(cache, `powershell-${version}`);
}

/** Where the tool is, or null when it was not installed whole. */
export function powerShellTool(cache = path.join(root, ".cache")): string | null {
  const folder = folderIn(cache);
  const program = path.join(folder, process.platform === "win32" ? "pwsh.exe" : "pwsh");
  // The stamp is written last: an installation that was cut off has none.
  return existsSync(path.join(folder, "whole")) && existsSync(program) ? program : null;
}

/** Installs the tool where it is missing and .NET is there, one process at a time. Answers where it is, null when it could not be had. */
export function preparePowerShell(cache = path.join(root, ".cache"), dotnet = runDotNet): Promise<string | null> {
  mkdirSync(cache, { recursive: true });
  return withLock(path.join(cache, "powershell.lock"), () => Promise.resolve(powerShellTool(cache) ?? install(cache, dotnet)));
}

function install(cache: string, dotnet: DotNet): string | null {
  const folder = folderIn(cache);
  rmSync(folder, { recursive: true, force: true });
  if (dotnet(["tool", "install", "--tool-path", folder, "PowerShell", "--version", version]) !== 0) return null;
  writeFileSync(path.join(folder, "whole"), version);
  return powerShellTool(cache);
}
