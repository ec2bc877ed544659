/** Finds a PowerShell by looking through PATH; nothing is started for it. */
import { accessSync, constants, statSync } from "node:fs";
import path from "node:path";
import type { PowerShellLocation } from "../../ports.ts";

export interface PowerShellSearch {
  readonly platform: NodeJS.Platform;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Whether a path is a program that may be run. */
  readonly isProgram: (file: string) => boolean;
}

const system: PowerShellSearch = { platform: process.platform, environment: process.env, isProgram };

/** PowerShell 7 where it is installed, else Windows PowerShell, else null. Relative entries of PATH are passed over. */
export function findPowerShell(search: PowerShellSearch = system): PowerShellLocation | null {
  const windows = search.platform === "win32";
  const paths = windows ? path.win32 : path.posix;
  const folders = (variable(search, "PATH") ?? "").split(paths.delimiter).filter((folder) => paths.isAbsolute(folder));
  const core = folders.map((folder) => paths.join(folder, windows ? "pwsh.exe" : "pwsh")).find(search.isProgram);
  if (core !== undefined) return { executable: core, edition: "Core" };
  const desktop = windowsPowerShell(search);
  return desktop === null ? null : { executable: desktop, edition: "Desktop" };
}

/** Windows PowerShell in its fixed place below the system folder, not through PATH; null elsewhere. */
export function windowsPowerShell(search: PowerShellSearch = system): string | null {
  if (search.platform !== "win32") return null;
  const systemRoot = variable(search, "SystemRoot") ?? "C:\\Windows";
  const executable = path.win32.join(systemRoot, "System32", "WindowsPowerShell", "v1.0", "powershell.exe");
  return search.isProgram(executable) ? executable : null;
}

/** Names of variables ignore case on Windows; a copied environment does not. */
function variable(search: PowerShellSearch, name: string): string | undefined {
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

/**
 * The PowerShell library starts whatever NODE_POWERSHELL names. Outside tests that would let a variable choose the
 * program that is handed passwords, so it is taken away. True when there was one.
 */
export function refusePowerShellOverride(environment: Record<string, string | undefined> = process.env): boolean {
  if (environment["NODE_POWERSHELL"] === undefined || environment["VITEST"] !== undefined) return false;
  delete environment["NODE_POWERSHELL"];
  return true;
}
