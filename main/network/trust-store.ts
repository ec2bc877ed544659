/** Whom a handshake trusts: secure contexts, and the same authorities by subject, to say what a refused chain lacks. */
import { X509Certificate } from "node:crypto";
import tls from "node:tls";
import type { Trust } from "../../shared/model/identity-store.ts";

const CONTEXTS_KEPT = 16;
const PEM_CERTIFICATE = /-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g;

export interface TrustStore {
  readonly context: tls.SecureContext;
  /** Whether an authority trusted here is this certificate or signed it. */
  vouchesFor(certificate: X509Certificate): boolean;
}

const stores = new Map<string, TrustStore>();
const inUse = new WeakMap<tls.TLSSocket, TrustStore>();
let machineAuthorities: readonly string[] | null = null;

/** The machine's own certificate authorities and the ones Node brings along; read once. */
export function systemAuthorities(): readonly string[] {
  machineAuthorities ??= [...new Set([...tls.getCACertificates("system"), ...tls.getCACertificates("bundled")])];
  return machineAuthorities;
}

/**
 * For exchanges that carry no secret: TLS 1.0 too, which Exchange 2013 on an old Windows speaks at best. OpenSSL 3 allows
 * it, and the keys and signatures that go with it, at security level 0 only (https://docs.openssl.org/3.0/man7/migration_guide/).
 */
function anythingGoes(): tls.SecureContextOptions {
  const options = { minVersion: "TLSv1", ciphers: `${tls.DEFAULT_CIPHERS}:@SECLEVEL=0` } as const;
  try {
    tls.createSecureContext(options);
    return options;
  } catch {
    // Electron's TLS library has no security levels, and refuses to hear of them.
    return { minVersion: "TLSv1" };
  }
}

function certificateOf(pem: string): X509Certificate | null {
  try {
    return new X509Certificate(pem);
  } catch {
    return null;
  }
}

/** Parsed on the first question, which only a refused chain asks. */
function bySubject(authorities: readonly string[]): (subject: string) => readonly X509Certificate[] {
  let index: Map<string, X509Certificate[]> | null = null;
  return (subject) => {
    index ??= Map.groupBy(
      authorities.flatMap((pem) => pem.match(PEM_CERTIFICATE) ?? []).flatMap((pem) => certificateOf(pem) ?? []),
      (authority) => authority.subject,
    );
    return index.get(subject) ?? [];
  };
}

function createTrustStore(trust: Trust, chosen: readonly string[], anonymous: boolean): TrustStore {
  const ca = trust.mode === "system" ? [...systemAuthorities(), ...chosen] : [...chosen];
  const named = bySubject(ca);
  return {
    context: tls.createSecureContext({ ca, ...(anonymous ? anythingGoes() : {}) }),
    vouchesFor: (certificate) =>
      named(certificate.subject).some(({ fingerprint256 }) => fingerprint256 === certificate.fingerprint256) ||
      named(certificate.issuer).some((authority) => certificate.checkIssued(authority) && certificate.verify(authority.publicKey)),
  };
}

/**
 * What `trust` and `authorities` (PEM) make up together. Parsing hundreds of authorities takes tens of milliseconds, so
 * that the last few are kept. Throws on unreadable PEM.
 */
export function trustStore(trust: Trust, authorities: readonly string[], anonymous: boolean): TrustStore {
  const chosen = trust.mode === "authority-file" ? [trust.pem] : trust.mode === "pinned" ? [] : authorities;
  const key = [trust.mode, anonymous, ...chosen].join("\n");
  const kept = stores.get(key);
  if (kept !== undefined) return kept;
  const made = createTrustStore(trust, chosen, anonymous);
  const oldest = stores.size >= CONTEXTS_KEPT ? stores.keys().next().value : undefined;
  if (oldest !== undefined) stores.delete(oldest);
  stores.set(key, made);
  return made;
}

/** Remembers what a handshake is measured against. */
export function measureBy(store: TrustStore, socket: tls.TLSSocket): tls.TLSSocket {
  inUse.set(socket, store);
  return socket;
}

/** What a handshake was measured against. */
export function trustOf(socket: tls.TLSSocket): TrustStore {
  const store = inUse.get(socket);
  if (store === undefined) throw new Error("This handshake was not begun here");
  return store;
}
