/** PBKDF2 as containers name it (RFC 8018, A.2). */
import { pbkdf2Sync } from "node:crypto";
import { OctetString } from "asn1js";
import { PBKDF2Params, type AlgorithmIdentifier } from "pkijs";

const PBKDF2 = "1.2.840.113549.1.5.12";

/** The pseudo-random functions by OID, by node's name of their hash. */
export const PSEUDO_RANDOM: Readonly<Record<string, string>> = {
  "1.2.840.113549.2.7": "sha1",
  "1.2.840.113549.2.8": "sha224",
  "1.2.840.113549.2.9": "sha256",
  "1.2.840.113549.2.10": "sha384",
  "1.2.840.113549.2.11": "sha512",
  "1.2.840.113549.2.13": "sha512-256",
};

export interface Pbkdf2 {
  /** Node's name; the OID where it is none that is computed here. */
  readonly hash: string;
  readonly iterations: number;
  readonly salt: Uint8Array;
  /** Bytes, where the parameters state them. */
  readonly keyLength: number | null;
  /** The key from a password in UTF-8; none and the empty one are the same. Null for an unknown hash. */
  readonly derive: ((password: string | null, length: number) => Uint8Array) | null;
}

/** Null for another derivation. Throws on parameters that are not what the standard says. */
export function pbkdf2Of({ algorithmId, algorithmParams }: AlgorithmIdentifier): Pbkdf2 | null {
  if (algorithmId !== PBKDF2) return null;
  const { salt: given, iterationCount, keyLength = null, prf } = new PBKDF2Params({ schema: algorithmParams as unknown });
  const value: unknown = given;
  if (!(value instanceof OctetString)) throw new Error("not the parameters of RFC 8018");
  const salt = new Uint8Array(value.getValue());
  const iterations = positive(iterationCount);
  const hash = prf === undefined ? "sha1" : PSEUDO_RANDOM[prf.algorithmId];
  const common = { iterations, salt, keyLength };
  if (hash === undefined) return { ...common, hash: prf?.algorithmId ?? "", derive: null };
  return { ...common, hash, derive: (password, length) => pbkdf2Sync(password ?? "", salt, iterations, length, hash) };
}

/** A number of iterations. Throws when it is none. */
export function positive(iterations: number): number {
  if (!Number.isSafeInteger(iterations) || iterations < 1) throw new Error("not a number of iterations");
  return iterations;
}
