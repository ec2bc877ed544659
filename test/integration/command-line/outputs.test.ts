/**
 * Secrets that were planted in an installation, and everything that a person can have written of it: in none of them is one, however it
 * is encoded. A new output gets a line in the table.
 */
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { pkcs12, rsaIdentity } from "../../../main/practice/clouds/key-files.ts";
import { openPki } from "../../../main/practice/pki.ts";
import { filesHolding, formsOf, holds, type Sought } from "../../e2e/searches.ts";
import { readZip } from "../../lab/read-zip.ts";
import { start, type Finished } from "./processes.ts";

const entry = "out/main/command-line.js";

/** Each is found nowhere else, and has what the ways of writing a text down change. */
const planted = {
  directory: 'Dir3ctory "quo\\te-ü&<',
  exchange: "Exch+ange%20;pass/word'9",
  client: "cl1ent~Secret.with-Dots_88",
  file: 'P12 p4ss=phrase "8',
  passphrase: "hand-over passphrase Ü 2026",
  team: "t3am data#base 'pw",
  proxy: "pr0xy-Pass-word-77",
} as const;

let folder: string;
let key: string;
let pfx: Buffer;
let google: Buffer;
const at = (...names: readonly string[]) => path.join(folder, ...names);

async function run(args: readonly string[], stdin = ""): Promise<Finished> {
  const environment = { TMPDIR: at("temporary"), HTTPS_PROXY: `http://proxy-user:${planted.proxy}@127.0.0.1:9` };
  const running = start(entry, [...args, "--data", at("data")], environment);
  running.child.stdin.end(stdin);
  return running.ended();
}

async function add(document: object, secrets: Readonly<Record<string, string>>): Promise<void> {
  writeFileSync(at("document.json"), JSON.stringify(document));
  const added = await run(["stores", "add", at("document.json")], JSON.stringify(secrets));
  if (added.code !== 0) throw new Error(added.stderr);
}

const connection = { kind: "active-directory", domain: "contoso.lab", domainControllers: [], dnsServer: null, username: "CONTOSO\\svc-mail", security: "ldaps", trust: { mode: "system" } };

/** A key is known by its lines in PEM, and a file of one by a piece of its sealed part: the certificate stands before that and is public. */
function soughtSecrets(): readonly Sought[] {
  const lines = key.split("\n").filter((line) => line.length > 40);
  return [...Object.values(planted), ...lines.slice(2, 5), pfx.subarray(1_500, 1_540), google.subarray(1_500, 1_540)];
}

/** As it is, encoded as the end-to-end tests search for it, and as JSON, addresses and markup write it. */
function found(content: Buffer): readonly string[] {
  const written = (secret: string) => [JSON.stringify(secret).slice(1, -1), encodeURIComponent(secret), secret.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll('"', "&quot;"), secret.replaceAll("'", "''")];
  return soughtSecrets()
    .filter((sought) => holds(content, sought) || (typeof sought === "string" && written(sought).some((form) => content.includes(form))))
    .map(String);
}

type Output = readonly [what: string, args: () => readonly string[], file?: string];

/** Everything that is written of an installation: on standard output, and to a file where one is named. */
const outputs: readonly Output[] = [
  ["unsealed bundle", () => ["export", at("plain.json"), "--unsealed"], "plain.json"],
  ["report as Markdown", () => ["report"]],
  ["report as HTML", () => ["report", "--html"]],
  ["report as JSON", () => ["report", "--json"]],
  ["what is open", () => ["validate", "--json"]],
  ["script", () => ["script", at("apply.ps1")], "apply.ps1"],
  ["script that takes it back", () => ["script", at("undo.ps1"), "--undo"], "undo.ps1"],
  ["probe", () => ["probe", at("probe.ps1")], "probe.ps1"],
  ["comparison with an earlier revision", () => ["compare", "HQ", "1", "saved", "--json"]],
  ["comparison with a directory that is away", () => ["compare", "HQ", "--json"]],
  ["diagnostics", () => ["diagnostics", at("case.zip")], "case.zip"],
  ["diagnostics with names", () => ["diagnostics", at("named.zip"), "--names", "--json"], "named.zip"],
  ["identity stores", () => ["stores", "--json"]],
  ["a document", () => ["stores", "get", "HQ"]],
  ["a document of a cloud", () => ["stores", "get", "Cloud", "--json"]],
  ["a history", () => ["stores", "history", "HQ", "--json"]],
  ["servers", () => ["servers", "--store", "HQ", "--json"]],
  ["servers that cannot be listed", () => ["servers", "--store", "HQ", "--sync", "--json"]],
  ["status", () => ["status", "--store", "HQ", "--timeout", "1", "--json"]],
  ["a plan of mail objects", () => ["mail-objects", "plan", at("groups.csv"), "--store", "HQ", "--container", "OU=Groups,DC=contoso,DC=lab", "--no-directory", "--json"]],
  ["mail objects that cannot be made, with their result", () => ["mail-objects", "apply", at("groups.csv"), "--store", "HQ", "--container", "OU=Groups,DC=contoso,DC=lab", "--result", at("done.csv"), "--json"]],
  ["the journal", () => ["mail-objects", "journal", "--json"]],
  ["where the data is", () => ["data", "where", "--json"]],
];

