/**
 * Public keys that a bundle is sealed to, as people paste them, and key pairs of a console's own (C2SP age specification, "The X25519 recipient
 * type"). The library is loaded when it is first needed: a console that starts has no use for it.
 */
import type { RefusedRecipient } from "../../shared/model/bundle.ts";
import { readTyped } from "../../shared/rules/typed-value.ts";

/** 32 bytes in Bech32: `age1`, 52 characters for them, 6 for the checksum. */
const KEY_LENGTH = 62;
/** Bech32 leaves out what is taken for something else: 1, b, i and o. */
const KEY = /^age1[02-9ac-hj-np-z]+$/;
/** Post-quantum and tagged keys, keys of plug-ins, and keys of OpenSSH, which the age tool takes besides. */
const OTHER_KIND = /^age1(?:pq|tag|tagpq|[a-z0-9+._-]{1,40})1[02-9ac-hj-np-z]{6,}$/;
const SSH = /(?:^|\s)(?:ssh-|ecdsa-sha2-|sk-ssh-|sk-ecdsa-)/;
/** Also within other text, such as the file that age-keygen writes, and of a key pair of any kind. */
const SECRET = /AGE-(?:SECRET-KEY|PLUGIN)-|PRIVATE KEY-----/i;

const library = () => import("age-encryption");

/** A key pair's secret half, as age writes it: it goes nowhere but into the vault of the console. */
export async function makeIdentity(): Promise<string> {
  return (await library()).generateX25519Identity();
}

/** The public half of a secret key that {@link makeIdentity} made. */
export async function recipientOf(identity: string): Promise<string> {
  return (await library()).identityToRecipient(identity);
}

/** The key that was meant, without blanks and quotes around it and in small letters. Fails with what is wrong with it, and never repeats it. */
export async function readRecipient(typed: string): Promise<{ readonly ok: true; readonly value: string } | { readonly ok: false; readonly why: RefusedRecipient }> {
  const text = readTyped(typed, "account");
  const refused = (why: RefusedRecipient) => ({ ok: false, why }) as const;
  if (SECRET.test(text)) return refused("recipient-secret");
  if (text === "") return refused("required");
  if (SSH.test(text)) return refused("recipient-ssh");
  const key = text.toLowerCase();
  if (!key.startsWith("age1")) return refused("recipient-none");
  if (OTHER_KIND.test(key)) return refused("recipient-other-kind");
  // Of Bech32 one or the other: a letter that changed its case has been typed.
  if (text !== key && text !== text.toUpperCase()) return refused("recipient-mixed-case");
  if (!KEY.test(key) || key.length !== KEY_LENGTH) return refused("recipient-incomplete");
  return (await isUsable(key)) ? { ok: true, value: key } : refused("recipient-mistyped");
}

/** Whether its checksum holds, and something can be sealed to it: a point of low order is nobody's key. */
async function isUsable(key: string): Promise<boolean> {
  const { Encrypter } = await library();
  const encrypter = new Encrypter();
  try {
    encrypter.addRecipient(key);
    await encrypter.encrypt(new Uint8Array());
    return true;
  } catch {
    return false;
  }
}
