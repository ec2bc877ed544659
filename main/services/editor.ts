/** The Messaging System page: open, autosave, secrets, review, save, test, Sync Again. */
import { isDeepStrictEqual } from "node:util";
import type { EditorState } from "../../shared/contract/editor.ts";
import { fail, succeed, type Result } from "../../shared/fault.ts";
import type { DraftAnswer, DraftChange, DraftMark, DraftSight, DraftView, Picks, Rebased, Review, Stop } from "../../shared/model/draft.ts";
import type { MessagingView, Tested } from "../../shared/model/messaging.ts";
import { mergeListing } from "../../shared/rules/listing.ts";
import { nothingTicked } from "../../shared/rules/readiness.ts";
import type { SealedMessaging, StoredDraft, StoredIdentityStore } from "../store/types.ts";
import { changedDraft, whatBecameOf } from "./draft-meeting.ts";
import { rebaseDraft } from "./draft-rebase.ts";
import { DraftSecrets } from "./draft-secrets.ts";
import { DraftBook } from "./drafts.ts";
import { boundForm, findProvider, formChanges, formIssues, bindForm, listingContext, providerContext, suitingProviders } from "./forms.ts";
import type { FileHolder } from "./files.ts";
import { gone, type Foundation, type WorkOptions } from "./rooms.ts";
import { draftView, messagingView, storeDetail } from "./views.ts";

export class EditorService {
  readonly #foundation: Foundation;
  readonly #drafts: DraftBook;
  /** Secrets and certificate files of drafts. */
  readonly secrets: DraftSecrets;
  /** Results of tests of saved configurations since the start, which no revision holds. */
  readonly #retested = new Map<string, { readonly revision: number; readonly tested: Tested }>();

