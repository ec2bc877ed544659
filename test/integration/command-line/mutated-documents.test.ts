/**
 * Ten thousand spoiled documents through `stores set`, over every provider: each is applied whole and read back the same by
 * `stores get`, or refused with a place and nothing changed.
 */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { isDeepStrictEqual } from "node:util";
import { Readable } from "node:stream";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import { openOwnClient, type OpenedClient } from "../../../main/hosts/command-line/client.ts";
import { runCommandLine } from "../../../main/hosts/command-line/command-line.ts";
import { verbs } from "../../../main/hosts/command-line/verbs/index.ts";
import { faultSchema, type Fault } from "../../../shared/fault.ts";
import { collected } from "../../lab/collected.ts";
import { pfxFile } from "../../lab/vectors.ts";
import { chance, pick, spoiled, type Json } from "./mutations.ts";

const SEED = 20_260_117;
const DOCUMENTS = 10_000;

const directory = { kind: "active-directory", domain: "contoso.lab", domainControllers: ["dc1.contoso.lab"], dnsServer: null, username: "CONTOSO\\svc-mail", security: "ldaps", trust: { mode: "system" } };
const tenant = { kind: "entra-id", cloud: "worldwide", tenant: "contoso.onmicrosoft.com" };
const servers = [{ name: "exa.contoso.lab", priority: 2 }, { name: "exb.contoso.lab", priority: 1 }, { name: "exc.contoso.lab", priority: null }];
const exchange = (variant: string) => ({ provider: "exchange", variant, values: { domain: "contoso.lab", username: "CONTOSO\\svc-exchange" }, servers });
const office365 = {
  provider: "office365",
  values: { cloud: "worldwide", domain: "contoso.com", applicationId: "11111111-2222-3333-4444-555555555555", clientSecretExpires: "2027-01-31" },
  servers: [{ name: "outlook.office365.com", priority: null }],
  certificates: { certificate: pfxFile("generated/aes256-sha256.p12") },
};
const google = {
  provider: "google-workspace",
  values: { serviceAccount: "console@contoso.iam.gserviceaccount.com", adminUsername: "admin@contoso.com" },
  certificates: { certificate: pfxFile("generated/google-rc2-40.p12") },
};
const rules = { provider: "other", values: { domain: "googlegroups.com", maximumAliasLength: 64, aliasPattern: "^[a-z.]+$", example: "anna.meyer" } };
const cloudSecrets = "messaging.certificatePassword=password\nmessaging.clientSecret=s3cret";

/** A store of every provider, every version and both kinds of directories, with its secrets. */
const stores: readonly [name: string, document: object, secrets: string][] = [
  ...["2013", "2016", "2019", "subscription"].map((variant): [string, object, string] => [`Exchange ${variant}`, { connection: directory, messaging: exchange(variant) }, "directory.password=d\nmessaging.password=m"]),
  ["Office 365", { connection: directory, messaging: office365 }, cloudSecrets],
  ["Tenant", { connection: tenant, messaging: office365 }, cloudSecrets],
  ["Google", { connection: directory, messaging: google }, ""],
  ["Rules", { connection: directory, messaging: rules }, "directory.password=d"],
  ["Nothing", { connection: tenant, messaging: { provider: "none" } }, ""],
  ["Bare", { connection: directory }, ""],
];

/** Secrets that come with some of the documents: right, wrong, of another provider, none. */
const offered = ["messaging.password=n", "directory.password=n", "messaging.certificatePassword=wrong", "messaging.certificatePassword=", "messaging.nobody=n"];

let folder: string;
let opened: OpenedClient;
beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), "mc-spoiled-"));
  opened = await openOwnClient(path.join(folder, "data"));
  for (const [name, document, secrets] of stores) {
    const said = await run(["stores", "add", file(Buffer.from(JSON.stringify({ name, ...document })))], secrets);
    if (said.code !== 0) throw new Error(`${name}: ${said.err}`);
  }
});
afterAll(async () => {
  await opened.close();
  rmSync(folder, { recursive: true, force: true });
});

