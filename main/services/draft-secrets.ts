/** Secrets and certificate files on their way into a draft. */
import { fail, succeed, type Result } from "../../shared/fault.ts";
import type { Difference, DraftAnswer, DraftSight } from "../../shared/model/draft.ts";
import type { FieldDescriptor } from "../../shared/model/messaging.ts";
import { draftKey } from "../../shared/rules/draft-changes.ts";
import { textIssue } from "../../shared/rules/plain-text.ts";
import type { CertificateReference, DraftTouch, SealedMessaging } from "../store/types.ts";
import { changedBy, withTouch } from "./draft-meeting.ts";
import type { DraftBook } from "./drafts.ts";
import type { FileHolder } from "./files.ts";
import { findProvider } from "./forms.ts";
import { gone, type Foundation } from "./rooms.ts";
import { certificatePassword, purposeOf, sealText } from "./secrets.ts";

/** A field of a provider's form, and what was seen of it. */
export interface FieldAddress {
  readonly storeId: string;
  readonly provider: string;
  readonly field: string;
  readonly sight: DraftSight;
}

/** What is put into a field of one of the two kinds, or that it is cleared. */
interface Entry {
  readonly kind: "secrets" | "certificates";
  /** What a person is told of theirs and of one's own, when both changed the field; never a secret. */
  readonly words: (form: SealedMessaging) => Pick<Difference, "before" | "after" | "secret">;
  readonly put: (form: SealedMessaging) => Promise<Result<SealedMessaging>>;
}

export class DraftSecrets {
  readonly #foundation: Foundation;
  readonly #drafts: DraftBook;
  readonly #files: FileHolder;

  constructor(foundation: Foundation, drafts: DraftBook, files: FileHolder) {
    this.#foundation = foundation;
    this.#drafts = drafts;
    this.#files = files;
  }

