/**
 * What a controller means by a refused change. The LDAP result code says the kind; where one code has several causes, the
 * Windows error at the head of the message decides, as in `000021C8: AtrErr: DSID-03200E96, #1: …`. Texts that follow are never
 * matched on, but for the attribute's name, which is the schema's own.
 *
 * Sources: codes of RFC 4511, A.1; which Windows error comes with which constraint: MS-ADTS 3.1.1.5.1 to 3.1.1.5.5 and Microsoft,
 * "System Error Codes"; how they look on the wire: github.com/cannatag/ldap3 issues 726 and 1112, go-ldap/ldap 451,
 * ldapts/ldapts 118 and 122, ldapjs/node-ldapjs 898, rapid7/insightconnect-plugins 840, Ouest-France/terraform-provider-ldap 75,
 * ltb-project/self-service-password 600; Microsoft, "SPN and UPN uniqueness".
 */
import { ResultCodeError } from "ldapts";
import type { Fault, ObjectRefusal } from "../../shared/fault.ts";
import { headOf, ldapFault, NOT_AUTHENTICATED } from "./faults.ts";

/** What was asked for. */
export type WriteKind = "add" | "modify" | "remove";

/** ERROR_ACCESS_DENIED, ERROR_DS_INSUFF_ACCESS_RIGHTS. */
const accessDenied: readonly string[] = ["00000005", "00002098"];

/** Refusals by the Windows error at the head, whatever the result code is. */
const byHead: Readonly<Record<string, ObjectRefusal>> = {
  // ERROR_USER_EXISTS, ERROR_GROUP_EXISTS, ERROR_ALIAS_EXISTS (sAMAccountName), ERROR_DS_UPN_VALUE_NOT_UNIQUE_IN_FOREST.
  "00000524": "account-name-taken",
  "00000526": "account-name-taken",
  "00000563": "account-name-taken",
  "000021c8": "account-name-taken",
  // ERROR_DS_INVALID_GROUP_TYPE.
  "00002141": "value-not-allowed",
  // ERROR_INVALID_ACCOUNT_NAME.
  "00000523": "name-not-allowed",
  // ERROR_PASSWORD_RESTRICTION, and what other directories answer in its place: NERR_PasswordTooShort.
  "0000052d": "password-policy",
  "000008c5": "password-policy",
  // ERROR_GEN_FAILURE: the answer to a password over a connection that is not protected.
  "0000001f": "password-needs-encryption",
};

/** Refusals by result code, where the head says no more. */
const byCode: Readonly<Record<number, ObjectRefusal>> = {
  // operationsError, other: something within the directory failed.
  1: "refused",
  80: "refused",
  // noSuchAttribute, undefinedAttributeType, constraintViolation, attributeOrValueExists, invalidAttributeSyntax.
  16: "value-not-allowed",
  17: "value-not-allowed",
  19: "value-not-allowed",
  20: "value-not-allowed",
  21: "value-not-allowed",
  // invalidDNSyntax, namingViolation.
  34: "name-not-allowed",
  64: "name-not-allowed",
  // unwillingToPerform, objectClassViolation.
  53: "refused",
  65: "value-not-allowed",
  // notAllowedOnNonLeaf, entryAlreadyExists.
  66: "not-empty",
  68: "name-taken",
};

const INSUFFICIENT_ACCESS = 50;
const NO_SUCH_OBJECT = 32;

/** The right that is missing, by what was asked for. */
const needs: Readonly<Record<WriteKind, string>> = { add: "create-objects", modify: "change-objects", remove: "delete-objects" };

/** `subject` is the entry's name. What is no refusal of the change itself is told as of any other operation. */
export function writeFault(error: unknown, kind: WriteKind, host: string, subject: string): Fault {
  if (!(error instanceof ResultCodeError)) return ldapFault(error, "directory-search", host, subject);
  const head = headOf(error.message);
  if (head === NOT_AUTHENTICATED) return ldapFault(error, "directory-search", host, subject);
  const detail = head === null ? `LDAP ${error.code}` : `LDAP ${error.code} ${head.toUpperCase()}`;
  if (error.code === INSUFFICIENT_ACCESS || (head !== null && accessDenied.includes(head))) return { kind: "forbidden", needs: [needs[kind]], detail };
  const why = error.code === NO_SUCH_OBJECT ? missing(kind) : refusalOf(error.code, head, error.message);
  return why === null ? ldapFault(error, "directory-search", host, subject) : { kind: "object-refused", why, host, detail };
}

function missing(kind: WriteKind): ObjectRefusal {
  return kind === "add" ? "container-missing" : "object-missing";
}

function refusalOf(code: number, head: string | null, message: string): ObjectRefusal | null {
  const attribute = /\bAtt [0-9a-f]+ \((?<name>[a-z][a-z0-9-]*)\)/i.exec(message)?.groups?.["name"]?.toLowerCase();
  const known = byHead[head ?? ""];
  if (known !== undefined) return known;
  const why = byCode[code] ?? null;
  if (why !== "value-not-allowed") return why;
  if (attribute === "unicodepwd") return "password-policy";
  return attribute === "cn" || attribute === "name" || attribute === "samaccountname" ? "name-not-allowed" : why;
}
