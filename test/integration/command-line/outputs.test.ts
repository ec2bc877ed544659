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
import { blankJob } from "../../../shared/rules/job.ts";
import { filesHolding, formsOf, holds, type Sought } from "../../e2e/searches.ts";
import { pythonHere, pythonWords, readZip } from "../../lab/read-zip.ts";
import { start, type Finished } from "./processes.ts";

const entry = "out/main/command-line.js";

/** Each is found nowhere else, and has what the ways of writing a text down change. */
const planted = {
  directory: 'Dir3ctory "quo\\te-ü&<',
  exchange: "Exch+ange%20;pass/word'9",
  exchangeLater: 'l4ter(Exch)ange="\\n$1',
  client: "cl1ent~Secret.with-Dots_88",
  file: 'P12 p4ss=phrase "8',
  passphrase: "hand-over passphrase Ü 2026",
  team: "t3am data#base 'pw",
  proxy: "pr0xy-Pass-word-77",
  // What every secret key of age begins with: of this console's own, which no test knows, and of the one that is typed by mistake.
  identity: "AGE-SECRET-KEY-1",
} as const;

let folder: string;
let key: string;
let pfx: Buffer;
let google: Buffer;
const at = (...names: readonly string[]) => path.join(folder, ...names);

interface Given {
  readonly stdin?: string;
  readonly until?: RegExp;
}

async function run(args: readonly string[], { stdin = "", until }: Given = {}): Promise<Finished> {
  const environment = { TMPDIR: at("temporary"), HTTPS_PROXY: `http://proxy-user:${planted.proxy}@127.0.0.1:9` };
  const running = start(entry, [...args, "--data", at("data")], environment);
  running.child.stdin.end(stdin);
  if (until !== undefined) {
    await running.until(until);
    running.child.kill("SIGINT");
  }
  return running.ended();
}

async function doneWith(args: readonly string[], stdin: string): Promise<void> {
  const { code, stderr } = await run(args, { stdin });
  if (code !== 0) throw new Error(stderr);
}

