/** Searches page by page, over a wire that answers what it is told to. */
import net from "node:net";
import { PagedResultsControl, SearchRequest, SearchResponse } from "ldapts";
import { describe, expect, it } from "vitest";
import { gather } from "../../../../main/directory/gather.ts";
import { searchPages } from "../../../../main/directory/search.ts";
import type { Answer } from "../../../../main/directory/wire.ts";
import { succeed } from "../../../../shared/fault.ts";
import { silentLogger } from "../../../lab/loggers.ts";
import { namelessResolver } from "../../../lab/ports.ts";
import { systemClock } from "../store/support.ts";

interface Page {
  readonly status?: number;
  readonly names?: readonly string[];
  /** Of each entry, by name as the controller writes it. */
  readonly attributes?: Readonly<Record<string, readonly string[]>>;
  readonly references?: readonly string[];
  readonly more?: boolean;
}

/** A search over these pages, and how many entries each request asked for. */
function searching(pages: readonly Page[]) {
  const sizes: number[] = [];
  const answers = [...pages];
  const wire = {
    socket: new net.Socket(),
    ask: (make: (messageId: number) => unknown): Promise<Answer> => {
      const request = make(1);
      if (!(request instanceof SearchRequest)) throw new Error("a search asks by search requests");
      for (const control of request.controls ?? []) if (control instanceof PagedResultsControl) sizes.push(control.value?.size ?? 0);
      const { status = 0, names = [], attributes = {}, references = [], more = false } = answers.shift() ?? {};
      const returned = Object.entries(attributes).map(([type, values]) => ({ type, values: [...values], parsedBuffers: values.map((value) => Buffer.from(value)) }));
      const entries = names.map((name) => ({ dn: `CN=${name}`, attributes: returned }));
      return Promise.resolve({ result: new SearchResponse({ messageId: 1, status }), entries, references, cookie: Buffer.from(more ? "more" : "") });
    },
    tell: () => undefined,
    release: () => undefined,
  };
  const deps = { resolver: namelessResolver, clock: systemClock, logger: silentLogger };
  const context = { wire, host: "dc1.contoso.lab", signal: new AbortController().signal, deps };
  const syntaxes = { learn: () => Promise.resolve(succeed(null)), isBinary: () => false };
  const stream = searchPages(context, syntaxes, { base: "DC=contoso,DC=lab", filter: "(cn=*)", attributes: ["cn"] });
  return { stream, sizes };
}

async function listed(pages: readonly Page[]) {
  const gathered = await gather(searching(pages).stream);
  return gathered.ok ? { names: gathered.value.entries.map(({ dn }) => dn.slice(3)), complete: gathered.value.complete } : gathered.fault;
}

describe("a search", () => {
  it("goes on behind a page that is empty", async () => {
    expect(await listed([{ names: ["a"], more: true }, { more: true }, { names: ["b"] }])).toEqual({ names: ["a", "b"], complete: true });
  });

  it.each<[complete: string, what: string, pages: readonly Page[]]>([
    ["time-limit", "the time limit", [{ names: ["a"], status: 3 }]],
    ["size-limit", "the size limit", [{ names: ["a"], status: 4 }]],
    ["size-limit", "an administrative limit", [{ names: ["a"], status: 11 }]],
    ["elsewhere", "a part that lies elsewhere", [{ names: ["a"], references: ["ldap://other.lab/DC=other,DC=lab"] }]],
    ["elsewhere", "a part that lies elsewhere, told before the last page", [{ references: ["ldap://other.lab/DC=other,DC=lab"], more: true }, { names: ["a"] }]],
    ["size-limit", "a limit besides a part that lies elsewhere", [{ names: ["a"], references: ["ldap://other.lab/DC=other,DC=lab"], status: 4 }]],
  ])("says %s of what %s left out", async (complete, _what, pages) => {
    expect(await listed(pages)).toEqual({ names: ["a"], complete });
  });

  it("that is refused on a later page is no listing", async () => {
    expect(await listed([{ names: ["a"], more: true }, { status: 50 }])).toMatchObject({ kind: "forbidden" });
  });

  it("gives the rest up when nobody wants it", async () => {
    const { stream, sizes } = searching([{ names: ["a"], more: true }]);
    expect(await stream.next()).toMatchObject({ done: false, value: [{ dn: "CN=a" }] });
    await stream.return(succeed(true));
    expect(sizes).toEqual([500, 0]);
  });

  it("reads an attribute range by range, and gives up a controller that hands out the same one for ever", async () => {
    const member = (range: string, ...values: readonly string[]): Page => ({ names: ["a"], attributes: { [`member;range=${range}`]: values } });
    const found = await gather(searching([member("0-1", "x", "y"), member("2-*", "z")]).stream);
    expect(found.ok ? found.value.entries[0]?.attributes : found.fault).toEqual({ member: ["x", "y", "z"] });
    expect(await listed([member("0-1", "x", "y"), member("0-1", "x", "y"), member("0-1", "x", "y")])).toEqual({ kind: "unsupported", why: "directory-answer", detail: "range" });
  });
});
