/** Searches that miss nothing, and say so when they do. */
import { FilterParser, PagedResultsControl, PresenceFilter, SearchRequest, StatusCodeParser } from "ldapts";
import { fail, succeed, type Result } from "../../shared/fault.ts";
import type { Completeness } from "../../shared/model/mail-server.ts";
import { attributeName, extend, readEntry, type OpenRange, type ReadEntry } from "./entries.ts";
import { ldapFault } from "./faults.ts";
import { operation, type DirectoryDeps } from "./operation.ts";
import type { Syntaxes } from "./syntaxes.ts";
import type { DirectoryEntry, DirectorySearch, SearchStream } from "./types.ts";
import { demandSuccess, type Answer, type Wire } from "./wire.ts";

/** Controllers answer at most 1,000 entries a page (MaxPageSize); half of it keeps each answer quick. */
const PAGE_SIZE = 500;
/** For one page: a controller's own limit (MaxQueryDuration) is 120 seconds. */
const PAGE_TIMEOUT_MS = 120_000;

/** Result codes that come with what was found until then (RFC 4511, 4.1.9): time, size and administrative limit. */
const partial: Readonly<Record<number, Completeness>> = { 3: "time-limit", 4: "size-limit", 11: "size-limit" };

export interface SearchContext {
  readonly wire: Wire;
  readonly host: string;
  readonly signal: AbortSignal;
  readonly deps: DirectoryDeps;
}

function run(context: SearchContext, subject: string, make: (messageId: number) => SearchRequest): Promise<Result<Answer>> {
  const { wire, host, signal, deps } = context;
  const options = { socket: wire.socket, host, rung: "directory-search", subject, signal, clock: deps.clock, timeoutMs: PAGE_TIMEOUT_MS } as const;
  return operation(options, () => wire.ask(make));
}

/** As {@link run}, for answers that count only when they are whole. */
export async function runWhole(context: SearchContext, subject: string, make: (messageId: number) => SearchRequest): Promise<Result<Answer>> {
  const answer = await run(context, subject, make);
  if (!answer.ok || answer.value.result.status === 0) return answer;
  return fail(ldapFault(StatusCodeParser.parse(answer.value.result), "directory-search", context.host, subject));
}

/** One entry, or null where there is none. */
export async function readBase(context: SearchContext, base: string, attributes: readonly string[], syntaxes: Pick<Syntaxes, "isBinary">): Promise<Result<ReadEntry | null>> {
  const found = await runWhole(context, base, (messageId) => baseSearch(messageId, base, attributes));
  if (!found.ok) return found;
  const [first] = found.value.entries;
  return succeed(first === undefined ? null : readEntry(first, syntaxes.isBinary));
}

/** One entry with whole attributes; null where there is none. */
export async function readOne(context: SearchContext, syntaxes: Syntaxes, dn: string, attributes: readonly string[]): Promise<Result<DirectoryEntry | null>> {
  const found = await runWhole(context, dn, (messageId) => baseSearch(messageId, dn, attributes));
  if (!found.ok) return found.fault.kind === "not-found" && found.fault.what === "directory-object" ? succeed(null) : found;
  const read = await readPage(context, syntaxes, found.value);
  return read.ok ? succeed(read.value[0] ?? null) : read;
}

function baseSearch(messageId: number, baseDN: string, attributes: readonly string[]): SearchRequest {
  return new SearchRequest({ messageId, baseDN, scope: "base", filter: new PresenceFilter({ attribute: "objectClass" }), attributes: [...attributes] });
}

/**
 * A search page by page. A page may be empty and more follow: whatever of it the account may not see is left
 * out after the page was cut (MS-ADTS 3.1.1.3.4.1.1), so that the cookie alone says where the end is.
 */
export async function* searchPages(context: SearchContext, syntaxes: Syntaxes, search: DirectorySearch): SearchStream {
  const filter = FilterParser.parseString(search.filter);
  const page = (size: number, cookie: Buffer) => (messageId: number) =>
    new SearchRequest({
      messageId,
      baseDN: search.base,
      scope: search.scope ?? "sub",
      filter,
      attributes: [...search.attributes],
      timeLimit: PAGE_TIMEOUT_MS / 1000,
      controls: [new PagedResultsControl({ value: { size, cookie } })],
    });
  let cookie: Buffer = Buffer.alloc(0);
  let complete: Completeness = true;
  try {
    for (;;) {
      const asked: Result<Answer> = await run(context, search.base, page(PAGE_SIZE, cookie));
      cookie = Buffer.alloc(0);
      if (!asked.ok) return asked;
      const { result, references } = asked.value;
      const cut = partial[result.status];
      if (result.status !== 0 && cut === undefined) return fail(ldapFault(StatusCodeParser.parse(result), "directory-search", context.host, search.base));
      const entries = await readPage(context, syntaxes, asked.value);
      if (!entries.ok) return entries;
      // Parts of the base that lie elsewhere are not followed: whoever asks must know that they are missing.
      if (references.length > 0) complete = "elsewhere";
      if (cut !== undefined) complete = cut;
      ({ cookie } = asked.value);
      if (entries.value.length > 0) yield entries.value;
      if (cookie.length === 0) return succeed(complete);
    }
  } finally {
    // A size of zero gives the rest up (RFC 2696, 3).
    if (cookie.length > 0) await run(context, search.base, page(0, cookie));
  }
}

async function readPage(context: SearchContext, syntaxes: Syntaxes, { entries }: Answer): Promise<Result<readonly DirectoryEntry[]>> {
  const names = new Set(entries.flatMap(({ attributes }) => attributes.map(({ type }) => attributeName(type))));
  const learnt = await syntaxes.learn(names);
  if (!learnt.ok) return learnt;
  const read: DirectoryEntry[] = [];
  for (const raw of entries) {
    const { entry, open } = readEntry(raw, syntaxes.isBinary);
    const whole = open.length === 0 ? succeed(entry) : await followRanges(context, syntaxes, entry, open);
    if (!whole.ok) return whole;
    read.push(whole.value);
  }
  return succeed(read);
}

async function followRanges(context: SearchContext, syntaxes: Syntaxes, entry: DirectoryEntry, open: readonly OpenRange[]): Promise<Result<DirectoryEntry>> {
  let whole = entry;
  for (const range of open) {
    let next: number | null = range.next;
    while (next !== null) {
      const part: Result<ReadEntry | null> = await readBase(context, entry.dn, [`${range.attribute};range=${next}-*`], syntaxes);
      if (!part.ok) return part;
      whole = extend(whole, range.attribute, part.value?.entry.attributes[range.attribute] ?? []);
      const further: number | null = part.value?.open.find((each) => each.attribute === range.attribute)?.next ?? null;
      if (further !== null && further <= next) return fail({ kind: "unsupported", why: "directory-answer", detail: "range" });
      next = further;
    }
  }
  return succeed(whole);
}

/** Asks for one entry of what anybody may read, before anybody has signed in. */
export async function readAnonymously(wire: Wire, attributes: readonly string[]): Promise<ReadEntry | null> {
  const filter = new PresenceFilter({ attribute: "objectClass" });
  const answer = await wire.ask((messageId) => new SearchRequest({ messageId, scope: "base", filter, attributes: [...attributes] }));
  const [first] = demandSuccess(answer).entries;
  return first === undefined ? null : readEntry(first, () => false);
}
