/** Messaging providers that jobs have of their own: each is stored beside the identity stores, and listed as none of them. */
import { succeed, type Result } from "../../shared/fault.ts";
import { refuseMissingStore } from "./refusals.ts";
import type { IdentityStores, SaveNote, StoredIdentityStore, StoreDocument } from "./types.ts";

/** Identity stores, and the messaging providers that jobs have of their own: those are got and saved by their ids, and never listed. */
export interface StoresAndProviders extends IdentityStores {
  /** Identity stores with the providers of jobs. */
  all(): readonly StoredIdentityStore[];
  /** The identity store that a job's provider belongs to; of anything else the id itself. */
  ownerOf(id: string): string;
  /** The id of a job's own provider; null where it has none. */
  providerOf(storeId: string, job: string): string | null;
  /** Makes room for a job's own provider, where there is none, and answers its id. Fails with `not-found`, and as storing does. */
  provide(storeId: string, job: string, note: SaveNote): Promise<Result<{ readonly id: string }>>;
}

/**
 * A job's own provider has drafts, revisions and secrets as an identity store has them; its directory is always the one of the identity
 * store that the job writes to. Where that, or the job, is gone, it is gone as well.
 */
export function withJobProviders(stored: IdentityStores): StoresAndProviders {
  /** A document as services see it; null where nothing uses it any more. */
  const seenDocument = (document: StoreDocument): StoreDocument | null => {
    const { providerFor } = document;
    if (providerFor === undefined) return document;
    const owner = stored.get(providerFor.store)?.document;
    const job = owner?.jobs?.find(({ id }) => id === providerFor.job);
    if (owner === undefined || job === undefined) return null;
    const { connection, directoryPassword } = owner;
    return { ...document, name: `${owner.name}: ${job.name}`, connection, directoryPassword };
  };
  const seen = (one: StoredIdentityStore): StoredIdentityStore | null => {
    const document = seenDocument(one.document);
    return document === one.document ? one : document === null ? null : { ...one, document };
  };
  const isProvider = ({ document }: StoredIdentityStore) => document.providerFor !== undefined;
  const providerOf = (storeId: string, job: string): string | null =>
    stored.list().find(({ document: { providerFor } }) => providerFor?.store === storeId && providerFor.job === job)?.id ?? null;
  return {
    ...stored,
    list: () => stored.list().filter((one) => !isProvider(one)),
    all: () => stored.list().flatMap((one) => seen(one) ?? []),
    get: (id) => {
      const found = stored.get(id);
      return found === null ? null : seen(found);
    },
    revisionDocument: async (id, number) => {
      const document = await stored.revisionDocument(id, number);
      return document === null ? null : seenDocument(document);
    },
    ownerOf: (id) => stored.get(id)?.document.providerFor?.store ?? id,
    providerOf,
    provide: async (storeId, job, note) => {
      const known = providerOf(storeId, job);
      if (known !== null) return succeed({ id: known });
      const owner = stored.get(storeId);
      if (owner === null) return refuseMissingStore();
      // Names are one store's each, and a job's may change: nobody sees this one.
      return stored.create({ name: `${storeId} ${job}`, connection: owner.document.connection, directoryPassword: null, messaging: null, providerFor: { store: storeId, job } }, note);
    },
    save: (id, document, ...more) => {
      const before = stored.get(id)?.document;
      if (before?.providerFor === undefined) return stored.save(id, document, ...more);
      const { name, connection, providerFor } = before;
      return stored.save(id, { ...document, name, connection, directoryPassword: null, providerFor }, ...more);
    },
    remove: async (id) => {
      // Looked for before: a team's database tells of a removal a moment later.
      const unused = stored.list().filter((one) => one.id !== id && (one.document.providerFor?.store === id || seen(one) === null));
      const removed = await stored.remove(id);
      if (removed.ok) for (const one of unused) await stored.remove(one.id);
      return removed;
    },
  };
}
