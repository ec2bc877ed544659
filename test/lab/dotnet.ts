/** The .NET SDK and PowerShell on this machine, where there are any. */
import { spawnSync } from "node:child_process";
import path from "node:path";
import { z } from "zod";
import { powerShellTool } from "../../build/powershell-tool.ts";
import { findPowerShell } from "../../main/hosts/shared/powershell.ts";
import type { PowerShellLocation } from "../../main/ports.ts";
import type { RegexRow } from "./vectors.ts";

/** A build server that lacks a part is a failure, not a skip. */
function expected<T>(part: T | null, name: string): T | null {
  if (part === null && (process.env["CI"] ?? "") !== "") throw new Error(`${name} is not on this build server`);
  return part;
}

/** Null where there is no SDK that runs a single file (10 or later). */
export function findDotNetSdk(): string | null {
  const { stdout, status } = spawnSync("dotnet", ["--version"], { encoding: "utf8" });
  return expected(status === 0 && Number.parseInt(stdout, 10) >= 10 ? stdout.trim() : null, "The .NET SDK");
}

function locatePowerShell(): PowerShellLocation | null {
  const tool = powerShellTool();
  return expected(tool === null ? findPowerShell() : { executable: tool, edition: "Core" }, "PowerShell");
}

/** The PowerShell that the test command installed, else the machine's own; null where there is neither. */
export const powershellHere = locatePowerShell();

/** Words for the title of tests that need it. */
export const powershellWords = powershellHere?.executable ?? "not on this machine; `npm test integration` installs it where the .NET SDK is";

const answerSchema = z.array(z.tuple([z.boolean(), z.array(z.number())]));

/** What the engine itself answers to each row. */
export function askDotNet(rows: readonly RegexRow[]): readonly { readonly success: boolean; readonly value: string }[] {
  const units = (text: string) => Array.from({ length: text.length }, (_none, i) => text.charCodeAt(i));
  const input = JSON.stringify(rows.map((row) => ({ pattern: row.pattern, options: row.options, input: units(row.input) })));
  const environment = { ...process.env, DOTNET_CLI_TELEMETRY_OPTOUT: "1", DOTNET_NOLOGO: "1" };
  const program = path.join(import.meta.dirname, "dotnet-match.cs");
  const { stdout, stderr, status } = spawnSync("dotnet", ["run", program], { input, encoding: "utf8", maxBuffer: 1 << 26, env: environment, timeout: 110_000 });
  if (status !== 0) throw new Error(`dotnet run ended with ${String(status)}: ${stderr}${stdout}`);
  return answerSchema.parse(JSON.parse(stdout)).map(([success, value]) => ({ success, value: String.fromCharCode(...value) }));
}
