/**
 * Expected failures as data. A fault carries no prose and no secret: the renderer's `text/` turns its kind into a
 * sentence and a next step. Anything that is not a fault is a bug and is thrown.
 */
import { z } from "zod";
import { mailRefusalSchema } from "./mail-refusals.ts";
import { otherFileSchema } from "./model/other-file.ts";
import { policyNameSchema } from "./model/policy.ts";
import { objectRefusalSchema } from "./object-refusals.ts";
import { notStoredReasonSchema, rosterRefusalSchema } from "./store-reasons.ts";
import { unreadableReasonSchema } from "./unreadable-reasons.ts";

export { fail, succeed, type Result } from "./result.ts";
export { unreadableReasonSchema, type UnreadableReason } from "./unreadable-reasons.ts";
export { type MailRefusal } from "./mail-refusals.ts";
export { objectRefusalSchema, type ObjectRefusal } from "./object-refusals.ts";
export { notStoredReasonSchema, rosterRefusalSchema, type NotStoredReason, type RosterRefusal } from "./store-reasons.ts";

/** The rungs a health check or connection test climbs, in order. Not every provider uses every rung. */
export const rungNameSchema = z.enum([
  "proxy",
  "dns",
  "tcp",
  "tls",
  "health-check",
  "certificate",
  "certificate-sign-in",
  "secret-sign-in",
  "sign-in",
  "directory-search",
  "permissions",
  "role",
  "domain",
  "database-rights",
  "database-version",
]);
export type RungName = z.infer<typeof rungNameSchema>;

/**
 * Why a host could not be reached or trusted, or what it answered instead. `certificate-expired` to `tls-outdated` may be
 * findings too, beside a rung that passed.
 */
export const unreachableReasonSchema = z.enum([
  "name-not-found",
  "no-records",
  "dns-failed",
  "not-looked-up",
  "refused",
  "host-unreachable",
  "connection-reset",
  "connection-failed",
  "timed-out",
  "certificate-expired",
  "certificate-not-yet-valid",
  "certificate-issuer-expired",
  "certificate-self-signed",
  "certificate-untrusted",
  "certificate-issuer-unknown",
  "certificate-wrong-purpose",
  "certificate-weak-key",
  "certificate-weak-signature",
  "certificate-changed",
  "certificate-revoked",
  "certificate-refused",
  "name-mismatch",
  "tls-outdated",
  "tls-failed",
  "no-certificate",
  "speaks-http",
  "speaks-smtp",
  "speaks-tls",
  "speaks-plain-ldap",
  "speaks-other",
  "reset-at-hello",
  "not-ready",
  "no-logon-server",
  "not-tls",
  "not-http",
  "closed-without-answer",
  "answer-broken-off",
  "answer-too-large",
  "not-in-service",
  "redirected",
  "sign-in-asked",
  "access-forbidden",
  "page-not-found",
  "service-unavailable",
  "another-server",
  "another-page",
  "page-for-data",
  "bad-status",
  "no-network",
  "proxy-sign-in",
  "proxy-refused",
  "proxy-no-way",
]);
export type UnreachableReason = z.infer<typeof unreachableReasonSchema>;

/** Why an account was not let in. The directory's own sub-codes (data 52e and so on) map onto these. */
export const signInReasonSchema = z.enum([
  "wrong-credentials",
  "database-account",
  "database-certificate",
  "database-certificate-expired",
  "database-rules",
  "password-expired",
  "password-must-change",
  "account-disabled",
  "account-locked",
  "account-expired",
  "account-restricted",
  "too-many-groups",
  "not-at-this-time",
  "not-from-this-workstation",
  "encryption-required",
  "tenant-not-found",
  "tenant-in-another-cloud",
  "tenant-blocked",
  "tenant-restricted",
  "application-not-found",
  "application-disabled",
  "application-public",
  "application-not-assigned",
  "principal-missing",
  "consent-missing",
  "resource-missing",
  "resource-disabled",
  "blocked-by-policy",
  "secret-wrong",
  "secret-expired",
  "certificate-not-registered",
  "certificate-expired",
  "certificate-not-yet-valid",
  "certificate-key-mismatch",
  "certificate-revoked",
  "delegation-missing",
  "service-account-not-found",
  "service-account-disabled",
  "admin-not-found",
  "account-not-found",
  "account-deleted",
  "client-unknown",
  "client-disabled",
  "client-deleted",
  "scopes-forbidden",
  "project-suspended",
  "key-refused",
  "clock-skew",
  "temporarily-unavailable",
  "refused",
]);
export type SignInReason = z.infer<typeof signInReasonSchema>;

/** A place in a text, counted from 1; columns in characters as an editor shows them. */
export const textPlaceSchema = z.object({ line: z.number(), column: z.number() });
export type TextPlace = z.infer<typeof textPlaceSchema>;

/** One field that was refused. `path` addresses the field in the submitted document, `code` picks the sentence. */
export const issueSchema = z.object({
  path: z.array(z.union([z.string(), z.number()])),
  code: z.string(),
  /** Facts for the sentence: limits, found values. Never a secret. */
  facts: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])).optional(),
  /** The provider whose field it is; absent for what every identity store has, and where the form shows it anyway. */
  provider: z.string().optional(),
  /** Where it stands, when what was submitted is a text. */
  at: textPlaceSchema.optional(),
});
export type Issue = z.infer<typeof issueSchema>;

/** What a save changed. */
export const changedSchema = z.object({
  /** Stable key such as `values.domain`, `secrets.password`, `servers.exa.contoso.lab.priority`, `name`. */
  key: z.string(),
  /** The provider whose field it is; null for what every identity store has. */
  provider: z.string().nullable(),
});
export type Changed = z.infer<typeof changedSchema>;

