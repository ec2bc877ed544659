/** The Messaging System page: open, autosave, secrets, review, save, test, Sync Again. */
import type { EditorState } from "../../shared/contract/editor.ts";
import { fail, succeed, type Result } from "../../shared/fault.ts";
import type { DraftContent, DraftView, Review, Stop } from "../../shared/model/draft.ts";
import type { MessagingView, Tested } from "../../shared/model/messaging.ts";
import { mergeListing } from "../../shared/rules/listing.ts";
import { textIssue } from "../../shared/rules/plain-text.ts";
import { nothingTicked } from "../../shared/rules/readiness.ts";
import type { CertificateReference, SealedMessaging, StoredIdentityStore } from "../store/types.ts";
import { DraftBook } from "./drafts.ts";
import { boundForm, findProvider, formChanges, formIssues, bindForm, providerContext, suitingProviders } from "./forms.ts";
import type { FileHolder } from "./files.ts";
import { gone, type Foundation, type WorkOptions } from "./rooms.ts";
import { certificatePassword, purposeOf, sealText } from "./secrets.ts";
import { draftView, messagingView, storeDetail } from "./views.ts";

/** A field of a provider's form. */
export interface FieldAddress {
  readonly storeId: string;
  readonly provider: string;
  readonly field: string;
}

export class EditorService {
  readonly #foundation: Foundation;
  readonly #files: FileHolder;
  readonly #drafts: DraftBook;
  /** Results of tests of saved configurations since the start, which no revision holds. */
  readonly #retested = new Map<string, { readonly revision: number; readonly tested: Tested }>();

  constructor(foundation: Foundation, files: FileHolder) {
    this.#foundation = foundation;
    this.#files = files;
    this.#drafts = new DraftBook(foundation);
  }