/** Makes a store of a document, or changes the one that is named by it. */
async function save(document: object, secrets: Readonly<Record<string, string>>, over?: string): Promise<void> {
  writeFileSync(at("document.json"), JSON.stringify(document));
  await doneWith(["stores", ...(over === undefined ? ["add"] : ["set", over]), at("document.json")], JSON.stringify(secrets));
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

interface Output {
  readonly what: string;
  readonly args: () => readonly string[];
  /** Exit codes that it may end with here: what is written may be a refusal, and then has to be that one. */
  readonly ends: readonly number[];
  /** Something that is there only where the whole was written. */
  readonly holds: RegExp;
  /** What is written is in there, not on standard output. */
  readonly file?: string;
  readonly stdin?: string;
  /** It goes on until it is stopped: after the first of this. */
  readonly until?: RegExp;
}

/** Of age's own test vectors. */
const TYPED_IDENTITY = "AGE-SECRET-KEY-1EGTZVFFV20835NWYV6270LXYVK2VKNX2MMDKWYKLMGR48UAWX40Q2P2LM0";

const objects = () => ["--store", "HQ", "--container", "OU=Groups,DC=contoso,DC=lab"];

/** Everything that is written of an installation: on standard output, and to a file where one is named. */
const outputs: readonly Output[] = [
  { what: "unsealed bundle", args: () => ["export", at("plain.json"), "--unsealed"], ends: [0], holds: /"format": "messaging-console-bundle"[^]*"name": "Workspace"/, file: "plain.json" },
  { what: "public key", args: () => ["key"], ends: [0], holds: /^age1[0-9a-z]{58}\n/ },
  { what: "public key as JSON", args: () => ["key", "--json"], ends: [0], holds: /^\{"publicKey":"age1[0-9a-z]{58}"\}/ },
  { what: "public key of a new pair", args: () => ["key", "--new", "--yes"], ends: [0], holds: /^age1[0-9a-z]{58}\n/ },
  { what: "bundle that was to be sealed to a secret key", args: () => ["export", at("no.age"), "--to", TYPED_IDENTITY], ends: [7], holds: /recipients\.0: This is a secret key/ },
  { what: "the same as JSON", args: () => ["export", at("no.age"), "--to", `"${TYPED_IDENTITY.toLowerCase()}"`, "--json"], ends: [7], holds: /"code":"recipient-secret"/ },
  { what: "bundle that is sealed to another console", args: () => ["import", at("another.age"), "--json"], ends: [1], holds: /"what":"sealed-to-another-key"/ },
  { what: "report as Markdown", args: () => ["report"], ends: [0], holds: /# Site report: HQ\n[^]*\*\*Password:\*\* stored/ },
  { what: "report as HTML", args: () => ["report", "--html"], ends: [0], holds: /<h1>Site report: HQ<\/h1>[^]*<\/html>/ },
  { what: "report as JSON", args: () => ["report", "--json"], ends: [0], holds: /"title":"Site report: HQ"/ },
  { what: "what is open", args: () => ["validate", "--json"], ends: [7], holds: /"name":"HQ","open":\["The saved configuration was not tested\."/ },
  { what: "script", args: () => ["script", at("apply.ps1")], ends: [0], holds: /# HQ: Microsoft Exchange 2013\r\n[^]*Set-MessagingServer @common/, file: "apply.ps1" },
  { what: "script that takes it back", args: () => ["script", at("undo.ps1"), "--undo"], ends: [0], holds: /# Puts back [^]*'Workspace: /, file: "undo.ps1" },
  { what: "probe", args: () => ["probe", at("probe.ps1")], ends: [0], holds: /storeName = 'HQ'; provider = 'exchange'; server = 'exa\.contoso\.lab'/, file: "probe.ps1" },
  { what: "comparison with an earlier revision", args: () => ["compare", "HQ", "1", "saved", "--json"], ends: [9], holds: /"key":"secrets\.password"[^}]*"after":"changed"/ },
  { what: "comparison as Markdown", args: () => ["compare", "HQ", "1", "saved", "--markdown"], ends: [9], holds: /\| Password \| +\| changed \|/ },
  { what: "comparison with a sealed file", args: () => ["compare", "HQ", at("site.age"), "--json"], ends: [9], holds: /"key":"secrets\.password"/, stdin: `${planted.passphrase}\n` },
  { what: "comparison with a directory that is away", args: () => ["compare", "HQ", "--json"], ends: [4], holds: /"kind":"unreachable"/ },
  { what: "diagnostics", args: () => ["diagnostics", at("case.zip")], ends: [0], holds: /"directoryPassword": "set"[^]*log\/command-line\.txt\n\{/, file: "case.zip" },
  { what: "diagnostics with names", args: () => ["diagnostics", at("named.zip"), "--names", "--json"], ends: [0], holds: /"name": "HQ"[^]*log\/command-line\.txt\n\{/, file: "named.zip" },
  { what: "the list of diagnostics", args: () => ["diagnostics", "--plan"], ends: [0], holds: /stores\.json \(.*\n[^]*log\/command-line\.txt \(/ },
  { what: "identity stores", args: () => ["stores", "--json"], ends: [0], holds: /"name":"HQ","kind":"active-directory"/ },
  { what: "a document", args: () => ["stores", "get", "HQ"], ends: [0], holds: /"messaging\.password": "set"/ },
  { what: "a document of a cloud", args: () => ["stores", "get", "Cloud", "--json"], ends: [0], holds: /"messaging\.clientSecret":"set"/ },
  { what: "a history", args: () => ["stores", "history", "HQ", "--json"], ends: [0], holds: /"number":2,[^]*"key":"secrets\.password"/ },
  { what: "servers", args: () => ["servers", "--store", "HQ", "--json"], ends: [0], holds: /"servers":\[\{"name":"exa\.contoso\.lab"/ },
  { what: "servers that cannot be listed", args: () => ["servers", "--store", "HQ", "--sync", "--json"], ends: [4], holds: /"kind":"unreachable"/ },
  { what: "servers that cannot be listed and saved", args: () => ["servers", "--store", "HQ", "--sync", "--save"], ends: [4], holds: /DNS/ },
  // A server whose name DNS does not know is offline; on a machine without a network nothing is known of it.
  { what: "status", args: () => ["status", "--store", "HQ", "--timeout", "1", "--json"], ends: [4, 8], holds: /"name":"exa\.contoso\.lab"[^]*"rungs":\[\{/ },
  { what: "status that is watched", args: () => ["status", "--store", "HQ", "--watch", "--json"], ends: [0], holds: /"name":"exa\.contoso\.lab"/, until: /exa\.contoso\.lab.*\n/ },
  { what: "a plan of mail objects", args: () => ["mail-objects", "plan", at("groups.csv"), ...objects(), "--no-directory", "--json"], ends: [0], holds: /"objects":1,[^]*"name":"Sales"/ },
  { what: "mail objects that cannot be made, with their result", args: () => ["mail-objects", "apply", at("groups.csv"), ...objects(), "--result", at("done.csv"), "--json"], ends: [4], holds: /"kind":"unreachable"/ },
  { what: "the journal", args: () => ["mail-objects", "journal", "--json"], ends: [0], holds: /^\[\]/ },
  { what: "a job that is brought in", args: () => ["jobs", "import", at("starters.json"), "--store", "HQ", "--json"], ends: [0], holds: /"job":"Starters","revision":3,"how":"created"/ },
  { what: "a job", args: () => ["jobs", "export", "Starters", at("exported.json")], ends: [0], holds: /"name": "Starters"/, file: "exported.json" },
  { what: "a run of a job whose directory is away", args: () => ["jobs", "run", "Starters", "--json"], ends: [4], holds: /"kind":"unreachable"/ },
  { what: "runs of jobs", args: () => ["jobs", "history", "--json"], ends: [0], holds: /^\[\]/ },
  { what: "where the data is", args: () => ["data", "where", "--json"], ends: [0], holds: /"kind":"file"/ },
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
    const mapping = [{ target: "alias", transform: { from: { kind: "column", column: "name" }, steps: [] } }];
    writeFileSync(at("starters.json"), JSON.stringify({ ...blankJob("mail-contact"), name: "Starters", source: { ...blankJob("mail-contact").source, path: at("groups.csv") }, mapping }));
    const identity = await rsaIdentity(await openPki(at("authority")), "cloud", "planted", 90);
    key = identity.keyPem;
    pfx = Buffer.from(pkcs12(identity, planted.file, "aes256", "planted"), "base64");
    google = Buffer.from(pkcs12(identity, "notasecret", "3des", "privatekey"), "base64");
    writeFileSync(at("cloud.pfx"), pfx);
    writeFileSync(at("google.p12"), google);
    const servers = [{ name: "exa.contoso.lab", priority: 1 }];
    const directory = { "directory.password": planted.directory };
    const exchange = { provider: "exchange", variant: "2013", values: { domain: "contoso.lab", username: "CONTOSO\\svc-mail" }, servers };
    await save({ name: "HQ", connection, messaging: exchange }, { ...directory, "messaging.password": planted.exchange });
    const cloud = { cloud: "worldwide", domain: "contoso.com", applicationId: "a1b2c3d4-e5f6-f6e5-d4c3-b2a1b2c3d4e5" };
    await save({ name: "Cloud", connection, messaging: { provider: "office365", values: cloud, certificates: { certificate: at("cloud.pfx") } } }, { ...directory, "messaging.clientSecret": planted.client, "messaging.certificatePassword": planted.file });
    const workspace = { serviceAccount: "svc@contoso-1.iam.gserviceaccount.com", adminUsername: "admin@contoso.com" };
    await save({ name: "Workspace", connection, messaging: { provider: "google-workspace", values: workspace, certificates: { certificate: at("google.p12") } } }, directory);
    await doneWith(["export", at("site.age")], `${planted.passphrase}\n`);
    await doneWith(["export", at("another.age"), "--to", "age1ql3z7hjy54pw3hyww5ayyfg7zqgvc7w3j2elw8zmrj2kg5sfn9aqmcac8p"], "");
    // Otherwise than in its first revision and in that file.
    await save({ name: "HQ", connection, messaging: exchange }, { "messaging.password": planted.exchangeLater }, "HQ");
    // Nobody listens there, and the password was typed all the same.
    await run(["data", "test", "--host", "127.0.0.1", "--port", "1", "--database", "messaging", "--account", "eva"], { stdin: planted.team });
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it.for(outputs.map((output) => ({ title: output.file?.endsWith(".zip") === true ? `${output.what} (read by: ${pythonWords})` : output.what, output })))("has none in: $title", async ({ output }, { skip }) => {
    const { args, ends, holds: whole, file } = output;
    skip(file?.endsWith(".zip") === true && pythonHere === null);
    const ended = await run(args(), output);
    const said = Buffer.from(`${ended.stdout}\n${ended.stderr}`);
    const written = file === undefined ? said : contentOf(file);
    expect(ends).toContain(ended.code);
    expect(written.toString()).toMatch(whole);
    expect({ said: found(said), written: found(written) }).toEqual({ said: [], written: [] });
  });

  it("has none in its log, its other files and the temporary folder", () => {
    const inFolder = (name: string) => soughtSecrets().flatMap((sought) => filesHolding(at(name), sought).map((file) => `${String(sought)} ${file}`));
    expect({ data: inFolder("data"), temporary: inFolder("temporary"), left: readdirSync(at("temporary")) }).toEqual({ data: [], temporary: [], left: [] });
  });

  it("and whoever searches would find one", () => {
    for (const sought of soughtSecrets()) for (const form of formsOf(sought)) expect(found(Buffer.concat([Buffer.from("before "), form, Buffer.from(" after")])).length).toBeGreaterThan(0);
  });
});
