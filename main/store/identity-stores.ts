/** Identity stores and their revisions. A revision is never changed; every save adds one, numbered without gaps. */
import { randomUUID } from "node:crypto";
import { fail, succeed, type Changed, type Result } from "../../shared/fault.ts";
import type { Revision } from "../../shared/model/draft.ts";
import { nameKey } from "../../shared/rules/name-key.ts";
import type { Logger } from "../ports.ts";
import type { Changes } from "./changes.ts";
import { numberOf, textOf } from "./columns.ts";
import type { Engine } from "./engine.ts";
import { refuseChangedDraft, refuseInvalid, refuseMissingStore, refuseTakenName } from "./refusals.ts";
import { DamagedRow, entriesBefore, insertRevision, readDraftVersion, readEntry, readRevision, type RevisionEntry } from "./revision-rows.ts";
import { changesSchema, secretsOfDocument, storeDocumentSchema, testedSchema } from "./schemas.ts";
import { all, get, run, type Steps } from "./steps.ts";
import { readAhead, readIdentityStore, readStoreRows, type Decoded, type ReadAhead, type Reading } from "./store-reading.ts";
import type { Seals } from "./team/seals.ts";
import type { DraftFate, IdentityStores, SaveNote, StoredIdentityStore, StoreDocument } from "./types.ts";
import { decodeWhole, keepUnknown } from "./unknown-fields.ts";
import { removeUnusedSecrets } from "./vault.ts";

/** Revisions are read so many at a time. */
const CHUNK = 200;
/** Where more than this part of the identity stores is to be read, all are read ahead. */
const AHEAD = 1 / 4;

function* newestRevision(id: string): Steps<number | null> {
  const row = yield* get("SELECT revision FROM identity_store WHERE id = ?", id);
  return row === null ? null : numberOf(row, "revision");
}

function* nameIsTaken(key: string, exceptId: string): Steps<boolean> {
  return (yield* get("SELECT 1 AS found FROM identity_store WHERE name_key = ? AND id <> ?", key, exceptId)) !== null;
}

interface Written {
  readonly document: StoreDocument;
  readonly json: string;
  readonly note: SaveNote;
  readonly seals: Seals | null;
  /** The hash of the revision before, where there are seals and one. */
  readonly previous: string | null;
}

/** What is written of a document, signed where `seals` sign. Fails with `roster-refused`. */
function* addRevision(storeId: string, number: number, { document, json, note, seals, previous }: Written): Steps<Result<null>> {
  const row = {
    storeId,
    number,
    at: note.at,
    who: note.who,
    action: note.action,
    restoredFrom: note.restoredFrom ?? null,
    changes: JSON.stringify(note.changes),
    tested: JSON.stringify(note.tested),
    document: json,
  };
  yield* insertRevision(row);
  for (const secret of secretsOfDocument(document)) {
    yield* run("INSERT INTO revision_secret (store_id, number, secret_id) VALUES (?, ?, ?)", storeId, number, secret);
  }
  return seals === null ? succeed(null) : yield* seals.seal(row, previous);
}

/** Who saved last, when, and everything that was changed since the revision the other one started from. */
function* conflict(id: string, newest: number, expected: number): Steps<Result<never>> {
  const last = yield* readEntry(id, newest);
  if (last === null) throw new DamagedRow(`store ${id} has lost its newest revision`);
  const changed = new Map<string, Changed>();
  for (const row of yield* all("SELECT changes FROM revision WHERE store_id = ? AND number > ? ORDER BY number", id, expected)) {
    for (const { key, provider } of changesSchema.parse(JSON.parse(textOf(row, "changes")))) changed.set(`${provider} ${key}`, { key, provider });
  }
  return fail({ kind: "conflict", revision: newest, by: last.who, at: last.at, changes: [...changed.values()] });
}

function toRevision(row: RevisionEntry): Revision {
  return {
    number: row.number,
    at: row.at,
    who: row.who,
    action: row.action,
    restoredFrom: row.restoredFrom,
    changes: changesSchema.parse(JSON.parse(row.changes)),
    tested: testedSchema.parse(JSON.parse(row.tested)).state,
  };
}

interface SaveRequest {
  readonly id: string;
  readonly document: StoreDocument;
  /** The document as the schema decodes it. */
  readonly checked: StoreDocument;
  readonly expectedRevision: number;
  readonly note: SaveNote;
  readonly fate: DraftFate;
}

