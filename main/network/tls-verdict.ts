/** What a certificate or a connection error means, in the product's own words. */
import type { X509Certificate } from "node:crypto";
import type { TLSSocket } from "node:tls";
import type { Fault, RungName, UnreachableReason } from "../../shared/fault.ts";
import type { Trust } from "../../shared/model/identity-store.ts";
import type { Finding } from "../../shared/model/mail-server.ts";
import { certificateFindings, chainOn, presentedOn, type Presented, type TlsFinding } from "./certificate-findings.ts";
import { trustOf } from "./trust-store.ts";

/**
 * Node's and OpenSSL's error codes. The certificate codes are OpenSSL's X509_V_ERR names without their prefix
 * (https://docs.openssl.org/3.5/man3/X509_STORE_CTX_get_error/), which Node hands on as `code`.
 */
const reasons: Readonly<Record<string, UnreachableReason>> = {
  ENOTFOUND: "name-not-found",
  ENODATA: "no-records",
  ENOTLOOKEDUP: "not-looked-up",
  EAI_AGAIN: "dns-failed",
  EAI_FAIL: "dns-failed",
  ESERVFAIL: "dns-failed",
  EREFUSED: "dns-failed",
  EFORMERR: "dns-failed",
  EBADRESP: "dns-failed",
  ETIMEOUT: "timed-out",
  ECONNREFUSED: "refused",
  EHOSTUNREACH: "host-unreachable",
  EHOSTDOWN: "host-unreachable",
  EADDRNOTAVAIL: "host-unreachable",
  ENETUNREACH: "no-network",
  ENETDOWN: "no-network",
  ETIMEDOUT: "timed-out",
  ECONNRESET: "connection-reset",
  ECONNABORTED: "connection-reset",
  EPIPE: "connection-reset",
  CERT_HAS_EXPIRED: "certificate-expired",
  CERT_NOT_YET_VALID: "certificate-not-yet-valid",
  CERT_REVOKED: "certificate-revoked",
  DEPTH_ZERO_SELF_SIGNED_CERT: "certificate-self-signed",
  SELF_SIGNED_CERT_IN_CHAIN: "certificate-untrusted",
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: "certificate-issuer-unknown",
  UNABLE_TO_GET_ISSUER_CERT: "certificate-issuer-unknown",
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: "certificate-issuer-unknown",
  INVALID_PURPOSE: "certificate-wrong-purpose",
  HOSTNAME_MISMATCH: "name-mismatch",
  ERR_TLS_CERT_ALTNAME_INVALID: "name-mismatch",
  ERR_SSL_UNSUPPORTED_PROTOCOL: "tls-outdated",
  ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION: "tls-outdated",
  ERR_SSL_WRONG_VERSION_NUMBER: "not-tls",
  ERR_SSL_PACKET_LENGTH_TOO_LONG: "not-tls",
};

/** The reason for an error code, or `otherwise` for codes that have no name of their own here. */
export function reasonOf(code: string | undefined, otherwise: UnreachableReason): UnreachableReason {
  return (code === undefined ? undefined : reasons[code]) ?? otherwise;
}

/** The `code` of an unknown error, such as `ECONNREFUSED`. */
export function codeOf(error: unknown): string | undefined {
  const code = error instanceof Error && "code" in error ? error.code : undefined;
  return typeof code === "string" ? code : undefined;
}

/** What an error without a name of its own here is called: nothing that the error does not say. */
function otherwise(code: string | undefined, rung: RungName): UnreachableReason {
  if (rung === "tls") return "tls-failed";
  // Without a code it is a client library's own word for a connection that ended under it.
  return code === undefined ? "connection-reset" : "connection-failed";
}

/** A failed socket as a fault on a rung. */
export function socketFault(error: unknown, rung: RungName, host: string): Fault {
  const code = codeOf(error);
  return { kind: "unreachable", rung, reason: reasonOf(code, otherwise(code, rung)), host, ...(code === undefined ? {} : { detail: code }) };
}

/** What is kept of the end-entity certificate of a check. */
export interface CertificateFacts {
  /** Its end, epoch milliseconds; null when none was presented. */
  readonly certificateExpiresAt: number | null;
  /** Its SHA-256 fingerprint, hexadecimal in lower case; absent when none was presented. */
  readonly certificateSha256?: string;
}

/** Of a handshake that presented none. */
export const NO_CERTIFICATE: CertificateFacts = { certificateExpiresAt: null };

/** A certificate's SHA-256 fingerprint as it is kept: hexadecimal in lower case, without colons. */
function fingerprintOf({ fingerprint256 }: { readonly fingerprint256: string }): string {
  return fingerprint256.replaceAll(":", "").toLowerCase();
}

/** The facts of the certificate that was presented. */
export function certificateFacts(socket: TLSSocket): CertificateFacts {
  const [leaf] = chainOn(socket);
  return leaf === undefined ? NO_CERTIFICATE : factsOf(leaf);
}

/** The same of a certificate that was presented elsewhere. */
export function factsOf(leaf: Pick<X509Certificate, "validToDate" | "fingerprint256">): CertificateFacts {
  return { certificateExpiresAt: leaf.validToDate.getTime(), certificateSha256: fingerprintOf(leaf) };
}

/**
 * Everything that was noticed on a handshake whose certificate decides nothing: the certificate, as far as it can be read,
 * an objection that it does not explain, and a protocol that is no longer safe (RFC 8996).
 */
export function noticed(socket: TLSSocket, host: string): readonly Finding[] {
  return noticedOf(presentedOn(socket, host, trustOf(socket)), socket.getProtocol());
}

/** The same of what was presented, and of a protocol as Node calls it. */
export function noticedOf(presented: Presented | null, protocol: string | null): readonly Finding[] {
  const old: readonly Finding[] = protocol === "TLSv1" || protocol === "TLSv1.1" ? [{ reason: "tls-outdated", detail: protocol }] : [];
  if (presented === null) return old;
  const found = certificateFindings(presented);
  return [...(found.length === 0 && presented.code !== null ? [objection(presented.code)] : found), ...old];
}

/** A refusal that the certificate itself does not explain. */
function objection(code: string): TlsFinding {
  return { reason: reasonOf(code, "certificate-refused"), detail: code };
}

/** Why a presented certificate is not trusted, the most telling reason alone; null when it is. */
export function distrust(presented: Presented): TlsFinding | null {
  return presented.code === null ? null : (certificateFindings(presented)[0] ?? objection(presented.code));
}

/** The same as the fault of a rung. */
export function distrustFault(presented: Presented): Fault | null {
  const reason = distrust(presented);
  return reason === null ? null : refuse(reason, presented.host);
}

function refuse({ reason, detail }: TlsFinding, host: string): Fault {
  return { kind: "unreachable", rung: "tls", reason, host, ...(detail === null ? {} : { detail }) };
}

/**
 * Judges a finished handshake. A pinned certificate is trusted for being that very certificate, whatever its chain,
 * name and dates are: they were shown when it was accepted.
 */
export function judge(socket: TLSSocket, host: string, trust: Trust): Fault | null {
  const presented = presentedOn(socket, host, trustOf(socket));
  if (presented === null) return refuse({ reason: "tls-failed", detail: null }, host);
  if (trust.mode === "pinned") {
    const sha256 = fingerprintOf(presented.leaf);
    return sha256 === trust.sha256 ? null : refuse({ reason: "certificate-changed", detail: sha256 }, host);
  }
  return distrustFault(presented);
}
