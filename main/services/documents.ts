/** Whole documents: an identity store read as one, and made or changed by one in a single revision or not at all. */
import { isDeepStrictEqual } from "node:util";
import { fail, succeed, type Issue, type Result } from "../../shared/fault.ts";
import type { StoreConnection } from "../../shared/model/identity-store.ts";
import { DIRECTORY_SECRET, documentChangeSchema, newDocumentSchema, type DocumentChange, type NewDocument, type WrittenMessaging } from "../../shared/model/written-document.ts";
import { readConnection } from "../../shared/rules/connection.ts";
import { textIssue } from "../../shared/rules/plain-text.ts";
import { decodeDocument, inJson } from "../../shared/rules/read-document.ts";
import type { DraftFate, StoreDocument, StoredIdentityStore } from "../store/types.ts";
import { planMessaging, type PlannedMessaging } from "./document-messaging.ts";
import { sealDocument, type PlannedDocument } from "./document-sealing.ts";
import { messagingSecrets, planDirectoryPassword, secretNameIssues } from "./document-secrets.ts";
import { writeDocument } from "./document-writing.ts";
import type { FileHolder } from "./files.ts";
import { documentChanges, findProvider, formChanges, needsTest } from "./forms.ts";
import { PendingSecrets } from "./pending-secrets.ts";
import { gone, type Foundation } from "./rooms.ts";

export interface DocumentRequest {
  /** Decoded here. */
  readonly document?: unknown;
  /** By name. The empty text clears. */
  readonly secrets: Readonly<Record<string, string>>;
  /** Held files by the path that the document names. */
  readonly files: Readonly<Record<string, string>>;
}

export class DocumentsService {
  readonly #foundation: Foundation;
  readonly #files: FileHolder;

  constructor(foundation: Foundation, files: FileHolder) {
    this.#foundation = foundation;
    this.#files = files;
  }

