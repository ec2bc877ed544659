/** Finds a PowerShell by looking through PATH; nothing is started for it. */
import type { PowerShellLocation, RemotingLocation } from "../../ports.ts";
import { programOnPath, systemSearch, windowsPowerShell, type ProgramSearch } from "../../programs.ts";

/** PowerShell 7 where it is installed, else Windows PowerShell, else null. */
export function findPowerShell(search: ProgramSearch = systemSearch): PowerShellLocation | null {
  const core = programOnPath(search.platform === "win32" ? "pwsh.exe" : "pwsh", search);
  if (core !== null) return { executable: core, edition: "Core" };
  const desktop = windowsPowerShell(search);
  return desktop === null ? null : { executable: desktop, edition: "Desktop" };
}

/** The PowerShell that opens sessions on Exchange's servers: Windows' own, for WSMan exists there alone. Null elsewhere. */
export function windowsRemoting(search: ProgramSearch = systemSearch): RemotingLocation | null {
  const executable = search.platform === "win32" ? windowsPowerShell(search) : null;
  return executable === null ? null : { executable, edition: "Desktop" };
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
