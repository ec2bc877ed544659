/** Protects the vault's key with DPAPI for the current Windows account, through Windows PowerShell. */
import { fail, succeed, type Result } from "../../../shared/fault.ts";
import type { KeyWrapping } from "../../ports.ts";
import { startProgram } from "../../programs.ts";

const limitMs = 20_000;

/** Runs a script with a line on standard input; answers its standard output, or null when it failed. */
export type ScriptRunner = (script: string, input: string) => Promise<string | null>;

/**
 * The key travels on standard input, base64, and comes back the same way: a command line can be read by every process
 * of the account and is logged by auditing. `CurrentUser` is the scope, so that other accounts cannot open it.
 */
function script(operation: "Protect" | "Unprotect"): string {
  return [
    "$ErrorActionPreference = 'Stop'",
    "Add-Type -AssemblyName System.Security",
    "$given = [Convert]::FromBase64String([Console]::In.ReadLine())",
    "$entropy = [Text.Encoding]::UTF8.GetBytes('messaging-console/vault-key/1')",
    `$answer = [Security.Cryptography.ProtectedData]::${operation}($given, $entropy, 'CurrentUser')`,
    "[Console]::Out.WriteLine('<' + [Convert]::ToBase64String($answer) + '>')",
  ].join("\n");
}

/** DPAPI. It fails on some servers, after some password resets, and where PowerShell is slow or not let run. */
export function dpapiWrapping(powershell: string, runScript: ScriptRunner = runnerFor(powershell)): KeyWrapping {
  const call = async (operation: "Protect" | "Unprotect", bytes: Uint8Array): Promise<Result<Uint8Array>> => {
    const output = await runScript(script(operation), `${Buffer.from(bytes).toString("base64")}\n`);
    // A PowerShell that ends well and prints nothing has protected nothing.
    const answer = /^<([A-Za-z0-9+/]+={0,2})>\s*$/m.exec(output ?? "")?.[1];
    return answer === undefined ? fail({ kind: "unreadable", what: "secret-unreadable" }) : succeed(Buffer.from(answer, "base64"));
  };
  return { protection: "dpapi", wrap: (key) => call("Protect", key), unwrap: (wrapped) => call("Unprotect", wrapped) };
}

function runnerFor(powershell: string): ScriptRunner {
  return (text, input) =>
    new Promise((resolve) => {
      const encoded = Buffer.from(text, "utf16le").toString("base64");
      const child = startProgram(powershell, ["-NoLogo", "-NoProfile", "-NonInteractive", "-EncodedCommand", encoded], {
        stdio: ["pipe", "pipe", "ignore"],
        windowsHide: true,
        timeout: limitMs,
      });
      if (child === null || child.stdin === null || child.stdout === null) {
        resolve(null);
        return;
      }
      const chunks: Buffer[] = [];
      child.stdout.on("data", (chunk: Buffer) => chunks.push(chunk));
      child.stdout.on("error", () => resolve(null));
      child.stdin.on("error", () => resolve(null));
      child.on("error", () => resolve(null));
      child.on("close", (code) => resolve(code === 0 ? Buffer.concat(chunks).toString("utf8") : null));
      child.stdin.end(input);
    });
}
