/** Identity stores: the list, their life, their connection to the directory, their history. */
import { randomUUID } from "node:crypto";
import { isDeepStrictEqual } from "node:util";
import type { PresentedCertificate } from "../../shared/contract/stores.ts";
import { progress, rungProgress } from "../../shared/contract/progress.ts";
import { fail, succeed, type Issue, type Result } from "../../shared/fault.ts";
import type { Revision, RevisionPage } from "../../shared/model/draft.ts";
import type { SearchedWord } from "../../shared/model/search.ts";
import type { LdapSecurity, StoreConnection, StoreDetail } from "../../shared/model/identity-store.ts";
import type { RungResult } from "../../shared/model/mail-server.ts";
import { readConnection } from "../../shared/rules/connection.ts";
import { connectionPlace } from "../../shared/rules/lending.ts";
import { holdsWords } from "../../shared/rules/searched.ts";
import { textIssue } from "../../shared/rules/plain-text.ts";
import type { Ports } from "../ports.ts";
import type { SecretReference, StoreDocument, StoredIdentityStore } from "../store/types.ts";
import { documentChanges } from "./forms.ts";
import { gone, type DirectoryDependencies, type Foundation, type WorkOptions } from "./rooms.ts";
import { DIRECTORY_PASSWORD, lendingIssue, openText, sealText } from "./secrets.ts";
import { storeDetail } from "./views.ts";

function passwordIssue(password: string | null): Issue | null {
  return password === null ? null : textIssue(["password"], password, "secret");
}

interface RevisionQuestion {
  /** The revision before which the page begins; null for the newest. */
  readonly before: number | null;
  readonly most: number;
  readonly words: readonly SearchedWord[];
}

/** The newest revision after a save, and whether it is a new one: what changes nothing makes none. */
interface Saved {
  readonly revision: number;
  readonly changed: boolean;
}

type Action = "created" | "renamed" | "connection" | "restored" | "duplicated";

export class IdentityStoresService {
  readonly #foundation: Foundation;

  constructor(foundation: Foundation) {
    this.#foundation = foundation;
  }

