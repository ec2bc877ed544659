import { generateKeyPairSync } from "node:crypto";
import { Aes256Gcm, CipherSuite, DhkemX25519HkdfSha256, HkdfSha256 } from "@hpke/core";
import { describe, expect, it } from "vitest";
import { openSealed, privateKeyFrom, rawPublicOf, sealTo } from "../../../../../main/store/team/hpke.ts";

const bytes = (hex: string) => new Uint8Array(Buffer.from(hex, "hex"));

describe("RFC 9180, A.1.1", () => {
  const recipient = privateKeyFrom(bytes("4612c550263fc8ad58375df3f557aac531d26850903e55a9f23f21d8534e8ac8"));
  const ephemeral = privateKeyFrom(bytes("52c4a758a802cd8b936eceea314432798d5baf2d7e9235dc084ab1b9cfa2f736"));
  const envelope = { info: bytes("4f6465206f6e2061204772656369616e2055726e"), bound: bytes("436f756e742d30"), aead: "aes-128-gcm" } as const;
  const plain = bytes("4265617574792069732074727574682c20747275746820626561757479");
  const encapsulated = "37fda3567bdbd628e88668c3c8d7e97d1d1253b6d4ea6d44c150f741f1bf4431";
  const ciphertext = "f938558b5d72f1a23810b4be2ab4f84331acc02fc97babc53a52ae8218a355a96d8770ac83d07bea87e13c512a";

  it("is sealed byte for byte, and opened", () => {
    expect(rawPublicOf(recipient).toString("hex")).toBe("3948cfe0ad1ddb695d780e59077195da6c56506b027329794ab02bca80815c4d");
    expect(sealTo(rawPublicOf(recipient), envelope, plain, ephemeral).toString("hex")).toBe(encapsulated + ciphertext);
    expect(openSealed(recipient, envelope, bytes(encapsulated + ciphertext))).toEqual(plain);
  });
});

describe("what is sealed", () => {
  const recipient = generateKeyPairSync("x25519").privateKey;
  const envelope = { info: Buffer.from("a team"), bound: Buffer.from("a member") };
  const plain = new Uint8Array(32).fill(7);

  it("is opened by another implementation, which seals to us as well", async () => {
    const suite = new CipherSuite({ kem: new DhkemX25519HkdfSha256(), kdf: new HkdfSha256(), aead: new Aes256Gcm() });
    const pair = await suite.kem.generateKeyPair();
    const raw = new Uint8Array(await suite.kem.serializePublicKey(pair.publicKey));
    const ours = new Uint8Array(sealTo(raw, envelope, plain));
    const opened = await suite.open({ recipientKey: pair, enc: ours.slice(0, 32).buffer, info: envelope.info }, ours.slice(32), envelope.bound);
    expect(new Uint8Array(opened)).toEqual(plain);
    const publicKey = await suite.kem.deserializePublicKey(new Uint8Array(rawPublicOf(recipient)));
    const { enc, ct } = await suite.seal({ recipientPublicKey: publicKey, info: envelope.info }, plain, envelope.bound);
    expect(openSealed(recipient, envelope, Buffer.concat([new Uint8Array(enc), new Uint8Array(ct)]))).toEqual(plain);
  });

  it.each([
    ["another key", () => openSealed(generateKeyPairSync("x25519").privateKey, envelope, sealTo(rawPublicOf(recipient), envelope, plain))],
    ["another info", () => openSealed(recipient, { ...envelope, info: Buffer.from("another team") }, sealTo(rawPublicOf(recipient), envelope, plain))],
    ["other bound data", () => openSealed(recipient, { ...envelope, bound: Buffer.from("another member") }, sealTo(rawPublicOf(recipient), envelope, plain))],
    ["a changed bit", () => openSealed(recipient, envelope, sealTo(rawPublicOf(recipient), envelope, plain).map((byte, at) => (at === 40 ? byte ^ 1 : byte)))],
    ["its end cut off", () => openSealed(recipient, envelope, sealTo(rawPublicOf(recipient), envelope, plain).subarray(0, -1))],
    ["too little to be anything", () => openSealed(recipient, envelope, new Uint8Array(47))],
  ])("does not open with %s", (_how, open) => {
    expect(open()).toBeNull();
  });

  it("is never sealed to a key of low order, nor opened from one", () => {
    const lowOrder = bytes("e0eb7a7c3b41b8ae1656e3faf19fc46ada098deb9c32b1fd866205165f49b800");
    expect(() => sealTo(lowOrder, envelope, plain)).toThrow(/derivation|the public key is none/);
    expect(openSealed(recipient, envelope, Buffer.concat([lowOrder, new Uint8Array(64)]))).toBeNull();
  });
});
