/** What a directory's answer means. Codes are LDAP's result codes (RFC 4511, 4.1.9); texts are never matched on. */
import { ResultCodeError } from "ldapts";
import type { Fault, RungName } from "../../shared/fault.ts";
import { socketFault } from "../network/tls-verdict.ts";
import { foreignFault } from "./foreign.ts";
import { readRefusal } from "./sign-in-codes.ts";
import { ForeignProtocolError } from "./wire.ts";

const code = {
  operationsError: 1,
  timeLimitExceeded: 3,
  strongerAuthRequired: 8,
  referral: 10,
  adminLimitExceeded: 11,
  confidentialityRequired: 13,
  noSuchObject: 32,
  invalidDnSyntax: 34,
  inappropriateAuthentication: 48,
  invalidCredentials: 49,
  insufficientAccess: 50,
  busy: 51,
  unavailable: 52,
} as const;

/** ERROR_NOT_AUTHENTICATED: nobody has signed in over this connection. */
export const NOT_AUTHENTICATED = "000004dc";

/** How a controller begins its answer to a search by nobody; Samba's is ERROR_DS_OPERATIONS_ERROR. Any other operationsError tells of the operation (RFC 4511, A.2). */
const notSignedIn: readonly string[] = [NOT_AUTHENTICATED, "00002020"];

/** The Windows error (eight hexadecimal digits, in small letters) at the head of a controller's message; null where there is none. */
export function headOf(message: string): string | null {
  return /^\s*([0-9a-f]{8}):/i.exec(message)?.[1]?.toLowerCase() ?? null;
}

/** A refused bind. What another controller may let in is `unreachable`, so that the next is tried. */
export function signInFault(message: string, host: string): Fault {
  const { meaning, detail } = readRefusal(message);
  const facts = detail === null ? {} : { detail };
  if (meaning.of === "controller") return { kind: "unreachable", rung: "sign-in", reason: "no-logon-server", host, ...facts };
  return { kind: "sign-in", reason: meaning.reason, ...facts };
}

/** A failed LDAP operation as a fault; `subject` is the object that was asked for. */
export function ldapFault(error: unknown, rung: RungName, host: string, subject?: string): Fault {
  if (error instanceof ForeignProtocolError) return foreignFault(error.said, rung, host);
  if (!(error instanceof ResultCodeError)) return socketFault(error, rung, host);
  const detail = `LDAP ${error.code}`;
  switch (error.code) {
    case code.invalidCredentials:
      return signInFault(error.message, host);
    case code.strongerAuthRequired:
    case code.confidentialityRequired:
      return { kind: "sign-in", reason: "encryption-required", detail };
    case code.operationsError:
      if (rung === "tls" || !notSignedIn.includes(headOf(error.message) ?? "")) return otherFault(rung, host, detail);
      return { kind: "sign-in", reason: "refused", detail };
    case code.inappropriateAuthentication:
      return { kind: "sign-in", reason: "refused", detail };
    case code.insufficientAccess:
      return { kind: "forbidden", needs: ["read-directory"], detail };
    case code.invalidDnSyntax:
      if (rung === "sign-in") return { kind: "sign-in", reason: "wrong-credentials", detail };
      return { kind: "not-found", what: "directory-object", ...(subject === undefined ? {} : { detail: subject }) };
    case code.noSuchObject:
      return { kind: "not-found", what: "directory-object", ...(subject === undefined ? {} : { detail: subject }) };
    case code.referral:
      return { kind: "not-found", what: "directory-elsewhere", detail: referredTo(error.message) ?? subject ?? detail };
    case code.timeLimitExceeded:
    case code.adminLimitExceeded:
      return { kind: "unreachable", rung, reason: "timed-out", host, detail };
    // A controller without a certificate knows StartTLS, but cannot start it ("Error initializing SSL/TLS").
    case code.unavailable:
      return { kind: "unreachable", rung, reason: rung === "tls" ? "no-certificate" : "not-ready", host, detail };
    case code.busy:
      return { kind: "unreachable", rung, reason: "not-ready", host, detail };
    default:
      return otherFault(rung, host, detail);
  }
}

/** What no rule knows. */
function otherFault(rung: RungName, host: string, detail: string): Fault {
  return rung === "tls" ? { kind: "unreachable", rung, reason: "tls-failed", host, detail } : { kind: "unsupported", why: "directory-answer", detail };
}

/** Whom a referral names: Active Directory writes it into the message as `ref 1: 'other.lab'`. */
function referredTo(message: string): string | null {
  return /\bref \d+: '([^']+)'/.exec(message)?.[1] ?? null;
}
