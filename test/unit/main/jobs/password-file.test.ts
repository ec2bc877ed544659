/** The file that first passwords are handed over in: who opens it, and where nothing of it is in clear. */
import { existsSync, lstatSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { Decrypter } from "age-encryption";
import { parse } from "csv-parse/sync";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { makeIdentity, recipientOf } from "../../../../main/handover/recipient.ts";
import { createSealing, type Sealing } from "../../../../main/handover/sealing.ts";
import { writePasswordFile, type FirstPassword } from "../../../../main/jobs/password-file.ts";
import { missingForAge, runAge } from "../../../lab/age-tool.ts";

const { signal } = new AbortController();
const run = "0c1f3bb2-1b51-4a0e-8f2d-6b2f3c0a77d1";
const users: readonly FirstPassword[] = [
  { name: "Planted, \"Ann\"", accountName: "ann", address: "ann@contoso.lab", password: "planted-Aa1" },
  { name: "=1+1", accountName: "@bob", address: "+bob@contoso.lab", password: "=planted-Bb2,\"\t;" },
  { name: "Zoë", accountName: "-zoe", address: "", password: "\tplanted-Cc3" },
];
const sealing = createSealing();
let [first, second] = ["", ""];
let directory = "";
beforeAll(async () => {
  [first, second] = [await makeIdentity(), await makeIdentity()];
});
beforeEach(() => {
  directory = mkdtempSync(path.join(tmpdir(), "mc-job-passwords-"));
});
afterEach(() => rmSync(directory, { recursive: true, force: true }));
afterAll(() => sealing.dispose());

const folder = () => path.join(directory, "job-passwords");
const files = () => (existsSync(folder()) ? readdirSync(folder()) : []);
const write = async (by: Pick<Sealing, "seal"> = sealing, recipients?: readonly string[], until = signal) =>
  writePasswordFile({ directory, run, users, recipients: recipients ?? [await recipientOf(first), await recipientOf(second)] }, by, until);

async function written(by?: Pick<Sealing, "seal">): Promise<string> {
  const result = await write(by);
  if (!result.ok) throw new Error(result.fault.kind);
  return result.value;
}

async function opened(file: string, identity: string): Promise<string> {
  const decrypter = new Decrypter();
  decrypter.addIdentity(identity);
  // Whoever decodes it for us takes the byte order mark off.
  return Buffer.from(await decrypter.decrypt(readFileSync(file))).toString("utf8");
}

describe("the file of first passwords", () => {
  it("opens for each of its recipients, and holds every value as it is", async () => {
    const file = await written();
    expect(file).toBe(path.join(folder(), `${run}.csv.age`));
    const rows = [["name", "account name", "address", "first password"], ...users.map(({ name, accountName, address, password }) => [name, accountName, address, password])];
    for (const identity of [first, second]) expect(parse(await opened(file, identity), { bom: true })).toEqual(rows);
    await expect(opened(file, await makeIdentity())).rejects.toThrow(/no identity matched/);
    // With its lines ended, and its letters read, as Excel wants them.
    expect(await opened(file, first)).toMatch(/^\uFEFFname,account name,address,first password\r\n/);
  });

  it.skipIf(missingForAge.length > 0)("opens with the age tool", async () => {
    writeFileSync(path.join(directory, "identity"), `${second}\n`);
    const { code } = await runAge(directory, `-d -i identity -o there ${path.relative(directory, await written())}`, []);
    expect(code).toBe(0);
    expect(readFileSync(path.join(directory, "there"), "utf8")).toContain("planted-Aa1");
  });

  it("is alone in its folder, and nobody else reads them", async () => {
    const file = await written();
    expect(files()).toEqual([path.basename(file)]);
    const modes = [folder(), file].map((entry) => statSync(entry).mode & 0o777);
    expect([[0o700, 0o600], ...(process.platform === "win32" ? [[0o666, 0o666]] : [])]).toContainEqual(modes);
  });

  it("is on no disk in clear: what is written is sealed already, and no memory of it is kept", async () => {
    const seen: { readonly plain: Uint8Array; readonly files: readonly string[]; readonly text: string }[] = [];
    const file = await written({
      seal: (plain, ...rest) => {
        seen.push({ plain, files: files(), text: Buffer.from(plain).toString("utf8") });
        return sealing.seal(plain, ...rest);
      },
    });
    expect(seen.map((one) => [one.files, one.text.includes("planted-Aa1")])).toEqual([[[], true]]);
    expect(seen[0]?.plain.every((byte) => byte === 0)).toBe(true);
    const everywhere = readdirSync(directory, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
    expect(everywhere).toHaveLength(1);
    expect(readFileSync(file).includes("planted")).toBe(false);
  });

  it("is never written over: a run that is taken up again has another", async () => {
    const file = await written();
    const before = readFileSync(file);
    expect(path.basename(await written())).toBe(`${run}-2.csv.age`);
    expect(path.basename(await written())).toBe(`${run}-3.csv.age`);
    expect(readFileSync(file).equals(before)).toBe(true);
  });

  it("is sealed to somebody, and to keys alone", async () => {
    expect(await write(sealing, [])).toEqual({ ok: false, fault: { kind: "invalid", issues: [{ path: ["password", "recipients"], code: "recipients-missing" }] } });
    const refused = { ok: false, fault: { kind: "invalid", issues: [{ path: ["password", "recipients", 1], code: "recipient-secret" }] } };
    expect(await write(sealing, [await recipientOf(first), second])).toEqual(refused);
    expect(files()).toEqual([]);
    const shouted = await write(sealing, [(await recipientOf(first)).toUpperCase()]);
    expect(shouted).toMatchObject({ ok: true });
  });

  it("is not there where it was called off, and nothing is left in clear", async () => {
    const plain: Uint8Array[] = [];
    const cancelled = await write({ seal: (bytes, ...rest) => (plain.push(bytes), sealing.seal(bytes, ...rest)) }, undefined, AbortSignal.abort());
    expect(cancelled).toEqual({ ok: false, fault: { kind: "cancelled" } });
    expect(plain[0]?.every((byte) => byte === 0)).toBe(true);
    const broken = write({ seal: async (bytes) => (plain.push(bytes), Promise.reject(new Error("a bug"))) });
    await expect(broken).rejects.toThrow("a bug");
    expect(plain[1]?.every((byte) => byte === 0)).toBe(true);
    expect(files()).toEqual([]);
  });

  // A folder of the kernel, in which not even root makes a file.
  it.skipIf(!existsSync("/sys/kernel"))("that cannot be written is told", async () => {
    symlinkSync("/sys/kernel", folder());
    expect(await write()).toEqual({ ok: false, fault: { kind: "not-stored", why: "read-only" } });
  });

  it("takes the place of a link that leads nowhere, and does not follow it", async () => {
    mkdirSync(folder());
    symlinkSync(path.join(directory, "nowhere"), path.join(folder(), `${run}.csv.age`));
    const file = await written();
    expect(lstatSync(file).isFile()).toBe(true);
    expect(files()).toEqual([path.basename(file)]);
    expect(existsSync(path.join(directory, "nowhere"))).toBe(false);
  });

  it("has no run's name that leads elsewhere", async () => {
    await expect(writePasswordFile({ directory, run: "../elsewhere", users, recipients: [await recipientOf(first)] }, sealing, signal)).rejects.toThrow(/no such name/);
  });
});
