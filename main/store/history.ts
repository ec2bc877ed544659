/** Whole histories, taken out of one store and into another as they are. */
import { randomUUID } from "node:crypto";
import { fail, succeed, type Result } from "../../shared/fault.ts";
import { nameKey } from "../../shared/rules/name-key.ts";
import type { Changes } from "./changes.ts";
import { numberOf } from "./columns.ts";
import type { Engine } from "./engine.ts";
import { refuseTakenName } from "./refusals.ts";
import { DamagedRow, insertRevision, readRevision } from "./revision-rows.ts";
import { secretsOfDocument, storeDocumentSchema } from "./schemas.ts";
import { all, get, run, type Steps } from "./steps.ts";
import { refuse } from "./team/roster.ts";
import type { Seals } from "./team/seals.ts";
import type { RevisionRecord, StoreHistories, WholeStore } from "./types.ts";
import { decodeWhole } from "./unknown-fields.ts";

/** Fails with `roster-refused` where one is not as it was signed. */
function* recordsOf(id: string, seals: Seals | null): Steps<Result<readonly RevisionRecord[]>> {
  const isGenuine = seals === null ? null : yield* seals.history(id, 0);
  const numbers = (yield* all("SELECT number FROM revision WHERE store_id = ? ORDER BY number", id)).map((row) => numberOf(row, "number"));
  const records: RevisionRecord[] = [];
  for (const number of numbers) {
    const row = yield* readRevision(id, number);
    if (row === null) continue;
    if (isGenuine?.(row, row.document) === false) return refuse("revision-altered");
    const { storeId: _store, ...record } = row;
    records.push({ ...record, decoded: decodeWhole(storeDocumentSchema, record.document).value });
  }
  return succeed(records);
}

/** The id that a store has had, unless one that was deleted here keeps it with its history. */
function* freeId(engine: Engine, id: string): Steps<string> {
  const { deletedStore } = engine.words;
  return deletedStore !== null && (yield* get(deletedStore, id)) !== null ? randomUUID() : id;
}

/** A job's own provider belongs to its identity store under the id that this has here. */
function ofOwner(revision: RevisionRecord, ids: ReadonlyMap<string, string>): RevisionRecord {
  const { providerFor } = revision.decoded;
  const store = ids.get(providerFor?.store ?? "");
  if (providerFor === undefined || store === undefined || store === providerFor.store) return revision;
  const decoded = { ...revision.decoded, providerFor: { ...providerFor, store } };
  return { ...revision, document: JSON.stringify(decoded), decoded };
}

function* adoptOne({ engine, seals }: Omit<Dependencies, "changes">, { id: before, revisions }: WholeStore): Steps<Result<string>> {
  const newest = revisions.at(-1);
  if (newest === undefined) return fail({ kind: "not-found", what: "revision" });
  if ((yield* get("SELECT 1 AS found FROM identity_store WHERE id = ?", before)) !== null) return fail({ kind: "unsupported", why: "store-is-there" });
  const key = nameKey(newest.decoded.name);
  const id = yield* freeId(engine, before);
  if ((yield* get("SELECT 1 AS found FROM identity_store WHERE name_key = ?", key)) !== null) return refuseTakenName();
  yield* run("INSERT INTO identity_store (id, name_key, revision) VALUES (?, ?, ?)", id, key, newest.number);
  for (const revision of revisions) {
    yield* insertRevision({ ...revision, storeId: id });
    for (const secret of secretsOfDocument(revision.decoded)) {
      yield* run("INSERT INTO revision_secret (store_id, number, secret_id) VALUES (?, ?, ?)", id, revision.number, secret);
    }
  }
  const sealed = seals === null ? null : yield* seals.sealHistory(revisions.map((revision) => ({ ...revision, storeId: id })));
  return sealed?.ok === false ? sealed : succeed(id);
}

interface Dependencies {
  readonly engine: Engine;
  readonly changes: Changes;
  /** Null where nobody but this account has the data in hand. */
  readonly seals: Seals | null;
}

export function createHistories({ engine, changes, seals }: Dependencies): StoreHistories {
  return {
    read: async (id) => {
      try {
        return await engine.read(() => recordsOf(id, seals));
      } catch (error) {
        if (error instanceof DamagedRow) return fail({ kind: "unreadable", what: "database-damaged" });
        throw error;
      }
    },
    adopt: async (stores) => {
      const adopted = await engine.write<ReadonlyMap<string, string>>(function* adoptAll() {
        const ids = new Map<string, string>();
        for (const store of stores) {
          const id = yield* adoptOne({ engine, seals }, { ...store, revisions: store.revisions.map((revision) => ofOwner(revision, ids)) });
          if (!id.ok) return id;
          ids.set(store.id, id.value);
        }
        return succeed(ids);
      });
      if (adopted.ok) changes.announce();
      return adopted;
    },
  };
}