interface Dependencies {
  readonly engine: Engine;
  readonly changes: Changes;
  readonly logger: Logger;
  /** Null where nobody but this account has the data in hand. */
  readonly seals: Seals | null;
}

export function createIdentityStores({ engine, changes, logger, seals }: Dependencies): IdentityStores {
  /** Revisions never change, so what was decoded once stays right for its number. */
  const decoded = new Map<string, Decoded>();

  let era = seals?.era();

  function* loadDecoded(id: string, revision: number, reading: Reading): Steps<Result<Decoded | null>> {
    if (era !== seals?.era()) {
      decoded.clear();
      era = seals?.era();
    }
    const refused = seals?.refusal() ?? null;
    const known = decoded.get(id);
    if (refused === null && known?.store.revision === revision) return succeed(known);
    const read = refused !== null ? fail(refused) : yield* readIdentityStore(id, revision, seals, reading);
    // What is only seen in a transaction is judged again, and remembered, once it is held.
    if (reading.where === "transaction") return read;
    seals?.mark(id, known?.store.document.name ?? null, read.ok ? null : read.fault);
    if (read.ok && read.value !== null) decoded.set(id, read.value);
    return read;
  }
  const load = (id: string, revision: number, ahead: ReadAhead | null = null): StoredIdentityStore | null => {
    const read = engine.now(loadDecoded(id, revision, { where: "held", ahead }));
    return read.ok ? (read.value?.store ?? null) : null;
  };

  /** What is stored for a document: with the fields of the newest revision that this build does not know. Going back takes none along. */
  const whole = (document: StoreDocument, before: Decoded | null, action: SaveNote["action"]): StoreDocument =>
    before?.hasUnknown === true && action !== "restored" ? keepUnknown(storeDocumentSchema, before.store.document, document) : document;

  /** An old revision that is damaged is missing from the history; the rest of it still serves. */
  const damaged = (error: unknown): null => {
    if (!(error instanceof DamagedRow)) throw error;
    logger.error("a revision is damaged", { why: error.message });
    return null;
  };
  const readable = <T>(read: () => T): T | null => {
    try {
      return read();
    } catch (error) {
      return damaged(error);
    }
  };

  const create = async (document: StoreDocument, note: SaveNote, id: string = randomUUID()): Promise<Result<{ readonly id: string }>> => {
    const checked = storeDocumentSchema.safeParse(document);
    if (!checked.success) return refuseInvalid(checked.error);
    // A duplicate takes along what this build does not know of the original.
    const json = JSON.stringify(keepUnknown(storeDocumentSchema, document, checked.data));
    return engine.write<{ readonly id: string }>(function* createStore() {
      const key = nameKey(checked.data.name);
      if (yield* nameIsTaken(key, id)) return refuseTakenName();
      yield* run("INSERT INTO identity_store (id, name_key, revision) VALUES (?, ?, 1)", id, key);
      const added = yield* addRevision(id, 1, { document: checked.data, json, note, seals, previous: null });
      return added.ok ? succeed({ id }) : added;
    });
  };

  /**
   * Not a generator made anew in each save: V8 keeps a map of each such function, and through it the documents that the function saw,
   * until its old generation is collected.
   */
  function* saveStore({ id, document, checked, expectedRevision, note, fate }: SaveRequest): Steps<Result<{ readonly revision: number; readonly saved: Decoded | null }>> {
    const newest = yield* newestRevision(id);
    if (newest === null) return refuseMissingStore();
    // Who saved meanwhile, and what, is said of what is believed.
    const read = yield* loadDecoded(id, newest, { where: "transaction", ahead: null });
    if (!read.ok) return read;
    const before = read.value;
    if (newest !== expectedRevision) return yield* conflict(id, newest, expectedRevision);
    if (typeof fate === "object" && (yield* readDraftVersion(id)) !== fate.version) return refuseChangedDraft();
    const key = nameKey(checked.name);
    if (yield* nameIsTaken(key, id)) return refuseTakenName();
    const revision = newest + 1;
    yield* run("UPDATE identity_store SET name_key = ?, revision = ? WHERE id = ?", key, revision, id);
    const stored = whole(note.action === "restored" ? document : checked, before, note.action);
    const added = yield* addRevision(id, revision, { document: stored, json: JSON.stringify(stored), note, seals, previous: before?.hash ?? null });
    if (!added.ok) return added;
    if (fate !== "kept") yield* run("DELETE FROM draft WHERE store_id = ?", id);
    if (before === null) return succeed({ revision, saved: null });
    const store = { id, revision, document: stored, tested: note.tested, createdAt: before.store.createdAt, updatedAt: note.at };
    return succeed({ revision, saved: { store, hasUnknown: before.hasUnknown || note.action === "restored", hash: null } });
  }

  const save: IdentityStores["save"] = async (id, document, expectedRevision, note, fate) => {
    const checked = storeDocumentSchema.safeParse(document);
    if (!checked.success) return refuseInvalid(checked.error);
    const result = await engine.write(() => saveStore({ id, document, checked: checked.data, expectedRevision, note, fate }), id);
    if (!result.ok) return result;
    const { revision, saved } = result.value;
    // What is signed is judged as it comes back, like everybody else's.
    if (saved !== null && seals === null) decoded.set(id, saved);
    return succeed({ revision });
  };

  const remove = (id: string): Promise<Result<null>> =>
    engine.write<null>(function* removeStore() {
      const allowed = seals === null ? null : yield* seals.mayWrite();
      if (allowed?.ok === false) return allowed;
      const used = yield* all("SELECT secret_id FROM revision_secret WHERE store_id = ? UNION SELECT secret_id FROM draft_secret WHERE store_id = ?", id, id);
      if ((yield* run("DELETE FROM identity_store WHERE id = ?", id)) === 0) return refuseMissingStore();
      yield* removeUnusedSecrets(used.map((row) => textOf(row, "secret_id")));
      return succeed(null);
    });

  const announced = async <T>(writing: Promise<Result<T>>): Promise<Result<T>> => {
    const result = await writing;
    if (result.ok) changes.announce();
    return result;
  };

  return {
    list: () => {
      const rows = engine.now(all("SELECT id, revision FROM identity_store ORDER BY name_key"));
      const unread = rows.filter((row) => decoded.get(textOf(row, "id"))?.store.revision !== numberOf(row, "revision")).length;
      const isSigned = seals !== null;
      const ahead = unread > rows.length * AHEAD ? readAhead(engine.arrived() ?? engine.now(readStoreRows(isSigned)), isSigned) : null;
      const stores = rows.map((row) => load(textOf(row, "id"), numberOf(row, "revision"), ahead)).filter((store) => store !== null);
      seals?.forgetOthers(new Set(rows.map((row) => textOf(row, "id"))));
      const ids = new Set(stores.map((store) => store.id));
      for (const id of decoded.keys()) if (!ids.has(id)) decoded.delete(id);
      return stores;
    },
    get: (id) => {
      const revision = engine.now(newestRevision(id));
      return revision === null ? null : load(id, revision);
    },
    create: (...asked) => announced(create(...asked)),
    save: (...asked) => announced(save(...asked)),
    remove: (id) => announced(remove(id)),
    revisions: (id, { before, most, holds } = { before: null, most: Infinity, holds: () => true }) =>
      engine.read(function* history() {
        const found: Revision[] = [];
        for (let from = before ?? Number.MAX_SAFE_INTEGER; ; ) {
          const entries = yield* entriesBefore(id, from, CHUNK);
          const isGenuine = seals === null ? null : yield* seals.history(id, entries.at(-1)?.number ?? 0);
          for (const { number, decode } of entries) {
            if (found.length >= most) return found;
            from = number;
            const entry = readable(decode);
            const revision = entry === null || isGenuine?.(entry) === false ? null : toRevision(entry);
            if (revision !== null && holds(revision)) found.push(revision);
          }
          if (entries.length < CHUNK) return found;
        }
      }),
    revisionDocument: (id, number) =>
      engine.read(function* document() {
        try {
          const row = yield* readRevision(id, number);
          const isGenuine = seals === null ? null : yield* seals.history(id, number);
          return row === null || isGenuine?.(row, row.document) === false ? null : decodeWhole(storeDocumentSchema, row.document).value;
        } catch (error) {
          return damaged(error);
        }
      }),
  };
}
