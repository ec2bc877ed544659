/** Scripts for the product's management shell, run by real PowerShell against a stand-in that takes what the real cmdlet takes. */
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { z } from "zod";
import { shellScript, type ShellDeed } from "../../../renderer/text/management-shell/script.ts";
import type { ShellForm, ShellStore } from "../../../shared/model/management-shell.ts";
import { powershellHere, powershellWords } from "../../lab/dotnet.ts";

const root = path.resolve(import.meta.dirname, "../../..");
const AT = Date.parse("2026-11-27T08:00:00");
const ranSchema = z.object({ calls: z.array(z.record(z.string(), z.unknown())), asked: z.array(z.string()), warnings: z.array(z.string()), problem: z.string().nullable() });

const exchange = (variant: "2013" | "2016", servers: readonly string[]): ShellForm => ({
  choice: { provider: "exchange", variant },
  settings: { provider: `exchange${variant}`, parameters: { Domain: "contoso.lab" }, asks: { for: "credential", account: "CONTOSO\\svc" }, server: { from: "chosen" } },
  servers: [...servers],
  values: [],
});
const office: ShellForm = {
  choice: { provider: "office365", variant: null },
  settings: { provider: "o365", parameters: { Domain: "contoso.com", AppId: "a1b2c3d4-e5f6-f6e5-d4c3-b2a1b2c3d4e5" }, asks: { for: "credential", account: null }, server: { from: "fixed", name: "ps.outlook.com" } },
  servers: [],
  values: [],
};
const google: ShellForm = {
  choice: { provider: "google-workspace", variant: null },
  settings: { provider: "gsuite", parameters: { UserName: "svc@project.iam.gserviceaccount.com", AdminUsername: "admin@contoso.com" }, asks: { for: "key-file" }, server: { from: "asked" } },
  servers: [],
  values: [],
};
const other: ShellForm = { choice: { provider: "other", variant: null }, settings: null, servers: [], values: [{ field: "domain", value: "googlegroups.com", isChoice: false }, { field: "maximumAliasLength", value: "64", isChoice: false }] };
/** What PowerShell reads as something else; control characters are none of a store's name. */
const HOSTILE = ["o'brien", "o\u2019brien \u2018x\u2019 \u201Ay\u201B", 'say "hello"', "\u201Cquoted\u201D", "$(throw 'run')", "$env:PATH", "`n`t`0", "a,b;c", "# comment", "#> out", "back\\slash\\", "--%", "@args", "| Remove-Item", "& calc", "{ 1 }", "Größe München 日本 😀", "'@", "'; throw 'x"];