  constructor(foundation: Foundation, files: FileHolder) {
    this.#foundation = foundation;
    this.#drafts = new DraftBook(foundation);
    this.secrets = new DraftSecrets(foundation, this.#drafts, files);
  }

  /** Everything the page opens with. Fails with `not-found`. */
  open(storeId: string): Result<EditorState> {
    const open = this.#drafts.open(storeId);
    if (!open.ok) return open;
    const { stored, kept } = open.value;
    const { document } = stored;
    return succeed({
      store: storeDetail(this.#foundation, stored),
      saved: document.messaging === null ? null : messagingView(this.#foundation, document.messaging, document.messaging, this.testedOf(stored)),
      draft: kept === null ? null : draftView(this.#foundation, stored, kept),
      providers: suitingProviders(this.#foundation.providers, document.connection).map((provider) => provider.descriptor),
    });
  }

  /** How the saved configuration was tested: when it was saved, or since. */
  testedOf(stored: StoredIdentityStore): Tested {
    const later = this.#retested.get(stored.id);
    return later?.revision === stored.revision ? later.tested : stored.tested;
  }

  /** Makes changes of a draft (`DraftBook.change`). */
  change(storeId: string, sight: DraftSight, changes: readonly DraftChange[]): Promise<Result<DraftAnswer>> {
    return this.#drafts.change(storeId, sight, changes);
  }

  /** Discards the draft that was seen. Fails with `draft-changed` when it is another one by now. */
  async discardDraft(storeId: string, version: number): Promise<Result<null>> {
    const removed = await this.#drafts.inTurn(storeId, () => this.#foundation.store.drafts.remove(storeId, version));
    const now = removed.ok ? null : this.#foundation.store.drafts.get(storeId);
    return !removed.ok && removed.fault.kind === "draft-changed" && now !== null ? fail(changedDraft(now)) : removed;
  }

  /** Puts the draft over what was saved since it began (`rebaseDraft`). */
  rebase(storeId: string, sight: DraftSight, picks: Picks): Promise<Result<Rebased>> {
    return this.#drafts.inTurn(storeId, () => rebaseDraft(this.#foundation, this.#drafts, storeId, sight, picks));
  }

  /** What a save would change and stop. Fails with `invalid` and every field at fault. */
  review(storeId: string): Result<Review> {
    const chosen = this.#drafts.chosen(storeId);
    if (!chosen.ok) return chosen;
    const { stored, kept, form } = chosen.value;
    const { connection, messaging } = stored.document;
    const issues = formIssues(this.#foundation, form, connection);
    if (issues.length > 0) return fail({ kind: "invalid", issues });
    const changes = formChanges(this.#foundation.providers, messaging, form);
    const draft = kept === null ? null : { id: kept.id, version: kept.version };
    return succeed({ changes, stops: this.#stops(messaging, form), draft });
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

  /**
   * Saves the draft that was reviewed as a new revision and drops it. What changes nothing makes no revision. Fails with
   * `invalid`, `conflict`, `draft-changed` or `not-stored`.
   */
  save(storeId: string, expectedRevision: number, mark: DraftMark | null): Promise<Result<{ revision: number; changed: boolean; saved: MessagingView }>> {
    return this.#drafts.inTurn(storeId, () => this.#saveSeen(storeId, expectedRevision, mark));
  }

  async #saveSeen(storeId: string, expectedRevision: number, mark: DraftMark | null): Promise<Result<{ revision: number; changed: boolean; saved: MessagingView }>> {
    const chosen = this.#drafts.chosen(storeId);
    if (!chosen.ok) return chosen;
    const { stored, kept, form, draft } = chosen.value;
    const { store, ports, record, providers } = this.#foundation;
    const became = await whatBecameOf(store, stored, kept, { revision: expectedRevision, draft: mark });
    if (became !== null) return fail(became);
    if (kept !== null && kept.version !== mark?.version) return fail(changedDraft(kept));
    const review = this.review(storeId);
    if (!review.ok) return review;
    const { changes } = review.value;
    const messaging = boundForm(providers, form, stored.document.connection);
    // A secret that may travel less far than before is a change that nobody has to be told of.
    if (changes.length === 0 && isDeepStrictEqual(messaging.secrets, stored.document.messaging?.secrets)) return this.#saveNothing(stored, kept);
    const document = { ...stored.document, messaging };
    const note = { who: ports.user, at: ports.clock.now(), action: "saved", changes, tested: draft.tested } as const;
    const saved = await store.identityStores.save(storeId, document, expectedRevision, note, { version: mark?.version ?? null });
    if (!saved.ok) {
      record({ kind: "save-failed", storeId, storeName: document.name, subject: null, detail: saved.fault.kind });
      return saved;
    }
    const { revision } = saved.value;
    record({ kind: "revision-saved", storeId, storeName: document.name, subject: String(revision), detail: draft.tested.state });
    return succeed({ revision, changed: true, saved: messagingView(this.#foundation, form, form, draft.tested) });
  }

  /** A draft that says what is saved already has nothing to keep. */
  async #saveNothing(stored: StoredIdentityStore, kept: StoredDraft | null): Promise<Result<{ revision: number; changed: boolean; saved: MessagingView }>> {
    const { messaging } = stored.document;
    if (messaging === null) return fail(gone("provider"));
    const dropped = kept === null ? succeed(null) : await this.#foundation.store.drafts.remove(stored.id, kept.version);
    if (!dropped.ok) return dropped;
    return succeed({ revision: stored.revision, changed: false, saved: messagingView(this.#foundation, messaging, messaging, this.testedOf(stored)) });
  }

  /** Tests the draft, or the saved configuration when there is none, and remembers the result. */
  async test(storeId: string, options: WorkOptions): Promise<Result<null>> {
    const chosen = this.#drafts.chosen(storeId);
    if (!chosen.ok) return chosen;
    const { stored, form } = chosen.value;
    const { connection } = stored.document;
    const bound = bindForm(this.#foundation.providers, form);
    if (!bound.ok) return bound;
    if (bound.value.bound.test === null) return fail({ kind: "unsupported", why: "no-test" });
    const context = providerContext(this.#foundation, { storeId, connection, provider: bound.value.provider, form }, options);
    if (!context.ok) return context;
    const result = await bound.value.bound.test(context.value);
    if (context.value.signal.aborted) return fail({ kind: "cancelled" });
    await this.#remember(stored, form, { state: result.ok ? "passed" : "failed", at: this.#foundation.ports.clock.now() });
    return result;
  }

  /** The result counts only for what was tested: a form that changed meanwhile stays untested. */
  #remember(stored: StoredIdentityStore, tested: SealedMessaging, result: Tested): Promise<void> {
    return this.#drafts.inTurn(stored.id, () => this.#rememberNow(stored, tested, result));
  }

  async #rememberNow(stored: StoredIdentityStore, tested: SealedMessaging, result: Tested): Promise<void> {
    const { store } = this.#foundation;
    const draft = store.drafts.get(stored.id);
    if (draft === null) {
      this.#retested.set(stored.id, { revision: stored.revision, tested: result });
      return;
    }
    const now = draft.forms[draft.choice.provider];
    if (now === undefined || formChanges(this.#foundation.providers, tested, now).length > 0) return;
    await store.drafts.put(stored.id, { ...draft, tested: result });
  }

  /** Lists the servers with the draft's account and merges them into the draft as it stands then. */
  async sync(storeId: string, options: WorkOptions): Promise<Result<DraftView>> {
    const chosen = this.#drafts.chosen(storeId);
    if (!chosen.ok) return chosen;
    const { stored, form } = chosen.value;
    const { connection } = stored.document;
    const bound = bindForm(this.#foundation.providers, form);
    if (!bound.ok) return bound;
    const { provider } = bound.value;
    if (bound.value.bound.list === null) return fail({ kind: "unsupported", why: "no-servers" });
    const context = listingContext(this.#foundation, { storeId, connection, provider, form }, options);
    if (!context.ok) return context;
    const listing = await bound.value.bound.list(context.value);
    if (context.value.signal.aborted) return fail({ kind: "cancelled" });
    if (!listing.ok) return listing;
    return this.#drafts.amend(storeId, provider.id, (latest) => {
      const { servers, variant } = latest.configuration;
      if (variant !== form.configuration.variant) return latest;
      const rule = { servers: provider.descriptor.servers, random: () => this.#foundation.ports.clock.random() };
      const merged = mergeListing(servers, listing.value, rule);
      const { at, notShown, complete } = listing.value;
      return { ...latest, configuration: { ...latest.configuration, servers: merged, syncedAt: at, notShown, complete } };
    });
  }
}
