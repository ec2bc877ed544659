/** Handing stores over to a console's public key: the real room of age, two databases, two keys. */
import { Encrypter, generateX25519Identity, identityToRecipient } from "age-encryption";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { fail, succeed } from "../../../../shared/fault.ts";
import type { OwnKey } from "../../../../main/store/types.ts";
import { take } from "../store/support.ts";
import { given, toy } from "./document-support.ts";
import { connection, layBed, quietly, type Bed } from "./support.ts";

let here: Bed;
let there: Bed;
beforeEach(async () => {
  [here, there] = [await layBed(), await layBed()];
  take(await here.services.documents.create({ document: { name: "Contoso HQ", connection, messaging: toy }, secrets: given, files: {} }));
});
afterEach(async () => {
  await here.dispose();
  await there.dispose();
});

const keyOf = async (bed: Bed) => take(await bed.services.handover.publicKey()).publicKey;
const exportTo = (...recipients: string[]) => here.services.handover.export(null, { by: "key", recipients }, quietly());
const hold = (bytes: Uint8Array, bed: Bed) => take(bed.services.files.hold("site.age", Buffer.from(bytes), "handover")).file;
const sent = async (...recipients: string[]) => Buffer.from(take(await exportTo(...recipients)).base64, "base64");
const open = (bytes: Uint8Array, bed: Bed = there, passphrase: string | null = null) => bed.services.handover.open(hold(bytes, bed), passphrase, quietly());
const toAnother = fail({ kind: "unreadable", what: "sealed-to-another-key" });

describe("a console's public key", () => {
  it("is made when it is first asked for, is the same from then on, and another console has another one", async () => {
    const key = await keyOf(there);
    expect(key).toMatch(/^age1[0-9a-z]{58}$/);
    expect(await keyOf(there)).toBe(key);
    expect(await keyOf(here)).not.toBe(key);
  });

  it("is one, however many ask for the first time at once", async () => {
    const keys = await Promise.all(Array.from({ length: 8 }, () => keyOf(there)));
    expect(new Set(keys).size).toBe(1);
  });

  it("is another one when that is asked for, and what was sealed to the one before opens no more", async () => {
    const before = await keyOf(there);
    const bytes = await sent(before);
    expect((await open(bytes)).ok).toBe(true);
    const { publicKey } = take(await there.services.handover.newPublicKey());
    expect(publicKey).not.toBe(before);
    expect(await keyOf(there)).toBe(publicKey);
    expect(await open(bytes)).toEqual(toAnother);
    expect((await open(await sent(publicKey))).ok).toBe(true);
  });
});

describe("a bundle that is sealed to one", () => {
  it("brings a store over with its secrets, without any passphrase", async () => {
    const { fileName, base64, missing } = take(await exportTo(await keyOf(there)));
    expect([fileName, missing]).toEqual([expect.stringMatching(/^Contoso HQ \d{4}-\d\d-\d\d\.age$/), []]);
    expect(Buffer.from(base64, "base64").toString("latin1")).not.toMatch(/Contoso|Pa55|exa/);
    const bundle = take(await open(Buffer.from(base64, "base64")));
    expect(bundle).toMatchObject({ sealed: "key", stores: [{ name: "Contoso HQ", state: "added", missing: [] }] });
    expect(take(await there.services.handover.apply(bundle.bundle, [{ place: 0, storeId: null }], false, quietly()))).toMatchObject([{ outcome: "created", missing: [] }]);
    const stored = there.store.identityStores.list()[0]?.document.directoryPassword;
    expect(Buffer.from(take(there.store.vault.open("directory-password", stored ?? { id: "", at: 0 }))).toString()).toBe(given["directory.password"]);
  });

  it("opens on each of several consoles, and on no other", async () => {
    const bytes = await sent(await keyOf(there), ` ${(await keyOf(here)).toUpperCase()} `, await keyOf(there));
    for (const bed of [here, there]) expect(take(await open(bytes, bed)).sealed).toBe("key");
    const third = await layBed();
    expect(await open(bytes, third)).toEqual(toAnother);
    await third.dispose();
  });

  it("of another console is refused with any passphrase, and changes nothing", async () => {
    const bytes = await sent(await identityToRecipient(await generateX25519Identity()));
    await keyOf(there);
    for (const passphrase of [null, "", "letter-advice-cage-absurd"]) expect(await open(bytes, there, passphrase)).toEqual(toAnother);
    expect(there.store.identityStores.list()).toEqual([]);
  });

  it("that holds no bundle is refused as such", async () => {
    const encrypter = new Encrypter();
    encrypter.addRecipient(await keyOf(there));
    expect(await open(await encrypter.encrypt("{}"))).toEqual(fail({ kind: "unreadable", what: "not-a-bundle" }));
  });

  it("is not made to what is no key: each is told by its place, and none is repeated", async () => {
    const secret = await generateX25519Identity();
    const refused = await exportTo(await keyOf(there), secret, "ssh-ed25519 AAAA");
    expect(refused).toEqual(fail({ kind: "invalid", issues: [{ path: ["recipients", 1], code: "recipient-secret" }, { path: ["recipients", 2], code: "recipient-ssh" }] }));
    expect(JSON.stringify(refused)).not.toContain(secret.slice(16, 40));
  });
});

describe("a key that does not open", () => {
  const shut = fail({ kind: "unreadable", what: "own-key-unreadable" });
  const shutKey: OwnKey = { read: () => shut, keep: () => Promise.resolve(shut), replace: () => Promise.resolve(succeed(null)) };
  let closed: Bed;
  beforeEach(async () => {
    closed = await layBed({ ownKey: shutKey });
  });
  afterEach(() => closed.dispose());

  it("is told as that: where it is shown, and of a file that may be for it", async () => {
    expect(await closed.services.handover.publicKey()).toEqual(shut);
    expect(await open(await sent(await keyOf(there)), closed)).toEqual(shut);
  });

  it("is in nobody's way who opens what is not sealed to a key, and can be replaced", async () => {
    const plain = take(await here.services.handover.export(null, { by: "nothing" }, quietly())).base64;
    expect(take(await open(Buffer.from(plain, "base64"), closed)).sealed).toBeNull();
    expect(take(await closed.services.handover.newPublicKey()).publicKey).toMatch(/^age1/);
  });
});
