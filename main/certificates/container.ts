/** The structure of a container (RFC 7292), without any cryptography. */
import { fromBER, OctetString, BmpString, Sequence, type AsnType } from "asn1js";
import {
  AuthenticatedSafe,
  CertBag,
  EncryptedData,
  PFX,
  PKCS8ShroudedKeyBag,
  PrivateKeyInfo,
  SafeContents,
  type ContentInfo,
  type MacData,
  type SafeBag,
} from "pkijs";
import { encryptionOf, type Encryption } from "./ciphers.ts";
import { ASN1_LIMITS } from "./limits.ts";

const DATA = "1.2.840.113549.1.7.1";
const ENCRYPTED_DATA = "1.2.840.113549.1.7.6";
const X509_CERTIFICATE = "1.2.840.113549.1.9.22.1";
const CSP_NAME = "1.3.6.1.4.1.311.17.1";

/** The hashes of a MAC by OID, named as OpenSSL prints them. */
const HASHES: Readonly<Record<string, string>> = {
  "1.3.14.3.2.26": "sha1",
  "2.16.840.1.101.3.4.2.1": "sha256",
  "2.16.840.1.101.3.4.2.2": "sha384",
  "2.16.840.1.101.3.4.2.3": "sha512",
  "2.16.840.1.101.3.4.2.4": "sha224",
  "1.2.840.113549.2.5": "md5",
  "1.3.6.1.4.1.1722.12.2.1.16": "blake2b512",
  "1.3.6.1.4.1.1722.12.2.2.8": "blake2s256",
  "1.2.840.113549.1.5.14": "PBMAC1",
};

export interface Mac {
  /** As OpenSSL prints it; the OID where it has no name. */
  readonly hash: string;
  readonly iterations: number;
  readonly salt: Uint8Array;
  readonly digest: Uint8Array;
}

export interface EncryptedPiece {
  readonly encryption: Encryption;
  readonly data: Uint8Array;
}

/** A private key: in the clear, or still encrypted on its own. */
export interface KeyPiece {
  readonly clear: Uint8Array | null;
  readonly encrypted: EncryptedPiece | null;
  /** The Windows provider that held the key, where the file names it. */
  readonly provider: string | null;
}

/** What a SafeContents holds, nested ones included. */
export interface Bags {
  readonly certificates: Uint8Array[];
  readonly keys: KeyPiece[];
}

export interface Container {
  /** What the MAC is made over. */
  readonly content: Uint8Array;
  readonly mac: Mac | null;
  /** Pieces in the clear and pieces that hold bags once decrypted, in the file's order. */
  readonly pieces: readonly (Bags | EncryptedPiece)[];
}

/** A container whose parts are of a kind that needs something else than a password. */
export class UnsupportedContainer extends Error {}

function parse(bytes: Uint8Array): AsnType {
  const parsed = fromBER(new Uint8Array(bytes), ASN1_LIMITS);
  if (parsed.offset === -1) throw new Error("not ASN.1");
  return parsed.result;
}

/** Throws when the bytes are not a container; {@link UnsupportedContainer} when they are one of an unknown kind. */
export function parseContainer(bytes: Uint8Array): Container {
  const pfx = new PFX({ schema: parse(bytes) });
  if (pfx.authSafe.contentType !== DATA) throw new UnsupportedContainer("signed with a key instead of a password");
  const content = octets(pfx.authSafe.content);
  const safe = new AuthenticatedSafe({ schema: parse(content) });
  return { content, mac: pfx.macData === undefined ? null : macOf(pfx.macData), pieces: safe.safeContents.map(pieceOf) };
}

/** The bags of a decrypted piece. Throws when it is no SafeContents. */
export function parseBags(bytes: Uint8Array): Bags {
  const bags: Bags = { certificates: [], keys: [] };
  collect(new SafeContents({ schema: parse(bytes) }).safeBags, bags);
  return bags;
}

function macOf(data: MacData): Mac {
  const oid = data.mac.digestAlgorithm.algorithmId;
  const iterations = data.iterations ?? 1;
  if (!Number.isSafeInteger(iterations) || iterations < 1) throw new Error("not a number of iterations");
  return {
    hash: HASHES[oid] ?? oid,
    iterations,
    salt: octets(data.macSalt),
    digest: octets(data.mac.digest),
  };
}

function pieceOf(info: ContentInfo): Bags | EncryptedPiece {
  if (info.contentType === DATA) return parseBags(octets(info.content));
  if (info.contentType !== ENCRYPTED_DATA) throw new UnsupportedContainer("encrypted with a key instead of a password");
  const { encryptedContentInfo } = new EncryptedData({ schema: info.content as unknown });
  return {
    encryption: encryptionOf(encryptedContentInfo.contentEncryptionAlgorithm),
    data: new Uint8Array(encryptedContentInfo.getEncryptedContent()),
  };
}

function collect(bags: readonly SafeBag[], into: Bags): void {
  for (const { bagValue, bagAttributes } of bags) {
    const provider = providerOf(bagAttributes ?? []);
    if (bagValue instanceof CertBag) {
      if (bagValue.certId === X509_CERTIFICATE) into.certificates.push(octets(bagValue.certValue));
    } else if (bagValue instanceof PKCS8ShroudedKeyBag) {
      const encrypted = { encryption: encryptionOf(bagValue.encryptionAlgorithm), data: octets(bagValue.encryptedData) };
      into.keys.push({ clear: null, encrypted, provider });
    } else if (bagValue instanceof PrivateKeyInfo) {
      into.keys.push({ clear: new Uint8Array(bagValue.toSchema().toBER()), encrypted: null, provider });
    } else if (bagValue instanceof SafeContents) {
      collect(bagValue.safeBags, into);
    }
  }
}

function providerOf(attributes: readonly { readonly type: string; readonly values: readonly unknown[] }[]): string | null {
  const value = attributes.find(({ type }) => type === CSP_NAME)?.values[0];
  return value instanceof BmpString ? value.valueBlock.value : null;
}

function octets(value: unknown): Uint8Array {
  if (value instanceof OctetString) return new Uint8Array(value.getValue());
  throw new Error(value instanceof Sequence ? "a sequence where octets belong" : "no octets");
}
