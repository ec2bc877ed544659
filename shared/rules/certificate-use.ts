/** What a certificate file is good for in a field of a provider's form. One rule for the page, for saving and for the command line. */
import type { Fault, Issue } from "../fault.ts";
import { certificateVerdictSchema, type CertificateSummary, type CertificateVerdict } from "../model/certificate.ts";
import type { FieldDescriptor, ProviderDescriptor } from "../model/messaging.ts";

type CertificateField = Extract<FieldDescriptor, { kind: "certificate" }>;

/** `bad` keeps a file from being used, `remark` keeps it from being used in some places. */
export type VerdictWeight = "good" | "remark" | "bad";

const WEIGHTS: Readonly<Record<CertificateVerdict, VerdictWeight>> = {
  fine: "good",
  "wrong-password": "bad",
  "domain-protected": "bad",
  damaged: "bad",
  "not-a-pfx": "bad",
  "too-large": "bad",
  "no-private-key": "bad",
  "no-certificate": "bad",
  "key-mismatch": "bad",
  expired: "bad",
  "not-yet-valid": "bad",
  "integrity-unconfirmed": "remark",
  "as-text": "remark",
  "not-for-server-2012-r2": "remark",
  "not-for-server-2016": "remark",
  "not-for-current-openssl": "remark",
  "not-for-dotnet": "remark",
  "unusual-mac": "remark",
  "refused-by-exchange-online": "remark",
  "weak-key": "remark",
  unproven: "remark",
  unsupported: "bad",
};

/** How heavy a verdict weighs; a field's service may refuse what others take. */
export function weightOf(verdict: CertificateVerdict, { refuses = [] }: Pick<CertificateField, "refuses"> = {}): VerdictWeight {
  return refuses.includes(verdict) ? "bad" : WEIGHTS[verdict];
}

/** The verdicts as they are at `now` (epoch milliseconds): time goes on after a file was read. In the order of the model. */
export function verdictsAt({ verdicts, notBefore, notAfter, certificates }: CertificateSummary, now: number): readonly CertificateVerdict[] {
  const timeless = verdicts.filter((verdict) => !["fine", "expired", "not-yet-valid"].includes(verdict));
  const found = new Set<CertificateVerdict>(timeless);
  if (certificates > 0 && notAfter < now) found.add("expired");
  if (certificates > 0 && notBefore > now) found.add("not-yet-valid");
  return found.size === 0 ? ["fine"] : certificateVerdictSchema.options.filter((verdict) => found.has(verdict));
}

/** The heaviest of several. */
export function heaviest(weights: readonly VerdictWeight[]): VerdictWeight {
  return weights.includes("bad") ? "bad" : weights.includes("remark") ? "remark" : "good";
}

/** What is known of a file in a form. Both are null where an earlier version did not keep why it does not open. */
export interface KnownCertificate {
  readonly summary: CertificateSummary | null;
  readonly fault: Fault | null;
}

/** The verdicts that nothing and nobody can sign in with, as the faults that using the file would give. */
const OBSTACLES: Partial<Record<CertificateVerdict, Fault>> = {
  "no-private-key": { kind: "unreadable", what: "no-private-key" },
  "no-certificate": { kind: "unreadable", what: "no-certificate" },
  "key-mismatch": { kind: "unreadable", what: "key-mismatch" },
  unsupported: { kind: "unsupported", why: "key-type" },
};

/**
 * Why nobody can sign in with the file in this field, whenever it is tried: it does not open, it lacks a part, or its key
 * is of a kind that the service does not take. Null where somebody can. A file that has expired is none of these: other
 * settings of the store can still be saved with it.
 */
export function obstacleOf({ keys, fixedPassword }: Pick<CertificateField, "keys" | "fixedPassword">, { summary, fault }: KnownCertificate): Fault | null {
  if (summary === null) return fault?.kind === "wrong-password" && fixedPassword !== undefined ? { ...fault, subject: "issued-certificate", issued: fixedPassword } : fault;
  const found = summary.verdicts.flatMap((verdict) => OBSTACLES[verdict] ?? [])[0];
  if (found !== undefined) return found;
  const [kind = ""] = summary.keyType.split(" ");
  return keys === undefined || keys.includes(kind) ? null : { kind: "unsupported", why: "key-type", detail: summary.keyType };
}

/**
 * What a password can do for the file: it may open it; the file has one that nobody was told, but may have been given
 * another one besides; or no password helps.
 */
export function passwordRole({ fault }: Pick<KnownCertificate, "fault">): "opens" | "sealed" | "useless" {
  if (fault === null || fault.kind === "wrong-password") return "opens";
  return fault.kind === "unreadable" && fault.what === "domain-protected" ? "sealed" : "useless";
}

/** Certificates of a form that keep it from being saved. A password that does not open its file is told as the password's. */
export function unusableCertificates(
  { fields }: ProviderDescriptor,
  form: { readonly secrets: Readonly<Record<string, unknown>>; readonly certificates: Readonly<Record<string, KnownCertificate>> },
): Issue[] {
  return fields.flatMap((field): Issue[] => {
    const certificate = field.kind === "certificate" ? form.certificates[field.name] : undefined;
    if (field.kind !== "certificate" || certificate === undefined) return [];
    const obstacle = obstacleOf(field, certificate);
    if (obstacle === null) return [];
    if (obstacle.kind !== "wrong-password" || field.passwordField === null) return [refusal([field.name], obstacle)];
    const isTyped = form.secrets[field.passwordField] !== undefined;
    return [isTyped ? refusal([field.passwordField], obstacle) : { path: [field.passwordField], code: "required" }];
  });
}

/** A refusal carries the name of the fault's sentence and its facts: issues carry no fault. */
export function refusal(path: Issue["path"], fault: Fault): Issue {
  const issued = fault.kind === "wrong-password" && fault.issued !== undefined ? { password: fault.issued } : {};
  return { path, code: "certificate-refused", facts: { why: sentenceOf(fault), ...issued } };
}

function sentenceOf(fault: Fault): string {
  if (fault.kind === "unreadable" && fault.is !== undefined) return `other-files.${fault.is}`;
  if (fault.kind === "unreadable" || fault.kind === "not-found") return `faults.${fault.kind}-${fault.what}`;
  if (fault.kind === "unsupported") return `faults.${fault.kind}-${fault.why}`;
  return fault.kind === "wrong-password" ? `faults.${fault.kind}-${fault.subject}` : `faults.${fault.kind}`;
}