const isHere = powershellHere !== null;
describe.skipIf(!isHere)(`scripts for the management shell (${powershellWords})`, () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(path.join(tmpdir(), "mc-shell-"));
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  function powershell(file: string, args: readonly string[]): string {
    const ran = spawnSync(powershellHere?.executable ?? "pwsh", ["-NoLogo", "-NoProfile", "-NonInteractive", "-File", path.join(root, "test/lab", file), ...args], { encoding: "utf8" });
    expect({ status: ran.status, stderr: ran.stderr }).toEqual({ status: 0, stderr: "" });
    return ran.stdout;
  }
  function written(deed: ShellDeed, stores: readonly ShellStore[]): string {
    const file = path.join(folder, `${deed}.ps1`);
    writeFileSync(file, shellScript(deed, { stores, at: AT, version: "0.1.0" }));
    return file;
  }
  function run(deed: ShellDeed, stores: readonly ShellStore[], { typed = "P4ss word", more = [] }: { readonly typed?: string; readonly more?: readonly string[] } = {}) {
    const said = powershell("shell-stand-in.ps1", ["-Script", written(deed, stores), ...(typed === "" ? [] : ["-Typed", typed]), ...more]);
    return ranSchema.parse(JSON.parse(said.slice(said.lastIndexOf("\n==") + 1).replace(/^==/, "")));
  }

  const hq: ShellStore = { name: "Contoso HQ", now: exchange("2013", ["exb.contoso.lab", "exa.contoso.lab"]), before: exchange("2013", ["exa.contoso.lab", "exc.contoso.lab"]) };
  const call = { IdentityStoreName: "Contoso HQ", Provider: "exchange2013", Domain: "contoso.lab", Credential: "CONTOSO\\svc" };

  test("set servers by their priority, switch off those that were used before, and ask once a store", () => {
    expect(run("apply", [hq])).toEqual({
      calls: [
        { ...call, SmtpServer: "exb.contoso.lab", Priority: 1 },
        { ...call, SmtpServer: "exa.contoso.lab", Priority: 2 },
        { ...call, SmtpServer: "exc.contoso.lab", Disabled: true },
      ],
      asked: ["Account and password of the messaging system of Contoso HQ"],
      warnings: [],
      problem: null,
    });
  });

  test("put back what was there before", () => {
    expect(run("undo", [hq]).calls).toEqual([
      { ...call, SmtpServer: "exa.contoso.lab", Priority: 1 },
      { ...call, SmtpServer: "exc.contoso.lab", Priority: 2 },
      { ...call, SmtpServer: "exb.contoso.lab", Disabled: true },
    ]);
    const moved = { name: "Moved", now: office, before: exchange("2016", ["exa.contoso.lab"]) };
    expect(run("undo", [moved]).calls).toEqual([{ ...call, IdentityStoreName: "Moved", Provider: "exchange2016", SmtpServer: "exa.contoso.lab", Priority: 1 }]);
  });

  test("take Office 365 and Google as the shell's documentation has them", () => {
    const { calls, asked, problem } = run("apply", [{ name: "Cloud", now: office, before: null }, { name: "Workspace", now: google, before: null }], { typed: "C:\\Keys\\key.p12" });
    expect(problem).toBeNull();
    expect(calls).toEqual([
      { IdentityStoreName: "Cloud", Provider: "o365", Domain: "contoso.com", AppId: "a1b2c3d4-e5f6-f6e5-d4c3-b2a1b2c3d4e5", Credential: "typed@contoso.com", SmtpServer: "ps.outlook.com" },
      { IdentityStoreName: "Workspace", Provider: "gsuite", UserName: "svc@project.iam.gserviceaccount.com", AdminUsername: "admin@contoso.com", P12CertificatePath: "C:\\Keys\\key.p12", SmtpServer: "C:\\Keys\\key.p12" },
    ]);
    expect(asked).toEqual(["Account and password of the messaging system of Cloud", "Path of the key file (.p12) of Workspace", "Server of Workspace, as Get-AvailableMessagingServers names it"]);
  });

  test("say what is left to a person, and go on", () => {
    const { calls, warnings } = run("apply", [{ name: "Mail", now: other, before: null }, { name: "Empty", now: null, before: null }, { name: "Nothing ticked", now: exchange("2013", []), before: null }, hq]);
    expect(warnings).toEqual([
      "Mail: this script cannot set Other. Choose it on the page Messaging System of the identity store, and enter Domain name: googlegroups.com; Maximum length allowed for email alias: 64.",
      "Empty: no messaging provider is saved. There is nothing to set.",
      "Nothing ticked: no mail server is in use. There is nothing to set.",
    ]);
    expect(calls).toHaveLength(3);
    expect(run("undo", [{ name: "New", now: office, before: null }])).toMatchObject({ calls: [], warnings: [expect.stringMatching(/^New: there was no messaging system before\./)] });
  });

  test("change nothing with -WhatIf, without an account, and outside that shell", () => {
    expect(run("apply", [hq], { more: ["-WhatIf"] })).toMatchObject({ calls: [], asked: [], problem: null });
    expect(run("apply", [hq], { typed: "" })).toMatchObject({ calls: [], problem: "Contoso HQ: nothing was entered, and nothing was changed." });
    expect(run("apply", [hq], { more: ["-Absent"] })).toMatchObject({ calls: [], asked: [], problem: expect.stringMatching(/^Set-MessagingServer is not there\./) });
  });

  test("take any name for a name", () => {
    const { calls, problem } = run("apply", HOSTILE.map((name) => ({ name, now: exchange("2013", ["exb.contoso.lab"]), before: null })));
    expect(problem).toBeNull();
    expect(calls.map(({ IdentityStoreName }) => IdentityStoreName)).toEqual(HOSTILE);
  });

  test("know nothing that Windows PowerShell 5.1 does not", () => {
    expect(powershell("check-syntax.ps1", [written("apply", [hq, { name: "W", now: google, before: null }]), written("undo", [hq])])).toBe("");
  });
});
