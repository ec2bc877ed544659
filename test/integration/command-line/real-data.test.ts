/**
 * Every verb as it is run at a site: the built command line in a process of its own, on a data folder with real data,
 * against a directory and mail servers that answer by their real names and ports.
 */
import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import { readCommandLine } from "../../../main/hosts/command-line/arguments.ts";
import { exitCodes } from "../../../main/hosts/command-line/exit-codes.ts";
import { verbs } from "../../../main/hosts/command-line/verbs/index.ts";
import { startLab, type Lab } from "../../lab/lab.ts";
import { reasonToSkip } from "../../lab/programs.ts";
import { connectTo } from "../wine/console-client.ts";
import { handoverCases } from "./handover-cases.ts";
import { jobCases } from "./job-cases.ts";
import { finish, root, start, type Finished } from "./processes.ts";
import { consoleCases } from "./console-cases.ts";
import { failureSchema, type VerbCase } from "./verb-case.ts";
import { sightOf } from "../../lab/draft-page.ts";

const entry = "out/main/command-line.js";
const missing = await reasonToSkip();
const because = missing === null ? "" : ` (skipped: ${missing})`;
const statusSchema = z.array(z.object({ name: z.string(), inUse: z.boolean(), checked: z.boolean(), priority: z.number().nullable(), health: z.object({ state: z.string() }) }));

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), "mc-verbs-"));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const data = () => path.join(folder, "data");
/** Runs a step that a test only stands on. */
async function must(args: readonly string[], stdin = ""): Promise<void> {
  const said = await run(args, stdin);
  if (said.code !== 0) throw new Error(`${args.join(" ")} ended with ${String(said.code)}: ${said.stderr}`);
}
const run = (args: readonly string[], stdin = "") => finish(entry, [...args, "--data", data()], stdin);
const written = (name: string, content: string): string => {
  const file = path.join(folder, name);
  writeFileSync(file, content);
  return file;
};
const document = (name: string, content: unknown) => written(name, JSON.stringify(content));
const csv = () => written("groups.csv", "name\nSales\n");
const other = {
  name: "Rules",
  connection: { kind: "active-directory", domain: "contoso.lab", domainControllers: [], dnsServer: null, username: "CONTOSO\\svc-mail", security: "ldaps", trust: { mode: "system" } },
  messaging: { provider: "other", values: { domain: "googlegroups.com", maximumAliasLength: 64 } },
};
const pfx = path.join(root, "test/lab/vectors/pfx/generated/3des.p12");

/** What standard error says. Details may follow on lines of their own. */
function told({ stderr }: Finished): string {
  if (stderr === "") return "nothing";
  return /^\P{Ll}.+[.!] \p{Lu}.+\n(?: {2}.*\n)*$/u.test(stderr) ? "a sentence and the next step" : stderr;
}

/** A team's database where there is none: the lowest port of loopback. */
const nobodyThere = ["--host", "127.0.0.1", "--port", "1", "--database", "messaging", "--account", "eva"] as const;

