/** Policies as Group Policy puts them into the registry, here by `reg import`, and what the console makes of them. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { z } from "zod";
import { managedSchema } from "../../../shared/model/policy.ts";
import { hexOf, registryExport } from "../../lab/registry-export.ts";
import { connectTo } from "./console-client.ts";
import { prepareWine, runWindowsProgram, startWindowsNode, windowsPath, wineMissing, type WindowsProcess } from "./wine.ts";

const missing = wineMissing();
const MACHINE = "HKEY_LOCAL_MACHINE\\Software\\Policies\\Messaging Console";
const USER = "HKEY_CURRENT_USER\\Software\\Policies\\Messaging Console";
const contact = "Jürgen Größe, 東京支社 \\ \"Süd\"";
const listedSchema = managedSchema.extend({ settings: z.array(z.object({ name: z.string(), value: z.string(), managedBy: z.string().nullable() })) });

describe.skipIf(missing !== null)(`policies in the registry of Windows${missing === null ? "" : ` (skipped: ${missing})`}`, () => {
  let folder: string;
  let counter = 0;
  const running: WindowsProcess[] = [];
  const clear = () => [MACHINE, USER].forEach((key) => runWindowsProgram("reg", ["delete", key, "/f"]));
  beforeAll(() => {
    prepareWine();
  }, 240_000);
  beforeEach(() => {
    folder = mkdtempSync(path.join(tmpdir(), "mc-wine-policy-"));
    clear();
  });
  afterEach(async () => {
    await Promise.all(running.splice(0).map((each) => each.kill()));
    clear();
    rmSync(folder, { recursive: true, force: true });
  });
  afterAll(clear);

  function set(key: string, lines: readonly string[]): void {
    counter += 1;
    const file = path.join(folder, `policy-${counter}.reg`);
    writeFileSync(file, registryExport(key, lines));
    expect(runWindowsProgram("reg", ["import", windowsPath(file)])).toBe(true);
  }

  function start(entry: string, args: readonly string[]): WindowsProcess {
    counter += 1;
    const data = path.join(folder, "data");
    mkdirSync(data, { recursive: true });
    const process = startWindowsNode(entry, [...args, "--data", windowsPath(data)], path.join(folder, `out-${counter}`));
    running.push(process);
    return process;
  }

  async function command(...args: readonly string[]): Promise<{ readonly code: number | null; readonly output: string }> {
    const process = start("out/main/command-line.js", args);
    return { code: await process.ended(), output: process.output() };
  }

  async function listed() {
    const { code, output } = await command("settings", "--json");
    expect(code).toBe(0);
    return listedSchema.parse(JSON.parse(output.trim().split("\n").at(-1) ?? ""));
  }

  async function openPage() {
    const host = start("out/main/loopback.js", ["--no-open"]);
    for (const deadline = Date.now() + 60_000; Date.now() < deadline && host.child.exitCode === null; await new Promise((resolve) => setTimeout(resolve, 50))) {
      const address = /http:\/\/127\.0\.0\.1:\d+\/#code=\S+/.exec(host.output())?.[0];
      if (address !== undefined) return connectTo(address);
    }
    throw new Error(`The host printed no address:\n${host.output()}`);
  }

  it("hold on the page and on the command line, with every letter, and cannot be changed there", async () => {
    set(MACHINE, [`"Contact"=${JSON.stringify(contact)}`, '"CheckInterval"=dword:0000003c', '"Theme"="dark"', '"NoPractice"=dword:00000001', `"Proxy"=hex(2):${hexOf("nowhere\0")}`, '"JobsDeleteAtMost"=dword:00000005']);
    set(USER, ['"CheckInterval"=dword:00000005', '"NoSecretsInExports"=dword:00000001']);
    const policies = [
      { name: "Contact", value: contact, from: "machine", problem: null },
      { name: "CheckInterval", value: 60, from: "machine", problem: null },
      { name: "Proxy", value: "nowhere", from: "machine", problem: null },
      { name: "Theme", value: "dark", from: "machine", problem: null },
      { name: "NoPractice", value: true, from: "machine", problem: null },
      { name: "NoSecretsInExports", value: true, from: "user", problem: null },
      { name: "JobsDeleteAtMost", value: 5, from: "machine", problem: null },
    ];
    const { client, close } = await openPage();
    expect(await client.app.managed()).toEqual({ policies, unknown: [] });
    expect(await client.app.preferences.get()).toMatchObject({ theme: "dark", checkIntervalSeconds: 60, proxy: "address", proxyAddress: "" });
    expect(await client.app.preferences.set({ checkIntervalSeconds: 5 })).toEqual({ ok: false, fault: { kind: "managed", policy: "CheckInterval", contact } });
    expect(await client.app.openPractice()).toEqual({ ok: false, fault: { kind: "managed", policy: "NoPractice", contact } });
    close();

    const { settings, ...told } = await listed();
    expect(told).toEqual({ policies, unknown: [] });
    expect(settings).toContainEqual({ name: "check-interval", value: "60", managedBy: "CheckInterval" });
    const refused = await command("settings", "set", "theme", "light");
    expect(refused.code).toBe(6);
    expect(refused.output).toContain(`Ask whoever manages this computer: ${contact}.`);
  });

  it("hold at their strictest where one cannot be understood, and that is said with every verb", async () => {
    set(USER, ['"NoPractice"="ja"', '"Prüfabstand"=dword:0000003c']);
    expect(await listed()).toMatchObject({
      policies: [{ name: "NoPractice", value: true, from: "user", problem: "wrong-value" }],
      unknown: [{ name: "Prüfabstand", from: "user" }],
    });
    const { code, output } = await command("stores");
    expect(code).toBe(0);
    expect(output).toContain("The policy NoPractice has a value that cannot be understood, so the strictest one holds.");
    expect(output).toContain("Prüfabstand stands among the policies (for your account)");
  });

  it("are none where nothing is set", async () => {
    expect(await listed()).toMatchObject({ policies: [], unknown: [] });
  });
});
