/**
 * An endpoint of remote PowerShell without a language, as Exchange's is, on this machine: the product's own scripts and shell, PowerShell's
 * remoting protocol and its errors. What is missing is WSMan, which exists on Windows alone; a function takes New-PSSession's place.
 */
import { spawnSync } from "node:child_process";
import { existsSync, globSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { parseJson } from "../../shared/json.ts";
import { remoteShells } from "../../main/powershell/index.ts";
import type { Logger, PowerShellLocation } from "../../main/ports.ts";
import type { OpenRemoteShell } from "../../main/powershell/types.ts";

const files = path.join(import.meta.dirname, "no-language");

export interface NoLanguageEndpoint {
  /** Shells of the product with the lab's New-PSSession in them. */
  readonly shells: OpenRemoteShell;
  /** What reached the cmdlets, one object a call. */
  reached(): readonly unknown[];
  /** What New-PSSession was given. */
  opened(): readonly unknown[];
  /** Process ids of the shells and of what they started. */
  processes(): readonly number[];
  remove(): void;
}

/** Empty for a process that has ended meanwhile. */
function environmentAt(file: string): string {
  try {
    return readFileSync(file, "latin1");
  } catch {
    return "";
  }
}

export function noLanguageEndpoint(location: PowerShellLocation, logger: Logger): NoLanguageEndpoint {
  const folder = mkdtempSync(path.join(tmpdir(), "no-language-"));
  const endpoint = path.join(folder, "exchange.pssc");
  const reached = path.join(folder, "reached");
  const seen = path.join(folder, "seen");
  const quiet = { TERM: "dumb", NO_COLOR: "1", POWERSHELL_TELEMETRY_OPTOUT: "1" };
  const make = `New-PSSessionConfigurationFile -Path '${endpoint}' -SessionType RestrictedRemoteServer -LanguageMode NoLanguage -ModulesToImport '${path.join(files, "endpoint.psm1")}' -VisibleFunctions 'Enable-DistributionGroup','Disable-DistributionGroup'`;
  const { status, stderr } = spawnSync(location.executable, ["-NoProfile", "-NonInteractive", "-Command", make], { encoding: "utf8", env: { ...process.env, ...quiet } });
  if (status !== 0) throw new Error(`the endpoint was not made: ${stderr}`);
  const environment = { PATH: `${files}${path.delimiter}${process.env["PATH"] ?? ""}`, LAB_PWSH: location.executable, LAB_ENDPOINT: endpoint, LAB_REACHED: reached, LAB_SEEN: seen };
  const open = remoteShells({ ...location, environment }, logger);
  if (open === null) throw new Error("there is a PowerShell");
  const lines = (file: string) => (existsSync(file) ? readFileSync(file, "utf8").split("\n") : []).filter((line) => line !== "").map(parseJson);
  return {
    shells: (secrets) => {
      const shell = open(secrets);
      // Runs before whatever the product runs: calls are in turn.
      void shell.run({ script: `param($Argument)\nImport-Module $Argument\n1`, argument: path.join(files, "client.psm1"), timeoutMs: 60_000 });
      return shell;
    },
    reached: () => lines(reached),
    opened: () => lines(seen),
    processes: () => globSync("/proc/[0-9]*/environ").flatMap((file) => (environmentAt(file).includes(endpoint) ? [Number(file.split("/")[2])] : [])),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}
