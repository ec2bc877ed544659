/** The built command line from real shells: completion, pipes, redirections, exit codes, and secrets that arrive as they were typed. */
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { systemKeyWrapping } from "../../../main/hosts/shared/key-wrapping.ts";
import { powershellHere, powershellWords } from "../../lab/dotnet.ts";
import { open, take } from "../../unit/main/store/support.ts";
import { root } from "./processes.ts";

const cli = path.join(root, "out/main/command-line.js");
const PASSWORD = `Grüße "und' \\ $(x) \`€ ß\u00A0?`;
const store = {
  connection: { kind: "active-directory", domain: "contoso.lab", domainControllers: [], dnsServer: null, username: "CONTOSO\\svc", security: "ldaps", trust: { mode: "system" } },
};

let folder: string;
let data: string;
beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), "mc-shells-"));
  data = path.join(folder, "Messaging Console", "data");
  for (const name of ["Contoso HQ", "Zürich", "Piped", "Unicode"]) writeFileSync(path.join(folder, `${name}.json`), JSON.stringify({ ...store, name }));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function shell(program: string, args: readonly string[]) {
  const { status, stdout, stderr } = spawnSync(program, args, { cwd: folder, encoding: "utf8", env: { ...process.env, LC_ALL: "C.UTF-8", XDG_CONFIG_HOME: folder, CLI: cli, NODE: process.execPath, PASSWORD } });
  return { code: status, stdout, stderr };
}
const bash = (script: string) => shell("bash", ["--noprofile", "--norc", "-c", `source <("$NODE" "$CLI" completion bash)\n${script}`]);

/** The directory password of a store, out of the sealed database. */
async function storedPassword(name: string): Promise<string> {
  const opened = await open({ folder: data, keyWrapping: systemKeyWrapping(data) });
  try {
    const reference = opened.identityStores.list().find(({ document }) => document.name === name)?.document.directoryPassword ?? null;
    return reference === null ? "" : Buffer.from(take(opened.vault.open("directory-password", reference))).toString();
  } finally {
    await opened.close();
  }
}

describe("bash", () => {
  const completed = (...words: readonly string[]) => {
    const typed = words.map((word) => `'${word.replaceAll("'", String.raw`'\''`)}'`).join(" ");
    const { stdout, stderr } = bash(`COMP_WORDS=(messaging-console ${typed}); COMP_CWORD=${words.length}; _messaging_console; printf '%s\\n' "\${COMPREPLY[@]}"`);
    expect(stderr).toBe("");
    return stdout.trimEnd().split("\n");
  };

  it("hands a password over as it was typed, pipes, redirects and ends with the documented codes", async () => {
    const added = bash(`printf 'directory.password=%s\\n' "$PASSWORD" | messaging-console stores add 'Contoso HQ.json' --secrets > added.txt; echo "$?"; messaging-console stores add Zürich.json --no-secrets >> added.txt; messaging-console servers --store nobody 2> failure.json --json; echo "$?"; messaging-console --help | head -1; echo "\${PIPESTATUS[@]}"`);
    expect(added).toEqual({ code: 0, stderr: "", stdout: "0\n3\nMessaging Console on the command line: messaging-console VERB …\n0 0\n" });
    expect(readFileSync(path.join(folder, "added.txt"), "utf8")).toBe("Created Contoso HQ, revision 1.\nCreated Zürich, revision 1.\n");
    expect(JSON.parse(readFileSync(path.join(folder, "failure.json"), "utf8"))).toMatchObject({ exitCode: 3, fault: { kind: "not-found" } });
    expect(await storedPassword("Contoso HQ")).toBe(PASSWORD);
  });

  it("completes verbs, the words of verbs, options and names of identity stores, quoted as the shell needs it", () => {
    expect(completed("sta")).toEqual(["status"]);
    expect(completed("stores", "s")).toEqual(["set", "schema"]);
    expect(completed("status", "--t")).toEqual(["--timeout"]);
    expect(completed("status", "--store", "con")).toEqual(["Contoso\\ HQ"]);
    expect(completed("status", "--store", '"con')).toEqual(["Contoso HQ"]);
    expect(completed("status", "--store", "=", "Z")).toEqual(["Zürich"]);
    expect(completed("certificate", "Con")).toEqual([""]);
  });

  it("says that the output could not be written on a full disk", () => {
    expect(bash(`messaging-console stores > /dev/full; echo "$?"`)).toMatchObject({ stdout: "1\n", stderr: expect.stringContaining("The output could not be written.") });
  });
});

describe.skipIf(powershellHere === null)(`PowerShell (${powershellWords})`, () => {
  const powershell = (script: string) =>
    shell(powershellHere?.executable ?? "pwsh", ["-NoProfile", "-NonInteractive", "-Command", `& $env:NODE $env:CLI completion powershell | Out-String | Invoke-Expression\n${script}`]);

  it("hands a password over as it was typed, pipes, redirects and ends with the documented codes", async () => {
    const said = powershell(`@{ directory = @{ password = $env:PASSWORD } } | ConvertTo-Json | messaging-console stores add Piped.json --secrets > piped.txt; $LASTEXITCODE; (messaging-console stores --json | ConvertFrom-Json).Count -gt 0; messaging-console servers --store nobody 2>$null; $LASTEXITCODE`);
    expect(said).toEqual({ code: 0, stderr: "", stdout: "0\nTrue\n3\n" });
    expect(readFileSync(path.join(folder, "piped.txt"), "utf8")).toBe("Created Piped, revision 1.\n");
    expect(await storedPassword("Piped")).toBe(PASSWORD);
  });

  it("may pipe UTF-16; what is neither that nor UTF-8 is refused and not stored", async () => {
    const said = powershell(`$OutputEncoding = [Text.Encoding]::Unicode; "directory.password=$env:PASSWORD" | messaging-console stores add Unicode.json --secrets; $OutputEncoding = [Text.Encoding]::Latin1; "directory.password=$env:PASSWORD" | messaging-console stores set Unicode Unicode.json --secrets 2>$null; $LASTEXITCODE`);
    expect(said.stdout).toBe("Created Unicode, revision 1.\n2\n");
    expect(await storedPassword("Unicode")).toBe(PASSWORD);
  });

  it("completes verbs, options and names of identity stores", () => {
    const lines = ["messaging-console sta", "messaging-console stores s", "messaging-console status --t", "messaging-console status --store con"];
    const { stdout } = powershell(lines.map((line) => `(TabExpansion2 '${line}' ${line.length}).CompletionMatches.CompletionText -join '|'`).join("\n"));
    expect(stdout.trimEnd().split("\n")).toEqual(["status", "set|schema", "--timeout", "'Contoso HQ'"]);
  });
});
