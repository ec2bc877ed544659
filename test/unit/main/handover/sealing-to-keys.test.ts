/** Bundles that are sealed to public keys: what opens them, and what of a file from anybody is refused. */
import { randomBytes } from "node:crypto";
import { armor, Encrypter, generateHybridIdentity, generateX25519Identity, identityToRecipient, type Recipient } from "age-encryption";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { readHeader } from "../../../../main/handover/age-header.ts";
import { createSealing } from "../../../../main/handover/sealing.ts";

const { signal } = new AbortController();
const sealing = createSealing();
const plain = new Uint8Array(randomBytes(1000));
let [own, others] = ["", ""];
let sealed = new Uint8Array();
const keys = (identity: string | null, passphrase: string | null = null) => ({ passphrase, identity });
const open = (bytes: Uint8Array, identity: string | null = own) => sealing.open(bytes, keys(identity), signal);
const unreadable = (what: string, most?: number) => ({ ok: false, fault: { kind: "unreadable", what, ...(most === undefined ? {} : { most }) } });
const opened = { ok: true, value: { bytes: plain, by: "key" } };

async function sealedTo(...recipients: readonly (string | Recipient)[]): Promise<Uint8Array> {
  const encrypter = new Encrypter();
  for (const recipient of recipients) encrypter.addRecipient(recipient);
  return encrypter.encrypt(plain);
}

beforeAll(async () => {
  [own, others] = [await generateX25519Identity(), await generateX25519Identity()];
  sealed = new Uint8Array(await sealedTo(await identityToRecipient(own)));
});
afterAll(() => sealing.dispose());

describe("a bundle that is sealed to keys", () => {
  it("opens with each of theirs, in both forms, and holds nothing else", async () => {
    const made = await sealing.seal(plain, { recipients: [await identityToRecipient(own), await identityToRecipient(others)] }, signal);
    if (!made.ok) throw new Error(made.fault.kind);
    expect(readHeader(made.value)).toMatchObject({ recipients: ["X25519", "X25519"], workFactor: null });
    for (const identity of [own, others]) expect(await open(made.value, identity)).toEqual(opened);
    expect(await open(Buffer.from(armor.encode(made.value)))).toEqual(opened);
    expect(Buffer.from(made.value).includes(Buffer.from(plain.subarray(0, 16)))).toBe(false);
  });

  it("needs no passphrase, and minds none that was typed", async () => {
    expect(await sealing.open(sealed, keys(own, "a passphrase"), signal)).toEqual(opened);
  });

  it("is not made for nobody", async () => {
    await expect(sealing.seal(plain, { recipients: [] }, signal)).rejects.toThrow(/for nobody/);
  });

  it("for another console is told as that, also where there is no key here", async () => {
    for (const identity of [others, null]) expect(await open(sealed, identity)).toEqual(unreadable("sealed-to-another-key"));
  });

  it("for recipients of another kind alone is told as that, and opens where ours is among them", async () => {
    const hybrid = await identityToRecipient(await generateHybridIdentity());
    expect(await open(await sealedTo(hybrid))).toEqual(unreadable("sealed-for-others"));
    expect(await open(await sealedTo(hybrid, await identityToRecipient(own)))).toEqual(opened);
    // As the age tool seals to a key of OpenSSH (age's own documentation of the format): nobody here looks into it.
    const ssh = Buffer.from(Buffer.from(sealed).toString("latin1").replace(/-> X25519 .*\n/, "-> ssh-ed25519 PTQ9yg AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\n"), "latin1");
    expect(await open(ssh)).toEqual(unreadable("sealed-for-others"));
  });
});

describe("of a file from anybody", () => {
  it("a passphrase beside keys is refused: whoever knows one could have been given the other", async () => {
    const mixed = Buffer.from(Buffer.from(sealed).toString("latin1").replace("-> X25519", `-> scrypt AAAAAAAAAAAAAAAAAAAAAA 1\n${"A".repeat(43)}\n-> X25519`), "latin1");
    expect(await open(mixed)).toEqual(unreadable("damaged"));
  });

  it("more keys than anybody hands over to are refused without trying ours on each", { timeout: 60_000 }, async () => {
    const stanza = /-> X25519 .*\n.*\n/.exec(Buffer.from(sealed).toString("latin1"))?.[0] ?? "";
    const crowd = (count: number) => Buffer.from(Buffer.from(sealed).toString("latin1").replace("-> X25519", `${stanza.repeat(count)}-> X25519`), "latin1");
    expect(await open(crowd(9_000), others)).toEqual(unreadable("too-many-recipients", 100));
    expect(await open(crowd(99), others)).toEqual(unreadable("sealed-to-another-key"));
  });

  it("any one bit that was changed keeps it shut", { timeout: 120_000 }, async () => {
    const text = Buffer.from(sealed).toString("latin1");
    const [stanza, mac] = [text.indexOf("-> "), text.indexOf("--- ")];
    const answers = await Promise.all(Array.from(sealed.keys(), async (at) => ({ at, answer: await open(sealed.map((byte, index) => (index === at ? byte ^ (1 << (at % 8)) : byte))) })));
    const told = (of: typeof answers) => [...new Set(of.map(({ answer }) => JSON.stringify(answer)))].toSorted();
    const isInStanza = (at: number) => at >= stanza && at < mac;
    expect(told(answers.filter(({ at }) => !isInStanza(at)))).toEqual([JSON.stringify(unreadable("damaged"))]);
    expect(told(answers.filter(({ at }) => isInStanza(at)))).toEqual(["damaged", "sealed-for-others", "sealed-to-another-key"].map((what) => JSON.stringify(unreadable(what))));
    expect(JSON.stringify(answers)).not.toContain(own);
  });

  it("one that is cut off anywhere is damaged", { timeout: 120_000 }, async () => {
    const answers = await Promise.all(Array.from(sealed.keys(), (length) => open(sealed.subarray(0, length))));
    for (const answer of answers) expect(answer).toEqual(unreadable("damaged"));
  });
});
