/** The integrity check of a container: the MAC of RFC 7292, 4, or PBMAC1 as RFC 9579 has it. */
import { createHmac, timingSafeEqual } from "node:crypto";
import { PBES2Params, type MacData } from "pkijs";
import { octets } from "./asn1.ts";
import { DERIVE_MAC_KEY, derive, isKnownHash, passwordBytes, rounds } from "./key-derivation.ts";
import { PSEUDO_RANDOM, pbkdf2Of, positive } from "./pbkdf2.ts";

const PBMAC1 = "1.2.840.113549.1.5.14";

/** Bytes of a key for PBMAC1. An HMAC uses no more than a block, and the longest is that of SHA-512. */
const LONGEST_KEY = 128;

/** The hashes of a MAC by OID, named as OpenSSL prints them. */
const HASHES: Readonly<Record<string, string>> = {
  "1.3.14.3.2.26": "sha1",
  "2.16.840.1.101.3.4.2.1": "sha256",
  "2.16.840.1.101.3.4.2.2": "sha384",
  "2.16.840.1.101.3.4.2.3": "sha512",
  "2.16.840.1.101.3.4.2.4": "sha224",
  "2.16.840.1.101.3.4.2.6": "sha512-256",
  "1.2.840.113549.2.5": "md5",
  "1.3.6.1.4.1.1722.12.2.1.16": "blake2b512",
  "1.3.6.1.4.1.1722.12.2.2.8": "blake2s256",
};

export interface Mac {
  /** As OpenSSL prints it; the OID where it has no name. */
  readonly hash: string;
  readonly iterations: number;
  readonly salt: Uint8Array;
  readonly digest: Uint8Array;
  /** Rounds of the derivation, to be capped before it is run. */
  readonly work: number;
  /** The digest under a password. Null for a kind that is not computed here. */
  readonly compute: ((content: Uint8Array, password: string | null) => Uint8Array) | null;
}

/** Throws on parameters that are not what the standard says. */
export function macOf(data: MacData): Mac {
  const { algorithmId, algorithmParams } = data.mac.digestAlgorithm;
  const digest = octets(data.mac.digest);
  if (algorithmId === PBMAC1) return pbmac1(algorithmParams, digest);
  const hash = HASHES[algorithmId] ?? algorithmId;
  const iterations = positive(data.iterations ?? 1);
  const salt = octets(data.macSalt);
  const common = { hash, iterations, salt, digest, work: rounds(hash, iterations, digest.length) };
  if (!isKnownHash(hash)) return { ...common, compute: null };
  const compute: Mac["compute"] = (content, password) => {
    const length = createHmac(hash, "").digest().length;
    return hmac(hash, derive(hash, DERIVE_MAC_KEY, passwordBytes(password), salt, iterations, length), content);
  };
  return { ...common, compute };
}

/**
 * PBMAC1 (RFC 8018, 7.1) with what RFC 9579 demands of it: PBKDF2 with the length of the key stated, over the password in
 * UTF-8. The fields of RFC 7292 mean nothing then. Its parameters have the form of those of PBES2.
 */
function pbmac1(parameters: unknown, digest: Uint8Array): Mac {
  const { keyDerivationFunc, encryptionScheme } = new PBES2Params({ schema: parameters });
  const derivation = pbkdf2Of(keyDerivationFunc);
  const hash = PSEUDO_RANDOM[encryptionScheme.algorithmId];
  const { iterations = 1, salt = new Uint8Array() } = derivation ?? {};
  const common = { hash: "PBMAC1", iterations, salt, digest, work: iterations };
  const { derive: deriveKey = null, keyLength = null } = derivation ?? {};
  const isStated = keyLength !== null && keyLength >= 1 && keyLength <= LONGEST_KEY;
  if (deriveKey === null || hash === undefined || !isStated) return { ...common, compute: null };
  return { ...common, compute: (content, password) => hmac(hash, deriveKey(password, keyLength), content) };
}

function hmac(hash: string, key: Uint8Array, content: Uint8Array): Uint8Array {
  return createHmac(hash, key).update(content).digest();
}

/** How a stored digest compares with the one computed. */
export type MacOutcome = "verified" | "near" | "different";

/**
 * Compares digests. `near` is a digest that differs in one byte: that does not come about by another password, so that
 * the stored one was damaged.
 */
export function compareDigests(stored: Uint8Array, computed: Uint8Array): MacOutcome {
  if (stored.length !== computed.length) return "different";
  if (timingSafeEqual(stored, computed)) return "verified";
  const differing = stored.filter((byte, i) => byte !== computed[i]).length;
  return differing === 1 ? "near" : "different";
}
