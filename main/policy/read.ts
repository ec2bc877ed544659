/** Reads what an administrator manages: on Windows from the registry, elsewhere from a file that the system's own account writes. */
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { parseJson } from "../../shared/json.ts";
import type { Managed, PolicySource } from "../../shared/model/policy.ts";
import { managedOf, type PolicyPlace } from "../../shared/rules/policies.ts";
import { decodeText } from "../decode-text.ts";
import { runProgram, windowsPowerShell, windowsProgram } from "../programs.ts";
import { readRegistryFile } from "./registry-file.ts";

const POLICY_FILE = "/etc/messaging-console/policy.json";

/**
 * Both are writable by administrators alone (learn.microsoft.com, "Group Policy: Registry-based policy"), and the computer's
 * wins over the account's.
 */
const HALVES: readonly (readonly [from: PolicySource, short: string, long: string])[] = [
  ["machine", "HKLM", "HKEY_LOCAL_MACHINE"],
  ["user", "HKCU", "HKEY_CURRENT_USER"],
];
const [SOFTWARE, POLICIES, PRODUCT] = ["Software", "Policies", "Messaging Console"] as const;
/** How long `reg.exe` may take, in milliseconds; mostly it takes a tenth of a second. */
const REG_MS = 10_000;
/** The same of PowerShell, which takes a second where nothing holds it up. */
const POWERSHELL_MS = 30_000;

export interface PolicySurroundings {
  readonly platform: NodeJS.Platform;
  /** Runs the registry's program; answers its standard output, null where it did not end well. */
  readonly reg: (args: readonly string[]) => string | null;
  /** Runs a script in Windows PowerShell; answers its standard output, null where it did not end well. */
  readonly powershell: (script: string) => string | null;
  readonly policyFile: string;
}

const here: PolicySurroundings = {
  platform: process.platform,
  reg: (args) => {
    const program = windowsProgram(["reg.exe"]);
    return program === null ? null : runProgram(program, args, REG_MS);
  },
  powershell: (script) => {
    const program = windowsPowerShell();
    return program === null ? null : runProgram(program, ["-NoProfile", "-NonInteractive", "-Command", script], POWERSHELL_MS);
  },
  policyFile: POLICY_FILE,
};

/** What is managed on this computer, for this account, at this moment. What is there and cannot be read is told as that, and never throws. */
export function readManaged(where: PolicySurroundings = here): Managed {
  return managedOf(where.platform === "win32" ? HALVES.map(([from, short, long]) => ({ from, values: registryValues(where, short, long) ?? valuesByPowerShell(where, long) })) : [filePlace(where.policyFile)]);
}

function filePlace(file: string): PolicyPlace {
  try {
    return { from: "file", values: valuesInJson(readFileSync(file)) };
  } catch (error) {
    return { from: "file", values: error instanceof Error && "code" in error && error.code === "ENOENT" ? {} : null };
  }
}

/** An export fails for a key that is missing as it does for one that is kept from us, so its parent is asked first. */
function registryValues({ reg }: PolicySurroundings, short: string, long: string): PolicyPlace["values"] {
  const listed = (parent: string, name: string): boolean | null => {
    const answer = reg(["query", parent]);
    return answer === null ? null : answer.split(/\r?\n/).some((line) => line.trim().toLowerCase().endsWith(`\\${name.toLowerCase()}`));
  };
  const policies = `${short}\\${SOFTWARE}\\${POLICIES}`;
  const isThere = listed(policies, PRODUCT);
  if (isThere === false || (isThere === null && listed(`${short}\\${SOFTWARE}`, POLICIES) === false)) return {};
  return isThere === null ? null : exported(reg, `${policies}\\${PRODUCT}`, `${long}\\${SOFTWARE}\\${POLICIES}\\${PRODUCT}`);
}

function exported(reg: PolicySurroundings["reg"], key: string, whole: string): PolicyPlace["values"] {
  return inFile("policy.reg", (file) => reg(["export", key, file, "/y"]) !== null, (bytes) => readRegistryFile(bytes, whole));
}

/**
 * "Prevent access to registry editing tools" (Group Policy; common on terminal servers) keeps `reg.exe` from an account that may read the
 * key all the same. A file, because what Windows PowerShell prints is in the console's code page; no methods, which Constrained Language
 * Mode forbids (learn.microsoft.com, about_Language_Modes).
 */
function valuesByPowerShell({ powershell }: PolicySurroundings, long: string): PolicyPlace["values"] {
  const script = (file: string) => [
    "$ErrorActionPreference = 'Stop'",
    `$key = 'Registry::${long}\\${SOFTWARE}\\${POLICIES}\\${PRODUCT}'`,
    "$values = @{}",
    "if (Test-Path -LiteralPath $key) { foreach ($name in (Get-Item -LiteralPath $key).Property) { $values[$name] = Get-ItemPropertyValue -LiteralPath $key -Name $name } }",
    `ConvertTo-Json -Compress -InputObject $values | Out-File -LiteralPath '${file.replaceAll("'", "''")}' -Encoding utf8`,
  ].join("; ");
  return inFile("policy.json", (file) => powershell(script(file)) !== null, valuesInJson);
}

function valuesInJson(bytes: Uint8Array): PolicyPlace["values"] {
  const text = decodeText(bytes);
  const read = text.ok ? parseJson(text.value) : undefined;
  return typeof read === "object" && read !== null && !Array.isArray(read) ? { ...read } : null;
}

/** What somebody writes into a file of its own; null where it was not written, or is no such thing. */
function inFile(name: string, write: (file: string) => boolean, read: (bytes: Uint8Array) => PolicyPlace["values"]): PolicyPlace["values"] {
  let folder: string | null = null;
  try {
    folder = mkdtempSync(path.join(tmpdir(), "messaging-console-policy-"));
    const file = path.join(folder, name);
    return write(file) ? read(readFileSync(file)) : null;
  } catch {
    // No folder for temporary files, or none that can be written to.
    return null;
  } finally {
    if (folder !== null) rmSync(folder, { recursive: true, force: true });
  }
}
