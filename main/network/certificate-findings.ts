/** What is wrong with a presented certificate, read off the certificate itself: a refusal's code hides more than it tells. */
import { X509Certificate, type KeyObject } from "node:crypto";
import tls from "node:tls";
import type { UnreachableReason } from "../../shared/fault.ts";
import type { Finding } from "../../shared/model/mail-server.ts";
import { plainWords } from "./plain-words.ts";
import type { TrustStore } from "./trust-store.ts";

/** The shortest RSA key that is still taken for strong (NIST SP 800-57, part 1: 112 bits of security). */
const RSA_BITS = 2048;
const NAMES_SHOWN = 6;

/** Extended key usages by OID, as OpenSSL abbreviates them. */
const PURPOSES: Readonly<Record<string, string>> = {
  "1.3.6.1.5.5.7.3.1": "serverAuth",
  "1.3.6.1.5.5.7.3.2": "clientAuth",
  "1.3.6.1.5.5.7.3.3": "codeSigning",
  "1.3.6.1.5.5.7.3.4": "emailProtection",
  "1.3.6.1.5.5.7.3.8": "timeStamping",
  "1.3.6.1.5.5.7.3.9": "OCSPSigning",
  "1.3.6.1.4.1.311.20.2.2": "msSmartcardLogin",
  "1.3.6.1.5.2.3.5": "pkInitKDC",
  "2.5.29.37.0": "anyExtendedKeyUsage",
};

/** What is wrong with a handshake: beside a rung that passed, or the reason why it did not. */
export type TlsFinding = Finding & { readonly reason: UnreachableReason };

/** A handshake's certificate, the chain presented with it, and what it is measured against. */
export interface Presented {
  readonly leaf: X509Certificate;
  /** The leaf first, each followed by its issuer as far as they were sent. */
  readonly chain: readonly X509Certificate[];
  readonly host: string;
  readonly trusted: Pick<TrustStore, "vouchesFor">;
  /** OpenSSL's or Node's objection; null when there is none. */
  readonly code: string | null;
  /** Epoch milliseconds, by the system's clock as for OpenSSL. */
  readonly now: number;
}

/**
 * The chain as it was presented, the leaf first, completed from the trusted authorities; empty when none was presented.
 * Not by getPeerX509Certificate, which takes the leaf away from the connection, so that a second look finds nothing
 * (https://github.com/nodejs/node/issues/65579).
 */
export function chainOn(socket: tls.TLSSocket): readonly X509Certificate[] {
  const chain: X509Certificate[] = [];
  const seen = new Set<string>();
  // Node types the certificates as always there: without one it answers an empty object, and a root is its own issuer.
  let next: Partial<tls.DetailedPeerCertificate> | undefined = socket.getPeerCertificate(true);
  while (next?.raw !== undefined && next.fingerprint256 !== undefined && !seen.has(next.fingerprint256)) {
    seen.add(next.fingerprint256);
    chain.push(new X509Certificate(next.raw));
    next = next.issuerCertificate;
  }
  return chain;
}

/** Reads a finished handshake; null when no certificate was presented. */
export function presentedOn(socket: tls.TLSSocket, host: string, trusted: TrustStore): Presented | null {
  const chain = chainOn(socket);
  const [leaf] = chain;
  // Node types authorizationError as an Error; it is the error's code, or its message where it has none.
  return leaf === undefined ? null : { leaf, chain, host, trusted, code: socket.authorized ? null : String(socket.authorizationError), now: Date.now() };
}

/** Null for a key that this computer cannot read at all. */
function keyOf(certificate: X509Certificate): KeyObject | null {
  try {
    return certificate.publicKey;
  } catch {
    return null;
  }
}

/** By name and signature alone: one that a server made for itself need not be allowed to sign certificates. */
function isSelfSigned(certificate: X509Certificate): boolean {
  const key = keyOf(certificate);
  return key !== null && certificate.subject === certificate.issuer && certificate.verify(key);
}

/** A distinguished name's common name, or else all of it on one line. Node leaves the property away for an empty name. */
function nameIn(distinguished: string | undefined): string {
  return plainWords(/^CN=(.*)$/m.exec(distinguished ?? "")?.[1] ?? distinguished ?? "");
}

/** The names of the certificate, its subject's only where it has no others (RFC 6125, 6.4.4). */
function namesOf(leaf: X509Certificate): string {
  const alternative = leaf.subjectAltName?.split(", ").map((name) => name.replace(/^(DNS|IP Address):/, ""));
  const names = alternative ?? [nameIn(leaf.subject)];
  return [...names.slice(0, NAMES_SHOWN).map((name) => plainWords(name)), ...(names.length > NAMES_SHOWN ? ["…"] : [])].join(", ");
}

