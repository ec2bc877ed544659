/**
 * A passphrase as an age recipient and identity (C2SP age specification, "The scrypt recipient type"). The library has both, with scrypt in
 * JavaScript; the platform's own takes half the time, and whoever waits for it waits less.
 */
import { randomBytes, scryptSync } from "node:crypto";
import { chacha20poly1305 } from "@noble/ciphers/chacha.js";
import { Stanza, type Identity, type Recipient } from "age-encryption";

const LABEL = "age-encryption.org/v1/scrypt";
const SALT_LENGTH = 16;
const KEY_LENGTH = 32;
const BLOCK_SIZE = 8;
/** Each key wraps one file key. */
const NONCE = new Uint8Array(12);

/** The machine has not got the memory for a derivation: nothing is wrong with the file. */
export class DerivationError extends Error {}

/** Wraps a file key under a passphrase. `workFactor`: base-two logarithm of scrypt's N. */
export function passphraseRecipient(passphrase: string, workFactor: number): Recipient {
  return {
    wrapFileKey: (fileKey) => {
      const salt = randomBytes(SALT_LENGTH);
      const body = chacha20poly1305(derive(passphrase, salt, workFactor), NONCE).encrypt(fileKey);
      return [new Stanza(["scrypt", unpadded(salt), String(workFactor)], body)];
    },
  };
}

/**
 * Unwraps what {@link passphraseRecipient} wrapped, of a head that `readHeader` found sound; null where the passphrase is not the one. Throws
 * {@link DerivationError}.
 */
export function passphraseIdentity(passphrase: string): Identity {
  return {
    unwrapFileKey: (stanzas) => {
      const stanza = stanzas.find(({ args: [type] }) => type === "scrypt");
      if (stanza === undefined) return null;
      const [, salt = "", workFactor = ""] = stanza.args;
      const key = derive(passphrase, Buffer.from(salt, "base64"), Number(workFactor));
      try {
        return chacha20poly1305(key, NONCE).decrypt(stanza.body);
      } catch {
        return null;
      }
    },
  };
}

function derive(passphrase: string, salt: Uint8Array, workFactor: number): Uint8Array {
  const N = 2 ** workFactor;
  try {
    // The limit is what the derivation takes, and a little for itself.
    return scryptSync(Buffer.from(passphrase), Buffer.concat([Buffer.from(LABEL), salt]), KEY_LENGTH, { N, r: BLOCK_SIZE, p: 1, maxmem: 128 * BLOCK_SIZE * (N + 64) });
  } catch (error) {
    throw new DerivationError("scrypt could not be computed", { cause: error });
  }
}

function unpadded(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString("base64").replace(/=+$/, "");
}
