/** Documents through the built command line: as shells and editors write them, and back again. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import { pfxFile } from "../../lab/vectors.ts";
import { finish, start } from "./processes.ts";

const entry = "out/main/command-line.js";
const connection = { kind: "active-directory", domain: "contoso.lab", domainControllers: [], dnsServer: null, username: "CONTOSO\\svc-mail", security: "ldaps", trust: { mode: "system" } };
const messaging = { provider: "exchange", variant: "2016", values: { domain: "contoso.lab", username: "CONTOSO\\svc" }, servers: [{ name: "exa.contoso.lab", priority: 1 }] };
const secrets = 'directory.password=quote"back\\slash\nmessaging.password=Grüße €\n';

let folder: string;
let data: string;
beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), "mc-documents-"));
  data = path.join(folder, "data");
  const said = await run(["stores", "add", file("new.json", JSON.stringify({ name: "Zürich HQ", connection, messaging }))], secrets);
  if (said.code !== 0) throw new Error(said.stderr);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const run = (args: readonly string[], stdin = "") => finish(entry, [...args, "--data", data], stdin);
function file(name: string, content: string | Uint8Array): string {
  const full = path.join(folder, name);
  writeFileSync(full, content);
  return full;
}
const get = async () => (await run(["stores", "get", "Zürich HQ"])).stdout;
const revisions = async () => z.array(z.object({ number: z.number(), action: z.string() })).parse(JSON.parse((await run(["stores", "history", "Zürich HQ", "--json"])).stdout));

describe("stores get and stores set", () => {
  it.each<[how: string, bytes: (text: string) => Uint8Array]>([
    ["as it was printed", (text) => Buffer.from(text)],
    ["as Windows PowerShell's > writes it", (text) => Buffer.from(`\uFEFF${text.replaceAll("\n", "\r\n")}`, "utf16le")],
    ["with a mark before it", (text) => Buffer.from(`\uFEFF${text}`)],
  ])("go round without a change, %s", async (_how, bytes) => {
    const printed = await get();
    expect(printed).toMatch(/^[\n -~]+$/);
    expect(JSON.parse(printed)).toMatchObject({ name: "Zürich HQ", secrets: { "directory.password": "set", "messaging.password": "set" }, messaging });
    const said = await run(["stores", "set", "zürich hq", file("same.json", bytes(printed)), "--json"]);
    expect(said).toMatchObject({ code: 0, stderr: "" });
    expect(JSON.parse(said.stdout)).toMatchObject({ name: "Zürich HQ", revision: 1, changed: false });
  });

  it.each<[what: string, content: string | Uint8Array, code: number, told: RegExp]>([
    ["a single backslash", '{\n  "messaging": { "provider": "exchange", "values": { "username": "CONTOSO\\svc" } } }', 1, /Write every backslash twice[^]*Line 2, column \d+/],
    ["a single backslash that JSON takes for a line end", '{ "messaging": { "provider": "exchange", "values": { "username": "CONTOSO\\nils" } } }', 7, /messaging\.values\.username \(Microsoft Exchange: User name; line 1, column 54\): .*Write every backslash twice/],
    ["a Windows code page", Buffer.from('{\n"name": "Z\u00FCrich" }', "latin1"), 1, /Save it as UTF-8[^]*Line 2, column 11/],
    ["a name that stands twice", '{ "name": "A",\n"name": "B" }', 7, /name \(line 2, column 1\): .*twice/],
    ["a misspelt entry", '{ "mesaging": {} }', 7, /mesaging \(line 1, column 3\)/],
    ["a version that is none", '{ "messaging": { "provider": "exchange", "variant": "2017" } }', 7, /messaging\.variant \(Microsoft Exchange; line 1, column 42\): .*2013, 2016, 2019, subscription/],
    ["a file that is none", '{ "messaging": { "provider": "office365", "certificates": { "certificate": "nowhere.pfx" } } }', 7, /messaging\.certificates\.certificate \(Office 365: .*no such file/],
    ["a key in JSON as a certificate", JSON.stringify({ messaging: { provider: "google-workspace", values: { serviceAccount: "a@b.example", adminUsername: "c@d.example" }, certificates: { certificate: pfxFile("field/google-key.json") } } }), 7, /messaging\.certificates\.certificate \(Google Workspace/],
  ])("refuse %s, say where it stands, and change nothing", async (_what, content, code, told) => {
    const before = await get();
    const said = await run(["stores", "set", "Zürich HQ", file("refused.json", content)]);
    expect({ code: said.code, stdout: said.stdout }).toEqual({ code, stdout: "" });
    expect(said.stderr).toMatch(told);
    expect(await get()).toBe(before);
    expect(await revisions()).toEqual([{ number: 1, action: "created" }]);
  });

  it("wait for secrets that come late", async () => {
    const running = start(entry, ["stores", "set", "Zürich HQ", file("nothing.json", "{}"), "--data", data, "--json"]);
    running.child.stdin.write("directory.pass");
    await new Promise((resolve) => setTimeout(resolve, 1_500));
    running.child.stdin.end("word=new\n");
    expect(JSON.parse((await running.ended()).stdout)).toMatchObject({ revision: 2, changed: true });
  });

  it("refuse when --secrets is given and none comes, and a secret that nothing uses", async () => {
    expect((await run(["stores", "set", "Zürich HQ", file("nothing.json", "{}"), "--secrets"])).code).toBe(2);
    const unused = await run(["stores", "set", "Zürich HQ", file("nothing.json", "{}")], "messaging.password=PLANTED");
    expect(unused.code).toBe(7);
    expect(unused.stderr).toMatch(/secrets\.messaging\.password/);
    expect(unused.stderr).not.toContain("PLANTED");
  });
});

describe("a store's history", () => {
  it("is listed in the page's words and gone back in", async () => {
    expect((await run(["stores", "history", "Zürich HQ"])).stdout).toMatch(/^Revision 2 .*Set from a document\n {2}Password: changed\nRevision 1 .*Created\n/);
    expect(JSON.parse((await run(["stores", "restore", "Zürich HQ", "1", "--json"])).stdout)).toMatchObject({ restored: 1, revision: 3 });
    expect((await revisions()).map(({ action }) => action)).toEqual(["restored", "applied", "created"]);
    expect((await run(["stores", "restore", "Zürich HQ", "99"])).code).toBe(3);
    expect((await run(["stores", "restore", "Zürich HQ", "last"])).code).toBe(2);
  });

  it("ends with the store, which is deleted only when it is said twice", async () => {
    await run(["stores", "add", file("branch.json", JSON.stringify({ name: "Branch 7", connection }))]);
    expect((await run(["stores", "remove", "Branch 7"])).code).toBe(2);
    expect((await run(["stores", "remove", "Branch 7", "--yes"])).code).toBe(0);
    expect((await run(["stores", "get", "Branch 7"])).code).toBe(3);
  });
});

describe("a database that was damaged", () => {
  it("is restored, and standard error says so in the page's words", async () => {
    const database = path.join(data, "messaging-console.db");
    const bytes = readFileSync(database);
    writeFileSync(database, bytes.fill("x", 8_192, 12_288));
    const said = await run(["stores", "--json"]);
    expect(said.code).toBe(0);
    expect(JSON.parse(said.stderr)).toEqual({ notice: expect.stringContaining("restored from its last backup") });
    expect((await run(["stores", "--json"])).stderr).toBe("");
  });
});
