/** The carry-in probe in real PowerShell, against the practice organisation's real sockets: it finds what the console itself finds, reads, and tells nothing. */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { stripVTControlCharacters } from "node:util";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { readProbeFile } from "../../../main/handover/probe-file.ts";
import { health } from "../../../main/providers/exchange/health.ts";
import { probing } from "../../../main/providers/exchange/probing.ts";
import { probeScript } from "../../../renderer/text/probe/script.ts";
import type { CheckResult } from "../../../shared/model/mail-server.ts";
import type { ProbePayload, ProbeTask } from "../../../shared/model/probe.ts";
import { canIsolateNames, runWithNames } from "../../lab/isolated-names.ts";
import { powershellHere, powershellWords } from "../../lab/dotnet.ts";
import { connectionTo, contextFor } from "../directory/subject.ts";
import { clock, openPractice, temporaryFolder, type Practice } from "../practice/support.ts";

const AT = Date.parse("2026-11-27T08:00:00");
const isHere = powershellHere !== null && canIsolateNames;
const because = canIsolateNames ? powershellWords : "names cannot be isolated on this machine";

/** A server for each, all of them asked by one run. `old-tls` is left out: PowerShell on Linux speaks no TLS 1.0, which Windows does. */
const STATES = ["up", "own-name", "expired", "untrusted", "no-intermediate", "self-signed", "wrong-purpose", "down", "drain", "stopped", "sign-in", "redirect", "proxy-page", "other-server", "refuse", "hang"] as const;
/** What PowerShell reads as something else; control characters are none of a name. */
const HOSTILE = ["o'brien", "o\u2019brien \u2018x\u2019 \u201Ay\u201B", 'say "hello"', "$(throw 'run')", "$env:PATH", "`n`t", "a,b;c", "#> out", "back\\slash\\", "--%", "@args", "| Remove-Item", "& calc", "Größe 日本 😀", "'@", "'; Remove-Item x; '", "}) { calc"];
/** What changes something, or may. */
const PLANTED = [
  "Remove-Item -LiteralPath x",
  "Set-Content -Path x -Value y",
  "Out-File -LiteralPath second.txt -InputObject x",
  "'x' > file.txt",
  "& 'cmd.exe'",
  ". ./other.ps1",
  "cmd.exe /c calc",
  "Invoke-Expression 'calc'",
  "[System.IO.File]::Delete('x')",
  "[System.IO.File]::WriteAllText('x', 'y')",
  "(New-Object -TypeName System.Net.WebClient).DownloadString('x')",
  "New-Object -ComObject WScript.Shell",
  "New-Object -TypeName ('System.IO.' + 'FileStream')",
  "$x = 'Kill'; (Get-Module)[0].$x()",
  "(Get-ItemProperty -LiteralPath x).Delete()",
  "Get-Module -Name x -PSSession $s",
  "Test-Path -Path x",
  "$env:PATH = ''",
  "[System.Environment]::Exit(1)",
  "[System.Environment]::CurrentDirectory = '/'",
  "$null = [System.Delegate]::CreateDelegate([System.Action], $x, 'Delete')",
  "Get-ItemProperty @splat",
  "using namespace System.IO",
  "class Planted { }",
  "Get-Module | ForEach-Object Delete",
  "Get-Module | ForEach-Object 'MoveTo' 'elsewhere'",
  "$seen, $client.Attributes = 1, 2",
  "$client.IsReadOnly++",
] as const;
/** An error without the colours and the lines that PowerShell breaks it into. */
const plain = (stderr: string) => stripVTControlCharacters(stderr).replaceAll(/[\s|]+/g, " ");
const serverOf = (state: (typeof STATES)[number]) => `px-${STATES.indexOf(state)}.contoso.lab`;

