/** A signed-in connection: searches that miss nothing. */
import { fail, succeed, type Result } from "../../shared/fault.ts";
import type { DirectoryEntry, DirectorySession } from "./types.ts";
import { binaryAttributes, extend, readEntry, type OpenRange, type ReadEntry } from "./entries.ts";
import { operation, type DirectoryDeps } from "./operation.ts";
import type { Line } from "./reach.ts";

/** Controllers answer at most 1,000 entries a page (MaxPageSize); half of it keeps each answer quick. */
const PAGE_SIZE = 500;
/** For one page: a controller's own limit (MaxQueryDuration) is 120 seconds. */
const PAGE_TIMEOUT_MS = 120_000;
const CLOSE_TIMEOUT_MS = 1000;

/** Read from the rootDSE after signing in; what providers need to find their way. */
const rootDseAttributes = [
  "configurationNamingContext",
  "defaultNamingContext",
  "rootDomainNamingContext",
  "schemaNamingContext",
  "dnsHostName",
  "domainFunctionality",
  "forestFunctionality",
];

interface SessionRequest {
  readonly line: Line;
  readonly host: string;
  readonly signal: AbortSignal;
  readonly deps: DirectoryDeps;
}

/** Reads the rootDSE and hands back the session. */
export async function openSession(request: SessionRequest): Promise<Result<DirectorySession>> {
  const rootDse = await readBase(request, "", rootDseAttributes);
  if (!rootDse.ok) return rootDse;
  return succeed({
    host: request.host,
    rootDse: rootDse.value?.entry.attributes ?? {},
    search: (search) => searchAll(request, search),
    close: () => close(request),
  });
}

function onSearch(request: SessionRequest, subject: string) {
  const { line, host, signal, deps } = request;
  return { socket: line.socket, host, rung: "directory-search", subject, signal, clock: deps.clock, timeoutMs: PAGE_TIMEOUT_MS } as const;
}

async function readBase(request: SessionRequest, base: string, attributes: readonly string[]): Promise<Result<ReadEntry | null>> {
  const found = await operation(onSearch(request, base), () =>
    request.line.client.search(base, {
      scope: "base",
      filter: "(objectClass=*)",
      attributes: [...attributes],
      explicitBufferAttributes: [...binaryAttributes],
    }),
  );
  if (!found.ok) return found;
  const [first] = found.value.searchEntries;
  return succeed(first === undefined ? null : readEntry(first));
}

async function searchAll(request: SessionRequest, search: Parameters<DirectorySession["search"]>[0]): Promise<Result<readonly DirectoryEntry[]>> {
  const read: ReadEntry[] = [];
  // ldapts takes a page without entries for the last one; a controller sends such a page with more to come only where
  // it hides every entry of it from the account.
  const pages = request.line.client.searchPaginated(search.base, {
    scope: "sub",
    filter: search.filter,
    attributes: [...search.attributes],
    explicitBufferAttributes: [...binaryAttributes],
    paged: { pageSize: PAGE_SIZE },
  });
  for (;;) {
    const page = await operation(onSearch(request, search.base), () => pages.next());
    if (!page.ok) return page;
    if (page.value.done === true) break;
    // Referrals to other partitions are not followed: everything asked for lives where it is asked.
    for (const entry of page.value.value.searchEntries) read.push(readEntry(entry));
    search.onPage?.(read.length);
  }
  const entries: DirectoryEntry[] = [];
  for (const { entry, open } of read) {
    const whole = await followRanges(request, entry, open);
    if (!whole.ok) return whole;
    entries.push(whole.value);
  }
  return succeed(entries);
}

async function followRanges(request: SessionRequest, entry: DirectoryEntry, open: readonly OpenRange[]): Promise<Result<DirectoryEntry>> {
  let whole = entry;
  for (const range of open) {
    let next: number | null = range.next;
    while (next !== null) {
      const part: Result<ReadEntry | null> = await readBase(request, entry.dn, [`${range.attribute};range=${next}-*`]);
      if (!part.ok) return part;
      const values = part.value?.entry.attributes[range.attribute] ?? [];
      whole = extend(whole, range.attribute, values);
      const further: number | null = part.value?.open.find((each) => each.attribute === range.attribute)?.next ?? null;
      if (further !== null && further <= next) return fail({ kind: "unsupported", why: "directory-answer", detail: "range" });
      next = further;
    }
  }
  return succeed(whole);
}

/** Says goodbye, but does not wait for a controller that no longer listens. */
export async function close({ line, host, deps }: Pick<SessionRequest, "line" | "host" | "deps">): Promise<void> {
  const options = { socket: line.socket, host, rung: "directory-search", signal: new AbortController().signal, clock: deps.clock, timeoutMs: CLOSE_TIMEOUT_MS } as const;
  await operation(options, () => line.client.unbind());
  line.socket.destroy();
}
