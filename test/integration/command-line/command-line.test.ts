/** The built command line, alone and beside a running practice console. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import { finish, start, type Finished, type Running } from "./processes.ts";

const entry = "out/main/command-line.js";
const connection = { kind: "active-directory", domain: "contoso.lab", domainControllers: [], dnsServer: null, username: "CONTOSO\\svc-mail", security: "ldaps", trust: { mode: "system" } };
let folder: string;
beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), "mc-cli-"));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function document(name: string, content: unknown): string {
  const file = path.join(folder, name);
  writeFileSync(file, typeof content === "string" ? content : JSON.stringify(content));
  return file;
}
function json(finished: Finished): unknown {
  return JSON.parse(finished.stdout);
}

describe("the command line on a data folder", () => {
  const run = (args: readonly string[], stdin = "") => finish(entry, [...args, "--data", path.join(folder, "data")], stdin);

  it("creates, lists and changes identity stores", async () => {
    const file = document("store.json", { name: "Contoso HQ", connection, messaging: { provider: "other", values: { domain: "googlegroups.com", maximumAliasLength: 64 } } });
    const added = await run(["stores", "add", file, "--json"], '{"directory":{"password":"planted-password"}}');
    expect(added.stderr).toBe("");
    expect(json(added)).toMatchObject({ name: "Contoso HQ", revision: 1 });
    expect(json(await run(["stores", "--json"]))).toMatchObject([{ name: "Contoso HQ", kind: "active-directory", domain: "contoso.lab" }]);
    expect((await run(["stores"])).stdout).toMatch(/Name\s+Kind\s+Domain[\s\S]*Contoso HQ/);
    const changed = await run(["stores", "set", "contoso hq", document("change.json", { name: "Contoso", connection: { ...connection, domain: "contoso.example" } }), "--json"], "directory.password=planted-password");
    expect(json(changed)).toMatchObject({ name: "Contoso", revision: 2, changed: true });
    expect(json(await run(["stores", "--json"]))).toMatchObject([{ name: "Contoso", domain: "contoso.example" }]);
  });

  it("shows no secret in anything it prints", async () => {
    for (const args of [["stores"], ["stores", "--json"], ["servers", "--store", "Contoso", "--json"], ["stores", "schema"]]) {
      const { stdout, stderr } = await run(args);
      expect(stdout + stderr).not.toContain("planted-password");
    }
  });

  it.each([
    ["no verb", [], 2],
    ["an unknown verb", ["frobnicate"], 2],
    ["an unknown option", ["stores", "--frobnicate"], 2],
    ["a missing option", ["servers"], 2],
    ["an unknown store", ["servers", "--store", "nobody"], 3],
    ["a missing file", ["stores", "add", "nowhere.json"], 3],
    ["a practice console that is not running", ["practice"], 3],
    ["help", ["--help"], 0],
    ["the version", ["--version"], 0],
  ] as const)("ends with its documented code for %s", async (_what, args, code) => {
    expect((await run(args)).code).toBe(code);
  });

  it("refuses documents that are none, field by field", async () => {
    expect((await run(["stores", "add", document("broken.json", "{")])).code).toBe(1);
    const invalid = await run(["stores", "add", document("invalid.json", { name: "", connection: { kind: "nds" } }), "--json"]);
    expect(invalid.code).toBe(7);
    expect(JSON.parse(invalid.stderr)).toMatchObject({ fault: { kind: "invalid", issues: [{ path: ["name"] }, { path: ["connection", "kind"] }] } });
    const half = document("half.json", { name: "Half", connection, messaging: { provider: "other", values: { domain: "" } } });
    expect((await run(["stores", "add", half])).code).toBe(7);
    expect((await run(["stores"])).stdout).not.toContain("Half");
    const taken = await run(["stores", "add", document("taken.json", { name: "CONTOSO", connection })]);
    expect(taken.code).toBe(7);
  });

  it("refuses secrets it does not know without repeating them", async () => {
    const { code, stderr } = await run(["stores", "set", "Contoso", document("none.json", {})], "pasword=planted-password");
    expect(code).toBe(2);
    expect(stderr).not.toContain("planted");
  });

  it("prints a schema that its own documents satisfy", async () => {
    const schema = z.looseObject({ $schema: z.string(), type: z.literal("object"), required: z.array(z.string()) }).parse(json(await run(["stores", "schema"])));
    expect(schema.$schema).toContain("2020-12");
    expect(schema.required).toEqual(["name", "connection"]);
  });
});

describe("the command line beside a running practice console", () => {
  let host: Running;
  const run = (args: readonly string[], stdin = "") => finish(entry, [...args, "--practice", "--data", path.join(folder, "host")], stdin);
  beforeAll(async () => {
    host = start("out/main/loopback.js", ["--practice", "--no-open", "--data", path.join(folder, "host")]);
    await host.until(/#code=/);
  });
  afterAll(async () => {
    host.child.kill();
    await host.ended();
  });

  it("goes from an empty console to servers with priorities and their state", async () => {
    const facts = z.object({ domain: z.string(), username: z.string(), password: z.string() }).parse(json(await run(["practice", "facts", "--json"])));
    const file = document("practice.json", {
      name: "Practice",
      connection: { ...connection, domain: facts.domain, username: facts.username },
      messaging: { provider: "exchange", variant: "2013", values: { domain: facts.domain, username: facts.username } },
    });
    const added = await run(["stores", "add", file, "--json"], `directory.password=${facts.password}\nmessaging.password=${facts.password}\n`);
    expect(added.stderr).toBe("");
    const synced = await run(["servers", "--store", "Practice", "--sync", "--save", "--json"]);
    expect(synced.stderr).toBe("");
    expect(json(synced)).toMatchObject({ servers: [{ version: "2013" }, { version: "2013" }] });

    const names = z.object({ servers: z.array(z.object({ name: z.string() })) }).parse(json(synced)).servers.map(({ name }) => name).toSorted();
    const [exa = "", exb = ""] = names;
    const priorities = { messaging: { provider: "exchange", variant: "2013", servers: [{ name: exa, priority: 2 }, { name: exb, priority: 1 }] } };
    expect((await run(["stores", "set", "Practice", document("priorities.json", priorities), "--no-secrets"])).stderr).toBe("");
    expect(json(await run(["servers", "--store", "Practice", "--json"]))).toMatchObject({ hasDraft: false, servers: [{ name: exb, priority: 1 }, { name: exa, priority: 2 }] });

    const up = await run(["status", "--store", "Practice", "--json"]);
    expect(json(up)).toMatchObject([{ health: { state: "online" } }, { health: { state: "online" } }]);
    expect(up.code).toBe(0);
  });

  it("breaks and mends parts, and sees it", async () => {
    expect((await run(["practice", "down", "exb"])).stdout).toBe("down exb\n");
    const parts = z.array(z.object({ id: z.string(), state: z.string() })).parse(json(await run(["practice", "--json"])));
    expect(parts.find(({ id }) => id === "exb")?.state).toBe("down");
    expect((await run(["practice", "up", "exb"])).code).toBe(0);
    expect((await run(["practice", "down", "nobody"])).code).toBe(3);
  });

  it("makes mail objects by the server that takes them, ends when it is told to, and goes on without doing anything twice", async () => {
    const groups = document("groups.csv", ["name", ...Array.from({ length: 40 }, (_, index) => `Team ${index + 1}`)].join("\n"));
    const place = ["--store", "Practice", "--container", "OU=Groups,DC=contoso,DC=lab"];
    expect((await run(["mail-objects", "plan", groups, ...place])).stdout).toMatch(/^ {2}1\. exb\.contoso\.lab is tried first$/m);
    expect((await run(["practice", "throttled", "exb"])).code).toBe(0);
    // The other one takes long enough for a look at the journal on a busy machine.
    expect((await run(["practice", "slow", "exa", "1"])).code).toBe(0);
    const result = path.join(folder, "done.csv");
    const applying = start(entry, ["mail-objects", "apply", groups, ...place, "--result", result, "--practice", "--data", path.join(folder, "host")]);
    const done = async () => z.array(z.unknown()).parse(json(await run(["mail-objects", "journal", "--state", "done", "--json"]))).length;
    while ((await done()) === 0);
    applying.child.kill("SIGINT");
    const stopped = await applying.ended();
    expect(stopped).toMatchObject({ code: 130, stderr: "" });
    expect(stopped.stdout).toMatch(/^Team 40 +Distribution group +Not begun/m);
    const [, go = ""] = /^To go on with it: messaging-console (mail-objects resume \S+) --practice/m.exec(stopped.stdout) ?? [];
    for (const server of ["exa", "exb"]) expect((await run(["practice", "up", server])).code).toBe(0);
    const resumed = await run([...go.split(" "), "--result", result, "--json"]);
    expect({ code: resumed.code, stderr: resumed.stderr }).toEqual({ code: 0, stderr: "" });
    expect(json(resumed)).toMatchObject({ total: 40, counts: { done: 40 } });
    const lines = readFileSync(result, "utf8").trimEnd().split("\r\n").slice(1);
    expect(lines.map((line) => line.split(",").slice(0, 3))).toEqual(Array.from({ length: 40 }, (_, index) => [`Team ${index + 1}`, "distribution-group", "done"]));
    expect(lines.filter((line) => !/,ex[ab]\.contoso\.lab,$/.test(line))).toEqual([]);
    // A second time everything is there already, and no line of it is done again.
    expect((await run(["mail-objects", "plan", groups, ...place])).code).toBe(7);
  });

  it("watches until it is told to stop", async () => {
    const watching = start(entry, ["status", "--store", "Practice", "--watch", "--json", "--practice", "--data", path.join(folder, "host")]);
    await watching.until(/"state":"online"/);
    watching.child.kill("SIGINT");
    expect((await watching.ended()).code).toBe(0);
  });
});
