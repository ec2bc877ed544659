/** Secrets between the vault and the providers. Their plain text stays inside these functions and their callers' hands. */
import { fail, succeed, type Fault, type Issue, type Result } from "../../shared/fault.ts";
import type { CertificateState } from "../../shared/model/messaging.ts";
import type { SecretState } from "../../shared/model/secret.ts";
import { obstacleOf } from "../../shared/rules/certificate-use.ts";
import { lendingObstacle, type SecretPlace } from "../../shared/rules/lending.ts";
import type { ProviderSecrets } from "../providers/provider.ts";
import type { CertificateReference, SealedMessaging, SecretReference, Vault } from "../store/types.ts";
import type { ProviderDescriptor } from "../../shared/model/messaging.ts";
import type { OpenedCertificates } from "./opened-certificates.ts";
import type { CertificateReader } from "./rooms.ts";

/** The vault's purpose for the account of an identity store's directory. */
export const DIRECTORY_PASSWORD = "directory-password";

/** The vault's purpose for the account of an identity store's SMTP server. */
export const NOTIFICATION_PASSWORD = "notification-password";

/** The vault's purpose for a field of a provider's form. */
export function purposeOf(provider: string, field: string): string {
  return `messaging/${provider}/${field}`;
}

/** Seals a text for a purpose. */
export function sealText(vault: Vault, purpose: string, text: string): Promise<Result<SecretReference>> {
  return vault.seal(purpose, Buffer.from(text, "utf8"));
}

/** Opens a text; null when there is none. Fails with `unreadable: secret-unreadable`. */
export function openText(vault: Vault, purpose: string, reference: SecretReference | null | undefined): Result<string | null> {
  if (reference === null || reference === undefined) return succeed(null);
  const opened = vault.open(purpose, reference);
  return opened.ok ? succeed(Buffer.from(opened.value).toString("utf8")) : opened;
}

/** What the renderer may know of a secret. `saved` is the reference of the saved configuration, for "changed". */
export function secretState(
  vault: Vault,
  purpose: string,
  reference: SecretReference | undefined,
  saved: SecretReference | undefined,
): SecretState {
  if (reference === undefined) return { state: "not-set" };
  if (!vault.open(purpose, reference).ok) return { state: "unreadable", at: reference.at };
  return { state: saved?.id === reference.id ? "set" : "changed", at: reference.at };
}

/** The same for a certificate file. */
export function certificateState(
  vault: Vault,
  purpose: string,
  reference: CertificateReference | undefined,
  saved: CertificateReference | undefined,
): CertificateState {
  const state = secretState(vault, purpose, reference?.secret, saved?.secret);
  if (reference === undefined || state.state === "not-set") return { state: "not-set" };
  const { fileName, summary, fault, identity } = reference;
  if (state.state === "unreadable") return { state: "unreadable", at: state.at, fileName };
  return { state: state.state, at: state.at, fileName, summary, fault, identity };
}

/** The password that opens a certificate field's file: of its password field, or the issuer's constant. */
export function certificatePassword(
  vault: Vault,
  descriptor: ProviderDescriptor,
  field: string,
  form: SealedMessaging,
): Result<string | null> {
  const described = descriptor.fields.find((candidate) => candidate.name === field);
  if (described?.kind !== "certificate") return succeed(null);
  if (described.passwordField === null) return succeed(described.fixedPassword ?? null);
  return openText(vault, purposeOf(descriptor.id, described.passwordField), form.secrets[described.passwordField]);
}

/** The fault of a file that does not open, in the words of its field: an issuer may give every file the same password. */
export function issuedFault(descriptor: ProviderDescriptor, field: string, fault: Fault): Fault {
  const described = descriptor.fields.find((candidate) => candidate.name === field);
  return described?.kind === "certificate" ? (obstacleOf(described, { summary: null, fault }) ?? fault) : fault;
}

/** The id of the secret that opens a certificate field's file; empty where none does. */
function passwordReference(descriptor: ProviderDescriptor, field: string, form: SealedMessaging): readonly string[] {
  const described = descriptor.fields.find((candidate) => candidate.name === field);
  const name = described?.kind === "certificate" ? described.passwordField : null;
  const id = name === null ? undefined : form.secrets[name]?.id;
  return id === undefined ? [] : [id];
}

/** The issue of a stored secret that is not lent to another place: it is to be entered again. Null where it is lent. */
export function lendingIssue(field: string, storedFor: SecretPlace | undefined, asked: SecretPlace | null): Issue | null {
  const because = storedFor === undefined || asked === null ? null : lendingObstacle(storedFor, asked);
  return because === null ? null : { path: [field], code: `enter-again-${because}` };
}

/** The secrets of a form that are not lent to where the form would send them. */
export function lendingIssues(form: SealedMessaging, asked: SecretPlace | null): Issue[] {
  return Object.entries(form.secrets).flatMap(([field, { place }]) => lendingIssue(field, place, asked) ?? []);
}

/** The form with each secret bound to where the form sends it, a stricter place than before included. What opens a certificate file stays here. */
export function bindSecrets(descriptor: ProviderDescriptor, form: SealedMessaging, place: SecretPlace | null): SealedMessaging {
  if (place === null) return form;
  const stays = new Set(descriptor.fields.map((field) => (field.kind === "certificate" ? field.passwordField : null)));
  const bound = Object.entries(form.secrets).map(([field, reference]) => [field, stays.has(field) ? reference : { ...reference, place }] as const);
  return { ...form, secrets: Object.fromEntries(bound) };
}

/** A form's secrets for one call of its provider. `place` is where the form sends them. */
export function providerSecrets(
  descriptor: ProviderDescriptor,
  form: SealedMessaging,
  deps: { readonly vault: Vault; readonly certificates: CertificateReader; readonly opened: OpenedCertificates; readonly signal: AbortSignal; readonly place: SecretPlace | null },
): ProviderSecrets {
  const { vault, certificates, opened, signal, place } = deps;
  return {
    isSet: (field) => form.secrets[field] !== undefined || form.certificates[field] !== undefined,
    text: (field) => {
      const reference = form.secrets[field];
      const lent = lendingIssue(field, reference?.place, place) === null;
      return Promise.resolve(lent ? openText(vault, purposeOf(descriptor.id, field), reference) : fail({ kind: "unreadable", what: "secret-elsewhere" }));
    },
    certificate: async (field) => {
      const reference = form.certificates[field];
      if (reference === undefined) return succeed(null);
      const { secret, identity } = reference;
      const open = async () => {
        const bytes = vault.open(purposeOf(descriptor.id, field), secret);
        if (!bytes.ok) return bytes;
        const password = certificatePassword(vault, descriptor, field, form);
        if (!password.ok) return password;
        const container = await certificates.open(bytes.value, password.value, { signal, identity });
        return container.ok ? container : fail(issuedFault(descriptor, field, container.fault));
      };
      return opened.get([secret.id, ...passwordReference(descriptor, field, form)], open, identity);
    },
  };
}