/**
 * What a password does not open. `certificate-contents`: it is the one of the file's integrity check, and the contents have
 * another. `certificate-as-text`: the file is base64 text, which is mostly made without a password. `issued-certificate`: the
 * issuer gives every file the same password, and this file has another.
 */
export const wrongPasswordSubjectSchema = z.enum(["certificate", "certificate-contents", "certificate-as-text", "issued-certificate", "handover"]);
export type WrongPasswordSubject = z.infer<typeof wrongPasswordSubjectSchema>;

const faults = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("invalid"), issues: z.array(issueSchema) }),
  z.object({
    kind: z.literal("wrong-password"),
    subject: wrongPasswordSubjectSchema,
    /** The password that the issuer gives every file: a constant from its documentation, no secret. */
    issued: z.string().optional(),
  }),
  z.object({
    kind: z.literal("sign-in"),
    reason: signInReasonSchema,
    /** The far side's own code or words, such as `52e` or `AADSTS7000215: …`: shown under "details", never matched on. */
    detail: z.string().optional(),
    /** The certificate that was presented, as a list of registered ones shows it; `notAfter` in epoch milliseconds. */
    certificate: z.object({ thumbprint: z.string(), notAfter: z.number() }).optional(),
  }),
  /** `needs` is empty where the far side did not say what is missing: no privilege is guessed. */
  z.object({ kind: z.literal("forbidden"), needs: z.array(z.string()), detail: z.string().optional() }),
  z.object({
    kind: z.literal("unreachable"),
    rung: rungNameSchema,
    reason: unreachableReasonSchema,
    host: z.string().optional(),
    /** The console chose the host itself, such as a cloud's: no name that a person typed is at fault. */
    chosenByConsole: z.boolean().optional(),
    /** The fact behind the reason: a status, a date, names presented, a location, or the far side's own code or words. */
    detail: z.string().optional(),
  }),
  /** `quota` where not the pace but what a day allows is used up. */
  z.object({ kind: z.literal("throttled"), until: z.number().nullable(), quota: z.literal("day").optional(), detail: z.string().optional() }),
  z.object({ kind: z.literal("timeout"), phase: z.string(), afterMs: z.number() }),
  z.object({
    kind: z.literal("conflict"),
    /** Revision that was saved meanwhile, and by whom. */
    revision: z.number(),
    by: z.string(),
    at: z.number(),
    changes: z.array(changedSchema),
  }),
  /** The draft is not the one that was seen. Who, when and the revision that holds it, as far as that is known. */
  z.object({
    kind: z.literal("draft-changed"),
    how: z.enum(["changed", "saved", "discarded"]),
    by: z.string().nullable(),
    at: z.number().nullable(),
    revision: z.number().nullable(),
  }),
  /** Unsaved work of a person is in the way of a change from elsewhere. */
  z.object({ kind: z.literal("unsaved-work") }),
  z.object({ kind: z.literal("not-found"), what: z.string(), detail: z.string().optional() }),
  z.object({ kind: z.literal("unsupported"), why: z.string(), detail: z.string().optional() }),
  z.object({
    kind: z.literal("unreadable"),
    what: unreadableReasonSchema,
    detail: z.string().optional(),
    /** What a file that is no container is instead, where that could be told. */
    is: otherFileSchema.optional(),
    at: textPlaceSchema.optional(),
    /** The most that is read where there is too much of something: bytes, names or characters. */
    most: z.number().optional(),
  }),
  z.object({
    kind: z.literal("object-refused"),
    why: objectRefusalSchema,
    /** Whose answer it is: a mail server, a controller, a cloud's host. */
    host: z.string().optional(),
    /** The far side's own code or class, such as `LDAP 19` or `ProxyAddressExistsException`: shown under "details", never matched on. */
    detail: z.string().optional(),
  }),
  z.object({
    kind: z.literal("mail-refused"),
    why: mailRefusalSchema,
    host: z.string().optional(),
    /** The addresses that were refused. */
    recipients: z.array(z.string()).optional(),
    /** The server's own code and words: shown under "details", never matched on. */
    detail: z.string().optional(),
  }),
  z.object({ kind: z.literal("not-stored"), why: notStoredReasonSchema }),
  z.object({ kind: z.literal("roster-refused"), why: rosterRefusalSchema }),
  /** An administrator decides it. `contact`: whom to ask, as the organisation says it; empty where it says nothing. */
  z.object({ kind: z.literal("managed"), policy: policyNameSchema, contact: z.string() }),
  z.object({ kind: z.literal("cancelled") }),
  /**
   * The page cannot hear main. `not-done`: nothing was asked of it, or it refused what came too late. `unknown`: it broke off before
   * the answer to something that changes something. `only-read`: before an answer that nothing hangs on.
   */
  z.object({ kind: z.literal("no-connection"), outcome: z.enum(["not-done", "unknown", "only-read"]) }),
  z.object({ kind: z.literal("internal"), incident: z.string() }),
]);
export type Fault = z.infer<typeof faults>;
type Faults = typeof faults;
/** A name for the type: the contract holds it dozens of times, and TypeScript would spell every reason out in each. */
export interface FaultSchema extends Faults {}
export const faultSchema: FaultSchema = faults;

/** The schema of a `Result`, for the contract. */
export function resultSchema<S extends z.ZodType>(value: S) {
  return z.discriminatedUnion("ok", [
    z.object({ ok: z.literal(true), value }),
    z.object({ ok: z.literal(false), fault: faultSchema }),
  ]);
}
