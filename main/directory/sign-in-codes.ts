/**
 * What Active Directory means by the `data` of a refused bind: the Windows error behind it, in hexadecimal (Microsoft,
 * "System Error Codes"; which of them a bind answers: "Common Active Directory Bind Errors" in
 * learn.microsoft.com/archive/technet-wiki). The LDAP result is 49, "invalid credentials", for every one of them.
 */
import type { SignInReason } from "../../shared/fault.ts";

/** Whose matter it is: the account's, or the controller's, so that another one may well let the account in. */
export type SignInMeaning = { readonly of: "account"; readonly reason: SignInReason } | { readonly of: "controller" };

const account: Readonly<Record<string, SignInReason>> = {
  // ERROR_INVALID_ACCOUNT_NAME, ERROR_NO_SUCH_USER, ERROR_WRONG_PASSWORD, ERROR_LOGON_FAILURE, ERROR_NO_SUCH_DOMAIN.
  "523": "wrong-credentials",
  "525": "wrong-credentials",
  "52b": "wrong-credentials",
  "52e": "wrong-credentials",
  "54b": "wrong-credentials",
  // ERROR_ACCOUNT_RESTRICTION, ERROR_LOGON_NOT_GRANTED, ERROR_LOGON_TYPE_NOT_GRANTED, ERROR_NO_SUCH_MEMBER,
  // ERROR_AUTHENTICATION_FIREWALL_FAILED (selective authentication over a trust).
  "52f": "account-restricted",
  "534": "account-restricted",
  "569": "account-restricted",
  "56b": "account-restricted",
  "78f": "account-restricted",
  // ERROR_INVALID_LOGON_HOURS, ERROR_INVALID_WORKSTATION, ERROR_PASSWORD_EXPIRED, ERROR_ACCOUNT_DISABLED.
  "530": "not-at-this-time",
  "531": "not-from-this-workstation",
  "532": "password-expired",
  "533": "account-disabled",
  // ERROR_TOO_MANY_CONTEXT_IDS: more groups than a token holds.
  "568": "too-many-groups",
  // ERROR_TIME_SKEW.
  "576": "clock-skew",
  // ERROR_ACCOUNT_EXPIRED, ERROR_PASSWORD_MUST_CHANGE, ERROR_ACCOUNT_LOCKED_OUT.
  "701": "account-expired",
  "773": "password-must-change",
  "775": "account-locked",
};

const controller: readonly string[] = [
  // ERROR_NOT_ENOUGH_MEMORY, ERROR_NO_LOGON_SERVERS, ERROR_INVALID_SERVER_STATE, ERROR_INVALID_DOMAIN_STATE,
  // ERROR_CANT_ACCESS_DOMAIN_INFO, ERROR_INTERNAL_ERROR, ERROR_NO_SYSTEM_RESOURCES.
  ..."8 51f 548 549 547 54f 5aa".split(" "),
  // RPC_S_SERVER_UNAVAILABLE, RPC_S_SERVER_TOO_BUSY, RPC_S_CALL_FAILED, RPC_S_SEC_PKG_ERROR.
  ..."6ba 6bb 6be 721".split(" "),
  // ERROR_NO_TRUST_LSA_SECRET, ERROR_NO_TRUST_SAM_ACCOUNT, ERROR_TRUSTED_DOMAIN_FAILURE,
  // ERROR_TRUSTED_RELATIONSHIP_FAILURE, ERROR_TRUST_FAILURE: this controller's own tie to the domain.
  ..."6fa 6fb 6fc 6fd 6fe".split(" "),
  // ERROR_NETLOGON_NOT_STARTED, ERROR_DOMAIN_CONTROLLER_NOT_FOUND, ERROR_DS_BUSY, ERROR_DS_UNAVAILABLE.
  ..."700 774 200e 200f".split(" "),
];

/** Security support provider errors (winerror.h) at the head of the message, which decide where `data` is 0 or not known. */
const heads: Readonly<Record<string, SignInMeaning>> = {
  // SEC_E_INTERNAL_ERROR, SEC_E_INSUFFICIENT_MEMORY, SEC_E_NO_AUTHENTICATING_AUTHORITY.
  "80090304": { of: "controller" },
  "80090300": { of: "controller" },
  "80090311": { of: "controller" },
  // SEC_E_LOGON_DENIED, SEC_E_TIME_SKEW.
  "8009030c": { of: "account", reason: "wrong-credentials" },
  "80090324": { of: "account", reason: "clock-skew" },
};

/**
 * Reads a refused bind's message, such as
 * `80090308: LdapErr: DSID-0C090447, comment: AcceptSecurityContext error, data 52e, v4563`. `detail` is the code that
 * decided, to be shown. Other directories refuse without any code: a wrong name or password.
 */
export function readRefusal(message: string): { readonly meaning: SignInMeaning; readonly detail: string | null } {
  const data = /\bdata (?:0x)?([0-9a-f]+)/i.exec(message)?.[1]?.toLowerCase().replace(/^0+(?=.)/, "") ?? null;
  if (data !== null && controller.includes(data)) return { meaning: { of: "controller" }, detail: data };
  const known = data === null ? undefined : account[data];
  if (known !== undefined) return { meaning: { of: "account", reason: known }, detail: data };
  const head = /^\s*([0-9a-f]{8}):/i.exec(message)?.[1]?.toLowerCase();
  const byHead = head === undefined ? undefined : heads[head];
  if (byHead !== undefined) return { meaning: byHead, detail: data === null || data === "0" ? (head ?? null) : data };
  return { meaning: { of: "account", reason: data === null ? "wrong-credentials" : "refused" }, detail: data };
}
