/** Messaging providers that jobs have of their own: each is stored beside the identity stores, under its job's id, and is listed as none of them. */
import { succeed } from "../../shared/fault.ts";
import { refuseMissingStore } from "./refusals.ts";
import type { IdentityStores, StoredIdentityStore, StoresAndProviders } from "./types.ts";

/**
 * A job's own provider has drafts, revisions and secrets as an identity store has them; its directory is always the one of the identity
 * store that the job writes to. Where that, or the job, is gone, it is gone as well.
 */
export function withJobProviders(stored: IdentityStores): StoresAndProviders {
  /** As services see it; null where nothing uses it any more. */
  const seen = (one: StoredIdentityStore): StoredIdentityStore | null => {
    const { providerFor } = one.document;
    if (providerFor === undefined) return one;
    const owner = stored.get(providerFor)?.document;
    const job = owner?.jobs?.find(({ id }) => id === one.id);
    if (owner === undefined || job === undefined) return null;
    const { connection, directoryPassword } = owner;
    return { ...one, document: { ...one.document, name: `${owner.name}: ${job.name}`, connection, directoryPassword } };
  };
  const all = () => stored.list().flatMap((one) => seen(one) ?? []);
  return {
    ...stored,
    list: () => stored.list().filter(({ document }) => document.providerFor === undefined),
    all,
    get: (id) => {
      const found = stored.get(id);
      return found === null ? null : seen(found);
    },
    ownerOf: (id) => stored.get(id)?.document.providerFor ?? id,
    provide: async (storeId, job, note) => {
      if (stored.get(job)?.document.providerFor === storeId) return succeed(null);
      const owner = stored.get(storeId);
      if (owner === null) return refuseMissingStore();
      // Names are one store's each, and a job's may change: nobody sees this one.
      const made = await stored.create({ name: job, connection: owner.document.connection, directoryPassword: null, messaging: null, providerFor: storeId }, note, job);
      return made.ok ? succeed(null) : made;
    },
    save: (id, document, ...more) => {
      const before = stored.get(id)?.document;
      if (before?.providerFor === undefined) return stored.save(id, document, ...more);
      const { name, connection, providerFor } = before;
      return stored.save(id, { ...document, name, connection, directoryPassword: null, providerFor }, ...more);
    },
    remove: async (id) => {
      // Looked for before: a team's database tells of a removal a moment later.
      const unused = stored.list().filter((one) => one.id !== id && (one.document.providerFor === id || seen(one) === null));
      const removed = await stored.remove(id);
      if (removed.ok) for (const one of unused) await stored.remove(one.id);
      return removed;
    },
  };
}

