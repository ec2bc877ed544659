/** The ciphers of a container: the PKCS#12 ones (RFC 7292, appendix C) and PBES2 (RFC 8018, 6.2). */
import { createDecipheriv } from "node:crypto";
import { Integer, OctetString, Sequence } from "asn1js";
import forge from "node-forge";
import { PBES2Params, type AlgorithmIdentifier } from "pkijs";
import { DERIVE_IV, DERIVE_KEY, derive, passwordBytes, rounds } from "./key-derivation.ts";
import { pbkdf2Of, positive } from "./pbkdf2.ts";

interface BlockCipher {
  /** node's name, or `rc2`, which current crypto libraries leave out. */
  readonly name: string;
  readonly key: number;
  readonly iv: number;
}

/** How a piece is encrypted, as far as it can be said without the password. */
export interface Encryption {
  /** As OpenSSL prints it; the OID where it has no name. */
  readonly name: string;
  /** The hash of PBKDF2; null where another derivation is used. */
  readonly prf: string | null;
  readonly generation: "legacy" | "modern";
  /** Rounds of the derivation, to be capped before it is run. */
  readonly iterations: number;
  readonly work: number;
  /** Null when the cipher is not one this product decrypts. Throws on a wrong password or damaged data. */
  readonly decrypt: ((data: Uint8Array, password: string | null) => Uint8Array) | null;
}

const PKCS12_PBE = "1.2.840.113549.1.12.1.";
const PBES2 = "1.2.840.113549.1.5.13";

const LEGACY: Readonly<Record<string, { readonly name: string; readonly cipher: BlockCipher | null }>> = {
  [`${PKCS12_PBE}1`]: { name: "pbeWithSHA1And128BitRC4", cipher: null },
  [`${PKCS12_PBE}2`]: { name: "pbeWithSHA1And40BitRC4", cipher: null },
  [`${PKCS12_PBE}3`]: { name: "pbeWithSHA1And3-KeyTripleDES-CBC", cipher: { name: "des-ede3-cbc", key: 24, iv: 8 } },
  [`${PKCS12_PBE}4`]: { name: "pbeWithSHA1And2-KeyTripleDES-CBC", cipher: { name: "des-ede3-cbc", key: 16, iv: 8 } },
  [`${PKCS12_PBE}5`]: { name: "pbeWithSHA1And128BitRC2-CBC", cipher: { name: "rc2", key: 16, iv: 8 } },
  [`${PKCS12_PBE}6`]: { name: "pbeWithSHA1And40BitRC2-CBC", cipher: { name: "rc2", key: 5, iv: 8 } },
};

const SCHEMES: Readonly<Record<string, { readonly name: string; readonly cipher: BlockCipher }>> = {
  "2.16.840.1.101.3.4.1.2": { name: "AES-128-CBC", cipher: { name: "aes-128-cbc", key: 16, iv: 16 } },
  "2.16.840.1.101.3.4.1.22": { name: "AES-192-CBC", cipher: { name: "aes-192-cbc", key: 24, iv: 16 } },
  "2.16.840.1.101.3.4.1.42": { name: "AES-256-CBC", cipher: { name: "aes-256-cbc", key: 32, iv: 16 } },
  "1.2.840.113549.3.7": { name: "DES-EDE3-CBC", cipher: { name: "des-ede3-cbc", key: 24, iv: 8 } },
};

/** Reads an algorithm identifier. Throws on parameters that are not what the algorithm's standard says. */
export function encryptionOf(algorithm: AlgorithmIdentifier): Encryption {
  const { algorithmId, algorithmParams } = algorithm;
  const legacy = LEGACY[algorithmId];
  if (legacy !== undefined) return pkcs12Encryption(legacy.name, legacy.cipher, algorithmParams);
  if (algorithmId === PBES2) return pbes2Encryption(new PBES2Params({ schema: algorithmParams as unknown }));
  return { name: algorithmId, prf: null, generation: "legacy", iterations: 0, work: 0, decrypt: null };
}

function pkcs12Encryption(name: string, cipher: BlockCipher | null, parameters: unknown): Encryption {
  const [salt, count] = parameters instanceof Sequence ? parameters.valueBlock.value : [];
  if (!(salt instanceof OctetString) || !(count instanceof Integer)) throw new Error("not the parameters of RFC 7292");
  const iterations = positive(count.valueBlock.valueDec);
  const saltBytes = new Uint8Array(salt.getValue());
  if (cipher === null) return { name, prf: null, generation: "legacy", iterations, work: 0, decrypt: null };
  return {
    name,
    prf: null,
    generation: "legacy",
    iterations,
    work: rounds("sha1", iterations, cipher.key) + rounds("sha1", iterations, cipher.iv),
    decrypt: (data, password) => {
      const secret = passwordBytes(password);
      const key = derive("sha1", DERIVE_KEY, secret, saltBytes, iterations, cipher.key);
      const iv = derive("sha1", DERIVE_IV, secret, saltBytes, iterations, cipher.iv);
      return decryptBlocks(cipher, key, iv, data);
    },
  };
}

function pbes2Encryption({ keyDerivationFunc, encryptionScheme }: PBES2Params): Encryption {
  const scheme = SCHEMES[encryptionScheme.algorithmId];
  const name = scheme?.name ?? encryptionScheme.algorithmId;
  const derivation = pbkdf2Of(keyDerivationFunc);
  const iterations = derivation?.iterations ?? 0;
  const common = { name, prf: derivation?.hash ?? null, generation: "modern", iterations, work: iterations } as const;
  if (scheme === undefined || derivation?.derive == null) return { ...common, decrypt: null };
  const iv: unknown = encryptionScheme.algorithmParams;
  if (!(iv instanceof OctetString)) throw new Error("not the parameters of RFC 8018");
  const { cipher } = scheme;
  const { derive: deriveKey } = derivation;
  return {
    ...common,
    decrypt: (data, password) => decryptBlocks(cipher, deriveKey(password, cipher.key), new Uint8Array(iv.getValue()), data),
  };
}

function decryptBlocks(cipher: BlockCipher, key: Uint8Array, iv: Uint8Array, data: Uint8Array): Uint8Array {
  if (iv.length !== cipher.iv || data.length === 0 || data.length % cipher.iv !== 0) throw new Error("not whole blocks");
  if (cipher.name === "rc2") return decryptRc2(key, iv, data);
  // Two-key triple DES uses its first key again as the third.
  const whole = cipher.name === "des-ede3-cbc" && key.length === 16 ? Buffer.concat([key, key.subarray(0, 8)]) : key;
  const decipher = createDecipheriv(cipher.name, whole, iv);
  return Buffer.concat([decipher.update(data), decipher.final()]);
}

function decryptRc2(key: Uint8Array, iv: Uint8Array, data: Uint8Array): Uint8Array {
  const binary = (bytes: Uint8Array) => forge.util.createBuffer(Buffer.from(bytes).toString("latin1"));
  const decipher = forge.rc2.createDecryptionCipher(Buffer.from(key).toString("latin1"), key.length * 8);
  decipher.start(Buffer.from(iv).toString("latin1"));
  decipher.update(binary(data));
  if (!decipher.finish()) throw new Error("bad decrypt");
  return Buffer.from(decipher.output.getBytes(), "latin1");
}