  /** Fails with `not-found`. */
  read(storeId: string): Result<{ document: NewDocument; revision: number }> {
    const stored = this.#foundation.store.identityStores.get(storeId);
    if (stored === null) return fail(gone("identity-store"));
    return succeed({ document: writeDocument(this.#foundation.providers, stored.document), revision: stored.revision });
  }

  /** Creates a store as its first revision. Fails with `invalid` and every entry at fault, or `not-stored`. */
  async create(request: DocumentRequest): Promise<Result<{ id: string; name: string; revision: number }>> {
    const { store, ports, providers, record } = this.#foundation;
    const written = decodeDocument(newDocumentSchema, request.document);
    if (!written.ok) return written;
    const blank = { name: written.value.name, connection: written.value.connection, directoryPassword: null, messaging: null };
    const plan = await this.#plan(blank, written.value, request);
    if (!plan.ok) return plan;
    const sealed = await sealDocument(this.#foundation, plan.value);
    if (!sealed.ok) return sealed;
    const { name } = sealed.value;
    const note = { who: ports.user, at: ports.clock.now(), action: "created", changes: documentChanges(providers, null, sealed.value), tested: { state: "untested" } } as const;
    const created = await store.identityStores.create(sealed.value, note);
    if (!created.ok) return created;
    const { id } = created.value;
    record({ kind: "store-created", storeId: id, storeName: name, subject: null, detail: null });
    return succeed({ id, name, revision: 1 });
  }

  /**
   * Changes a store; what the document leaves out stays, and a document that says nothing new makes no revision. Fails with
   * `invalid` and every entry at fault, `conflict`, `not-stored`, or `unsaved-work` when a draft is in the way.
   */
  async apply(storeId: string, request: DocumentRequest, discardDraft: boolean): Promise<Result<{ name: string; revision: number; changed: boolean }>> {
    const stored = this.#foundation.store.identityStores.get(storeId);
    if (stored === null) return fail(gone("identity-store"));
    const written = decodeDocument(documentChangeSchema, request.document);
    if (!written.ok) return written;
    const plan = await this.#plan(stored.document, written.value, request);
    if (!plan.ok) return plan;
    const { providers, store } = this.#foundation;
    const { document, pending } = plan.value;
    const unchanged = !pending.any && isDeepStrictEqual(writeDocument(providers, stored.document), writeDocument(providers, document));
    if (unchanged) return succeed({ name: document.name, revision: stored.revision, changed: false });
    const isMessaging = !isDeepStrictEqual(stored.document.messaging, document.messaging);
    if (isMessaging && !discardDraft && store.drafts.version(storeId) !== null) return fail({ kind: "unsaved-work" });
    return this.#save(stored, plan.value, isMessaging ? (discardDraft ? "dropped" : { version: null }) : "kept");
  }

  async #save(stored: StoredIdentityStore, plan: PlannedDocument, draft: DraftFate): Promise<Result<{ name: string; revision: number; changed: boolean }>> {
    const { store, ports, providers, record } = this.#foundation;
    const sealed = await sealDocument(this.#foundation, plan);
    if (!sealed.ok) return sealed;
    const document = sealed.value;
    const { name, messaging } = document;
    const tested = messaging !== null && needsTest(formChanges(providers, stored.document.messaging, messaging)) ? ({ state: "untested" } as const) : stored.tested;
    const note = { who: ports.user, at: ports.clock.now(), action: "applied", changes: documentChanges(providers, stored.document, document), tested } as const;
    const saved = await store.identityStores.save(stored.id, document, stored.revision, note, draft);
    if (!saved.ok) return saved.fault.kind === "draft-changed" ? fail({ kind: "unsaved-work" }) : saved;
    const { revision } = saved.value;
    record({ kind: "store-applied", storeId: stored.id, storeName: name, subject: String(revision), detail: null });
    return succeed({ name, revision, changed: true });
  }

  /** What a document makes of another one, or every entry that is refused. */
  async #plan(before: StoreDocument, written: DocumentChange, request: DocumentRequest): Promise<Result<PlannedDocument>> {
    const { store, providers } = this.#foundation;
    const pending = new PendingSecrets();
    const read = planConnection(before.connection, written.connection);
    if (!read.ok) return read;
    const connection = read.value;
    const directory = planDirectoryPassword({ vault: store.vault, pending }, before, connection, request.secrets[DIRECTORY_SECRET]);
    const messaging = await this.#messaging(before, { written: written.messaging, connection, request }, pending);
    const document = { ...before, name: written.name ?? before.name, connection, directoryPassword: directory.reference, messaging: messaging.form };
    const provider = findProvider(providers, messaging.form?.configuration.provider ?? "");
    const named = textIssue(["name"], document.name);
    const issues = [
      ...(named === null ? [] : [named]),
      ...directory.issues,
      ...messaging.issues,
      // A provider that is none has no secrets to name.
      ...(written.messaging !== undefined && provider === null ? [] : secretNameIssues(written, Object.keys(request.secrets), document, provider)),
    ];
    return issues.length === 0 ? succeed({ document, pending, isFormJudged: written.messaging !== undefined }) : fail({ kind: "invalid", issues: inJson(eachOnce(issues)) });
  }

  #messaging(
    { messaging }: StoreDocument,
    { written, connection, request }: { readonly written: WrittenMessaging | undefined; readonly connection: StoreConnection; readonly request: DocumentRequest },
    pending: PendingSecrets,
  ): Promise<PlannedMessaging> {
    if (written === undefined) return Promise.resolve({ form: messaging, issues: [] });
    const file = (path: string) => {
      const token = request.files[path];
      const held = token === undefined ? null : this.#files.read(token);
      return held?.ok === true ? held.value : null;
    };
    return planMessaging(this.#foundation, { written, saved: messaging, connection, given: { secrets: messagingSecrets(request.secrets), file } }, pending);
  }
}

function planConnection(before: StoreConnection, written: StoreConnection | undefined): Result<StoreConnection> {
  if (written === undefined) return succeed(before);
  if (written.kind !== before.kind) return fail({ kind: "invalid", issues: [{ path: ["connection", "kind"], code: "kind-is-fixed" }] });
  const read = readConnection(written);
  return read.ok || read.fault.kind !== "invalid" ? read : fail({ ...read.fault, issues: inJson(eachOnce(read.fault.issues)) });
}

/** The first issue of each place. */
function eachOnce(issues: readonly Issue[]): Issue[] {
  return [...new Map(issues.toReversed().map((issue) => [issue.path.join("\n"), issue])).values()].toReversed();
}
