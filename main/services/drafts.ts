/** Unsaved work: made from what is saved when first touched, written after every change. */
import { fail, succeed, type Result } from "../../shared/fault.ts";
import type { DraftContent, DraftView } from "../../shared/model/draft.ts";
import type { Tested } from "../../shared/model/messaging.ts";
import type { SealedMessaging, StoredDraft, StoredIdentityStore } from "../store/types.ts";
import { findProvider, firstChoice, formChanges, needsTest, newForm, updateForm } from "./forms.ts";
import { gone, type Foundation } from "./rooms.ts";
import { draftView } from "./views.ts";

const UNTESTED: Tested = { state: "untested" };

export class DraftBook {
  readonly #foundation: Foundation;

  constructor(foundation: Foundation) {
    this.#foundation = foundation;
  }

  /** A store by id. Fails with `not-found`. */
  store(storeId: string): Result<StoredIdentityStore> {
    const stored = this.#foundation.store.identityStores.get(storeId);
    return stored === null ? fail(gone("identity-store")) : succeed(stored);
  }

  /** The draft, or the one that the first change would make: from what is saved, else a first choice with defaults. */
  current(stored: StoredIdentityStore): StoredDraft {
    const { providers, ports, store } = this.#foundation;
    const kept = store.drafts.get(stored.id);
    if (kept !== null) return kept;
    const saved = stored.document.messaging;
    const choice =
      saved === null
        ? firstChoice(providers, stored.document.connection)
        : { provider: saved.configuration.provider, variant: saved.configuration.variant };
    const forms = saved === null ? {} : { [choice.provider]: saved };
    const draft = { choice, forms, baseRevision: stored.revision, tested: stored.tested, updatedAt: ports.clock.now() };
    return this.#complete(stored, draft);
  }

  /** The chosen form of the current draft. Fails with `not-found` for a provider this version does not know. */
  chosen(stored: StoredIdentityStore): Result<{ readonly draft: StoredDraft; readonly form: SealedMessaging }> {
    const draft = this.current(stored);
    const form = draft.forms[draft.choice.provider];
    return form === undefined ? fail({ kind: "not-found", what: "provider", detail: draft.choice.provider }) : succeed({ draft, form });
  }

  /** Replaces values, ticks and the choice; unknown fields are dropped, secrets stay. */
  replace(storeId: string, content: DraftContent): Result<DraftView> {
    const stored = this.store(storeId);
    if (!stored.ok) return stored;
    const before = this.current(stored.value);
    const forms: Record<string, SealedMessaging> = { ...before.forms };
    for (const [id, sent] of Object.entries(content.forms)) {
      const provider = findProvider(this.#foundation.providers, id);
      if (provider === null) continue;
      const variant = id === content.choice.provider ? content.choice.variant : sent.variant;
      const known = forms[id] ?? newForm(provider, variant, stored.value.document.connection);
      forms[id] = this.#returned(stored.value, updateForm(provider, known, sent, variant), known);
    }
    return this.write(stored.value, { ...before, choice: content.choice, forms });
  }

  /** Changes one provider's form. Fails with `not-found` for a provider this version does not know. */
  change(storeId: string, providerId: string, edit: (form: SealedMessaging) => SealedMessaging): Result<DraftView> {
    const stored = this.store(storeId);
    if (!stored.ok) return stored;
    const provider = findProvider(this.#foundation.providers, providerId);
    if (provider === null) return fail({ kind: "not-found", what: "provider", detail: providerId });
    const draft = this.current(stored.value);
    const variant = provider.descriptor.entries[0]?.variant ?? null;
    const form = draft.forms[providerId] ?? newForm(provider, variant, stored.value.document.connection);
    return this.write(stored.value, { ...draft, forms: { ...draft.forms, [providerId]: edit(form) } });
  }

  /** Writes a draft and answers it as it now stands. A test result lasts until the tested form changes. */
  write(stored: StoredIdentityStore, draft: StoredDraft): Result<DraftView> {
    const { store, ports, providers } = this.#foundation;
    const before = this.current(stored);
    const complete = this.#complete(stored, { ...draft, updatedAt: ports.clock.now() });
    const [old, next] = [before, complete].map(({ choice, forms }) => forms[choice.provider]);
    const touched = old === undefined || next === undefined || needsTest(formChanges(providers, old, next));
    const written = { ...complete, tested: touched ? UNTESTED : draft.tested };
    const put = store.drafts.put(stored.id, written);
    return put.ok ? succeed(draftView(this.#foundation, stored, written)) : put;
  }

  /** The chosen provider always has a form, and the form has the chosen variant. */
  #complete(stored: StoredIdentityStore, draft: StoredDraft): StoredDraft {
    const { provider: id, variant } = draft.choice;
    const provider = findProvider(this.#foundation.providers, id);
    if (provider === null) return draft;
    const known = draft.forms[id] ?? newForm(provider, variant, stored.document.connection);
    if (draft.forms[id] !== undefined && known.configuration.variant === variant) return draft;
    const form = this.#returned(stored, updateForm(provider, known, known.configuration, variant), known);
    return { ...draft, forms: { ...draft.forms, [id]: form } };
  }

  /** Back at the saved version of a product, the saved servers are back too. */
  #returned(stored: StoredIdentityStore, form: SealedMessaging, before: SealedMessaging): SealedMessaging {
    const saved = stored.document.messaging?.configuration;
    const { provider, variant, servers } = form.configuration;
    const back = variant !== before.configuration.variant && servers.length === 0;
    if (!back || saved?.provider !== provider || saved.variant !== variant) return form;
    const { syncedAt, notShown, complete } = saved;
    return { ...form, configuration: { ...form.configuration, servers: saved.servers, syncedAt, notShown, complete } };
  }
}
