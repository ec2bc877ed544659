import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { powerShellTool, preparePowerShell, type DotNet } from "../../../build/powershell-tool.ts";

let cache: string;
beforeEach(() => {
  cache = mkdtempSync(path.join(tmpdir(), "mc-tool-"));
});
afterEach(() => rmSync(cache, { recursive: true, force: true }));

const program = process.platform === "win32" ? "pwsh.exe" : "pwsh";
/** Installs as the .NET command line does, which refuses a folder that holds the tool already. */
function installer(calls: (readonly string[])[]): DotNet {
  return (args) => {
    calls.push(args);
    const folder = args[args.indexOf("--tool-path") + 1] ?? "";
    if (existsSync(path.join(folder, program))) return 1;
    mkdirSync(folder, { recursive: true });
    writeFileSync(path.join(folder, program), "");
    return 0;
  };
}

describe("preparePowerShell", () => {
  it("installs a named version once, however many ask at a time", async () => {
    const calls: (readonly string[])[] = [];
    const found = await Promise.all([1, 2, 3].map(() => preparePowerShell(cache, installer(calls))));
    expect(new Set(found)).toEqual(new Set([powerShellTool(cache)]));
    expect(calls).toEqual([["tool", "install", "--tool-path", expect.stringContaining(cache), "PowerShell", "--version", "7.6.9"]]);
  });

  it("installs again over what an interrupted installation left", async () => {
    await preparePowerShell(cache, (args) => (installer([])(args), 1));
    expect(powerShellTool(cache)).toBeNull();
    expect(await preparePowerShell(cache, installer([]))).toBe(powerShellTool(cache));
    expect(powerShellTool(cache)).not.toBeNull();
  });

  it("answers null where there is no .NET", async () => {
    expect(await preparePowerShell(cache, () => null)).toBeNull();
  });
});