describe.skipIf(!isHere)(`the carry-in probe (${because})`, () => {
  let practice: Practice;
  let place: ReturnType<typeof temporaryFolder>;
  let found: { readonly payload: ProbePayload; readonly stdout: string };
  const taskOf = async (server: string): Promise<ProbeTask> => ({ storeId: "hq", storeName: "Größe \u2018HQ\u2019", provider: "exchange", server, ...probing.question, port: await practice.portOf(server, 443) });

  async function run(tasks: readonly ProbeTask[], { file = "result.json", more = [] }: { readonly file?: string; readonly more?: readonly string[] } = {}) {
    const script = path.join(place.folder, "probe.ps1");
    writeFileSync(script, await probeScript({ plan: { tasks }, at: AT, version: "0.1.0" }));
    const result = path.join(place.folder, file);
    const names = tasks.map(({ server }) => server).filter((server) => server.endsWith(".contoso.lab"));
    const ran = await runWithNames(names, powershellHere?.executable ?? "pwsh", ["-NoLogo", "-NoProfile", "-NonInteractive", "-File", script, "-Path", result, ...more]);
    return { ...ran, result };
  }
  function read(file: string): ProbePayload {
    const result = readProbeFile(readFileSync(file));
    if (!result.ok) throw new Error(JSON.stringify(result.fault));
    return result.value.payload;
  }

  beforeAll(async () => {
    practice = await openPractice();
    place = temporaryFolder();
    for (const state of STATES) {
      await practice.does("add", null, `${serverOf(state).split(".")[0]} 2016`);
      if (state !== "up") await practice.does(state, serverOf(state).split(".")[0] ?? "");
    }
    const { code, stdout, stderr, result } = await run([...(await Promise.all(STATES.map((state) => taskOf(serverOf(state))))), { ...(await taskOf("exa.contoso.lab")), server: "nobody.invalid" }]);
    if (code !== 0 || stderr !== "") throw new Error(`the probe ended with ${code}: ${stderr}`);
    found = { payload: read(result), stdout };
  });
  afterAll(async () => {
    await practice.stop();
    place.remove();
  });

  const site = () => ({ domain: "contoso.lab", resolver: practice.resolver, dnsServer: null });
  const connection = () => connectionTo(site(), "", { trust: { mode: "system" } });
  async function probed(server: string): Promise<CheckResult> {
    const told = found.payload.servers.find((one) => one.server === server);
    if (told === undefined) throw new Error(`${server} was not asked`);
    return probing.read(server, told.observed, { clock, connection: connection(), authorities: practice.resolver.authorities, at: Date.parse(told.at), ms: told.ms, port: told.port });
  }
  async function checkedHere(server: string): Promise<CheckResult> {
    return health.check({ variant: "2016", domain: "contoso.lab", username: "", authentication: "kerberos" }, server, contextFor(site(), connection(), "").context);
  }
  /** What takes its time is no word about a server, nor is a code of OpenSSL's or .NET's own. */
  const said = ({ rungs, certificateExpiresAt, certificateSha256 }: CheckResult) => ({
    rungs: rungs.filter(({ rung }) => rung !== "sign-in" && rung !== "role").map(({ rung, outcome }) => ({ rung, outcome: outcome.state === "failed" ? { ...outcome, fault: { ...outcome.fault, detail: "" } } : outcome })),
    certificateExpiresAt,
    certificateSha256,
  });

  test.each(STATES.filter((state) => state !== "hang"))("finds of a server that is %s what the console finds", async (state) => {
    expect(said(await probed(serverOf(state)))).toEqual(said(await checkedHere(serverOf(state))));
  });

  test("gives a server that does not answer its time, and goes on", async () => {
    expect(said(await probed(serverOf("hang"))).rungs.find(({ outcome }) => outcome.state === "failed")).toMatchObject({ outcome: { fault: { kind: "unreachable", reason: "timed-out" } } });
    expect(said(await probed("nobody.invalid")).rungs[0]).toMatchObject({ rung: "dns", outcome: { state: "failed", fault: { reason: "name-not-found" } } });
    expect(found.payload.servers).toHaveLength(STATES.length + 1);
  });

  test("says where and when it ran, and what to carry back", () => {
    const { computer, powershell, startedAt, offsetMinutes, servers } = found.payload;
    expect(computer).not.toBe("");
    expect(powershell).toMatch(/^\d+\.\d+/);
    expect(Math.abs(Date.now() - Date.parse(startedAt))).toBeLessThan(600_000);
    expect(offsetMinutes).toBe(0 - new Date().getTimezoneOffset());
    expect(servers[0]).toMatchObject({ storeId: "hq", storeName: "Größe \u2018HQ\u2019", provider: "exchange" });
    expect(found.stdout).toContain("result.json back to the console");
  });

  test("says which Exchange and which modules are installed where it runs", async () => {
    const [script, result, root] = [path.join(place.folder, "installed.ps1"), path.join(place.folder, "installed.json"), path.resolve(import.meta.dirname, "../../..")];
    writeFileSync(script, await probeScript({ plan: { tasks: [{ ...(await taskOf(serverOf("up"))), server: "127.0.0.1", port: 1 }] }, at: AT, version: "0.1.0" }));
    const wrapped = ["-File", path.join(root, "test/lab/exchange-setup.ps1"), "-Script", script, "-Path", result, "-Modules", path.join(root, "test/lab/exchange-online")];
    expect(await runWithNames([], powershellHere?.executable ?? "pwsh", ["-NoLogo", "-NoProfile", "-NonInteractive", ...wrapped])).toMatchObject({ code: 0, stderr: "" });
    expect(read(result)).toMatchObject({ exchange: { build: "15.1.2507.39", roles: ["mailbox", "client-access"] }, modules: [{ name: "ExchangeOnlineManagement", version: expect.stringMatching(/^\d/) }] });
  });

  test("writes over nothing unless it is told to", async () => {
    const before = readFileSync(path.join(place.folder, "result.json"));
    const task = await taskOf(serverOf("up"));
    const refused = await run([task]);
    expect(refused).toMatchObject({ code: 1, stderr: expect.stringContaining("-Force") });
    expect(readFileSync(refused.result)).toEqual(before);
    expect(await run([task], { more: ["-Force"] })).toMatchObject({ code: 0, stderr: "" });
    expect(read(refused.result).servers).toHaveLength(1);
  });

  test("refuses a file that it could not write before it asks anything, and says what to do", async () => {
    const tasks = [{ ...(await taskOf(serverOf("up"))), server: "127.0.0.1", port: 1 }];
    mkdirSync(path.join(place.folder, "folder"));
    const refusals = [["folder", /Name a file with -Path, and not a folder: /], ["nowhere/result.json", /Make the folder first, or name another file/], ["../../../../proc/result.json", /Name another file with -Path, for this one cannot be written/]] as const;
    for (const [file, words] of refusals) {
      const { code, stdout, stderr } = await run(tasks, { file });
      expect({ code, stdout, said: words.test(plain(stderr)) }).toMatchObject({ code: 1, stdout: "", said: true });
    }
  });

  /** Runs the script as another one runs it. */
  async function runBy(runner: string, tasks: readonly ProbeTask[], file: string, more: readonly string[] = []) {
    const [script, result] = [path.join(place.folder, `${file}.ps1`), path.join(place.folder, `${file}.json`)];
    writeFileSync(script, await probeScript({ plan: { tasks }, at: AT, version: "0.1.0" }));
    const wrapped = ["-File", path.join(path.resolve(import.meta.dirname, "../../.."), "test/lab", runner), "-Script", script, "-Path", result, ...more];
    return { result, ...(await runWithNames([serverOf("hang")], powershellHere?.executable ?? "pwsh", ["-NoLogo", "-NoProfile", "-NonInteractive", ...wrapped])) };
  }

  test("writes what was asked until it is stopped, and how many servers that leaves", async () => {
    const refusing = { ...(await taskOf(serverOf("up"))), server: "127.0.0.1", port: 1 };
    const { result, ...ran } = await runBy("stopped-script.ps1", [refusing, await taskOf(serverOf("hang")), refusing], "stopped", ["-Seconds", "4"]);
    expect(ran).toMatchObject({ code: 0, stderr: "" });
    expect(read(result)).toMatchObject({ unasked: 2, servers: [{ server: "127.0.0.1", observed: { tcp: { error: "ConnectionRefused" } } }] });
  });

  test("tells what could not be read from what is not there", async () => {
    const { result, ...ran } = await runBy("unreadable-setup.ps1", [{ ...(await taskOf(serverOf("up"))), server: "127.0.0.1", port: 1 }], "unreadable");
    expect(ran).toMatchObject({ code: 0, stderr: "" });
    expect(read(result)).toMatchObject({ unread: ["exchange", "modules"], exchange: null, modules: [] });
    expect(found.payload).toMatchObject({ unread: [], unasked: 0 });
  });

  test("says what to do where application control lets scripts do next to nothing", async () => {
    const { result, code, stderr } = await runBy("constrained-script.ps1", [{ ...(await taskOf(serverOf("up"))), server: "127.0.0.1", port: 1 }], "constrained");
    expect({ code, isThere: existsSync(result) }).toEqual({ code: 1, isThere: false });
    expect(plain(stderr)).toMatch(/in ConstrainedLanguage, where none can look at a server: have this one signed/);
  });

  describe("as it is written", () => {
    const root = path.resolve(import.meta.dirname, "../../..");
    async function written(file: string, more: string, names: readonly string[]): Promise<string> {
      const script = path.join(place.folder, file);
      const tasks = names.map((name) => ({ storeId: name, storeName: name, provider: "exchange", server: name, port: 443, page: "/PowerShell/healthcheck.htm" }));
      writeFileSync(script, `${await probeScript({ plan: { tasks }, at: AT, version: "0.1.0" })}${more}\r\n`);
      return script;
    }
    async function judged(judge: string, scripts: readonly string[]): Promise<string> {
      const ran = await runWithNames([], powershellHere?.executable ?? "pwsh", ["-NoLogo", "-NoProfile", "-NonInteractive", "-File", path.join(root, "test/lab", judge), ...scripts]);
      expect({ code: ran.code, stderr: ran.stderr }).toEqual({ code: 0, stderr: "" });
      return ran.stdout;
    }

    test("it reads, whatever things are called: nothing in its syntax tree does more", async () => {
      expect(await judged("read-only.ps1", [await written("probe-of-names.ps1", "", HOSTILE)])).toBe("");
    });

    test("it knows nothing that Windows PowerShell 5.1 does not", async () => {
      expect(await judged("check-syntax.ps1", [await written("probe-of-names.ps1", "", HOSTILE)])).toBe("");
    });

    test("what does more is found, each of it", async () => {
      const scripts = await Promise.all(PLANTED.map((line, place) => written(`planted-${place}.ps1`, line, [])));
      const report = await judged("read-only.ps1", scripts);
      expect(PLANTED.filter((_line, place) => !report.includes(`planted-${place}.ps1:`))).toEqual([]);
    });
  });

  test("takes any name for a name", async () => {
    const tasks = HOSTILE.map((name) => ({ storeId: name, storeName: name, provider: "exchange", server: "127.0.0.1", port: 1, page: "/x" }));
    const { code, stderr, result } = await run(tasks, { file: "hostile.json" });
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    expect(read(result).servers.map(({ storeName, storeId }) => [storeName, storeId])).toEqual(HOSTILE.map((name) => [name, name]));
  });
});
