/** A console's own keys: one opens what is sealed to it, the other signs. */
import { createPrivateKey, createPublicKey, generateKeyPairSync, hkdfSync, randomBytes, randomUUID, type KeyObject } from "node:crypto";
import { privateKeyFrom, rawPublicOf } from "./hpke.ts";
import type { Member } from "./roster.ts";
import type { ConsoleKeys } from "./types.ts";

/** What a console is in its team: its keys, and what it calls itself. */
export interface Console {
  readonly id: string;
  readonly label: string;
  readonly seal: KeyObject;
  readonly sign: KeyObject;
}

/** The member that nobody sits at. */
export const PAPER = "paper";

/** RFC 8410: what stands before the 32 bytes of a private Ed25519 key in DER. */
const ED25519 = Buffer.from("302e020100300506032b657004220420", "hex");
const KEY_BYTES = 32;
/** A seed on paper: 160 bits, 32 characters of 5. */
const SEED_BYTES = 20;
/** RFC 4648, 6: it has none of 0, 1, 8 and 9. */
const ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
const GROUP = 4;

export function makeConsoleKeys(label: string): ConsoleKeys {
  const inBase64 = (key: KeyObject) => key.export({ format: "der", type: "pkcs8" }).toString("base64");
  return { id: randomUUID(), label, seal: inBase64(generateKeyPairSync("x25519").privateKey), sign: inBase64(generateKeyPairSync("ed25519").privateKey) };
}

export function consoleOf({ id, label, seal, sign }: ConsoleKeys): Console {
  const key = (text: string) => createPrivateKey({ key: Buffer.from(text, "base64"), format: "der", type: "pkcs8" });
  return { id, label, seal: key(seal), sign: key(sign) };
}

export function memberOf({ id, label, seal, sign }: Console): Member {
  const signing = createPublicKey(sign).export({ format: "der", type: "spki" }).subarray(-KEY_BYTES);
  return { id, label, seal: rawPublicOf(seal).toString("hex"), sign: signing.toString("hex") };
}

/** The keys that a seed on paper stands for (RFC 5869). */
function paperOf(seed: Uint8Array): Console {
  const derived = (what: string) => new Uint8Array(hkdfSync("sha256", seed, "messaging-console recovery", what, KEY_BYTES));
  return { id: PAPER, label: "", seal: privateKeyFrom(derived("seal")), sign: createPrivateKey({ key: Buffer.concat([ED25519, derived("sign")]), format: "der", type: "pkcs8" }) };
}

/** A new key on paper, in groups as it is to be written down, and the member that it is. */
export function makePaper(): { readonly text: string; readonly console: Console } {
  const seed = randomBytes(SEED_BYTES);
  let bits = BigInt(`0x${seed.toString("hex")}`);
  let text = "";
  for (let i = 0; i < (SEED_BYTES * 8) / 5; i += 1, bits >>= 5n) text = (ALPHABET[Number(bits & 31n)] ?? "") + text;
  return { text: text.match(new RegExp(`.{${GROUP}}`, "g"))?.join("-") ?? text, console: paperOf(seed) };
}

/** The member that a key on paper is, however it was typed; null for what is no such key. */
export function readPaper(typed: string): Console | null {
  const text = typed.toUpperCase().replaceAll(/[\s-]/g, "").replaceAll("0", "O").replaceAll("1", "I").replaceAll("8", "B");
  if (text.length !== (SEED_BYTES * 8) / 5) return null;
  let bits = 0n;
  for (const character of text) {
    const value = ALPHABET.indexOf(character);
    if (value < 0) return null;
    bits = (bits << 5n) | BigInt(value);
  }
  return paperOf(Buffer.from(bits.toString(16).padStart(SEED_BYTES * 2, "0"), "hex"));
}
