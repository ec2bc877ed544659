/** Sealing and opening as the worker does it. A passphrase takes a second on purpose: never on main's own thread. */
import { armor, Decrypter, Encrypter, type Identity } from "age-encryption";
import { fail, succeed, type Result } from "../../shared/result.ts";
import { ageForm, readHeader, type AgeHeader } from "./age-header.ts";
import { DerivationError, passphraseIdentity, passphraseRecipient } from "./scrypt.ts";

/** What opens a file that is to be made: a passphrase, or the secret halves of public keys, which must be sound (`recipient.ts`). */
export type SealedFor = { readonly passphrase: string } | { readonly recipients: readonly string[] };

/** What a file may open with; null for what there is none of. Both are secrets. */
export interface OpeningKeys {
  readonly passphrase: string | null;
  readonly identity: string | null;
}

export type SealingQuestion =
  | { readonly kind: "seal"; readonly bytes: Uint8Array; readonly sealedFor: SealedFor }
  | { readonly kind: "open"; readonly bytes: Uint8Array; readonly keys: OpeningKeys };

export interface SealingAnswer {
  readonly bytes: Uint8Array;
  readonly by: "passphrase" | "key";
}

/** Base-two logarithm of scrypt's N: what the age tool makes. 256 MiB, and about a second. */
const WORK_FACTOR = 18;
/**
 * The most that is derived for: 1 GiB, and four times as long. Tools that choose the factor by the machine's speed come near
 * it; the next one would want 2 GiB for a file that anybody may have made.
 */
const WORK_FACTOR_MOST = 20;
/** The most public keys in a head that ours is tried on: each takes up to some milliseconds, and a head has room for ten thousand. */
const KEYS_MOST = 100;

const damaged = () => fail({ kind: "unreadable", what: "damaged" });

/** Rejects where the machine has not got the memory, and for a bug. */
export async function answerSealing(question: SealingQuestion): Promise<Result<SealingAnswer>> {
  if (question.kind === "open") return openFile(question.bytes, question.keys);
  const { bytes, sealedFor } = question;
  return succeed({ bytes: await sealFile(bytes, sealedFor), by: "passphrase" in sealedFor ? "passphrase" : "key" });
}

async function sealFile(plain: Uint8Array, sealedFor: SealedFor): Promise<Uint8Array> {
  const encrypter = new Encrypter();
  const recipients = "passphrase" in sealedFor ? [passphraseRecipient(sealedFor.passphrase, WORK_FACTOR)] : sealedFor.recipients;
  for (const recipient of recipients) encrypter.addRecipient(recipient);
  return encrypter.encrypt(plain);
}

/** The library's errors differ in their texts alone, so that each step that may fail is one of its own here. */
async function openFile(bytes: Uint8Array, keys: OpeningKeys): Promise<Result<SealingAnswer>> {
  const sealed = binaryOf(bytes);
  const header = sealed === null ? null : readHeader(sealed);
  if (sealed === null || header === null) return damaged();
  const by = header.workFactor === null ? "key" : "passphrase";
  const fileKey = await (by === "key" ? unwrapByKey : unwrapByPassphrase)(sealed.subarray(0, header.size), header, keys);
  if (!fileKey.ok) return fileKey;
  const decrypter = new Decrypter();
  // The key is known by now: deriving it again would double the time.
  decrypter.addIdentity({ unwrapFileKey: () => fileKey.value });
  try {
    return succeed({ bytes: await decrypter.decrypt(sealed), by });
  } catch {
    return damaged();
  }
}

function binaryOf(bytes: Uint8Array): Uint8Array | null {
  const form = ageForm(bytes);
  if (form !== "armoured") return form === null ? null : bytes;
  try {
    return armor.decode(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("latin1"));
  } catch {
    return null;
  }
}

/** What is asked for before any work is done for it. */
async function unwrapByPassphrase(head: Uint8Array, { workFactor }: AgeHeader, { passphrase }: OpeningKeys): Promise<Result<Uint8Array>> {
  if (workFactor !== null && workFactor > WORK_FACTOR_MOST) return fail({ kind: "unreadable", what: "too-many-iterations" });
  if (passphrase === null) return fail({ kind: "invalid", issues: [{ path: ["passphrase"], code: "required" }] });
  const decrypter = new Decrypter();
  decrypter.addIdentity(passphraseIdentity(passphrase));
  return fileKeyOf(head, decrypter, () => fail({ kind: "wrong-password", subject: "handover" }));
}

/** Stanzas of other kinds beside ours do not count: whoever seals may mean others as well. */
async function unwrapByKey(head: Uint8Array, { recipients }: AgeHeader, { identity }: OpeningKeys): Promise<Result<Uint8Array>> {
  const keys = recipients.filter((type) => type === "X25519").length;
  if (keys === 0) return fail({ kind: "unreadable", what: "sealed-for-others" });
  if (keys > KEYS_MOST) return fail({ kind: "unreadable", what: "too-many-recipients", most: KEYS_MOST });
  const toAnother = () => fail({ kind: "unreadable", what: "sealed-to-another-key" });
  if (identity === null) return toAnother();
  const decrypter = new Decrypter();
  decrypter.addIdentity(identity);
  return fileKeyOf(head, decrypter, toAnother);
}

/** Of a head that {@link readHeader} has read. What is no key of the file opens no stanza of it; with one that is, the MAC must hold. */
async function fileKeyOf(header: Uint8Array, decrypter: Decrypter, refused: () => Result<never>): Promise<Result<Uint8Array>> {
  let isRefused = false;
  // Asked last, and only where nothing else opened anything.
  const last: Identity = {
    unwrapFileKey: () => {
      isRefused = true;
      return null;
    },
  };
  decrypter.addIdentity(last);
  try {
    return succeed(await decrypter.decryptHeader(header));
  } catch (error) {
    if (isRefused) return refused();
    if (error instanceof DerivationError) throw error;
    return damaged();
  }
}
