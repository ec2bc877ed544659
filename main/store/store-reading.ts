/** Identity stores as they are read: one by one, or many by a few statements. */
import { succeed, type Result } from "../../shared/fault.ts";
import { numberOf, textOf, type Row } from "./columns.ts";
import { DamagedRow, decodeRevision, readRevision, REVISION_COLUMNS, type RevisionRow } from "./revision-rows.ts";
import { storeDocumentSchema, testedSchema } from "./schemas.ts";
import { get, rowsOf, together, type Steps } from "./steps.ts";
import { refuse } from "./team/roster.ts";
import type { Seals } from "./team/seals.ts";
import type { StoredIdentityStore } from "./types.ts";
import { decodeWhole } from "./unknown-fields.ts";

/** What is held of every identity store: a list that asks for each of a thousand takes longer over asking than over anything else. */
export interface ReadAhead {
  /** Null where it is not the newest, or not there. Throws {@link DamagedRow}. */
  revision(storeId: string, number: number): RevisionRow | null;
  createdAt(storeId: string): number | null;
  /** Rows of its seals; none where nothing is signed. */
  seals(storeId: string): readonly Row[];
}

/** Rows of every identity store. */
export interface StoreRows {
  /** Of the newest revision, with {@link REVISION_COLUMNS}. */
  readonly newest: readonly Row[];
  /** Of the first revision, with `store_id` and `at`. */
  readonly first: readonly Row[];
  /** Of a store the newest first; none where nothing is signed. */
  readonly seals: readonly Row[];
}

const NEWEST = `SELECT ${REVISION_COLUMNS} FROM identity_store JOIN revision ON store_id = id AND number = revision`;
const FIRST = "SELECT store_id, at FROM identity_store JOIN revision ON store_id = id AND number = 1";
const SEALS = "SELECT * FROM revision_seal ORDER BY number DESC";

export function* readStoreRows(isSigned: boolean): Steps<StoreRows> {
  const [newest, first, seals] = [rowsOf(NEWEST), rowsOf(FIRST), isSigned ? rowsOf(SEALS) : null];
  const answer = yield* together([newest, first, seals]);
  return { newest: answer(newest), first: answer(first), seals: answer(seals) };
}

export function readAhead({ newest, first, seals }: StoreRows, isSigned: boolean): ReadAhead {
  const idOf = (row: Row) => textOf(row, "store_id");
  const rows = new Map(newest.map((row) => [idOf(row), row]));
  const created = new Map(first.map((row) => [idOf(row), numberOf(row, "at")]));
  const signed = Map.groupBy(seals, idOf);
  return {
    revision: (storeId, number) => {
      const row = rows.get(storeId);
      return row === undefined || numberOf(row, "number") !== number ? null : decodeRevision(row, isSigned);
    },
    createdAt: (storeId) => created.get(storeId) ?? null,
    seals: (storeId) => signed.get(storeId) ?? [],
  };
}

/** An identity store as it was decoded, and whether a newer build put more into it than this one knows. */
export interface Decoded {
  readonly store: StoredIdentityStore;
  readonly hasUnknown: boolean;
  /** Of its seal; null where there are none. */
  readonly hash: string | null;
}

/** `transaction`: as the database has it, which what is held may not be yet. */
type Where = "held" | "transaction";

function* createdAtOf(id: string): Steps<number | null> {
  const first = yield* get("SELECT at FROM revision WHERE store_id = ? AND number = 1", id);
  return first === null ? null : numberOf(first, "at");
}

/** How an identity store is read: with what others did in the transaction, or from what is held, which may have been read ahead. */
export interface Reading {
  readonly where: Where;
  readonly ahead: ReadAhead | null;
}

function* readStore(id: string, revision: number, seals: Seals | null, { where, ahead }: Reading): Steps<Result<Decoded | null>> {
  const newest = ahead === null ? yield* readRevision(id, revision) : ahead.revision(id, revision);
  const createdAt = ahead === null ? yield* createdAtOf(id) : ahead.createdAt(id);
  // Both vanish together when another process deletes the store between two reads.
  if (newest === null || createdAt === null) return seals === null ? succeed(null) : refuse("revision-gap");
  const judged = seals === null ? null : yield* seals.judge(newest, where, ahead?.seals(id) ?? null);
  if (judged?.ok === false) return judged;
  const { value: document, hasUnknown } = decodeWhole(storeDocumentSchema, newest.document);
  const tested = testedSchema.parse(JSON.parse(newest.tested));
  return succeed({ store: { id, revision, document, tested, createdAt, updatedAt: newest.at }, hasUnknown, hash: judged?.value ?? null });
}

/**
 * Null when it is not there. Throws {@link DamagedRow}; where others have the database in hand, damage is what somebody did to it, and
 * fails with `roster-refused`.
 */
export function* readIdentityStore(id: string, revision: number, seals: Seals | null, reading: Reading): Steps<Result<Decoded | null>> {
  try {
    return yield* readStore(id, revision, seals, reading);
  } catch (error) {
    if (seals !== null && error instanceof DamagedRow) return refuse("revision-altered");
    throw error;
  }
}