/** Every form of every verb has its line. */
const cases: readonly VerbCase[] = [
  ["stores: done", () => ["stores"], 0],
  ["stores: done as JSON", () => ["stores", "--json"], 0],
  ["stores add: a name that is taken", () => ["stores", "add", document("taken.json", other)], 7],
  ["stores: a word it does not know", () => ["stores", "drop"], 2],
  ["stores add: a file that is missing", () => ["stores", "add", path.join(folder, "missing.json")], 3],
  ["stores add: no file", () => ["stores", "add"], 2],
  ["stores set: done", () => ["stores", "set", "rules", document("same.json", { messaging: { provider: "other", values: { maximumAliasLength: 32 } } })], 0],
  ["stores set: a store that is missing", () => ["stores", "set", "nobody", document("set.json", {})], 3],
  ["stores set: no name", () => ["stores", "set"], 2],
  ["stores set: a secret that does not exist", () => ["stores", "set", "rules", document("set.json", {})], 2, "pasword=x"],
  ["stores get: done", () => ["stores", "get", "rules"], 0],
  ["stores get: a store that is missing", () => ["stores", "get", "nobody"], 3],
  ["stores history: done", () => ["stores", "history", "rules"], 0],
  ["stores restore: a revision that is missing", () => ["stores", "restore", "rules", "99"], 3],
  ["stores prepare-only: done", () => ["stores", "prepare-only", "rules"], 0],
  ["stores prepare-only: done as JSON", () => ["stores", "prepare-only", "rules", "--json"], 0],
  ["stores prepare-only: what is asked all the same", () => ["status", "--store", "rules"], 8],
  ["stores prepare-only: ended", () => ["stores", "prepare-only", "rules", "--end"], 0],
  ["stores prepare-only: a store that is missing", () => ["stores", "prepare-only", "nobody"], 3],
  ["stores prepare-only: no name", () => ["stores", "prepare-only"], 2],
  ["stores remove: a store that is missing", () => ["stores", "remove", "nobody", "--yes"], 3],
  ["stores schema: done", () => ["stores", "schema"], 0],
  ["servers: done", () => ["servers", "--store", "rules"], 0],
  ["servers: a provider without servers", () => ["servers", "--store", "rules", "--sync"], 1],
  ["servers: a store that is missing", () => ["servers", "--store", "nobody"], 3],
  ["servers: no store", () => ["servers"], 2],
  ["servers: nothing to save", () => ["servers", "--store", "rules", "--save"], 2],
  ["servers: a word too many", () => ["servers", "rules", "--store", "rules"], 2],
  ["status: nothing is listed", () => ["status", "--store", "rules"], 0],
  ["status: a store that is missing", () => ["status", "--store", "nobody"], 3],
  ["status: no store", () => ["status"], 2],
  ["status: a word too many", () => ["status", "rules", "--store", "rules"], 2],
  ["status: a time that is none", () => ["status", "--store", "rules", "--timeout", "soon"], 2],
  ["status: a time to watch", () => ["status", "--store", "rules", "--watch", "--timeout", "9"], 2],
  ["status: a store that is missing, watched", () => ["status", "--store", "nobody", "--watch"], 3],
  ["certificate: done", () => ["certificate", pfx], 0, "password"],
  ["certificate: a wrong password", () => ["certificate", pfx], 6, "wrong"],
  ["certificate: many", () => ["certificate", "--batch"], 0, JSON.stringify({ file: pfx, password: "password" })],
  ["certificate: no file", () => ["certificate"], 2],
  ["alias: accepted", () => ["alias", "--pattern", "^[a-z]+$", "anna"], 0],
  ["alias: refused", () => ["alias", "--pattern", "^[a-z]+$", "Anna"], 7],
  ["alias: many", () => ["alias", "--batch"], 0, JSON.stringify({ pattern: "^a", input: "anna" })],
  ["alias: no pattern", () => ["alias", "anna"], 2],
  ["completion: bash", () => ["completion", "bash"], 0],
  ["completion: powershell", () => ["completion", "powershell"], 0],
  ["completion: what comes next", () => ["completion", "words", "--current=sta"], 0],
  ["data where: done", () => ["data", "where"], 0],
  ["data test: nobody listens", () => ["data", "test", ...nobodyThere], 4, "password"],
  ["data test: a port that is none", () => ["data", "test", ...nobodyThere, "--port", "many"], 2, "password"],
  ["data test: no password, and none stored", () => ["data", "test", ...nobodyThere], 7],
  ["data set-up: nobody listens", () => ["data", "set-up", ...nobodyThere], 4, "password"],
  ["data join: nobody listens", () => ["data", "join", ...nobodyThere], 4, "password"],
  ["data recover: no team", () => ["data", "recover"], 1, "AAAA-BBBB"],
  ["data recover: no key", () => ["data", "recover"], 2],
  ["data use: no team", () => ["data", "use", "team"], 3],
  ["data use: neither of both", () => ["data", "use", "cloud"], 2],
  ["data move: no team", () => ["data", "move", "--from", "file"], 3],
  ["data move: no team to move into", () => ["data", "move", "--from", "file", "--yes"], 3],
  ["data forget: done", () => ["data", "forget", "--yes"], 0],
  ["data forget: not meant", () => ["data", "forget"], 2],
  ["mail-objects plan: done by the rules alone", () => ["mail-objects", "plan", csv(), "--store", "rules", "--container", "OU=Groups,DC=contoso,DC=lab", "--no-directory"], 0],
  ["mail-objects plan: a line without a container", () => ["mail-objects", "plan", csv(), "--store", "rules", "--no-directory"], 7],
  ["mail-objects plan: no account for the directory", () => ["mail-objects", "plan", csv(), "--store", "rules"], 3],
  ["mail-objects plan: a provider without mail objects", () => ["mail-objects", "plan", csv(), "--store", "nothing"], 1],
  ["mail-objects plan: a file that is missing", () => ["mail-objects", "plan", path.join(folder, "missing.csv"), "--store", "rules"], 3],
  ["mail-objects plan: no store", () => ["mail-objects", "plan", csv()], 2],
  ["mail-objects apply: a provider without mail objects", () => ["mail-objects", "apply", csv(), "--store", "nothing"], 1],
  ["mail-objects apply: a result that cannot be written", () => ["mail-objects", "apply", csv(), "--store", "rules", "--result", path.join(folder, "nowhere", "done.csv")], 1],
  ["mail-objects resume: nothing is unfinished", () => ["mail-objects", "resume", "--store", "rules"], 3],
  ["mail-objects resume: neither a run nor a store", () => ["mail-objects", "resume"], 2],
  ["mail-objects undo: an entry that is missing", () => ["mail-objects", "undo", "7f3c2e10", "--yes"], 3],
  ["mail-objects undo: not meant", () => ["mail-objects", "undo", "7f3c2e10"], 2],
  ["mail-objects journal: nothing was done", () => ["mail-objects", "journal"], 0],
  ["mail-objects rehearse: a provider without mail objects", () => ["mail-objects", "rehearse", "--store", "nothing"], 1],
  ["mail-objects rehearse: an action that there is not", () => ["mail-objects", "rehearse", "--store", "rules", "--action", "make"], 2],
  ...jobCases((name) => path.join(folder, name)),
  ["subscriptions: a provider that sells none", () => ["subscriptions", "--store", "rules"], 1],
  ["subscriptions: a store that is missing", () => ["subscriptions", "--store", "nobody"], 3],
  ["subscriptions user: a provider that sells none", () => ["subscriptions", "user", "eva@contoso.com", "--store", "rules"], 1],
  ...handoverCases((name) => path.join(folder, name)),
  ...consoleCases,
  ["practice: no practice console runs", () => ["practice"], 3],
  ["practice: no practice console to ask for its facts", () => ["practice", "facts"], 3],
  ["practice: too many words", () => ["practice", "down", "exb", "1", "2"], 2],
  ["practice: an option it does not have", () => ["practice", "--sync"], 2],
];