  /** Everything the page opens with. Fails with `not-found`. */
  open(storeId: string): Result<EditorState> {
    const stored = this.#drafts.store(storeId);
    if (!stored.ok) return stored;
    const { store, providers } = this.#foundation;
    const { document } = stored.value;
    const draft = store.drafts.get(storeId);
    return succeed({
      store: storeDetail(this.#foundation, stored.value),
      saved: document.messaging === null ? null : messagingView(this.#foundation, document.messaging, document.messaging, this.testedOf(stored.value)),
      draft: draft === null ? null : draftView(this.#foundation, stored.value, draft),
      providers: suitingProviders(providers, document.connection).map((provider) => provider.descriptor),
    });
  }

  /** How the saved configuration was tested: when it was saved, or since. */
  testedOf(stored: StoredIdentityStore): Tested {
    const later = this.#retested.get(stored.id);
    return later?.revision === stored.revision ? later.tested : stored.tested;
  }

  saveDraft(storeId: string, content: DraftContent): Result<DraftView> {
    return this.#drafts.replace(storeId, content);
  }

  discardDraft(storeId: string): Result<null> {
    return this.#foundation.store.drafts.remove(storeId);
  }

  /** Seals a secret into the draft; null clears it. A certificate that it opens is read again. */
  async setSecret(address: FieldAddress, value: string | null): Promise<Result<DraftView>> {
    const { store, providers } = this.#foundation;
    const fields = findProvider(providers, address.provider)?.descriptor.fields ?? [];
    if (!fields.some((field) => field.kind === "secret" && field.name === address.field)) return fail(gone("field"));
    const unseen = value === null ? null : textIssue([address.field], value, "secret");
    if (unseen !== null) return fail({ kind: "invalid", issues: [unseen] });
    const sealed = value === null ? null : sealText(store.vault, purposeOf(address.provider, address.field), value);
    if (sealed !== null && !sealed.ok) return sealed;
    const view = this.#drafts.change(address.storeId, address.provider, (form) => {
      const { [address.field]: _old, ...others } = form.secrets;
      return { ...form, secrets: sealed === null ? others : { ...others, [address.field]: sealed.value } };
    });
    const opens = fields.filter((field) => field.kind === "certificate" && field.passwordField === address.field);
    let latest = view;
    for (const field of opens) if (latest.ok) latest = await this.#describe({ ...address, field: field.name }, latest.value);
    return latest;
  }

  /** Puts a held file into the draft; null clears it. Fails with `unsupported` where certificates cannot be read. */
  async setCertificate(address: FieldAddress, file: string | null): Promise<Result<DraftView>> {
    const { store, providers } = this.#foundation;
    const fields = findProvider(providers, address.provider)?.descriptor.fields ?? [];
    if (!fields.some((field) => field.kind === "certificate" && field.name === address.field)) return fail(gone("field"));
    if (file === null) {
      return this.#drafts.change(address.storeId, address.provider, (form) => {
        const { [address.field]: _old, ...others } = form.certificates;
        return { ...form, certificates: others };
      });
    }
    const held = this.#files.read(file);
    if (!held.ok) return held;
    const secret = store.vault.seal(purposeOf(address.provider, address.field), held.value.bytes);
    if (!secret.ok) return secret;
    const reference = { secret: secret.value, fileName: held.value.name, summary: null, fault: null, identity: null };
    const view = this.#drafts.change(address.storeId, address.provider, (form) => ({
      ...form,
      certificates: { ...form.certificates, [address.field]: reference },
    }));
    return view.ok ? this.#describe(address, view.value) : view;
  }

  /**
   * Chooses among the certificates of a draft's file, by SHA-256 thumbprint; null leaves it to the console. Fails with
   * `not-found` for one that the file was not seen to hold.
   */
  async chooseIdentity(address: FieldAddress, thumbprint: string | null): Promise<Result<DraftView>> {
    const reference = this.#foundation.store.drafts.get(address.storeId)?.forms[address.provider]?.certificates[address.field];
    const listed = reference?.summary?.identities ?? [];
    if (thumbprint !== null && !listed.some(({ thumbprintSha256 }) => thumbprintSha256 === thumbprint)) return fail(gone("certificate-identity"));
    const view = this.#changeCertificate(address, (current) => ({ ...current, identity: thumbprint }));
    return view.ok ? this.#describe(address, view.value) : view;
  }

  #changeCertificate({ storeId, provider, field }: FieldAddress, edit: (current: CertificateReference) => CertificateReference): Result<DraftView> {
    return this.#drafts.change(storeId, provider, (form) => {
      const current = form.certificates[field];
      return current === undefined ? form : { ...form, certificates: { ...form.certificates, [field]: edit(current) } };
    });
  }

  /** Reads a draft's certificate with the password at hand and keeps its public description, or why there is none. */
  async #describe(address: FieldAddress, fallback: DraftView): Promise<Result<DraftView>> {
    const { store, providers, certificates } = this.#foundation;
    const provider = findProvider(providers, address.provider);
    const form = store.drafts.get(address.storeId)?.forms[address.provider];
    const reference = form?.certificates[address.field];
    if (provider === null || form === undefined || reference === undefined) return succeed(fallback);
    const bytes = store.vault.open(purposeOf(address.provider, address.field), reference.secret);
    const password = certificatePassword(store.vault, provider.descriptor, address.field, form);
    if (!bytes.ok || !password.ok) return succeed(fallback);
    const inspection = await certificates.inspect(bytes.value, password.value, reference.identity);
    const found = inspection.opens ? { summary: inspection.summary, fault: null } : { summary: null, fault: inspection.fault };
    return this.#changeCertificate(address, (current) => {
      const same = current.secret.id === reference.secret.id && current.identity === reference.identity;
      return same ? { ...current, ...found } : current;
    });
  }

  /** What a save would change and stop. Fails with `invalid` and every field at fault. */
  review(storeId: string): Result<Review> {
    const stored = this.#drafts.store(storeId);
    if (!stored.ok) return stored;
    const chosen = this.#drafts.chosen(stored.value);
    if (!chosen.ok) return chosen;
    const { connection, messaging } = stored.value.document;
    const issues = formIssues(this.#foundation, chosen.value.form, connection);
    if (issues.length > 0) return fail({ kind: "invalid", issues });
    const changes = formChanges(this.#foundation.providers, messaging, chosen.value.form);
    return succeed({ changes, stops: this.#stops(messaging, chosen.value.form) });
  }

  #stops(saved: SealedMessaging | null, next: SealedMessaging): Stop[] {
    const { provider } = next.configuration;
    const chosen = findProvider(this.#foundation.providers, provider)?.descriptor ?? null;
    const old = saved?.configuration ?? null;
    const stops: Stop[] = [];
    if (old !== null && old.provider !== provider) stops.push({ kind: "replaced", provider: old.provider, variant: old.variant });
    if (old?.provider !== provider) for (const name of chosen?.prevents ?? []) stops.push({ kind: "prevented", provider, name });
    if (chosen !== null && nothingTicked(chosen, next.configuration)) stops.push({ kind: "nothing-ticked" });
    return stops;
  }

  /** Saves the draft as a new revision and drops it. Fails with `invalid`, `conflict` or `not-stored`. */
  save(storeId: string, expectedRevision: number): Result<{ revision: number; saved: MessagingView }> {
    const review = this.review(storeId);
    if (!review.ok) return review;
    const stored = this.#drafts.store(storeId);
    if (!stored.ok) return stored;
    const chosen = this.#drafts.chosen(stored.value);
    if (!chosen.ok) return chosen;
    const { store, ports, record } = this.#foundation;
    const { form, draft } = chosen.value;
    const { connection } = stored.value.document;
    const document = { ...stored.value.document, messaging: boundForm(this.#foundation.providers, form, connection) };
    const note = { who: ports.user, at: ports.clock.now(), action: "saved", changes: review.value.changes, tested: draft.tested } as const;
    const saved = store.identityStores.save(storeId, document, expectedRevision, note, true);
    if (!saved.ok) {
      record({ kind: "save-failed", storeId, storeName: document.name, subject: null, detail: saved.fault.kind });
      return saved;
    }
    const { revision } = saved.value;
    record({ kind: "revision-saved", storeId, storeName: document.name, subject: String(revision), detail: draft.tested.state });
    return succeed({ revision, saved: messagingView(this.#foundation, form, form, draft.tested) });
  }

  /** Tests the draft, or the saved configuration when there is none, and remembers the result. */
  async test(storeId: string, options: WorkOptions): Promise<Result<null>> {
    const stored = this.#drafts.store(storeId);
    if (!stored.ok) return stored;
    const chosen = this.#drafts.chosen(stored.value);
    if (!chosen.ok) return chosen;
    const { connection } = stored.value.document;
    const bound = bindForm(this.#foundation.providers, chosen.value.form);
    if (!bound.ok) return bound;
    if (bound.value.bound.test === null) return fail({ kind: "unsupported", why: "no-test" });
    const context = providerContext(this.#foundation, bound.value.provider, chosen.value.form, connection, options);
    const result = await bound.value.bound.test(context);
    if (options.signal.aborted) return fail({ kind: "cancelled" });
    this.#remember(stored.value, chosen.value.form, { state: result.ok ? "passed" : "failed", at: this.#foundation.ports.clock.now() });
    return result;
  }

  /** The result counts only for what was tested: a form that changed meanwhile stays untested. */
  #remember(stored: StoredIdentityStore, tested: SealedMessaging, result: Tested): void {
    const { store } = this.#foundation;
    const draft = store.drafts.get(stored.id);
    if (draft === null) {
      this.#retested.set(stored.id, { revision: stored.revision, tested: result });
      return;
    }
    const now = draft.forms[draft.choice.provider];
    if (now === undefined || formChanges(this.#foundation.providers, tested, now).length > 0) return;
    store.drafts.put(stored.id, { ...draft, tested: result });
  }

  /** Lists the servers with the draft's account and merges them into the draft as it stands then. */
  async sync(storeId: string, options: WorkOptions): Promise<Result<DraftView>> {
    const stored = this.#drafts.store(storeId);
    if (!stored.ok) return stored;
    const chosen = this.#drafts.chosen(stored.value);
    if (!chosen.ok) return chosen;
    const { connection } = stored.value.document;
    const { form } = chosen.value;
    const bound = bindForm(this.#foundation.providers, form);
    if (!bound.ok) return bound;
    const { provider } = bound.value;
    if (bound.value.bound.list === null) return fail({ kind: "unsupported", why: "no-servers" });
    const listing = await bound.value.bound.list(providerContext(this.#foundation, provider, form, connection, options));
    if (options.signal.aborted) return fail({ kind: "cancelled" });
    if (!listing.ok) return listing;
    return this.#drafts.change(storeId, provider.id, (latest) => {
      const { servers, variant } = latest.configuration;
      if (variant !== form.configuration.variant) return latest;
      const rule = { servers: provider.descriptor.servers, random: () => this.#foundation.ports.clock.random() };
      const merged = mergeListing(servers, listing.value, rule);
      const { at, notShown, complete } = listing.value;
      return { ...latest, configuration: { ...latest.configuration, servers: merged, syncedAt: at, notShown, complete } };
    });
  }
}
