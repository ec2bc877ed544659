/** Sealing and opening as the worker does it. It takes a second on purpose: never on main's own thread. */
import { armor, Decrypter, Encrypter } from "age-encryption";
import { fail, succeed, type Result } from "../../shared/result.ts";
import { ageForm, readHeader } from "./age-header.ts";
import { DerivationError, passphraseIdentity, passphraseRecipient } from "./scrypt.ts";

export interface SealingQuestion {
  readonly kind: "seal" | "open";
  readonly bytes: Uint8Array;
  readonly passphrase: string;
}

/** Base-two logarithm of scrypt's N: what the age tool makes. 256 MiB, and one or two seconds. */
const WORK_FACTOR = 18;
/**
 * The most that is derived for: 1 GiB, and four times as long. Tools that choose the factor by the machine's speed come near
 * it; the next one would want 2 GiB for a file that anybody may have made.
 */
const WORK_FACTOR_MOST = 20;

const damaged = () => fail({ kind: "unreadable", what: "damaged" });

/** Rejects where the machine has not got the memory, and for a bug. */
export async function answerSealing({ kind, bytes, passphrase }: SealingQuestion): Promise<Result<Uint8Array>> {
  return kind === "seal" ? succeed(await sealFile(bytes, passphrase)) : openFile(bytes, passphrase);
}

async function sealFile(plain: Uint8Array, passphrase: string): Promise<Uint8Array> {
  const encrypter = new Encrypter();
  encrypter.addRecipient(passphraseRecipient(passphrase, WORK_FACTOR));
  return encrypter.encrypt(plain);
}

/** The library's errors differ in their texts alone, so that each step that may fail is one of its own here. */
async function openFile(bytes: Uint8Array, passphrase: string): Promise<Result<Uint8Array>> {
  const sealed = binaryOf(bytes);
  const header = sealed === null ? null : readHeader(sealed);
  if (sealed === null || header === null) return damaged();
  if (header.workFactor === null) return fail({ kind: "unreadable", what: "sealed-for-others" });
  if (header.workFactor > WORK_FACTOR_MOST) return fail({ kind: "unreadable", what: "too-many-iterations" });
  const fileKey = await fileKeyOf(sealed.subarray(0, header.size), passphrase);
  if (!fileKey.ok) return fileKey;
  const decrypter = new Decrypter();
  // The key is known by now: deriving it again would double the time.
  decrypter.addIdentity({ unwrapFileKey: () => fileKey.value });
  try {
    return succeed(await decrypter.decrypt(sealed));
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

/** Of a head that {@link readHeader} has read. Under a wrong passphrase the stanza does not open; under the right one the MAC must hold. */
async function fileKeyOf(header: Uint8Array, passphrase: string): Promise<Result<Uint8Array>> {
  let isWrong = false;
  const decrypter = new Decrypter();
  decrypter.addIdentity(passphraseIdentity(passphrase));
  // Asked last, and only where the passphrase opened nothing.
  decrypter.addIdentity({
    unwrapFileKey: () => {
      isWrong = true;
      return null;
    },
  });
  try {
    return succeed(await decrypter.decryptHeader(header));
  } catch (error) {
    if (isWrong) return fail({ kind: "wrong-password", subject: "handover" });
    if (error instanceof DerivationError) throw error;
    return damaged();
  }
}
