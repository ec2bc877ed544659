/** Unsaved work: made from what is saved when first touched, written after every change. */
import { randomUUID } from "node:crypto";
import { fail, succeed, type Result } from "../../shared/fault.ts";
import type { Difference, DraftAnswer, DraftChange, DraftSight, DraftView } from "../../shared/model/draft.ts";
import type { Tested } from "../../shared/model/messaging.ts";
import type { SealedMessaging, StoredDraft, StoredIdentityStore } from "../store/types.ts";
import { changeDraft } from "./draft-changing.ts";
import { whatBecameOf } from "./draft-meeting.ts";
import { findProvider, firstChoice, formChanges, needsTest, newForm, withVariant } from "./forms.ts";
import { createTurnsByKey } from "../../shared/turns.ts";
import { gone, type Foundation } from "./rooms.ts";
import { draftView } from "./views.ts";

const UNTESTED: Tested = { state: "untested" };
/** How often a change is made anew because another process came in between. */
const TRIES = 5;

/** A draft with the store it belongs to. `kept` is what is stored of it, null where the next write begins it. */
export interface OpenDraft {
  readonly stored: StoredIdentityStore;
  readonly kept: StoredDraft | null;
  readonly draft: StoredDraft;
}

export class DraftBook {
  readonly #foundation: Foundation;
  /** Starts work on a store's draft when what was begun before has ended: nothing comes between what it reads and what it writes. */
  readonly inTurn = createTurnsByKey();

  constructor(foundation: Foundation) {
    this.#foundation = foundation;
  }

