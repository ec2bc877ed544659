/** Reads what an administrator manages: on Windows from the registry, elsewhere from a file that the system's own account writes. */
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { parseJson } from "../../shared/json.ts";
import type { Managed, PolicySource } from "../../shared/model/policy.ts";
import { managedOf, type PolicyPlace } from "../../shared/rules/policies.ts";
import { decodeText } from "../decode-text.ts";
import { runProgram, windowsProgram } from "../programs.ts";
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

export interface PolicySurroundings {
  readonly platform: NodeJS.Platform;
  /** Runs the registry's program; answers its standard output, null where it did not end well. */
  readonly reg: (args: readonly string[]) => string | null;
  readonly policyFile: string;
}

const here: PolicySurroundings = {
  platform: process.platform,
  reg: (args) => {
    const program = windowsProgram(["reg.exe"]);
    return program === null ? null : runProgram(program, args, REG_MS);
  },
  policyFile: POLICY_FILE,
};

/** What is managed on this computer, for this account, at this moment. What is there and cannot be read is told as that, and never throws. */
export function readManaged(where: PolicySurroundings = here): Managed {
  return managedOf(where.platform === "win32" ? HALVES.map(([from, short, long]) => ({ from, values: registryValues(where, short, long) })) : [filePlace(where.policyFile)]);
}

function filePlace(file: string): PolicyPlace {
  try {
    const text = decodeText(readFileSync(file));
    const read = text.ok ? parseJson(text.value) : undefined;
    return { from: "file", values: typeof read === "object" && read !== null && !Array.isArray(read) ? { ...read } : null };
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
  let folder: string | null = null;
  try {
    folder = mkdtempSync(path.join(tmpdir(), "messaging-console-policy-"));
    const file = path.join(folder, "policy.reg");
    return reg(["export", key, file, "/y"]) === null ? null : readRegistryFile(readFileSync(file), whole);
  } catch {
    // No folder for temporary files, or none that can be written to.
    return null;
  } finally {
    if (folder !== null) rmSync(folder, { recursive: true, force: true });
  }
}