describe("every verb on a data folder of its own", () => {
  beforeAll(async () => {
    await must(["stores", "add", document("rules.json", other)]);
    await must(["stores", "add", document("nothing.json", { ...other, name: "Nothing", messaging: { provider: "none" } })]);
  });

  it("is tried in every form", () => {
    const tried = new Set(cases.filter(([, , code]) => code !== exitCodes.usage).map(([, args]) => readCommandLine(args(), verbs).form));
    const untried = verbs.flatMap(({ name, forms }) => forms.filter((form) => !tried.has(form)).map(({ choice }) => [name, choice].join(" ")));
    expect(untried).toEqual([]);
  });

  it.each(cases.map(([what, args, code, stdin = ""]) => ({ what, args, code, stdin })))("$what ends with $code", async ({ args, code, stdin }) => {
    const said = await run(args(), stdin);
    // A ladder shows its rungs, and then why it ended; a status says on its own what is wrong.
    const answers = said.stdout !== "" && args()[0] !== "data";
    expect({ code: said.code, failure: told(said) }).toEqual({ code, failure: code === 0 || answers ? "nothing" : "a sentence and the next step" });
  });

  it.each(cases.map(([what, args, code, stdin = ""]) => ({ what, args, code, stdin })))("$what ends with $code, as JSON", async ({ args, code, stdin }) => {
    const { code: ended, stdout, stderr } = await run([...args(), "--json"], stdin);
    const documents = `${stdout}${stderr}`.trimEnd().split("\n").map((line): unknown => JSON.parse(line));
    const failures = documents.filter((document) => failureSchema.safeParse(document).data?.exitCode === code);
    expect({ ended, failures: failures.length }).toEqual({ ended: code, failures: stderr === "" ? 0 : 1 });
  });

  it.each(["", " "])("refuses a data folder without a name: '%s'", async (name) => {
    for (const program of [entry, "out/main/loopback.js"]) {
      const said = await finish(program, [...(program === entry ? ["stores"] : ["--no-open"]), "--data", name]);
      expect(said).toMatchObject({ code: 2, stdout: "" });
      expect(said.stderr).toContain("--data takes a folder");
    }
    expect(existsSync(path.join(root, "messaging-console.db"))).toBe(false);
  });
});

