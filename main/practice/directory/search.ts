/** Searches, with Active Directory's limits: 1,000 entries without paging, 1,000 a page, 1,500 values an attribute. */
import { randomBytes } from "node:crypto";
import { ProtocolOperation } from "ldapts";
import { badName, bindNeeded, controlNotSupported, elsewhere, noSuchObject, sizeLimitExceeded, success, type Answer } from "./answers.ts";
import type { SignedIn } from "./accounts.ts";
import { matches } from "./filter.ts";
import { decodePaging, encodeEntry, encodeReference, encodeResult, type RequestControl, type SearchRequest } from "./messages.ts";
import { dnKey } from "./names.ts";
import { DOMAIN_SCOPE, PAGED_RESULTS, rootDse, supportedControls } from "./root-dse.ts";
import { selectAttributes } from "./selection.ts";
import type { Entry, Tree } from "./tree.ts";

/** Entries Active Directory returns at once (`MaxPageSize`), with or without paging. */
export const MOST_ENTRIES = 1000;

/** Paged searches a connection may leave unfinished; the oldest is forgotten, as Active Directory does at its limit. */
const MOST_CURSORS = 10;

interface Cursor {
  readonly entries: readonly Entry[];
  readonly references: readonly string[];
  readonly isVisible: (dn: string) => boolean;
  readonly from: number;
}

/** Unfinished paged searches of one connection, by cookie. */
export type Cursors = Map<string, Cursor>;

export interface SearchState {
  readonly tree: Tree;
  readonly controller: { readonly host: string; readonly domain: string };
  readonly identity: SignedIn | null;
  readonly cursors: Cursors;
  /** Epoch milliseconds. */
  readonly now: number;
}

type Found = ({ readonly ok: true } & Omit<Cursor, "from">) | { readonly ok: false; readonly answer: Answer };

function refuse(answer: Answer): Found {
  return { ok: false, answer };
}

/**
 * What an account without rights may see: nothing of the services that Exchange's organisation lies in. A directory does
 * not refuse to show what may not be read, it hides it.
 */
function visibility(reader: boolean, tree: Tree): (dn: string) => boolean {
  if (reader) return () => true;
  const hidden = dnKey(`CN=Services,${tree.contexts[1] ?? ""}`) ?? "";
  return (dn) => {
    const key = dnKey(dn) ?? "";
    return key !== hidden && !key.endsWith(`\n${hidden}`);
  };
}

function find(request: SearchRequest, state: SearchState, domainScope: boolean): Found {
  const { tree, controller } = state;
  if (request.base === "" && request.scope === "base") {
    const entry = rootDse(tree, controller, state.now);
    return { ok: true, entries: matches(request.filter, entry, tree) === true ? [entry] : [], references: [], isVisible: () => true };
  }
  if (state.identity === null) return refuse(bindNeeded);
  if (request.base === "") return refuse(noSuchObject(""));
  const base = tree.find(request.base);
  if (base === null) {
    if (request.base.startsWith("<GUID=")) return refuse(noSuchObject(""));
    if (dnKey(request.base) === null) return refuse(badName(request.base));
    if (tree.contextOf(request.base) !== null) return refuse(noSuchObject(tree.nearest(request.base) ?? ""));
    const labels = (dnKey(request.base) ?? "").split("\n").filter((step) => step.startsWith("dc=")).map((step) => step.slice(3));
    return refuse(elsewhere(labels.join(".") || controller.domain, request.base));
  }
  const { reader } = state.identity;
  const isVisible = visibility(reader, tree);
  if (!isVisible(base.dn)) return refuse(noSuchObject(tree.contextOf(base.dn) ?? ""));
  const entries = tree.scope(base, request.scope).filter((entry) => matches(request.filter, entry, tree) === true);
  const references = domainScope ? [] : tree.below(base, request.scope).map((dn) => `ldap://${controller.domain}/${encodeURI(dn)}`);
  return { ok: true, entries, references, isVisible };
}

function remember(cursors: Cursors, cursor: Cursor): Buffer {
  const cookie = randomBytes(16);
  cursors.set(cookie.toString("hex"), cursor);
  const [oldest] = cursors.keys();
  if (cursors.size > MOST_CURSORS && oldest !== undefined) cursors.delete(oldest);
  return cookie;
}

/** Runs a search and encodes everything it answers; at most {@link MOST_ENTRIES} entries. */
export function search(id: number, request: SearchRequest, controls: readonly RequestControl[], state: SearchState): readonly Buffer[] {
  const done = (answer: Answer, cookie?: Buffer) =>
    encodeResult(id, ProtocolOperation.LDAP_RES_SEARCH, answer, cookie === undefined ? {} : { cookie });
  if (controls.some(({ critical, oid }) => critical && !supportedControls.includes(oid))) return [done(controlNotSupported)];

  const control = controls.find(({ oid }) => oid === PAGED_RESULTS);
  const paging = control === undefined ? null : decodePaging(control.value ?? Buffer.alloc(0));
  if (paging !== null && paging.size < 0) return [done(controlNotSupported)];

  let cursor: Cursor;
  if (paging !== null && paging.cookie.length > 0) {
    const key = paging.cookie.toString("hex");
    const kept = state.cursors.get(key);
    state.cursors.delete(key);
    if (kept === undefined) return [done(controlNotSupported)];
    // A page size of zero gives the rest up (RFC 2696, section 3).
    if (paging.size === 0) return [done(success, Buffer.alloc(0))];
    cursor = kept;
  } else {
    const found = find(request, state, controls.some(({ oid }) => oid === DOMAIN_SCOPE));
    if (!found.ok) return [done(found.answer)];
    cursor = { ...found, from: 0 };
  }

  const pageSize = paging === null || paging.size === 0 ? MOST_ENTRIES : Math.min(paging.size, MOST_ENTRIES);
  const limit = request.sizeLimit === 0 ? pageSize : Math.min(request.sizeLimit, pageSize);
  const page = cursor.entries.slice(cursor.from, cursor.from + limit);
  // What may not be seen is left out after the page was cut: a page can be empty although more follow (MS-ADTS 3.1.1.3.4.1.1).
  const answers = page.filter(({ dn }) => cursor.isVisible(dn)).map((entry) => encodeEntry(id, entry.dn, selectAttributes(entry, request.attributes, request.typesOnly)));
  const from = cursor.from + page.length;
  if (from < cursor.entries.length) {
    return [...answers, paging === null ? done(sizeLimitExceeded) : done(success, remember(state.cursors, { ...cursor, from }))];
  }
  const references = cursor.references.map((uri) => encodeReference(id, uri));
  return [...answers, ...references, paging === null ? done(success) : done(success, Buffer.alloc(0))];
}
