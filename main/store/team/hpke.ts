/**
 * HPKE in base mode for one message (RFC 9180): DHKEM(X25519, HKDF-SHA256), HKDF-SHA256 and AES-GCM. Only the recipient opens
 * what is sealed to a public key. Written on Node's own crypto, whose parts Electron's has too; WebCrypto's X25519 is not everywhere.
 */
import { createCipheriv, createDecipheriv, createHmac, createPrivateKey, createPublicKey, diffieHellman, generateKeyPairSync, type KeyObject } from "node:crypto";

/** RFC 9180, 7.1 to 7.3: numbers of the algorithms, and lengths in bytes. */
const KEM_ID = 0x0020;
const KDF_ID = 0x0001;
const KEY_BYTES = 32;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
const AEADS = {
  "aes-128-gcm": { id: 0x0001, keyBytes: 16 },
  "aes-256-gcm": { id: 0x0002, keyBytes: 32 },
} as const;
export type Aead = keyof typeof AEADS;

/** RFC 8410: what stands before the 32 bytes of an X25519 key in DER. */
const SPKI = Buffer.from("302a300506032b656e032100", "hex");
const PKCS8 = Buffer.from("302e020100300506032b656e04220420", "hex");

const latin = (text: string) => Buffer.from(text, "latin1");
const twoBytes = (number: number) => Buffer.of(number >> 8, number & 0xff);
const NOTHING = Buffer.alloc(0);
const KEM_SUITE = Buffer.concat([latin("KEM"), twoBytes(KEM_ID)]);

export function publicKeyFrom(raw: Uint8Array): KeyObject {
  return createPublicKey({ key: Buffer.concat([SPKI, raw]), format: "der", type: "spki" });
}

export function privateKeyFrom(raw: Uint8Array): KeyObject {
  return createPrivateKey({ key: Buffer.concat([PKCS8, raw]), format: "der", type: "pkcs8" });
}

/** The 32 bytes of the public key that belongs to a private one. */
export function rawPublicOf(key: KeyObject): Buffer {
  return createPublicKey(key).export({ format: "der", type: "spki" }).subarray(-KEY_BYTES);
}

/** RFC 5869. */
function extract(salt: Uint8Array, input: Uint8Array): Buffer {
  return createHmac("sha256", salt).update(input).digest();
}

function expand(key: Uint8Array, info: Uint8Array, length: number): Buffer {
  const blocks: Buffer[] = [];
  for (let count = 1; blocks.length * 32 < length; count += 1) {
    blocks.push(createHmac("sha256", key).update(blocks.at(-1) ?? NOTHING).update(info).update(Buffer.of(count)).digest());
  }
  return Buffer.concat(blocks).subarray(0, length);
}

/** RFC 9180, 4. */
function labeledExtract(suite: Uint8Array, salt: Uint8Array, label: string, input: Uint8Array): Buffer {
  return extract(salt, Buffer.concat([latin("HPKE-v1"), suite, latin(label), input]));
}

function labeledExpand(suite: Uint8Array, key: Uint8Array, label: string, info: Uint8Array, length: number): Buffer {
  return expand(key, Buffer.concat([twoBytes(length), latin("HPKE-v1"), suite, latin(label), info]), length);
}

/** RFC 9180, 4.1. Throws for a public key of low order, with which everybody would know the secret (7.1.4). */
function sharedSecret(ours: KeyObject, theirs: KeyObject, context: Uint8Array): Buffer {
  const point = diffieHellman({ privateKey: ours, publicKey: theirs });
  if (point.every((byte) => byte === 0)) throw new Error("the public key is none");
  return labeledExpand(KEM_SUITE, labeledExtract(KEM_SUITE, NOTHING, "eae_prk", point), "shared_secret", context, KEY_BYTES);
}

/** RFC 9180, 5.1, in base mode. */
function keySchedule(secret: Uint8Array, info: Uint8Array, aead: Aead): { readonly key: Buffer; readonly nonce: Buffer } {
  const { id, keyBytes } = AEADS[aead];
  const suite = Buffer.concat([latin("HPKE"), twoBytes(KEM_ID), twoBytes(KDF_ID), twoBytes(id)]);
  const context = Buffer.concat([Buffer.of(0), labeledExtract(suite, NOTHING, "psk_id_hash", NOTHING), labeledExtract(suite, NOTHING, "info_hash", info)]);
  const pseudoRandom = labeledExtract(suite, secret, "secret", NOTHING);
  return { key: labeledExpand(suite, pseudoRandom, "key", context, keyBytes), nonce: labeledExpand(suite, pseudoRandom, "base_nonce", context, NONCE_BYTES) };
}

export interface Envelope {
  /** What both sides agree on beforehand. */
  readonly info: Uint8Array;
  /** What is bound to the message without being in it. */
  readonly bound: Uint8Array;
  readonly aead?: Aead;
}

/** Seals to the 32 bytes of a public key: the encapsulated key, the ciphertext, its tag. `ephemeral` is new for every message, but in a test with known answers. */
export function sealTo(recipient: Uint8Array, { info, bound, aead = "aes-256-gcm" }: Envelope, plain: Uint8Array, ephemeral: KeyObject = generateKeyPairSync("x25519").privateKey): Buffer {
  const encapsulated = rawPublicOf(ephemeral);
  const { key, nonce } = keySchedule(sharedSecret(ephemeral, publicKeyFrom(recipient), Buffer.concat([encapsulated, recipient])), info, aead);
  const cipher = createCipheriv(aead, key, nonce).setAAD(bound);
  return Buffer.concat([encapsulated, cipher.update(plain), cipher.final(), cipher.getAuthTag()]);
}

/** Null when it was not sealed to this key, under this info, with these bound data. */
export function openSealed(recipient: KeyObject, { info, bound, aead = "aes-256-gcm" }: Envelope, sealed: Uint8Array): Uint8Array | null {
  if (sealed.length < KEY_BYTES + TAG_BYTES) return null;
  const encapsulated = sealed.subarray(0, KEY_BYTES);
  try {
    const secret = sharedSecret(recipient, publicKeyFrom(encapsulated), Buffer.concat([encapsulated, rawPublicOf(recipient)]));
    const { key, nonce } = keySchedule(secret, info, aead);
    const decipher = createDecipheriv(aead, key, nonce, { authTagLength: TAG_BYTES }).setAAD(bound);
    decipher.setAuthTag(sealed.subarray(-TAG_BYTES));
    return new Uint8Array(Buffer.concat([decipher.update(sealed.subarray(KEY_BYTES, -TAG_BYTES)), decipher.final()]));
  } catch {
    return null;
  }
}
