/** A configuration that is handed over to the public key of another data folder's console: the built command line, and the age tool. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { generateX25519Identity, identityToRecipient } from "age-encryption";
import { filesHolding } from "../../e2e/searches.ts";
import { missingForAge, runAge } from "../../lab/age-tool.ts";
import { finish } from "./processes.ts";

const entry = "out/main/command-line.js";
const SECRET = "Dir3ctory-Pa55word-of-HQ";

describe("identity stores that are sealed to a console's key", () => {
  let folder: string;
  const file = (name: string) => path.join(folder, name);
  const at = (place: string) => (args: readonly string[], stdin = "") => finish(entry, [...args, "--data", file(place)], stdin);
  const [here, there, elsewhere] = [at("here"), at("there"), at("elsewhere")];
  const keyOf = async (console: typeof here) => {
    const { code, stdout, stderr } = await console(["key"]);
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    return stdout.trim();
  };
  beforeAll(async () => {
    folder = mkdtempSync(path.join(tmpdir(), "mc-handover-keys-"));
    const connection = { kind: "active-directory", domain: "contoso.lab", domainControllers: [], dnsServer: null, username: "CONTOSO\\svc", security: "ldaps", trust: { mode: "system" } };
    writeFileSync(file("hq.json"), JSON.stringify({ name: "HQ", connection, messaging: { provider: "none", values: {} } }));
    const added = await here(["stores", "add", file("hq.json")], `directory.password=${SECRET}\n`);
    if (added.code !== 0) throw new Error(added.stderr);
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it("come without a passphrase, where nothing stands on standard input, and open nowhere else", async () => {
    const key = await keyOf(there);
    expect(key).toMatch(/^age1[0-9a-z]{58}$/);
    expect(await keyOf(there)).toBe(key);
    expect(JSON.parse((await there(["key", "--json"])).stdout)).toEqual({ publicKey: key });
    expect(await here(["export", file("hq.age"), "--to", ` "${key}" `])).toMatchObject({ code: 0, stdout: `1 identity store in ${file("hq.age")}, sealed to the key.\n`, stderr: "" });
    expect(JSON.parse((await here(["export", file("hq.age"), "--to", key, "--json"])).stdout)).toMatchObject({ sealed: "key", stores: 1 });
    const another = await elsewhere(["import", file("hq.age")]);
    expect(another).toMatchObject({ code: 1, stdout: "" });
    expect(another.stderr).toContain("The file is sealed to the key of another console");
    expect(await there(["import", file("hq.age"), "--plan", "--json"])).toMatchObject({ code: 0, stdout: expect.stringContaining('"sealed":"key"') });
    expect(await there(["import", file("hq.age")])).toMatchObject({ code: 0, stdout: "HQ: created, revision 1\n", stderr: "" });
    expect(await there(["compare", "HQ", file("hq.age")])).toMatchObject({ code: 0, stderr: "" });
    // The password came along: what is exported here again holds it.
    expect(await there(["export", file("back.age"), "--to", key, "--json"])).toMatchObject({ stdout: expect.stringContaining('"missing":[]') });
    for (const place of ["here", "there", "elsewhere"]) expect([SECRET, "AGE-SECRET-KEY-"].flatMap((secret) => filesHolding(file(place), secret))).toEqual([]);
  });

  it("open on each console that they are for, and with a new key no more", async () => {
    const keys = [await keyOf(there), await keyOf(elsewhere)];
    expect(await here(["export", file("both.age"), ...keys.flatMap((key) => ["--to", key])])).toMatchObject({ code: 0 });
    for (const console of [there, elsewhere]) expect(await console(["import", file("both.age"), "--plan"])).toMatchObject({ code: 0, stderr: "" });
    const renewed = await elsewhere(["key", "--new", "--yes"]);
    expect(renewed).toMatchObject({ code: 0, stderr: "" });
    expect(keys).not.toContain(renewed.stdout.trim());
    expect(await elsewhere(["import", file("both.age"), "--plan"])).toMatchObject({ code: 1, stderr: expect.stringContaining("sealed to the key of another console") });
  });

  it("are sealed to nothing that is no such key, and a secret one is not repeated", async () => {
    const secret = await generateX25519Identity();
    const refused = await here(["export", file("no.age"), "--to", secret]);
    expect(refused).toMatchObject({ code: 7, stdout: "" });
    expect(refused.stderr).toContain("This is a secret key, not a public one.");
    expect(refused.stderr.toLowerCase()).not.toContain(secret.slice(16, 40).toLowerCase());
    expect(filesHolding(folder, secret.slice(16, 60))).toEqual([]);
    expect(await here(["export", file("no.age"), "--to", await keyOf(there), "--passphrase-fd", "0"])).toMatchObject({ code: 2, stderr: expect.stringContaining("--to and --passphrase-fd exclude each other") });
  });

  it.skipIf(missingForAge.length > 0)("and the age tool open each other's", async () => {
    const identity = await generateX25519Identity();
    writeFileSync(file("identity"), `${identity}\n`);
    expect(await here(["export", file("tool.age"), "--to", await identityToRecipient(identity)])).toMatchObject({ code: 0 });
    expect((await runAge(folder, "-d -i identity -o tool.json tool.age", [])).code).toBe(0);
    expect(JSON.parse(readFileSync(file("tool.json"), "utf8"))).toMatchObject({ stores: [{ name: "HQ", secrets: { "directory.password": SECRET } }] });
    expect((await runAge(folder, `-a -r ${await keyOf(there)} -o resealed.age tool.json`, [])).code).toBe(0);
    expect(await there(["import", file("resealed.age"), "--plan"])).toMatchObject({ code: 0, stdout: expect.stringMatching(/^1 identity store, sealed to the public key of this console, by anybody who has it, made /) });
  });
});
