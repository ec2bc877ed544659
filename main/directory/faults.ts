/** What a directory's answer means. Codes are LDAP's result codes (RFC 4511, 4.1.9); texts are never matched on. */
import { ResultCodeError } from "ldapts";
import type { Fault, RungName, SignInReason } from "../../shared/fault.ts";
import { socketFault } from "../network/tls-verdict.ts";

/**
 * The Windows error that Active Directory puts behind `data` in a refused bind, in hexadecimal: ERROR_LOGON_FAILURE
 * (52e), ERROR_NO_SUCH_USER (525), and so on; see Microsoft's "System Error Codes (1300-1699)" and following.
 */
const subCodes: Readonly<Record<string, SignInReason>> = {
  "525": "wrong-credentials",
  "52e": "wrong-credentials",
  "530": "not-at-this-time",
  "531": "not-from-this-workstation",
  "532": "password-expired",
  "533": "account-disabled",
  "701": "account-expired",
  "773": "password-must-change",
  "775": "account-locked",
};

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

/** A refused bind. The far side's sub-code travels as `detail`. */
export function signInFault(message: string): Fault {
  const detail = /\bdata ([0-9a-f]+)/i.exec(message)?.[1]?.toLowerCase();
  if (detail === undefined) return { kind: "sign-in", reason: "wrong-credentials" };
  return { kind: "sign-in", reason: subCodes[detail] ?? "refused", detail };
}

/** A failed LDAP operation as a fault; `subject` is the object that was asked for. */
export function ldapFault(error: unknown, rung: RungName, host: string, subject?: string): Fault {
  if (!(error instanceof ResultCodeError)) return socketFault(error, rung, host);
  const detail = `LDAP ${error.code}`;
  switch (error.code) {
    case code.invalidCredentials:
      return signInFault(error.message);
    case code.strongerAuthRequired:
    case code.confidentialityRequired:
      return { kind: "sign-in", reason: "encryption-required", detail };
    // Active Directory's answer to whoever has not signed in.
    case code.operationsError:
    case code.inappropriateAuthentication:
      return { kind: "sign-in", reason: "refused", detail };
    case code.insufficientAccess:
      return { kind: "forbidden", needs: ["read-directory"], detail };
    case code.invalidDnSyntax:
      if (rung === "sign-in") return { kind: "sign-in", reason: "wrong-credentials", detail };
      return { kind: "not-found", what: "directory-object", ...(subject === undefined ? {} : { detail: subject }) };
    case code.noSuchObject:
    case code.referral:
      return { kind: "not-found", what: "directory-object", ...(subject === undefined ? {} : { detail: subject }) };
    case code.timeLimitExceeded:
    case code.adminLimitExceeded:
      return { kind: "unreachable", rung, reason: "timed-out", host, detail };
    case code.busy:
    case code.unavailable:
      return { kind: "unreachable", rung, reason: rung === "tls" ? "tls-failed" : "refused", host, detail };
    default:
      return rung === "tls"
        ? { kind: "unreachable", rung, reason: "tls-failed", host, detail }
        : { kind: "unsupported", why: "directory-answer", detail };
  }
}