  get(id: string): Result<StoreDetail> {
    const stored = this.#foundation.store.identityStores.get(id);
    return stored === null ? fail(gone("identity-store")) : succeed(storeDetail(this.#foundation, stored));
  }

  /** Works without any network. Fails with `invalid` (`name-taken`) or `not-stored`. */
  async create(name: string, typed: StoreConnection, password: string | null, prepareOnly = false): Promise<Result<{ id: string }>> {
    const unseen = textIssue(["name"], name) ?? passwordIssue(password);
    if (unseen !== null) return fail({ kind: "invalid", issues: [unseen] });
    const connection = readConnection(typed);
    if (!connection.ok) return connection;
    const sealed = await this.#seal(password, null);
    if (!sealed.ok) return sealed;
    return this.#create({ name, connection: connection.value, directoryPassword: sealed.value, messaging: null }, "created", prepareOnly);
  }

  /** A copy with everything saved, secrets included; jobs and the draft stay with the original. */
  async duplicate(id: string, name: string): Promise<Result<{ id: string }>> {
    const stored = this.#stored(id);
    if (!stored.ok) return stored;
    const unseen = textIssue(["name"], name);
    if (unseen !== null) return fail({ kind: "invalid", issues: [unseen] });
    // Two jobs would do the rows of one source twice.
    const { jobs: _jobs, ...document } = stored.value.document;
    // Whoever wants nothing asked for the one does not want it for its copy.
    return this.#create({ ...document, name }, "duplicated", this.#foundation.prepareOnly.has(id));
  }

  async rename(id: string, name: string): Promise<Result<Saved>> {
    const stored = this.#stored(id);
    if (!stored.ok) return stored;
    const unseen = textIssue(["name"], name);
    if (unseen !== null) return fail({ kind: "invalid", issues: [unseen] });
    return this.#save(stored.value, { ...stored.value.document, name }, stored.value.revision, "renamed");
  }

  /** Puts a store offline by hand: nothing is asked for it from this computer, and what is under way ends; or takes that back. */
  async setPrepareOnly(id: string, on: boolean): Promise<Result<null>> {
    const stored = this.#stored(id);
    if (!stored.ok) return stored;
    const { prepareOnly, record } = this.#foundation;
    if (prepareOnly.has(id) === on) return succeed(null);
    const kept = await prepareOnly.set(id, on);
    if (kept.ok) record({ kind: on ? "prepare-only-began" : "prepare-only-ended", storeId: id, storeName: stored.value.document.name, subject: null, detail: null });
    return kept;
  }

  /** Deletes a store with its draft and history. Fails with `invalid` when the name is not the store's. */
  async remove(id: string, confirmName: string): Promise<Result<null>> {
    const stored = this.#stored(id);
    if (!stored.ok) return stored;
    const { name } = stored.value.document;
    if (confirmName !== name) return fail({ kind: "invalid", issues: [{ path: ["confirmName"], code: "name-differs" }] });
    const removed = await this.#foundation.store.identityStores.remove(id);
    // Its id is nobody's any more: a mark that could not be taken away does no harm.
    if (removed.ok) await this.#foundation.prepareOnly.set(id, false);
    if (removed.ok) this.#foundation.record({ kind: "store-removed", storeId: null, storeName: name, subject: null, detail: null });
    return removed;
  }

  /**
   * A null password keeps the stored one where the new connection may have it, the empty text clears it. Fails with
   * `conflict`, and with `invalid` (`enter-again-…`) where the stored one is not lent.
   */
  async updateConnection(id: string, typed: StoreConnection, password: string | null, expectedRevision: number): Promise<Result<Saved>> {
    const stored = this.#stored(id);
    if (!stored.ok) return stored;
    const { document } = stored.value;
    if (typed.kind !== document.connection.kind) {
      return fail({ kind: "invalid", issues: [{ path: ["connection", "kind"], code: "kind-is-fixed" }] });
    }
    const connection = readConnection(typed);
    if (!connection.ok) return connection;
    const unseen = passwordIssue(password);
    if (unseen !== null) return fail({ kind: "invalid", issues: [unseen] });
    const lent = password === null ? this.#lent(document, connection.value) : succeed(null);
    if (!lent.ok) return lent;
    const sealed = await this.#seal(password, document.directoryPassword);
    if (!sealed.ok) return sealed;
    return this.#save(stored.value, { ...document, connection: connection.value, directoryPassword: sealed.value }, expectedRevision, "connection");
  }

  /**
   * Climbs the directory's ladder, rung by rung. `id` lends the stored password when `password` is null, to the
   * connection it was stored for or a stricter one; to another it fails with `invalid` (`enter-again-…`).
   */
  async test(id: string | null, typed: StoreConnection, password: string | null, options: WorkOptions): Promise<Result<null>> {
    const read = readConnection(typed);
    if (!read.ok) return read;
    const connection = read.value;
    const deps = this.#directoryDependencies(id);
    if (!deps.ok) return deps;
    const onRung = (rung: RungResult) => options.progress(rungProgress(rung));
    if (connection.kind === "entra-id") return this.#foundation.directory.testTenant(connection, deps.value, { signal: options.signal, onRung });
    const secret = password === null && id !== null ? this.#password(id, connection) : succeed(password);
    if (!secret.ok) return secret;
    const { domain, username } = connection;
    const gateway = this.#foundation.directory.createDirectoryGateway(connection, deps.value);
    const session = await gateway.open({
      domain,
      username,
      password: secret.value ?? "",
      signal: options.signal,
      onTrying: (host) => options.progress(progress("trying-controller", { detail: host })),
      onRung,
    });
    if (!session.ok) return session;
    await session.value.close();
    return succeed(null);
  }

  /** `id` is the store whose settings they are to be; null for one that is not there yet. */
  async findControllers(id: string | null, domain: string, dnsServer: string | null, signal: AbortSignal): Promise<Result<{ host: string; port: number }[]>> {
    const deps = this.#directoryDependencies(id);
    if (!deps.ok) return deps;
    const found = await this.#foundation.directory.findControllers(domain, dnsServer, deps.value, signal);
    return found.ok ? succeed(found.value.map(({ host, port }) => ({ host, port }))) : found;
  }

  async presentedCertificate(
    id: string | null,
    request: { readonly host: string; readonly domain: string; readonly dnsServer: string | null; readonly security: LdapSecurity },
    signal: AbortSignal,
  ): Promise<Result<PresentedCertificate>> {
    const deps = this.#directoryDependencies(id);
    return deps.ok ? this.#foundation.directory.presentedCertificate(request, deps.value, signal) : deps;
  }

  /** Newest first, a page at a time: who saved, what was done, and what changed from what to what is searched. */
  async revisions(id: string, { before, most, words }: RevisionQuestion = { before: null, most: 200, words: [] }): Promise<Result<RevisionPage>> {
    const stored = this.#stored(id);
    if (!stored.ok) return stored;
    const holds = ({ action, who, changes }: Revision) =>
      holdsWords(words, action, [who, ...changes.flatMap((change) => [change.key, change.before, change.after])]);
    const found = await this.#foundation.store.identityStores.revisions(id, { before, most: most + 1, holds });
    const revisions = found.slice(0, most);
    return succeed({ revisions, next: found.length > most ? (revisions.at(-1)?.number ?? null) : null, newest: stored.value.revision });
  }

  /** Going back is a new revision, where it changes anything. The draft stays, and so do the jobs: none is begun anew by it. Fails with `conflict` or `not-found`. */
  async restore(id: string, number: number, expectedRevision: number): Promise<Result<Saved>> {
    const stored = this.#stored(id);
    if (!stored.ok) return stored;
    const document = await this.#foundation.store.identityStores.revisionDocument(id, number);
    if (document === null) return fail(gone("revision"));
    const { jobs } = stored.value.document;
    const { jobs: _then, ...restored } = document;
    return this.#save(stored.value, jobs === undefined ? restored : { ...restored, jobs }, expectedRevision, "restored", number);
  }

  #stored(id: string): Result<StoredIdentityStore> {
    const stored = this.#foundation.store.identityStores.get(id);
    return stored === null ? fail(gone("identity-store")) : succeed(stored);
  }

  async #seal(password: string | null, kept: SecretReference | null): Promise<Result<SecretReference | null>> {
    if (password === null) return succeed(kept);
    return password === "" ? succeed(null) : sealText(this.#foundation.store.vault, DIRECTORY_PASSWORD, password);
  }

  /** Fails where a stored password is not lent to a connection. */
  #lent(document: StoreDocument, connection: StoreConnection): Result<null> {
    if (document.directoryPassword === null) return succeed(null);
    const issue = lendingIssue("password", connectionPlace(document.connection), connectionPlace(connection));
    return issue === null ? succeed(null) : fail({ kind: "invalid", issues: [issue] });
  }