let files = 0;
/** A new one each time: to write into one that is there waits for the disk. */
function file(bytes: Uint8Array): string {
  files += 1;
  const name = path.join(folder, `document-${files}.json`);
  writeFileSync(name, bytes);
  return name;
}

async function run(args: readonly string[], stdin = "") {
  const [out, err] = [collected(), collected()];
  const code = await runCommandLine([...args, "--json"], {
    verbs,
    stdin: Readable.from(stdin === "" ? [] : [Buffer.from(stdin)]),
    stdout: out.stream,
    stderr: err.stream,
    signal: new AbortController().signal,
    open: () => Promise.resolve({ client: opened.client, notice: null, close: () => Promise.resolve() }),
  });
  return { code, out: out.text(), err: err.text() };
}

const documentSchema = z.record(z.string(), z.unknown());
const jsonSchema: z.ZodType<Json> = z.json();
const savedSchema = z.object({ name: z.string(), revision: z.number(), changed: z.boolean() });
const failureSchema = z.object({ fault: faultSchema });

/** What is stored, by the store's id: nothing that a verb prints stands between. */
async function stored(storeId: string) {
  const read = await opened.client.documents.read({ storeId });
  if (!read.ok) throw new Error(JSON.stringify(read.fault));
  return read.value;
}

/** Hosts and names mean the same in any case, with blanks and unseen characters around, as a page of theirs, and with a dot at their end; hosts may share one text. */
function meaning(value: unknown): unknown {
  if (typeof value === "string") return value.replace(/^[\s\p{Cf}]+|[\s\p{Cf}]+$/gu, "").toLowerCase().replace(/^https?:\/\/([^/:@?#]+)\/?$/, "$1").replace(/\.$/, "");
  if (Array.isArray(value) && value.every((item) => typeof item === "string")) return value.flatMap((item) => item.split(/[,;]/).map(meaning));
  return value;
}

const byText = (one: string, other: string) => (one < other ? -1 : Number(one > other));

/** Where the document that was read back says something else than the one that was written. */
function differences(written: unknown, readBack: unknown, at: string): string[] {
  if (at === "/messaging/servers" && Array.isArray(written) && Array.isArray(readBack)) {
    const plain = (list: readonly unknown[]) => list.map((server) => JSON.stringify(Object.entries(documentSchema.parse(server)).map(([key, value]) => `${key} ${String(meaning(value))}`).toSorted(byText))).toSorted(byText);
    return JSON.stringify(plain(written)) === JSON.stringify(plain(readBack)) ? [] : [at];
  }
  if (/^\/messaging\/certificates\/./.test(at)) return readBack === "set" ? [] : [at];
  if (typeof written === "object" && written !== null && !Array.isArray(written)) {
    const there = documentSchema.safeParse(readBack);
    return there.success ? Object.entries(written).flatMap(([key, value]) => differences(value, there.data[key], `${at}/${key}`)) : Object.keys(written).length === 0 ? [] : [at];
  }
  // No DNS server is written as null or as nothing.
  if (at === "/connection/dnsServer" && readBack === null) return meaning(written) === "" || written === null ? [] : [at];
  return JSON.stringify(meaning(written)) === JSON.stringify(meaning(readBack)) ? [] : [at];
}

/** The parts that the document does not speak of, which stay. */
function rest(document: Readonly<Record<string, unknown>>, written: Readonly<Record<string, unknown>>) {
  return Object.fromEntries(Object.entries(document).filter(([part]) => part !== "secrets" && !(part in written)));
}

function isPlaced(fault: Fault): boolean {
  if (fault.kind === "unreadable") return fault.at !== undefined;
  return fault.kind === "invalid" && fault.issues.length > 0 && fault.issues.every(({ path: entry, at }) => entry.length > 0 || at !== undefined);
}

function textOf(bytes: Uint8Array): string {
  const encoding = bytes[0] === 0xfe || bytes[0] === 0 ? "utf-16be" : bytes[0] === 0xff || bytes[1] === 0 ? "utf-16le" : "utf-8";
  return new TextDecoder(encoding).decode(bytes);
}

interface Known {
  readonly id: string;
  readonly document: Readonly<Record<string, unknown>>;
  readonly revision: number;
}
type Outcome = { readonly kind: "changed" | "unchanged" | "refused"; readonly wrong: readonly string[] };

/** Puts one document to a store as it was known, and says what was wrong about the answer. */
async function put(store: string, before: Known, bytes: Uint8Array, secrets: string): Promise<Outcome> {
  const said = await run(["stores", "set", store, file(bytes)], secrets);
  const { document, revision } = await stored(before.id);
  const check = (what: string, holds: boolean) => (holds ? [] : [what]);
  if (said.code !== 0) {
    const { fault } = failureSchema.parse(JSON.parse(said.err));
    const same = isDeepStrictEqual({ document, revision }, { document: before.document, revision: before.revision });
    return { kind: "refused", wrong: [...check(`no place: ${said.err}`, isPlaced(fault)), ...check("refused, and something changed", same)] };
  }
  const saved = savedSchema.parse(JSON.parse(said.out));
  const written = documentSchema.parse(JSON.parse(textOf(bytes)));
  const readBack = documentSchema.parse(JSON.parse((await run(["stores", "get", saved.name])).out));
  const again = await run(["stores", "set", saved.name, file(Buffer.from(JSON.stringify(readBack)))]);
  const wrong = [
    ...check("get prints something else than is stored", isDeepStrictEqual(readBack, document)),
    ...differences(written, readBack, "").map((at) => `${at} is read back otherwise`),
    ...check("a part that was left out has changed", isDeepStrictEqual(rest(readBack, written), rest(before.document, written))),
    ...check("not one revision", revision === before.revision + (saved.changed ? 1 : 0)),
    ...check("what was read back is no document that changes nothing", again.out.includes('"changed":false')),
  ];
  // The next document begins where this one began.
  const back = saved.changed ? await run(["stores", "restore", saved.name, "1"]) : { code: 0 };
  return { kind: saved.changed ? "changed" : "unchanged", wrong: [...wrong, ...check("not restored", back.code === 0)] };
}

describe("documents", () => {
  it.each(["2013", "2016", "2019", "subscription"])("keep the servers of every version of Exchange: %s", async (variant) => {
    const { messaging } = z.object({ messaging: z.unknown() }).parse(JSON.parse((await run(["stores", "get", `Exchange ${variant}`])).out));
    expect(messaging).toMatchObject({ variant, servers: [{ name: "exb.contoso.lab", priority: 1 }, { name: "exa.contoso.lab", priority: 2 }, { name: "exc.contoso.lab", priority: null }] });
  });

  it(`that are spoiled are applied whole and read back the same, or refused with a place: ${DOCUMENTS} with the seed ${SEED}`, { timeout: 900_000 }, async () => {
    const counts = { changed: 0, unchanged: 0, refused: 0 };
    const wrong: string[] = [];
    const ids = z.array(z.object({ id: z.string(), name: z.string() })).parse(JSON.parse((await run(["stores"])).out));
    const known = new Map<string, Known>();
    for (const { id, name } of ids) known.set(name, { id, ...(await stored(id)) });
    for (let index = 0; index < DOCUMENTS; index += 1) {
      const random = chance(SEED + index);
      const [store, before] = pick(random, [...known]);
      const bytes = spoiled(jsonSchema.parse(before.document), random);
      const secrets = random() < 0.1 ? pick(random, offered) : "";
      const outcome = await put(store, before, bytes, secrets);
      counts[outcome.kind] += 1;
      if (outcome.wrong.length > 0) wrong.push(`${index}, ${store}: ${outcome.wrong.join("; ")}\n${textOf(bytes)}\n${secrets}`);
      if (outcome.kind === "changed") known.set(store, { id: before.id, ...(await stored(before.id)) });
    }
    expect(wrong).toEqual([]);
    // No way is rare, or it was never tried.
    expect(counts.changed).toBeGreaterThan(DOCUMENTS / 50);
    expect(counts.unchanged).toBeGreaterThan(DOCUMENTS / 20);
    expect(counts.refused).toBeGreaterThan(DOCUMENTS / 3);
  });
});
