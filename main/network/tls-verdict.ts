/** What a certificate or a connection error means, in the product's own words. */
import type { TLSSocket } from "node:tls";
import type { Fault, RungName, UnreachableReason } from "../../shared/fault.ts";
import type { Trust } from "../../shared/model/identity-store.ts";

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
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: "certificate-untrusted",
  UNABLE_TO_GET_ISSUER_CERT: "certificate-untrusted",
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: "certificate-untrusted",
  CERT_SIGNATURE_FAILURE: "certificate-untrusted",
  CERT_UNTRUSTED: "certificate-untrusted",
  CERT_REJECTED: "certificate-untrusted",
  CERT_CHAIN_TOO_LONG: "certificate-untrusted",
  INVALID_CA: "certificate-untrusted",
  INVALID_PURPOSE: "certificate-untrusted",
  PATH_LENGTH_EXCEEDED: "certificate-untrusted",
  HOSTNAME_MISMATCH: "name-mismatch",
  ERR_TLS_CERT_ALTNAME_INVALID: "name-mismatch",
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

/** A failed socket as a fault on a rung. */
export function socketFault(error: unknown, rung: RungName, host: string): Fault {
  const code = codeOf(error);
  const reason = reasonOf(code, rung === "tls" ? "tls-failed" : "connection-reset");
  return { kind: "unreachable", rung, reason, host, ...(code === undefined ? {} : { detail: code }) };
}

/** Node types the peer certificate as always there; without one it is an empty object. */
function leafOf(socket: TLSSocket) {
  const leaf = socket.getPeerCertificate();
  return Object.keys(leaf).length === 0 ? null : leaf;
}

/** When the presented end-entity certificate ends, epoch milliseconds; null when none was presented. */
export function certificateExpiry(socket: TLSSocket): number | null {
  const leaf = leafOf(socket);
  const at = leaf === null ? Number.NaN : Date.parse(leaf.valid_to);
  return Number.isNaN(at) ? null : at;
}

/**
 * Judges a finished handshake. A pinned certificate is trusted for being that very certificate, whatever its chain,
 * name and dates are: they were shown when it was accepted.
 */
export function judge(socket: TLSSocket, host: string, trust: Trust): Fault | null {
  const leaf = leafOf(socket);
  if (leaf === null) return { kind: "unreachable", rung: "tls", reason: "tls-failed", host };
  if (trust.mode === "pinned") {
    const sha256 = leaf.fingerprint256.replaceAll(":", "").toLowerCase();
    if (sha256 === trust.sha256) return null;
    return { kind: "unreachable", rung: "tls", reason: "certificate-changed", host, detail: sha256 };
  }
  if (socket.authorized) return null;
  // Node types authorizationError as an Error; it is the error's code, or its message where it has none.
  const code = String(socket.authorizationError);
  const reason = reasonOf(code, "certificate-untrusted");
  return { kind: "unreachable", rung: "tls", reason, host, detail: detailOf(reason, code, leaf) };
}

function detailOf(
  reason: UnreachableReason,
  code: string,
  leaf: { readonly valid_to: string; readonly valid_from: string; readonly subjectaltname?: string; readonly subject: { readonly CN?: string | string[] } },
): string {
  if (reason === "certificate-expired") return new Date(leaf.valid_to).toISOString();
  if (reason === "certificate-not-yet-valid") return new Date(leaf.valid_from).toISOString();
  if (reason === "name-mismatch") {
    const names = leaf.subjectaltname?.split(", ").map((name) => name.replace(/^(DNS|IP Address):/, ""));
    return names?.join(", ") ?? [leaf.subject.CN ?? []].flat().join(", ");
  }
  return code;
}