describe.skipIf(missing !== null)(`servers and status against a real directory${because}`, () => {
  let lab: Lab;
  beforeAll(async () => {
    lab = await startLab();
    const { username, password } = lab.accounts.mail;
    const connection = { ...other.connection, domain: lab.domain, dnsServer: lab.dnsServer, username, trust: { mode: "authority-file", name: "lab.pem", pem: lab.authorityPem } };
    const messaging = { provider: "exchange", variant: "2013", values: { domain: lab.domain, username } };
    await must(["stores", "add", document("hq.json", { name: "HQ", connection, messaging })], `directory.password=${password}\nmessaging.password=${password}\n`);
  });
  afterAll(async () => lab.dispose());

  const setServers = (servers: readonly { readonly name: string; readonly priority: number | null }[]) =>
    must(["stores", "set", "HQ", document("servers.json", { messaging: { provider: "exchange", variant: "2013", servers } }), "--no-secrets"]);
  const status = async (...more: readonly string[]) => {
    const said = await run(["status", "--store", "HQ", "--json", ...more]);
    expect(said.stderr).toBe("");
    return { code: said.code, rows: statusSchema.parse(JSON.parse(said.stdout)) };
  };

  it("lists the servers and saves the listing", async () => {
    const synced = await run(["servers", "--store", "HQ", "--sync", "--save", "--json"]);
    expect(synced).toMatchObject({ code: 0, stderr: "" });
    expect(JSON.parse(synced.stdout)).toMatchObject({
      revision: 2,
      hasDraft: false,
      servers: expect.arrayContaining([expect.objectContaining({ name: "exa.contoso.lab" }), expect.objectContaining({ name: "exb.contoso.lab" })]),
    });
  });

  it("neither publishes a colleague's unsaved work nor signs in with it", async () => {
    const host = start("out/main/loopback.js", ["--no-open", "--data", data()]);
    const colleague = await connectTo(await host.until(/http:\/\/127\.0\.0\.1:\d+\/#code=\S+/));
    try {
      const listed = z.array(z.looseObject({ id: z.string(), name: z.string() })).parse(JSON.parse((await run(["stores", "--json"])).stdout));
      const id = listed.find(({ name }) => name === "HQ")?.id ?? "";
      const state = await colleague.client.editor.open({ storeId: id });
      if (!state.ok) throw new Error("the store is gone");
      const typed = await colleague.client.editor.setSecret({ storeId: id, sight: sightOf(state.value), provider: "exchange", field: "password", value: "half-typed" });
      expect(typed).toMatchObject({ ok: true });
      const synced = await run(["servers", "--store", "HQ", "--sync", "--save", "--json"]);
      expect(synced).toMatchObject({ code: 0, stderr: "" });
      // Nothing new was listed, so that nothing was saved either.
      expect(JSON.parse(synced.stdout)).toMatchObject({ revision: 2, hasDraft: true });
      expect((await run(["servers", "--store", "HQ"])).stdout).toContain("There is unsaved work on this identity store.");
      expect(await colleague.client.editor.open({ storeId: id })).toMatchObject({ ok: true, value: { store: { revision: 2 }, draft: { forms: { exchange: { secrets: { password: { state: "changed" } } } } } } });
      expect(await colleague.client.editor.discardDraft({ storeId: id, version: typed.ok ? (typed.value.draft?.version ?? 0) : 0 })).toMatchObject({ ok: true });
    } finally {
      colleague.close();
      host.child.kill();
      await host.ended();
    }
  });

  it("lists without saving, and keeps nothing of it", async () => {
    const listed = await run(["servers", "--store", "HQ", "--sync", "--json"]);
    expect(JSON.parse(listed.stdout)).toMatchObject({ revision: null, servers: [{ priority: 1 }, { priority: null }] });
    expect(JSON.parse((await run(["servers", "--store", "HQ", "--json"])).stdout)).toMatchObject({ revision: 2, hasDraft: false });
  });

  it("says one thing of ticked and unticked servers in rows and exit code", async () => {
    await setServers([{ name: "exb.contoso.lab", priority: 1 }, { name: "exa.contoso.lab", priority: null }]);
    await lab.run("down", "exa", null);
    expect(await status()).toMatchObject({
      code: 0,
      rows: [
        { name: "exb.contoso.lab", inUse: true, priority: 1, checked: true, health: { state: "online" } },
        { name: "exa.contoso.lab", inUse: false, priority: null, checked: true, health: { state: "offline" } },
      ],
    });
    await setServers([{ name: "exb.contoso.lab", priority: 1 }, { name: "exa.contoso.lab", priority: 2 }]);
    expect((await status()).code).toBe(4);
    await lab.run("up", "exa", null);
    expect((await status()).code).toBe(0);
  });

  it("says in a few words what was noticed about a server that is online", async () => {
    await setServers([{ name: "exb.contoso.lab", priority: 1 }, { name: "exa.contoso.lab", priority: 2 }]);
    const said = await run(["status", "--store", "HQ"]);
    expect(said).toMatchObject({ code: 0, stderr: "" });
    expect(said.stdout).toMatch(/^1 +exb\.contoso\.lab +Online \(certificate for another name\) /m);
    await lab.run("untrusted", "exb", null);
    expect((await run(["status", "--store", "HQ"])).stdout).toMatch(/^1 +exb\.contoso\.lab +Online \(certificate of an unknown authority\) /m);
    await lab.run("up", "exb", null);
  });

  it("names what was not checked in time, and ends with a code of its own", async () => {
    await setServers([{ name: "exb.contoso.lab", priority: 1 }, { name: "exa.contoso.lab", priority: 2 }]);
    await lab.run("hang", "exa", null);
    const said = await run(["status", "--store", "HQ", "--timeout", "2"]);
    await lab.run("up", "exa", null);
    expect(said).toMatchObject({ code: 8, stderr: "" });
    expect(said.stdout).toContain("Not checked within 2 s: exa.contoso.lab");
  });

  it("says that nothing differs as far as could be compared, with the same code", async () => {
    await lab.run("down", "exa", null);
    const said = await run(["compare", "HQ"]);
    const json = await run(["compare", "HQ", "--json"]);
    await lab.run("up", "exa", null);
    expect(said).toMatchObject({ code: 8, stderr: "", stdout: expect.stringMatching(/^Saved, held against Directory and servers now: no difference, as far as could be compared\.\nexa\.contoso\.lab: /) });
    expect({ code: json.code, said: JSON.parse(json.stdout) }).toMatchObject({ code: 8, said: { changes: [], notCompared: [{ what: "server", subject: "exa.contoso.lab" }] } });
  });

  it("watches until it is told to stop", async () => {
    const watching = start(entry, ["status", "--store", "HQ", "--watch", "--json", "--data", data()]);
    await watching.until(/"name":"exb\.contoso\.lab"[^\n]*?"health":\{"state":"online"/);
    watching.child.kill("SIGINT");
    expect(await watching.ended()).toMatchObject({ code: 0, stderr: "" });
  });
});
