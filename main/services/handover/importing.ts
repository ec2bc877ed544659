/** Brings one store of a bundle into the console: in one revision that can be taken back, or as unsaved work where secrets are missing. */
import { isDeepStrictEqual } from "node:util";
import { fail, succeed, type Fault, type Result } from "../../../shared/fault.ts";
import type { ImportedStore } from "../../../shared/contract/handover.ts";
import type { BundledStore } from "../../../shared/model/bundle.ts";
import { inJson } from "../../../shared/rules/read-document.ts";
import type { SaveNote, SealedMessaging, StoreDocument, StoredIdentityStore } from "../../store/types.ts";
import { sealDocument } from "../document-sealing.ts";
import { DraftBook } from "../drafts.ts";
import { documentChanges } from "../forms.ts";
import { gone, type Foundation } from "../rooms.ts";
import { planArrival } from "./arriving.ts";

type Outcome = Pick<ImportedStore, "id" | "outcome" | "revision" | "missing" | "fault">;

/** `storeId`: what takes the store; null makes a new one. Never fails: what is refused is an outcome. */
export async function importStore(foundation: Foundation, carried: BundledStore, storeId: string | null, discardDraft: boolean): Promise<Outcome> {
  const refused = (fault: Fault): Outcome => ({ id: null, outcome: "refused", revision: null, missing: [], fault });
  const { store } = foundation;
  const stored = storeId === null ? null : store.identityStores.get(storeId);
  if (storeId !== null && stored === null) return refused(gone("identity-store"));
  const arrival = await planArrival(foundation, stored?.document ?? null, carried);
  const { missing, issues, changes, planned } = arrival;
  if (issues.length > 0) return refused({ kind: "invalid", issues: inJson([...issues]) });
  if (stored !== null && changes.length === 0 && missing.length === 0) return { id: stored.id, outcome: "same", revision: stored.revision, missing: [], fault: null };
  if (stored !== null && !discardDraft && store.drafts.version(stored.id) !== null) return refused({ kind: "unsaved-work" });
  const sealed = await sealDocument(foundation, planned);
  if (!sealed.ok) return refused(sealed.fault);
  const waiting = missing.length > 0 ? sealed.value.messaging : null;
  const document = waiting === null ? sealed.value : { ...sealed.value, messaging: stored?.document.messaging ?? null };
  const written = stored === null ? await create(foundation, document) : await save(foundation, stored, document, discardDraft);
  if (!written.ok) return refused(written.fault);
  const { id, revision } = written.value;
  if (waiting === null) return { id, outcome: stored === null ? "created" : "saved", revision, missing: [...missing], fault: null };
  const draft = await keepAsDraft(foundation, id, waiting);
  return { id, outcome: "draft", revision, missing: [...missing], fault: draft.ok ? null : draft.fault };
}

function noteOf({ ports, providers }: Foundation, before: StoreDocument | null, after: StoreDocument): SaveNote {
  return { who: ports.user, at: ports.clock.now(), action: "imported", changes: documentChanges(providers, before, after), tested: { state: "untested" } };
}

interface Written {
  readonly id: string;
  readonly revision: number;
}

async function create(foundation: Foundation, document: StoreDocument): Promise<Result<Written>> {
  const created = await foundation.store.identityStores.create(document, noteOf(foundation, null, document));
  if (!created.ok) return created;
  foundation.record({ kind: "store-created", storeId: created.value.id, storeName: document.name, subject: null, detail: null });
  return succeed({ id: created.value.id, revision: 1 });
}

/** Where all that is new waits as a draft there is nothing to save. */
async function save(foundation: Foundation, stored: StoredIdentityStore, document: StoreDocument, discardDraft: boolean): Promise<Result<Written>> {
  if (isDeepStrictEqual(document, stored.document)) return succeed({ id: stored.id, revision: stored.revision });
  const saved = await foundation.store.identityStores.save(stored.id, document, stored.revision, noteOf(foundation, stored.document, document), discardDraft ? "dropped" : { version: null });
  if (!saved.ok) return saved.fault.kind === "draft-changed" ? fail({ kind: "unsaved-work" }) : saved;
  const { revision } = saved.value;
  foundation.record({ kind: "store-applied", storeId: stored.id, storeName: document.name, subject: String(revision), detail: null });
  return succeed({ id: stored.id, revision });
}

/** The messaging part as unsaved work, in which the editor says what it lacks. */
async function keepAsDraft(foundation: Foundation, id: string, form: SealedMessaging): Promise<Result<null>> {
  const drafts = new DraftBook(foundation);
  const open = drafts.open(id);
  if (!open.ok) return open;
  const { provider, variant } = form.configuration;
  const { draft } = open.value;
  const written = await drafts.write(open.value, { ...draft, choice: { provider, variant }, forms: { ...draft.forms, [provider]: form } });
  return written.ok ? succeed(null) : written;
}
