/** A configuration prepared in one data folder, handed over to another one: the built command line, against a directory and mail servers that are real. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import { checkResultSchema, type CheckResult } from "../../../shared/model/mail-server.ts";
import { powershellHere, powershellWords } from "../../lab/dotnet.ts";
import { canIsolateNames, runWithDns } from "../../lab/isolated-names.ts";
import { startLab, type Lab } from "../../lab/lab.ts";
import { reasonToSkip } from "../../lab/programs.ts";
import { finish } from "./processes.ts";

const entry = "out/main/command-line.js";
const missing = await reasonToSkip();
const because = missing === null ? "" : ` (skipped: ${missing})`;
const rowsSchema = z.array(z.object({ probed: z.object({ result: checkResultSchema }), lastCheck: checkResultSchema }));
/** What a check says, without what takes its time, and without what needs an account. */
const said = ({ rungs, certificateExpiresAt, certificateSha256 }: CheckResult) => ({ certificateExpiresAt, certificateSha256, rungs: rungs.filter(({ rung }) => rung !== "sign-in" && rung !== "role").map(({ rung, outcome }) => ({ rung, outcome })) });
const PASSPHRASE = "letter-advice-cage-absurd\n";

describe.skipIf(missing !== null)(`identity stores that are handed over${because}`, () => {
  let lab: Lab;
  let folder: string;
  const file = () => path.join(folder, "hq.age");
  const at = (place: string) => (args: readonly string[], stdin = "") => finish(entry, [...args, "--data", path.join(folder, place)], stdin);
  const here = at("here");
  const there = at("there");
  beforeAll(async () => {
    folder = mkdtempSync(path.join(tmpdir(), "mc-handover-"));
    lab = await startLab();
    const { username, password } = lab.accounts.mail;
    const connection = { kind: "active-directory", domain: lab.domain, domainControllers: [], dnsServer: lab.dnsServer, username, security: "ldaps", trust: { mode: "authority-file", name: "lab.pem", pem: lab.authorityPem } };
    const messaging = { provider: "exchange", variant: "2013", values: { domain: lab.domain, username }, servers: [{ name: "exb.contoso.lab", priority: 1 }, { name: "exa.contoso.lab", priority: 2 }] };
    writeFileSync(path.join(folder, "hq.json"), JSON.stringify({ name: "HQ", connection, messaging }));
    const added = await here(["stores", "add", path.join(folder, "hq.json")], `directory.password=${password}\nmessaging.password=${password}\n`);
    if (added.code !== 0) throw new Error(added.stderr);
  });
  afterAll(async () => {
    await lab.dispose();
    rmSync(folder, { recursive: true, force: true });
  });

  it("turn the servers online in another data folder without a password being typed", async () => {
    expect(await here(["export", file(), "--store", "HQ"], PASSPHRASE)).toMatchObject({ code: 0, stdout: `1 identity store in ${file()}, sealed with the passphrase.\n`, stderr: "" });
    expect(await there(["import", file(), "--plan"], PASSPHRASE)).toMatchObject({ code: 0, stdout: expect.stringMatching(/^1 identity store, sealed with a passphrase, made .+\nHQ \(Microsoft Exchange 2013\): new\n$/), stderr: "" });
    expect(await there(["stores", "--json"])).toMatchObject({ stdout: "[]\n" });
    expect(await there(["import", file()], PASSPHRASE)).toMatchObject({ code: 0, stdout: "HQ: created, revision 1\n", stderr: "" });
    const online = await there(["status", "--store", "HQ", "--json"]);
    expect({ code: online.code, rows: JSON.parse(online.stdout) }).toMatchObject({ code: 0, rows: [{ health: { state: "online" } }, { health: { state: "online" } }] });
    // The directory is asked with the password that came along.
    expect(await there(["servers", "--store", "HQ", "--sync"])).toMatchObject({ code: 0, stderr: "" });
    expect(await there(["import", file(), "--json"], PASSPHRASE)).toMatchObject({ code: 0, stdout: expect.stringContaining('"outcome":"same"') });
  });

  it.skipIf(powershellHere === null || !canIsolateNames)(`are asked by a script where no console is, which finds what the console finds, over the directory's own DNS (${powershellWords})`, async () => {
    const [script, result] = [path.join(folder, "probe.ps1"), path.join(folder, "probe-result.json")];
    expect(await here(["probe", script, "--store", "HQ"])).toMatchObject({ code: 0, stdout: `The probe of 2 mail servers in ${script}.\n`, stderr: "" });
    const secrets = [lab.accounts.mail.password, lab.accounts.mail.username].flatMap((text) => [text, Buffer.from(text).toString("base64"), Buffer.from(text, "utf16le").toString("base64")]);
    expect(secrets.filter((secret) => readFileSync(script, "utf8").includes(secret))).toEqual([]);
    const ran = await runWithDns(lab.dnsServer, powershellHere?.executable ?? "pwsh", ["-NoLogo", "-NoProfile", "-NonInteractive", "-File", script, "-Path", result]);
    expect({ code: ran.code, stderr: ran.stderr }).toEqual({ code: 0, stderr: "" });
    const plan = await here(["probe", "--import", result, "--plan"]);
    expect(plan).toMatchObject({ code: 0, stderr: "", stdout: expect.stringMatching(/^On .+\nexb\.contoso\.lab, HQ: Online.*\nexa\.contoso\.lab, HQ: Online.*\n$/) });
    expect(await here(["probe", "--import", result])).toMatchObject({ code: 0, stdout: expect.stringContaining("Kept: what the probe says of 2 mail servers"), stderr: "" });
    expect(await here(["probe", "--import", result])).toMatchObject({ code: 0, stdout: expect.stringMatching(/Is here already\.\n[^]*There is nothing new in it\.\n$/), stderr: "" });
    // Another process says so: it is stored.
    const unchecked = await here(["report", "--store", "HQ"]);
    expect(unchecked.stdout).toMatch(/exb\.contoso\.lab .*By probe on .+ at [-\d: ]+: Online/);
    const rows = rowsSchema.parse(JSON.parse((await here(["status", "--store", "HQ", "--json"])).stdout));
    expect(rows).toHaveLength(2);
    for (const { probed, lastCheck } of rows) expect(said(probed.result)).toEqual(said(lastCheck));
    // The servers were not listed yet: neither side says a build, and no console has kept a certificate.
    const held = /^Saved, held against Probe on .+ (?:at|from) [-\d: to]+: no difference, as far as could be compared\.\nCertificate of exb\.contoso\.lab, exa\.contoso\.lab: the probe saw one, and no console has seen any to hold it against\.\n$/;
    expect(await here(["compare", "HQ", "probe"])).toMatchObject({ code: 8, stderr: "", stdout: expect.stringMatching(held) });
    const json = await here(["compare", "HQ", "probe", "directory", "--json"]);
    expect({ code: json.code, said: JSON.parse(json.stdout) }).toMatchObject({ code: 0, said: { left: "probe", right: "directory", changes: [], notCompared: [] } });
  });

  it("are held against what the directory says now, what was saved before, and the file", async () => {
    // What the directory says first of servers that were named is no difference, and is there once it was listed.
    expect(await here(["compare", "hq"])).toMatchObject({ code: 0, stdout: "Saved, held against Directory and servers now: no difference.\n", stderr: "" });
    expect(await here(["servers", "--store", "HQ", "--sync", "--save"])).toMatchObject({ code: 0 });
    const differs = await here(["compare", "hq", "1", "saved"]);
    expect(differs).toMatchObject({ code: 9, stderr: "", stdout: expect.stringMatching(/^Build of exb\.contoso\.lab +empty +15\.\S+ +only right$/m) });
    expect(await here(["compare", "hq"])).toMatchObject({ code: 0, stdout: "Saved, held against Directory and servers now: no difference.\n", stderr: "" });
    const changed = await here(["compare", "hq", "1", "saved", "--json"]);
    expect({ code: changed.code, said: JSON.parse(changed.stdout) }).toMatchObject({ code: 9, said: { name: "HQ", left: "1", right: "saved", revision: 2, notCompared: [] } });
    const markdown = await here(["compare", "hq", file(), "saved", "--markdown"], PASSPHRASE);
    expect(markdown).toMatchObject({ code: 9, stdout: expect.stringMatching(/^# HQ: .+\n[^]*^\| Build of exb\.contoso\.lab \| empty \| 15/m) });
    expect(await here(["compare", "hq", "--markdown", "--json"])).toMatchObject({ code: 2, stdout: "" });
    for (const { stdout } of [differs, changed, markdown]) expect(stdout).not.toContain(lab.accounts.mail.password);
  });

  it("are reported for people to keep: what is configured, what was checked, and no password", async () => {
    const { password } = lab.accounts.mail;
    const unchecked = await here(["report", "--store", "hq"]);
    expect(unchecked).toMatchObject({ code: 0, stderr: "", stdout: expect.stringContaining("Not checked for this report: exb.contoso.lab, exa.contoso.lab.") });
    const checked = await here(["report", "--check"]);
    expect(checked).toMatchObject({ code: 0, stderr: "" });
    expect(checked.stdout).toMatch(/^\| 1 \| exb\.contoso\.lab \| .+ \| Online.* \| \d{4}-\d\d-\d\d \d\d:\d\d \|$/m);
    expect(checked.stdout).not.toContain("Not checked");
    const html = await here(["report", "--html"]);
    expect(html.stdout).toMatch(/^<!doctype html>\n[^]*<\/html>\n$/);
    expect(await here(["report", "--html", "--json"])).toMatchObject({ code: 2, stdout: "" });
    const json = await here(["report", "--json"]);
    expect(JSON.parse(json.stdout)).toMatchObject([{ title: "Site report: HQ" }]);
    for (const { stdout } of [unchecked, checked, html, json]) expect(stdout).not.toContain(password);
  });

  it("become scripts for the product's own shell, which hold no password", async () => {
    const { password, username } = lab.accounts.mail;
    const script = path.join(folder, "apply.ps1");
    expect(await here(["script", script, "--store", "HQ"])).toMatchObject({ code: 0, stdout: `1 identity store in ${script}.\n`, stderr: "" });
    const source = readFileSync(script, "utf8");
    expect(source).toMatch(/^\uFEFF#Requires -Version 5\.1\r\n/);
    expect(source).toContain("Set-MessagingServer @common -SmtpServer 'exb.contoso.lab' -Priority 1\r\n    Set-MessagingServer @common -SmtpServer 'exa.contoso.lab' -Priority 2\r\n");
    expect(source).toContain(`-UserName '${username}'`);
    expect(source).not.toContain(password);
    const undo = await here(["script", script, "--undo", "--json"]);
    expect({ code: undo.code, told: JSON.parse(undo.stdout), says: readFileSync(script, "utf8").includes("HQ: there was no messaging system before.") }).toEqual({ code: 0, told: { file: script, stores: 1 }, says: true });
    expect(await here(["script", script, "--store", "nobody"])).toMatchObject({ code: 3, stdout: "" });
    expect(await here(["script"])).toMatchObject({ code: 2, stdout: "" });
  });

  it("are judged by what was entered before they are handed over", async () => {
    const judged = await here(["validate"]);
    expect(judged).toMatchObject({ code: 7, stderr: "", stdout: expect.stringMatching(/^HQ: open\n {2}- The saved configuration was not tested\.\n/) });
    expect(judged.stdout).not.toMatch(/checked|Offline|Unknown/);
    const json = await here(["validate", "--store", "hq", "--json"]);
    expect({ code: json.code, judged: JSON.parse(json.stdout) }).toMatchObject({ code: 7, judged: [{ name: "HQ", open: expect.arrayContaining(["The saved configuration was not tested."]) }] });
    expect(await here(["validate", "--store", "nobody"])).toMatchObject({ code: 3, stdout: "" });
  });

  it("without secrets, leave a draft that says what is to be entered, and nothing that is used", async () => {
    const plain = path.join(folder, "hq.bundle.json");
    expect(await here(["export", plain, "--unsealed"])).toMatchObject({ code: 0, stdout: `1 identity store in ${plain}, without secrets.\n  HQ lacks directory.password, messaging.password\n` });
    const third = at("third");
    expect(await third(["import", plain])).toMatchObject({ code: 0, stdout: "HQ: kept as a draft, revision 1\n  comes as a draft: enter directory.password, messaging.password, then save it\n" });
    expect(JSON.parse((await third(["stores", "--json"])).stdout)).toMatchObject([{ name: "HQ", messaging: null, hasDraft: true }]);
    const points = ["No messaging provider is saved.", "There is unsaved work, which is left out here.", "The password of the directory's account is not entered."];
    expect(await third(["validate"])).toMatchObject({ code: 7, stdout: `HQ: open\n${points.map((point) => `  - ${point}\n`).join("")}` });
  });
});
