/** What an opened container holds, as key and certificate objects: who belongs to whom, and which pair is meant. */
import { createPrivateKey, createPublicKey, X509Certificate, type KeyObject } from "node:crypto";
import { fail, succeed, type Result } from "../../shared/fault.ts";
import type { OpenedContainer } from "./open-container.ts";

/** A private key of the file; null where it is of a kind that cannot be read here. */
interface KeyEntry {
  readonly key: KeyObject | null;
  /** The Windows provider that held the key, where the file names it. */
  readonly provider: string | null;
}

/** A certificate whose private key is in the file as well. */
export interface Identity {
  readonly certificate: X509Certificate;
  readonly key: KeyObject;
  readonly provider: string | null;
  /** Place of the key among the file's keys. */
  readonly keyPlace: number;
}

/** The contents with the leaf picked out. */
export interface Contents {
  readonly certificates: readonly X509Certificate[];
  /** In the order of the file's certificates. */
  readonly identities: readonly Identity[];
  readonly leaf: X509Certificate | null;
  /** The issuers of the leaf in order, then what else the file holds. */
  readonly others: readonly X509Certificate[];
  readonly hasKey: boolean;
  /** Null when the file has no key, or one of a kind that cannot be read here. */
  readonly key: KeyObject | null;
  readonly keyMatches: boolean;
  readonly provider: string | null;
}

/**
 * Picks the identity whose thumbprint is `wanted` (SHA-256 or SHA-1, as {@link hex} writes it), else the valid one that
 * lasts longest at `now` (epoch milliseconds). Fails with `not-found` when the wanted one is not in the file. Throws when
 * a certificate is not one.
 */
export function contentsOf(opened: OpenedContainer, wanted: string | null, now: number): Result<Contents> {
  const certificates = opened.certificates.map((der) => new X509Certificate(der));
  const keys = opened.keys.map(({ der, provider }) => ({ key: readKey(der), provider }));
  const identities = identitiesOf(certificates, keys);
  const chosen = wanted === null ? preferred(identities, now) : identities.find(({ certificate }) => isThumbprintOf(certificate, wanted));
  if (chosen === undefined && wanted !== null) return fail({ kind: "not-found", what: "certificate-identity" });
  const leaf = chosen?.certificate ?? certificates.find((certificate) => !issuedAnother(certificate, certificates)) ?? certificates[0] ?? null;
  const pair = chosen ?? keys[0];
  return succeed({
    certificates,
    identities,
    leaf,
    others: inChainOrder(certificates, leaf),
    hasKey: keys.length > 0,
    key: pair?.key ?? null,
    keyMatches: chosen !== undefined,
    provider: pair?.provider ?? null,
  });
}

/** A fingerprint as thumbprints are written here: lower-case hex. */
export const hex = (fingerprint: string): string => fingerprint.replaceAll(":", "").toLowerCase();

function isThumbprintOf({ fingerprint256, fingerprint }: X509Certificate, wanted: string): boolean {
  return hex(fingerprint256) === wanted || hex(fingerprint) === wanted;
}

function identitiesOf(certificates: readonly X509Certificate[], keys: readonly KeyEntry[]): readonly Identity[] {
  const found = new Map<string, Identity>();
  for (const certificate of certificates) {
    const keyPlace = keys.findIndex(({ key }) => key !== null && carries(certificate, key));
    const { key = null, provider = null } = keys[keyPlace] ?? {};
    if (key !== null && !found.has(certificate.fingerprint256)) found.set(certificate.fingerprint256, { certificate, key, provider, keyPlace });
  }
  return [...found.values()];
}

function preferred(identities: readonly Identity[], now: number): Identity | undefined {
  const isValid = ({ certificate }: Identity) => certificate.validFromDate.getTime() <= now && certificate.validToDate.getTime() >= now;
  const end = ({ certificate }: Identity) => certificate.validToDate.getTime();
  const [first] = identities.toSorted((a, b) => Number(isValid(b)) - Number(isValid(a)) || end(b) - end(a));
  return first;
}

function readKey(der: Uint8Array): KeyObject | null {
  try {
    return createPrivateKey({ key: Buffer.from(der), format: "der", type: "pkcs8" });
  } catch {
    return null;
  }
}

function carries(certificate: X509Certificate, key: KeyObject): boolean {
  try {
    return certificate.publicKey.equals(createPublicKey(key));
  } catch {
    return false;
  }
}

function issuedAnother(candidate: X509Certificate, all: readonly X509Certificate[]): boolean {
  return all.some((other) => other.fingerprint256 !== candidate.fingerprint256 && other.checkIssued(candidate));
}

function inChainOrder(certificates: readonly X509Certificate[], leaf: X509Certificate | null): readonly X509Certificate[] {
  const rest = certificates.filter((certificate) => certificate !== leaf);
  const others: X509Certificate[] = [];
  for (let current = leaf; current !== null; ) {
    const child: X509Certificate = current;
    const at = rest.findIndex((candidate) => child.checkIssued(candidate));
    current = rest[at] ?? null;
    if (current !== null) others.push(...rest.splice(at, 1));
  }
  return [...others, ...rest];
}
