/**
 * The structure of a container (RFC 7292), without any cryptography. What is not needed is not read: bags and parts of
 * other kinds are skipped and named, because one of them says nothing about the rest.
 */
import { BmpString, Constructed, Integer, ObjectIdentifier, OctetString, Sequence, Set as AsnSet, type AsnType } from "asn1js";
import { AuthenticatedSafe, EncryptedData, PFX, PKCS8ShroudedKeyBag, type ContentInfo } from "pkijs";
import { octets, parse } from "./asn1.ts";
import { encryptionOf, type Encryption } from "./ciphers.ts";
import { macOf, type Mac } from "./integrity.ts";
import type { Skipped } from "./refusal.ts";

const DATA = "1.2.840.113549.1.7.1";
const ENCRYPTED_DATA = "1.2.840.113549.1.7.6";
const X509_CERTIFICATE = "1.2.840.113549.1.9.22.1";
const CSP_NAME = "1.3.6.1.4.1.311.17.1";

const BAG = "1.2.840.113549.1.12.10.1.";
const KEY_BAG = `${BAG}1`;
const ENCRYPTED_KEY_BAG = `${BAG}2`;
const CERTIFICATE_BAG = `${BAG}3`;
const CRL_BAG = `${BAG}4`;
const SECRET_BAG = `${BAG}5`;
const NESTED_BAGS = `${BAG}6`;

/** `szOID_PKCS_12_PROTECTED_PASSWORD_SECRET_BAG_TYPE_ID` of wincrypt.h: the file's password, sealed for accounts of a domain. */
const DOMAIN_PASSWORD = "1.3.6.1.4.1.311.17.4";

export interface EncryptedPiece {
  readonly encryption: Encryption;
  readonly data: Uint8Array;
}

/** A private key: in the clear, or still encrypted on its own. */
export interface KeyPiece {
  readonly key: Uint8Array | EncryptedPiece;
  /** The Windows provider that held the key, where the file names it. */
  readonly provider: string | null;
}

/** What a SafeContents holds, nested ones included. */
export interface Bags {
  readonly certificates: Uint8Array[];
  readonly keys: KeyPiece[];
  readonly skipped: Skipped[];
  /** A password is in here that Windows sealed for accounts of a domain. */
  domainPassword: boolean;
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

export function isEncrypted(piece: Bags | EncryptedPiece | Uint8Array): piece is EncryptedPiece {
  return "encryption" in piece;
}

/** Throws when the bytes are not a container; {@link UnsupportedContainer} when they are one of an unknown kind. */
export function parseContainer(bytes: Uint8Array): Container {
  const pfx = new PFX({ schema: parse(bytes, "anything") });
  if (pfx.authSafe.contentType !== DATA) throw new UnsupportedContainer("signed with a key instead of a password");
  const content = octets(pfx.authSafe.content);
  const pieces = new AuthenticatedSafe({ schema: parse(content, "anything") }).safeContents.map(pieceOf);
  const isUnread = (piece: Bags | EncryptedPiece) => !isEncrypted(piece) && piece.skipped.some(({ what }) => what === "part");
  if (pieces.length > 0 && pieces.every(isUnread)) throw new UnsupportedContainer("encrypted with a key instead of a password");
  return { content, mac: pfx.macData === undefined ? null : macOf(pfx.macData), pieces };
}

function noBags(): Bags {
  return { certificates: [], keys: [], skipped: [], domainPassword: false };
}

/** The bags of a piece. Throws when it is no SafeContents. */
export function parseBags(bytes: Uint8Array): Bags {
  const bags = noBags();
  collect(parse(bytes, "nothing"), bags);
  return bags;
}

/** Whether decrypted bytes are a private key (RFC 5208, 5, of any algorithm), and not what the wrong password leaves behind. */
export function isPrivateKey(bytes: Uint8Array): boolean {
  try {
    const key = parse(bytes, "nothing");
    const [version, algorithm, octetsOfKey] = key instanceof Sequence ? key.valueBlock.value : [];
    const [id] = algorithm instanceof Sequence ? algorithm.valueBlock.value : [];
    return version instanceof Integer && id instanceof ObjectIdentifier && octetsOfKey instanceof OctetString;
  } catch {
    return false;
  }
}

function pieceOf(info: ContentInfo): Bags | EncryptedPiece {
  if (info.contentType === DATA) return parseBags(octets(info.content));
  if (info.contentType !== ENCRYPTED_DATA) return { ...noBags(), skipped: [{ what: "part", id: info.contentType }] };
  const { encryptedContentInfo } = new EncryptedData({ schema: info.content as unknown });
  return {
    encryption: encryptionOf(encryptedContentInfo.contentEncryptionAlgorithm),
    data: new Uint8Array(encryptedContentInfo.getEncryptedContent()),
  };
}

function collect(contents: AsnType, into: Bags): void {
  for (const bag of elementsOf(contents)) {
    const [id, value, attributes] = elementsOf(bag);
    collectBag(identifierOf(id), taggedValueOf(value), attributes, into);
  }
}

function collectBag(id: string, value: AsnType, attributes: AsnType | undefined, into: Bags): void {
  switch (id) {
    case KEY_BAG:
      into.keys.push({ key: new Uint8Array(value.toBER()), provider: providerOf(attributes) });
      break;
    case ENCRYPTED_KEY_BAG: {
      const { encryptionAlgorithm, encryptedData } = new PKCS8ShroudedKeyBag({ schema: value });
      into.keys.push({ key: { encryption: encryptionOf(encryptionAlgorithm), data: octets(encryptedData) }, provider: providerOf(attributes) });
      break;
    }
    case CERTIFICATE_BAG: {
      const [kind, certificate] = elementsOf(value);
      if (identifierOf(kind) === X509_CERTIFICATE) into.certificates.push(octets(taggedValueOf(certificate)));
      else into.skipped.push({ what: "bag", id: identifierOf(kind) });
      break;
    }
    case NESTED_BAGS:
      collect(value, into);
      break;
    case SECRET_BAG:
      // SecretBag ::= SEQUENCE { secretTypeId, … } (RFC 7292, 4.2.5).
      if (identifierOf(elementsOf(value)[0]) === DOMAIN_PASSWORD) into.domainPassword = true;
      else into.skipped.push({ what: "secret", id });
      break;
    default:
      into.skipped.push({ what: id === CRL_BAG ? "crl" : "bag", id });
  }
}

/** Throws when there are none. */
function elementsOf(element: AsnType | undefined): readonly AsnType[] {
  if (element instanceof Sequence || element instanceof AsnSet) return element.valueBlock.value;
  throw new Error("no elements");
}

function identifierOf(element: AsnType | undefined): string {
  if (element instanceof ObjectIdentifier) return element.valueBlock.toString();
  throw new Error("no identifier");
}

/** What is within `[0] EXPLICIT`. */
function taggedValueOf(element: AsnType | undefined): AsnType {
  const [value] = element instanceof Constructed ? element.valueBlock.value : [];
  if (value === undefined) throw new Error("no value");
  return value;
}

/** Attributes are a courtesy of whoever made the file: odd ones are no damage. */
function providerOf(attributes: AsnType | undefined): string | null {
  try {
    const named = elementsOf(attributes).map(elementsOf).find(([id]) => identifierOf(id) === CSP_NAME);
    const [value] = elementsOf(named?.[1]);
    return value instanceof BmpString ? value.valueBlock.value : null;
  } catch {
    return null;
  }
}
