import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { readManaged } from "../../../../main/policy/read.ts";
import { policyNameSchema, strictestPolicies } from "../../../../shared/model/policy.ts";
import { registryExport } from "../../../lab/registry-export.ts";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), "mc-policy-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const file = () => path.join(folder, "policy.json");
const elsewhere = () => readManaged({ platform: "linux", reg: () => null, powershell: () => null, policyFile: file() });

/** A registry by its halves: lines of the product's key; null where there is none, undefined where the parent itself is missing. */
interface Halves {
  readonly HKLM?: readonly string[] | null;
  readonly HKCU?: readonly string[] | null;
  /** Commands that the system refuses. */
  readonly refused?: RegExp;
}
const asked: string[] = [];
function registry({ refused, ...halves }: Halves): (args: readonly string[]) => string | null {
  asked.length = 0;
  return ([verb = "", key = "", to = ""]) => {
    asked.push(`${verb} ${key}`);
    if (refused?.test(`${verb} ${key}`) === true) return null;
    const half = key.startsWith("HKLM") ? "HKLM" : "HKCU";
    const long = key.replace("HKLM", "HKEY_LOCAL_MACHINE").replace("HKCU", "HKEY_CURRENT_USER");
    const lines = halves[half];
    if (verb === "query" && key.endsWith("Policies")) return lines === undefined ? null : `\r\n${long}\\Microsoft\r\n${lines === null ? "" : `${long}\\Messaging Console\r\n`}`;
    if (verb === "query") return `\r\n${long}\\Microsoft\r\n${lines === undefined ? "" : `${long}\\Policies\r\n`}`;
    if (lines === null || lines === undefined) return null;
    writeFileSync(to, registryExport(long, lines));
    return "";
  };
}
const onWindows = (halves: Halves, powershell: (script: string) => string | null = () => null) => readManaged({ platform: "win32", reg: registry(halves), powershell, policyFile: file() });
const strictest = (from: "machine" | "user" | "file") => policyNameSchema.options.map((name) => ({ name, value: strictestPolicies[name], from, problem: "unreadable" }));

describe("policies of the registry", () => {
  it("are the computer's before the account's, each by itself", () => {
    const managed = onWindows({ HKLM: ['"CheckInterval"=dword:0000003c', '"Contact"="Größe 東京"'], HKCU: ['"checkinterval"=dword:00000005', '"NoPractice"=dword:00000001'] });
    expect(managed.policies).toEqual([
      { name: "Contact", value: "Größe 東京", from: "machine", problem: null },
      { name: "CheckInterval", value: 60, from: "machine", problem: null },
      { name: "NoPractice", value: true, from: "user", problem: null },
    ]);
  });

  it("are none where the key is not there, and nothing is exported then", () => {
    expect(onWindows({ HKLM: null })).toEqual({ policies: [], unknown: [] });
    expect(asked).toEqual(["query HKLM\\Software\\Policies", "query HKCU\\Software\\Policies", "query HKCU\\Software"]);
  });

  it.each([/^export HKLM/, /^query HKLM/])("are the strictest of all where the system refuses %s", (refused) => {
    expect(onWindows({ HKLM: ['"Theme"="dark"'], refused }).policies).toEqual(strictest("machine"));
  });

  it("leave what the computer's say where the account's cannot be read", () => {
    const { policies } = onWindows({ HKLM: ['"NoPractice"=dword:00000000'], HKCU: [], refused: /^export HKCU/ });
    expect(policies.filter(({ from }) => from === "machine")).toEqual([{ name: "NoPractice", value: false, from: "machine", problem: null }]);
    expect(policies).toHaveLength(policyNameSchema.options.length);
  });
});

describe("policies where registry tools are forbidden", () => {
  /** Where a script writes what it found. */
  const target = (script: string) => /-LiteralPath '((?:[^']|'')+)' -Encoding utf8$/.exec(script)?.[1]?.replaceAll("''", "'") ?? "";

  it("are read by PowerShell, as text with a mark, and nothing is at its strictest", () => {
    const keys: string[] = [];
    const { policies } = onWindows({ refused: /./ }, (script) => {
      const [, key = ""] = /Registry::([^']+)'/.exec(script) ?? [];
      keys.push(key);
      writeFileSync(target(script), `\uFEFF${JSON.stringify(key.startsWith("HKEY_LOCAL") ? { Contact: "Größe 東京", NoPractice: 1 } : {})}\r\n`);
      return "";
    });
    expect(keys).toEqual(["HKEY_LOCAL_MACHINE\\Software\\Policies\\Messaging Console", "HKEY_CURRENT_USER\\Software\\Policies\\Messaging Console"]);
    expect(policies).toEqual([
      { name: "Contact", value: "Größe 東京", from: "machine", problem: null },
      { name: "NoPractice", value: true, from: "machine", problem: null },
    ]);
  });

  it("are the strictest where PowerShell is refused as well, or writes nothing that can be read", () => {
    expect(onWindows({ refused: /./ }).policies).toEqual(strictest("machine"));
    const half = (script: string) => {
      writeFileSync(target(script), '{"Contact":');
      return "";
    };
    expect(onWindows({ refused: /./ }, half).policies).toEqual(strictest("machine"));
  });

  it("are not asked for a second time where the registry's program answered", () => {
    expect(onWindows({ HKLM: ['"NoPractice"=dword:00000001'], HKCU: null }, () => expect.unreachable("PowerShell was started")).policies).toHaveLength(1);
  });
});

describe("policies of a file", () => {
  it("are none where there is no file", () => {
    expect(elsewhere()).toEqual({ policies: [], unknown: [] });
  });

  it("are what stands there, with what is none", () => {
    writeFileSync(file(), `\uFEFF${JSON.stringify({ Theme: "dark", NoPractice: true, Contact: "Jürgen, 東京", Thema: "dark" })}`);
    expect(elsewhere()).toEqual({
      policies: [
        { name: "Contact", value: "Jürgen, 東京", from: "file", problem: null },
        { name: "Theme", value: "dark", from: "file", problem: null },
        { name: "NoPractice", value: true, from: "file", problem: null },
      ],
      unknown: [{ name: "Thema", from: "file" }],
    });
  });

  it.each([
    ["no JSON", () => writeFileSync(file(), "{")],
    ["a list", () => writeFileSync(file(), "[]")],
    ["no text", () => writeFileSync(file(), Buffer.of(0x7b, 0xff, 0x7d))],
    ["a folder", () => mkdirSync(file())],
  ])("are the strictest of all where it is %s", (_what, make) => {
    make();
    expect(elsewhere()).toEqual({ policies: strictest("file"), unknown: [] });
  });
});
