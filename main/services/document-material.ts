/** Secrets and certificate files that come with a document, in the form that it makes. */
import type { Fault, Issue } from "../../shared/fault.ts";
import type { FieldDescriptor, ProviderDescriptor } from "../../shared/model/messaging.ts";
import { messagingSecret, STORED, type WrittenCertificate, type WrittenMessaging } from "../../shared/model/written-document.ts";
import type { SecretPlace } from "../../shared/rules/lending.ts";
import { textIssue } from "../../shared/rules/plain-text.ts";
import type { CertificateReference, SealedMessaging, SecretReference, Vault } from "../store/types.ts";
import type { PendingSecrets } from "./pending-secrets.ts";
import type { CertificateReader } from "./rooms.ts";
import { lendingIssue, purposeOf } from "./secrets.ts";

export interface SentFile {
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** What comes with a document and is not in it. */
export interface Given {
  /** By field name. The empty text clears. */
  readonly secrets: ReadonlyMap<string, string>;
  /** The file that was sent for a path; null where none was. */
  readonly file: (path: string) => SentFile | null;
}

export interface MaterialRooms {
  readonly vault: Vault;
  readonly certificates: CertificateReader;
  readonly pending: PendingSecrets;
}

/** The fields of a kind. */
export function fieldsOf<K extends FieldDescriptor["kind"]>({ fields }: ProviderDescriptor, kind: K) {
  return fields.filter((field): field is Extract<FieldDescriptor, { kind: K }> => field.kind === kind);
}

/** The secret as it is to be kept: as it is stored where it is the same and may travel to `place`, else the given one. */
export function keptOrGiven(
  { vault, pending }: Pick<MaterialRooms, "vault" | "pending">,
  { purpose, text, stored, storedFor, place }: { readonly purpose: string; readonly text: string; readonly stored: SecretReference | null | undefined; readonly storedFor: SecretPlace | undefined; readonly place: SecretPlace | null },
): SecretReference {
  const given = Buffer.from(text, "utf8");
  if (stored !== null && stored !== undefined && lendingIssue("", storedFor, place) === null) {
    const opened = vault.open(purpose, stored);
    if (opened.ok && given.equals(opened.value)) return stored;
  }
  return pending.add(purpose, given);
}

/** What keeps a text from being a secret; null where nothing does. */
export function secretIssue(name: string, text: string, maxLength: number): Issue | null {
  const path = ["secrets", name];
  return text.length > maxLength ? { path, code: "too-long" } : textIssue(path, text, "secret");
}

/** The form's secrets: the given ones in place of those stored. */
export function planSecrets(rooms: MaterialRooms, descriptor: ProviderDescriptor, base: SealedMessaging, secrets: Given["secrets"], place: SecretPlace | null): SealedMessaging["secrets"] {
  const kept = Object.entries(base.secrets).filter(([field]) => !secrets.has(field));
  const given = fieldsOf(descriptor, "secret").flatMap(({ name }) => {
    const text = secrets.get(name) ?? "";
    return text === "" ? [] : [[name, keptOrGiven(rooms, { purpose: purposeOf(descriptor.id, name), text, stored: base.secrets[name], storedFor: base.secrets[name]?.place, place })] as const];
  });
  return Object.fromEntries([...kept, ...given]);
}

export function secretIssues(descriptor: ProviderDescriptor, secrets: Given["secrets"]): Issue[] {
  return fieldsOf(descriptor, "secret").flatMap(({ name, maxLength }) => secretIssue(messagingSecret(name), secrets.get(name) ?? "", maxLength) ?? []);
}

interface PlannedCertificates {
  readonly certificates: SealedMessaging["certificates"];
  readonly issues: readonly Issue[];
}

/** The form's certificates: files that were sent in place of those stored, each opened with the password it will have. */
export async function planCertificates(
  rooms: MaterialRooms,
  descriptor: ProviderDescriptor,
  base: SealedMessaging,
  { secrets, written, file }: { readonly secrets: SealedMessaging["secrets"]; readonly written: NonNullable<WrittenMessaging["certificates"]>; readonly file: Given["file"] },
): Promise<PlannedCertificates> {
  const certificates: Record<string, CertificateReference> = {};
  const issues: Issue[] = [];
  for (const field of fieldsOf(descriptor, "certificate")) {
    const path = ["messaging", "certificates", field.name];
    const { file: asked, thumbprint } = partsOf(written[field.name]);
    const stored = base.certificates[field.name];
    const sent = asked === undefined || asked === STORED ? null : file(asked);
    if (asked === STORED && stored === undefined) issues.push({ path, code: "nothing-stored" });
    if (asked !== undefined && asked !== STORED && sent === null) issues.push({ path, code: "file-missing" });
    const kept = sent === null ? stored : keptOrSent(rooms, purposeOf(descriptor.id, field.name), stored, sent);
    if (kept === undefined) continue;
    const reference = thumbprint === undefined || thumbprint === kept.identity ? kept : { ...kept, identity: thumbprint };
    const isAsItWas = reference === stored && (field.passwordField === null || secrets[field.passwordField]?.id === base.secrets[field.passwordField]?.id);
    const read = isAsItWas ? reference : await opened(rooms, descriptor, field, { reference, secrets });
    certificates[field.name] = read;
  }
  return { certificates, issues };
}

/** A thumbprint as Windows shows it, with blanks or colons between, becomes one as it is kept. */
function partsOf(written: WrittenCertificate | undefined): { readonly file: string | undefined; readonly thumbprint: string | null | undefined } {
  if (written === undefined || typeof written === "string") return { file: written, thumbprint: undefined };
  return { file: written.file, thumbprint: written.thumbprint?.replaceAll(/[\s:]/g, "").toLowerCase() ?? null };
}

function keptOrSent({ vault, pending }: MaterialRooms, purpose: string, stored: CertificateReference | undefined, { name, bytes }: SentFile): CertificateReference {
  const known = stored === undefined ? null : vault.open(purpose, stored.secret);
  if (stored !== undefined && known?.ok === true && Buffer.from(bytes).equals(known.value)) return stored;
  return { secret: pending.add(purpose, bytes), fileName: name, summary: null, fault: null, identity: null };
}

/** The certificate with its public description, or with the reason that it does not open. */
async function opened(
  { vault, certificates, pending }: MaterialRooms,
  { id }: ProviderDescriptor,
  field: Extract<FieldDescriptor, { kind: "certificate" }>,
  { reference, secrets }: { readonly reference: CertificateReference; readonly secrets: SealedMessaging["secrets"] },
): Promise<CertificateReference> {
  const refused = (fault: Fault): CertificateReference => ({ ...reference, summary: null, fault });
  const bytes = pending.open(vault, purposeOf(id, field.name), reference.secret);
  if (!bytes.ok) return refused(bytes.fault);
  const secret = field.passwordField === null ? undefined : secrets[field.passwordField];
  const password = secret === undefined || field.passwordField === null ? null : pending.open(vault, purposeOf(id, field.passwordField), secret);
  if (password?.ok === false) return refused(password.fault);
  const text = password === null ? (field.fixedPassword ?? null) : Buffer.from(password.value).toString("utf8");
  const inspection = await certificates.inspect(bytes.value, text, reference.identity);
  if (!inspection.opens) return refused(inspection.fault);
  // Chosen by whichever thumbprint, it is kept by the one that the page chooses by.
  const identity = reference.identity === null ? null : inspection.summary.thumbprintSha256;
  return { ...reference, identity, summary: inspection.summary, fault: null };
}