  /** Seals a secret into the draft; null clears it. A certificate that it opens is read again. */
  async setSecret(address: FieldAddress, value: string | null): Promise<Result<DraftAnswer>> {
    const { store } = this.#foundation;
    const { provider, field } = address;
    const fields = this.#fields(address);
    if (!fields.some(({ kind, name }) => kind === "secret" && name === field)) return fail(gone("field"));
    const unseen = value === null ? null : textIssue([field], value, "secret");
    if (unseen !== null) return fail({ kind: "invalid", issues: [unseen] });
    const answer = await this.#enter(address, {
      kind: "secrets",
      words: () => ({ before: null, after: value === null ? "cleared" : "changed", secret: true }),
      put: async (form) => {
        const { [field]: _old, ...others } = form.secrets;
        if (value === null) return succeed({ ...form, secrets: others });
        const sealed = await sealText(store.vault, purposeOf(provider, field), value);
        return sealed.ok ? succeed({ ...form, secrets: { ...others, [field]: sealed.value } }) : sealed;
      },
    });
    let latest = answer;
    for (const { kind, name } of fields.filter((each) => each.kind === "certificate" && each.passwordField === field)) {
      if (kind === "certificate" && latest.ok) latest = await this.#describe({ ...address, field: name }, latest.value);
    }
    return latest;
  }

  /** Puts a held file into the draft; null clears it. */
  async setCertificate(address: FieldAddress, file: string | null): Promise<Result<DraftAnswer>> {
    const { provider, field } = address;
    if (!this.#fields(address).some(({ kind, name }) => kind === "certificate" && name === field)) return fail(gone("field"));
    const held = file === null ? succeed(null) : this.#files.read(file);
    if (!held.ok) return held;
    const { value } = held;
    const answer = await this.#enter(address, {
      kind: "certificates",
      words: (form) => ({ before: form.certificates[field]?.fileName ?? null, after: value?.name ?? null, secret: false }),
      put: async (form) => {
        const { [field]: _old, ...others } = form.certificates;
        if (value === null) return succeed({ ...form, certificates: others });
        const secret = await this.#foundation.store.vault.seal(purposeOf(provider, field), value.bytes);
        if (!secret.ok) return secret;
        const reference = { secret: secret.value, fileName: value.name, summary: null, fault: null, identity: null };
        return succeed({ ...form, certificates: { ...others, [field]: reference } });
      },
    });
    return answer.ok ? this.#describe(address, answer.value) : answer;
  }

  /**
   * Chooses among the certificates of a draft's file, by SHA-256 thumbprint; null leaves it to the console. Fails with
   * `not-found` for one that the file was not seen to hold.
   */
  async chooseIdentity(address: FieldAddress, thumbprint: string | null): Promise<Result<DraftAnswer>> {
    const { field } = address;
    const listed = this.#reference(address)?.summary?.identities ?? [];
    if (thumbprint !== null && !listed.some(({ thumbprintSha256 }) => thumbprintSha256 === thumbprint)) return fail(gone("certificate-identity"));
    const answer = await this.#enter(address, {
      kind: "certificates",
      words: (form) => ({ before: form.certificates[field]?.identity ?? null, after: thumbprint, secret: false }),
      put: async (form) => succeed(withCertificate(form, field, (current) => ({ ...current, identity: thumbprint }))),
    });
    return answer.ok ? this.#describe(address, answer.value) : answer;
  }

  #fields({ provider }: FieldAddress): readonly FieldDescriptor[] {
    return findProvider(this.#foundation.providers, provider)?.descriptor.fields ?? [];
  }

  #reference({ storeId, provider, field }: FieldAddress): CertificateReference | undefined {
    return this.#foundation.store.drafts.get(storeId)?.forms[provider]?.certificates[field];
  }

  /** Puts something into a field, unless another window has put something else there since it was seen. */
  #enter({ storeId, provider, field, sight }: FieldAddress, { kind, words, put }: Entry): Promise<Result<DraftAnswer>> {
    const { clock, user } = this.#foundation.ports;
    const key = draftKey(provider, `${kind}.${field}`);
    const own: Omit<DraftTouch, "after"> = { at: clock.now(), by: user, window: sight.window };
    return this.#drafts.edit({ storeId, provider }, sight, async ({ draft }, form) => {
      const other = changedBy(draft, key, sight.window, sight.draft?.version ?? 0);
      if (other !== null) return succeed({ key: `${kind}.${field}`, provider, ...words(form), by: other.by, at: other.at });
      const next = await put(form);
      return next.ok ? succeed(withTouch({ ...draft, forms: { ...draft.forms, [provider]: next.value } }, key, own)) : next;
    });
  }

  /** Reads a draft's certificate with the password at hand and keeps its public description, or why there is none. */
  async #describe(address: FieldAddress, answer: DraftAnswer): Promise<Result<DraftAnswer>> {
    const { store, providers, certificates } = this.#foundation;
    const { storeId, field } = address;
    const provider = findProvider(providers, address.provider);
    const form = store.drafts.get(storeId)?.forms[address.provider];
    const reference = form?.certificates[field];
    if (answer.refused.length > 0 || provider === null || form === undefined || reference === undefined) return succeed(answer);
    const bytes = store.vault.open(purposeOf(address.provider, field), reference.secret);
    const password = certificatePassword(store.vault, provider.descriptor, field, form);
    if (!bytes.ok || !password.ok) return succeed(answer);
    const inspection = await certificates.inspect(bytes.value, password.value, reference.identity);
    const found = inspection.opens ? { summary: inspection.summary, fault: null } : { summary: null, fault: inspection.fault };
    // What was read belongs to the file as it was: nothing is said of another one, and no draft is begun for it.
    const now = this.#reference(address);
    if (now?.secret.id !== reference.secret.id || now.identity !== reference.identity) return succeed(answer);
    const view = await this.#drafts.amend(storeId, address.provider, (latest) =>
      withCertificate(latest, field, (current) => (current.secret.id === reference.secret.id && current.identity === reference.identity ? { ...current, ...found } : current)),
    );
    return view.ok ? succeed({ draft: view.value, whole: true, refused: [] }) : view;
  }
}

function withCertificate(form: SealedMessaging, field: string, edit: (current: CertificateReference) => CertificateReference): SealedMessaging {
  const current = form.certificates[field];
  return current === undefined ? form : { ...form, certificates: { ...form.certificates, [field]: edit(current) } };
}