  /** The draft, or the one that the first change would make: from what is saved, else a first choice with defaults. Fails with `not-found`. */
  open(storeId: string): Result<OpenDraft> {
    const { identityStores, drafts } = this.#foundation.store;
    const stored = identityStores.get(storeId);
    if (stored === null) return fail(gone("identity-store"));
    const kept = drafts.get(storeId);
    return succeed({ stored, kept, draft: kept ?? this.#begin(stored) });
  }

  /** The chosen form. Fails with `not-found` for a provider this version does not know. */
  chosen(storeId: string): Result<OpenDraft & { readonly form: SealedMessaging }> {
    const open = this.open(storeId);
    if (!open.ok) return open;
    const { draft } = open.value;
    const form = draft.forms[draft.choice.provider];
    return form === undefined ? fail({ kind: "not-found", what: "provider", detail: draft.choice.provider }) : succeed({ ...open.value, form });
  }

  /** Makes the changes that nobody else's stand against. Fails with `draft-changed` when what was seen is gone. */
  change(storeId: string, sight: DraftSight, changes: readonly DraftChange[]): Promise<Result<DraftAnswer>> {
    return this.#seen(storeId, sight, async (open) => {
      const { stored, kept } = open;
      const isKnown = (kept?.version ?? null) === (sight.draft?.version ?? null);
      if (changes.length === 0) return this.#answer(stored, kept, isKnown ? new Set() : null, []);
      const { draft, touched, refused } = changeDraft(this.#foundation, open, sight, changes);
      if (kept !== null && draft === kept) return this.#answer(stored, kept, isKnown ? touched : null, refused);
      const written = await this.write(open, draft);
      return written.ok ? this.#answer(stored, written.value, isKnown ? touched : null, refused) : written;
    });
  }

  /**
   * Changes one provider's form by a person's hand. `edit` answers the form, or a difference when somebody else changed the same.
   * Fails as {@link change} does, and with `not-found` for a provider this version does not know.
   */
  edit(
    address: { readonly storeId: string; readonly provider: string },
    sight: DraftSight,
    edit: (open: OpenDraft, form: SealedMessaging) => Promise<Result<StoredDraft | Difference>>,
  ): Promise<Result<DraftAnswer>> {
    return this.#seen(address.storeId, sight, async (open) => {
      const form = this.#formOf(open, address.provider);
      const edited = form.ok ? await edit(open, form.value) : form;
      if (!edited.ok) return edited;
      if ("key" in edited.value) return this.#answer(open.stored, open.kept, null, [edited.value]);
      const written = await this.write(open, edited.value);
      return written.ok ? this.#answer(open.stored, written.value, null, []) : written;
    });
  }

  /** Brings one provider's form up to date with something found out about it. Fails with `not-found` for a provider this version does not know. */
  amend(storeId: string, provider: string, edit: (form: SealedMessaging) => SealedMessaging): Promise<Result<DraftView>> {
    return this.#again(storeId, async () => {
      const open = this.open(storeId);
      if (!open.ok) return open;
      const form = this.#formOf(open.value, provider);
      if (!form.ok) return form;
      const { draft, stored } = open.value;
      const written = await this.write(open.value, { ...draft, forms: { ...draft.forms, [provider]: edit(form.value) } });
      return written.ok ? succeed(draftView(this.#foundation, stored, written.value)) : written;
    });
  }

  /** Writes a draft and answers it as it now stands. A test result lasts until the tested form changes. */
  write({ stored, draft: before }: OpenDraft, draft: StoredDraft): Promise<Result<StoredDraft>> {
    const { store, ports, providers } = this.#foundation;
    const complete = this.#complete(stored, { ...draft, updatedAt: ports.clock.now() });
    const [old, next] = [before, complete].map(({ choice, forms }) => forms[choice.provider]);
    const touched = old === undefined || next === undefined || needsTest(formChanges(providers, old, next));
    return store.drafts.put(stored.id, { ...complete, tested: touched ? UNTESTED : draft.tested });
  }

  /** Opens the draft for somebody who saw it. */
  #seen(storeId: string, sight: DraftSight, work: (open: OpenDraft) => Promise<Result<DraftAnswer>>): Promise<Result<DraftAnswer>> {
    return this.#again(storeId, async () => {
      const open = this.open(storeId);
      if (!open.ok) return open;
      const became = await whatBecameOf(this.#foundation.store, open.value.stored, open.value.kept, sight);
      return became === null ? work(open.value) : fail(became);
    });
  }

  /** Works until nobody wrote in between: what one process reads, another may change before it is written. */
  #again<T>(storeId: string, work: () => Promise<Result<T>>): Promise<Result<T>> {
    return this.inTurn(storeId, async () => {
      let result = await work();
      for (let tries = 1; tries < TRIES && !result.ok && result.fault.kind === "draft-changed" && result.fault.how === "changed"; tries += 1) result = await work();
      return result;
    });
  }

  /** `wanted`: the forms that whoever asked cannot know; null for all. */
  #answer(stored: StoredIdentityStore, draft: StoredDraft | null, wanted: ReadonlySet<string> | null, refused: readonly Difference[]): Result<DraftAnswer> {
    const view = draft === null ? null : draftView(this.#foundation, stored, draft, wanted);
    return succeed({ draft: view, whole: wanted === null, refused: [...refused] });
  }

  #begin(stored: StoredIdentityStore): StoredDraft {
    const { providers, ports } = this.#foundation;
    const saved = stored.document.messaging;
    const choice =
      saved === null
        ? firstChoice(providers, stored.document.connection)
        : { provider: saved.configuration.provider, variant: saved.configuration.variant };
    const forms = saved === null ? {} : { [choice.provider]: saved };
    const begun = { id: randomUUID(), version: 0, touched: {}, baseRevision: stored.revision, updatedAt: ports.clock.now() };
    return this.#complete(stored, { ...begun, choice, forms, tested: stored.tested });
  }

  #formOf({ stored, draft }: OpenDraft, providerId: string): Result<SealedMessaging> {
    const provider = findProvider(this.#foundation.providers, providerId);
    if (provider === null) return fail({ kind: "not-found", what: "provider", detail: providerId });
    const variant = provider.descriptor.entries[0]?.variant ?? null;
    return succeed(draft.forms[providerId] ?? newForm(provider, variant, stored.document.connection));
  }

  /** The chosen provider always has a form, and the form has the chosen variant. */
  #complete(stored: StoredIdentityStore, draft: StoredDraft): StoredDraft {
    const { provider: id, variant } = draft.choice;
    const provider = findProvider(this.#foundation.providers, id);
    if (provider === null) return draft;
    const known = draft.forms[id];
    if (known?.configuration.variant === variant) return draft;
    const form = known === undefined ? newForm(provider, variant, stored.document.connection) : this.#returned(stored, withVariant(known, variant));
    return { ...draft, forms: { ...draft.forms, [id]: form } };
  }

  /** Back at the saved version of a product, the saved servers are back too. */
  #returned(stored: StoredIdentityStore, form: SealedMessaging): SealedMessaging {
    const saved = stored.document.messaging?.configuration;
    if (saved?.provider !== form.configuration.provider || saved.variant !== form.configuration.variant) return form;
    const { servers, syncedAt, notShown, complete } = saved;
    return { ...form, configuration: { ...form.configuration, servers, syncedAt, notShown, complete } };
  }
}
