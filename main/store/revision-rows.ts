/** Rows of `revision` and `draft`: written once with their checksum, verified whenever they are read. */
import { numberOf, numberOrNull, textOf, type Row } from "./columns.ts";
import { checksum } from "./schemas.ts";
import { all, get, run, type Steps } from "./steps.ts";

/** A row of `revision` without its document, JSON still as text. */
export interface RevisionEntry {
  readonly storeId: string;
  readonly number: number;
  readonly at: number;
  readonly who: string;
  readonly action: string;
  readonly restoredFrom: number | null;
  readonly changes: string;
  readonly tested: string;
}

export interface RevisionRow extends RevisionEntry {
  readonly document: string;
}

export interface DraftRow {
  readonly storeId: string;
  readonly version: number;
  readonly updatedAt: number;
  readonly content: string;
}

/** A row that is not what was written. The message names no content. */
export class DamagedRow extends Error {}

function entryChecksum(entry: RevisionEntry, documentChecksum: number): number {
  return checksum([entry.storeId, entry.number, entry.at, entry.who, entry.action, entry.restoredFrom, entry.changes, entry.tested, documentChecksum]);
}

export function* insertRevision(row: RevisionRow): Steps<void> {
  const documentChecksum = checksum([row.document]);
  yield* run(
    `INSERT INTO revision (store_id, number, at, who, action, restored_from, changes, tested, document, document_checksum, checksum)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    row.storeId,
    row.number,
    row.at,
    row.who,
    row.action,
    row.restoredFrom,
    row.changes,
    row.tested,
    row.document,
    documentChecksum,
    entryChecksum(row, documentChecksum),
  );
}

const ENTRY = "store_id, number, at, who, action, restored_from, changes, tested, document_checksum, checksum";

function entryOf(row: Row): RevisionEntry {
  return {
    storeId: textOf(row, "store_id"),
    number: numberOf(row, "number"),
    at: numberOf(row, "at"),
    who: textOf(row, "who"),
    action: textOf(row, "action"),
    restoredFrom: numberOrNull(row, "restored_from"),
    changes: textOf(row, "changes"),
    tested: textOf(row, "tested"),
  };
}

function decodeEntry(row: Row): RevisionEntry {
  const entry = entryOf(row);
  if (entryChecksum(entry, numberOf(row, "document_checksum")) !== numberOf(row, "checksum")) {
    throw new DamagedRow(`revision ${entry.number} of store ${entry.storeId} is not what was saved`);
  }
  return entry;
}

/** The revisions before a number, newest first, at most so many, each to be decoded: one that is damaged says nothing of the others. */
export function* entriesBefore(storeId: string, number: number, most: number): Steps<readonly { readonly number: number; readonly decode: () => RevisionEntry }[]> {
  const rows = yield* all(`SELECT ${ENTRY} FROM revision WHERE store_id = ? AND number < ? ORDER BY number DESC LIMIT ?`, storeId, number, most);
  return rows.map((row) => ({ number: numberOf(row, "number"), decode: () => decodeEntry(row) }));
}

/** Null when there is no such revision. Throws {@link DamagedRow}. */
export function* readEntry(storeId: string, number: number): Steps<RevisionEntry | null> {
  const row = yield* get(`SELECT ${ENTRY} FROM revision WHERE store_id = ? AND number = ?`, storeId, number);
  return row === null ? null : decodeEntry(row);
}

export const REVISION_COLUMNS = `${ENTRY}, document`;

/** A row with {@link REVISION_COLUMNS}. Throws {@link DamagedRow}. `isSigned`: a signature says more of it than sums do. */
export function decodeRevision(row: Row, isSigned = false): RevisionRow {
  if (isSigned) return { ...entryOf(row), document: textOf(row, "document") };
  const entry = decodeEntry(row);
  const document = textOf(row, "document");
  if (checksum([document]) !== numberOf(row, "document_checksum")) {
    throw new DamagedRow(`the document of revision ${entry.number} of store ${entry.storeId} is not what was saved`);
  }
  return { ...entry, document };
}

/** As {@link readEntry}, with the document. */
export function* readRevision(storeId: string, number: number): Steps<RevisionRow | null> {
  const row = yield* get(`SELECT ${REVISION_COLUMNS} FROM revision WHERE store_id = ? AND number = ?`, storeId, number);
  return row === null ? null : decodeRevision(row);
}

/** The version is left out: a wrong one is told as a draft that changed, and a row from before versions keeps its sum. */
function draftChecksum(row: DraftRow): number {
  return checksum([row.storeId, row.updatedAt, row.content]);
}

/** In two statements: of a team's drafts a view shows one's own, and no conflict can be named on it. */
export function* replaceDraft(row: DraftRow): Steps<void> {
  const values = [row.version, row.updatedAt, row.content, draftChecksum(row), row.storeId];
  const count = yield* run("UPDATE draft SET version = ?, updated_at = ?, content = ?, checksum = ? WHERE store_id = ?", ...values);
  if (count === 0) yield* run("INSERT INTO draft (version, updated_at, content, checksum, store_id) VALUES (?, ?, ?, ?, ?)", ...values);
}

/** Null when the store has no draft. Throws {@link DamagedRow}. */
export function* readDraft(storeId: string): Steps<DraftRow | null> {
  const row = yield* get("SELECT * FROM draft WHERE store_id = ?", storeId);
  if (row === null) return null;
  const decoded: DraftRow = {
    storeId: textOf(row, "store_id"),
    version: numberOf(row, "version"),
    updatedAt: numberOf(row, "updated_at"),
    content: textOf(row, "content"),
  };
  if (draftChecksum(decoded) !== numberOf(row, "checksum")) throw new DamagedRow(`the draft of store ${storeId} is not what was saved`);
  return decoded;
}

/** The version of a store's draft, without reading the draft; null when there is none. */
export function* readDraftVersion(storeId: string): Steps<number | null> {
  const row = yield* get("SELECT version FROM draft WHERE store_id = ?", storeId);
  return row === null ? null : numberOf(row, "version");
}