  #password(id: string, connection: StoreConnection): Result<string | null> {
    const stored = this.#stored(id);
    if (!stored.ok) return stored;
    const { document } = stored.value;
    const lent = this.#lent(document, connection);
    return lent.ok ? openText(this.#foundation.store.vault, DIRECTORY_PASSWORD, document.directoryPassword) : lent;
  }

  #directoryDependencies(id: string | null): Result<DirectoryDependencies & Pick<Ports, "proxy">> {
    const { reach, ports } = this.#foundation;
    const ways = reach.of(id);
    if (!ways.ok) return ways;
    const { resolver, proxy } = ways.value;
    const { clock, logger } = ports;
    return succeed({ resolver, proxy, clock, logger });
  }

  async #create(document: StoreDocument, action: Action, prepareOnly: boolean): Promise<Result<{ id: string }>> {
    const { store, ports, record, prepareOnly: held } = this.#foundation;
    const id = randomUUID();
    // Before the store is there: no check may slip in, and where it cannot be kept there is no store that is asked.
    const kept = prepareOnly ? await held.set(id, true) : succeed(null);
    if (!kept.ok) return kept;
    const note = { who: ports.user, at: ports.clock.now(), action, changes: documentChanges(this.#foundation.providers, null, document), tested: { state: "untested" } } as const;
    const created = await store.identityStores.create(document, note, id);
    if (!created.ok) {
      if (prepareOnly) await held.set(id, false);
      return created;
    }
    const event = { storeId: id, storeName: document.name, subject: null, detail: null };
    record({ ...event, kind: "store-created" });
    if (prepareOnly) record({ ...event, kind: "prepare-only-began" });
    return succeed({ id });
  }

  async #save(
    stored: StoredIdentityStore,
    document: StoreDocument,
    expectedRevision: number,
    action: Action,
    restoredFrom?: number,
  ): Promise<Result<Saved>> {
    const { store, ports, record } = this.#foundation;
    // Saving what is there already leaves no trace in the history, however often it is pressed.
    if (stored.revision === expectedRevision && isDeepStrictEqual(stored.document, document)) return succeed({ revision: stored.revision, changed: false });
    const note = {
      who: ports.user,
      at: ports.clock.now(),
      action,
      changes: documentChanges(this.#foundation.providers, stored.document, document),
      tested: action === "restored" ? ({ state: "untested" } as const) : stored.tested,
      ...(restoredFrom === undefined ? {} : { restoredFrom }),
    };
    const saved = await store.identityStores.save(stored.id, document, expectedRevision, note, "kept");
    if (!saved.ok) return saved;
    const { revision } = saved.value;
    record({ kind: `store-${action}`, storeId: stored.id, storeName: document.name, subject: String(revision), detail: null });
    return succeed({ revision, changed: true });
  }
}