/** The fact, and whose it is when it is not the leaf's. */
function factOf(fact: string, certificate: X509Certificate, { leaf }: Presented): string {
  return certificate === leaf ? fact : `${fact}, ${nameIn(certificate.subject)}`;
}

function weakKey(certificate: X509Certificate): string | null {
  const bits = keyOf(certificate)?.asymmetricKeyDetails?.modulusLength;
  return bits !== undefined && bits < RSA_BITS ? `RSA ${bits}` : null;
}

/** A root's own signature proves nothing, so that its age does not matter. */
function weakSignature(certificate: X509Certificate): string | null {
  const weak = /sha1|md[245]/i.exec(certificate.signatureAlgorithm ?? "")?.[0];
  return weak === undefined || isSelfSigned(certificate) ? null : weak.toUpperCase().replace("SHA1", "SHA-1");
}

function inChain(presented: Presented, fact: (certificate: X509Certificate) => string | null): string | null {
  for (const certificate of presented.chain) {
    const found = fact(certificate);
    if (found !== null) return factOf(found, certificate, presented);
  }
  return null;
}

/** Where the issuer's certificate can be had, from Authority Information Access (RFC 5280, 4.2.2.1); over HTTP only. */
function issuerAddress(certificate: X509Certificate): string | null {
  const address = /^CA Issuers - URI:(https?:\S+)$/m.exec(certificate.infoAccess ?? "")?.[1];
  return address === undefined ? null : plainWords(address);
}

type Untrusted = Extract<UnreachableReason, "certificate-self-signed" | "certificate-untrusted" | "certificate-issuer-unknown">;

/** How the chain ends where nobody trusted here vouches for any of it. */
function chainEnd({ leaf, chain, trusted, code }: Presented): { readonly reason: Untrusted; readonly detail: string } | null {
  // Node looks at the name only once the chain was found good.
  if (code === null || code === "ERR_TLS_CERT_ALTNAME_INVALID" || chain.some((certificate) => trusted.vouchesFor(certificate))) return null;
  const last = chain.at(-1) ?? leaf;
  if (!isSelfSigned(last)) {
    const facts = [nameIn(last.issuer), issuerAddress(last)].filter((fact) => fact !== null && fact !== "");
    return { reason: "certificate-issuer-unknown", detail: facts.join(", ") };
  }
  return { reason: last === leaf ? "certificate-self-signed" : "certificate-untrusted", detail: nameIn(last.subject) };
}

type Evidence = (presented: Presented) => string | null;

function untrusted(reason: Untrusted): Evidence {
  return (presented) => {
    const end = chainEnd(presented);
    return end?.reason === reason ? end.detail : null;
  };
}

/** Every reason with its evidence: a fact when there is something to say. The most telling comes first. */
const evidence: readonly (readonly [UnreachableReason, Evidence])[] = [
  ["certificate-expired", ({ leaf, now }) => (leaf.validToDate.getTime() < now ? leaf.validToDate.toISOString() : null)],
  ["certificate-not-yet-valid", ({ leaf, now }) => (leaf.validFromDate.getTime() > now ? leaf.validFromDate.toISOString() : null)],
  [
    "certificate-issuer-expired",
    ({ leaf, chain, code, now }) => {
      const ended = code === "CERT_HAS_EXPIRED" && chain.find((certificate) => certificate !== leaf && certificate.validToDate.getTime() < now);
      return ended ? nameIn(ended.subject) : null;
    },
  ],
  ["certificate-self-signed", untrusted("certificate-self-signed")],
  ["certificate-untrusted", untrusted("certificate-untrusted")],
  ["certificate-issuer-unknown", untrusted("certificate-issuer-unknown")],
  [
    "certificate-wrong-purpose",
    ({ leaf }) => {
      // Without the extension every purpose is allowed (RFC 5280, 4.2.1.12).
      const purposes = leaf.keyUsage?.map((oid) => PURPOSES[oid] ?? oid) ?? ["anyExtendedKeyUsage"];
      return purposes.some((purpose) => purpose === "serverAuth" || purpose === "anyExtendedKeyUsage") ? null : purposes.join(", ");
    },
  ],
  ["certificate-weak-key", (presented) => inChain(presented, weakKey)],
  ["certificate-weak-signature", (presented) => inChain(presented, weakSignature)],
  ["name-mismatch", ({ leaf, host }) => (tls.checkServerIdentity(host, leaf.toLegacyObject()) === undefined ? null : namesOf(leaf))],
];

/** All there is to say about a presented certificate; empty when nothing is wrong with it that can be read off it. */
export function certificateFindings(presented: Presented): readonly TlsFinding[] {
  return evidence.flatMap(([reason, find]) => {
    const detail = find(presented);
    return detail === null ? [] : [{ reason, detail: detail === "" ? null : detail }];
  });
}