/** A file's content; a zip file's as it is unpacked. */
function contentOf(file: string): Buffer {
  const bytes = readFileSync(at(file));
  return file.endsWith(".zip") ? Buffer.from(Object.entries(readZip(bytes)).flat().join("\n")) : bytes;
}

describe("an installation with planted secrets", () => {
  beforeAll(async () => {
    folder = mkdtempSync(path.join(tmpdir(), "mc-outputs-"));
    mkdirSync(at("temporary"));
    writeFileSync(at("groups.csv"), "name\nSales\n");
    const identity = await rsaIdentity(await openPki(at("authority")), "cloud", "planted", 90);
    key = identity.keyPem;
    pfx = Buffer.from(pkcs12(identity, planted.file, "aes256", "planted"), "base64");
    google = Buffer.from(pkcs12(identity, "notasecret", "3des", "privatekey"), "base64");
    writeFileSync(at("cloud.pfx"), pfx);
    writeFileSync(at("google.p12"), google);
    const servers = [{ name: "exa.contoso.lab", priority: 1 }];
    const directory = { "directory.password": planted.directory };
    await add({ name: "HQ", connection, messaging: { provider: "exchange", variant: "2013", values: { domain: "contoso.lab", username: "CONTOSO\\svc-mail" }, servers } }, { ...directory, "messaging.password": planted.exchange });
    const cloud = { cloud: "worldwide", domain: "contoso.com", applicationId: "a1b2c3d4-e5f6-f6e5-d4c3-b2a1b2c3d4e5" };
    await add({ name: "Cloud", connection, messaging: { provider: "office365", values: cloud, certificates: { certificate: at("cloud.pfx") } } }, { ...directory, "messaging.clientSecret": planted.client, "messaging.certificatePassword": planted.file });
    const workspace = { serviceAccount: "svc@contoso-1.iam.gserviceaccount.com", adminUsername: "admin@contoso.com" };
    await add({ name: "Workspace", connection, messaging: { provider: "google-workspace", values: workspace, certificates: { certificate: at("google.p12") } } }, directory);
    const sealed = await run(["export", at("site.age")], `${planted.passphrase}\n`);
    if (sealed.code !== 0) throw new Error(sealed.stderr);
    // Nobody listens there, and the password was typed all the same.
    await run(["data", "test", "--host", "127.0.0.1", "--port", "1", "--database", "messaging", "--account", "eva"], planted.team);
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it.each(outputs.map(([what, args, file]) => ({ what, args, file })))("has none in: $what", async ({ args, file }) => {
    const { stdout, stderr } = await run(args());
    const said = Buffer.from(`${stdout}\n${stderr}`);
    expect({ said: found(said), written: file === undefined ? [] : found(contentOf(file)), empty: said.length < 3 }).toEqual({ said: [], written: [], empty: false });
  });

  it("has none in its log, its other files and the temporary folder", () => {
    const inFolder = (name: string) => soughtSecrets().flatMap((sought) => filesHolding(at(name), sought).map((file) => `${String(sought)} ${file}`));
    expect({ data: inFolder("data"), temporary: inFolder("temporary"), left: readdirSync(at("temporary")) }).toEqual({ data: [], temporary: [], left: [] });
  });

  it("and whoever searches would find one", () => {
    for (const sought of soughtSecrets()) for (const form of formsOf(sought)) expect(found(Buffer.concat([Buffer.from("before "), form, Buffer.from(" after")])).length).toBeGreaterThan(0);
  });
});
