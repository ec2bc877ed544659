import { randomBytes, scryptSync } from "node:crypto";
import { Decrypter, Encrypter } from "age-encryption";
import { afterEach, describe, expect, it, vi } from "vitest";
import { answerSealing } from "../../../../main/handover/age-file.ts";
import { DerivationError, passphraseIdentity, passphraseRecipient } from "../../../../main/handover/scrypt.ts";

vi.mock("node:crypto", { spy: true });

const passphrase = "correct horse battery staple Ü";
const plain = new Uint8Array(randomBytes(1000));
const WORK_FACTOR = 4;

/** As the library seals, in its own way. */
async function sealedByLibrary(): Promise<Uint8Array> {
  const encrypter = new Encrypter();
  encrypter.setPassphrase(passphrase);
  encrypter.setScryptWorkFactor(WORK_FACTOR);
  return encrypter.encrypt(plain);
}

afterEach(() => vi.mocked(scryptSync).mockReset());

describe("a passphrase as recipient and identity", () => {
  it("is what the library makes of it, both ways", async () => {
    const encrypter = new Encrypter();
    encrypter.addRecipient(passphraseRecipient(passphrase, WORK_FACTOR));
    const library = new Decrypter();
    library.addPassphrase(passphrase);
    expect(await library.decrypt(await encrypter.encrypt(plain))).toEqual(plain);

    const decrypter = new Decrypter();
    decrypter.addIdentity(passphraseIdentity(passphrase));
    expect(await decrypter.decrypt(await sealedByLibrary())).toEqual(plain);
  });

  it("has another salt each time", () => {
    const salts = [1, 2, 3].map(() => passphraseRecipient(passphrase, WORK_FACTOR).wrapFileKey(new Uint8Array(16))).map((stanzas) => JSON.stringify(stanzas));
    expect(new Set(salts).size).toBe(3);
  });

  it("opens nothing that is sealed with another", async () => {
    const decrypter = new Decrypter();
    decrypter.addIdentity(passphraseIdentity("another"));
    await expect(decrypter.decrypt(await sealedByLibrary())).rejects.toThrow(/no identity matched/);
  });

  it("is not told as wrong, and the file not as damaged, where the machine has not got the memory", async () => {
    const sealed = await sealedByLibrary();
    vi.mocked(scryptSync).mockImplementation(() => {
      throw new Error("malloc failure");
    });
    await expect(answerSealing({ kind: "open", bytes: sealed, keys: { passphrase, identity: null } })).rejects.toThrow(DerivationError);
  });
});
