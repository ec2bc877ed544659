import { PagedResultsControl, BerReader, BerWriter } from "ldapts";
import { beforeEach, describe, expect, test } from "vitest";
import { Elements } from "../../../../../main/practice/directory/elements.ts";
import type { SearchRequest } from "../../../../../main/practice/directory/messages.ts";
import { PAGED_RESULTS } from "../../../../../main/practice/directory/root-dse.ts";
import { search, type Cursors } from "../../../../../main/practice/directory/search.ts";
import { buildTree, type Tree } from "../../../../../main/practice/directory/tree.ts";

const contexts = ["DC=lab", "CN=Configuration,DC=lab", "CN=Schema,CN=Configuration,DC=lab"];
const tree: Tree = buildTree(contexts, contexts[2] ?? "", [
  { dn: "DC=lab", class: "domainDNS" },
  ...Array.from({ length: 25 }, (_, index) => ({ dn: `CN=u${index},DC=lab`, class: "user" })),
]);

let cursors: Cursors;
beforeEach(() => {
  cursors = new Map();
});

const request = (changes: Partial<SearchRequest> = {}): SearchRequest => ({
  kind: "search",
  base: "DC=lab",
  scope: "one",
  sizeLimit: 0,
  typesOnly: false,
  filter: { kind: "present", attribute: "cn" },
  attributes: ["cn"],
  ...changes,
});

function paging(size: number, cookie: Buffer) {
  const writer = new BerWriter();
  writer.startSequence();
  writer.writeInt(size);
  writer.writeBuffer(cookie, 0x04);
  writer.endSequence();
  return { oid: PAGED_RESULTS, critical: true, value: writer.buffer };
}

/** Runs a search and reads its messages back: how many entries, the result code, the cookie. */
function run(size: number | null, cookie: Buffer = Buffer.alloc(0), changes: Partial<SearchRequest> = {}) {
  const state = { tree, controller: { host: "dc1.lab", domain: "lab" }, identity: { name: "x", reader: true, writer: false }, cursors, now: 0 };
  const messages = search(7, request(changes), size === null ? [] : [paging(size, cookie)], state).map((bytes) => {
    const inner = new Elements(new Elements(bytes).next(0x30).content);
    expect(inner.integer()).toBe(7);
    return { operation: inner.next(), controls: inner.done ? null : inner.next(0xa0).content };
  });
  const last = messages.at(-1);
  if (last === undefined) throw new Error("a search ends with a result");
  const control = new PagedResultsControl();
  if (last.controls !== null) {
    const fields = new Elements(new Elements(last.controls).next(0x30).content);
    if (fields.text() !== PAGED_RESULTS) throw new Error("the answer to paging is paging");
    if (fields.peek() === 0x01) fields.flag();
    control.parseControl(new BerReader(fields.next(0x04).content));
  }
  return {
    entries: messages.filter(({ operation }) => operation.tag === 0x64).length,
    code: new Elements(last.operation.content).integer(0x0a),
    cookie: control.value?.cookie ?? null,
  };
}

describe("pages", () => {
  test("follow each other until the cookie is empty", () => {
    const first = run(10);
    const second = run(10, first.cookie ?? Buffer.alloc(0));
    const third = run(10, second.cookie ?? Buffer.alloc(0));
    expect([first, second, third].map(({ entries, code }) => [entries, code])).toEqual([[10, 0], [10, 0], [5, 0]]);
    expect(third.cookie).toHaveLength(0);
    expect(cursors.size).toBe(0);
  });

  test("a full last page is known to be the last", () => {
    expect(run(25)).toMatchObject({ entries: 25, code: 0, cookie: Buffer.alloc(0) });
  });

  test("a cookie is good once", () => {
    const { cookie } = run(10);
    expect(run(10, cookie ?? Buffer.alloc(0)).code).toBe(0);
    expect(run(10, cookie ?? Buffer.alloc(0))).toMatchObject({ code: 12, entries: 0 });
    expect(run(10, Buffer.from("invented"))).toMatchObject({ code: 12, entries: 0 });
  });

  test("size zero gives the rest up", () => {
    const { cookie } = run(10);
    expect(run(0, cookie ?? Buffer.alloc(0))).toMatchObject({ code: 0, entries: 0 });
    expect(cursors.size).toBe(0);
  });

  test("only the last ten unfinished searches are remembered", () => {
    const cookies = Array.from({ length: 11 }, () => run(1).cookie ?? Buffer.alloc(0));
    expect(run(1, cookies[0]).code).toBe(12);
    expect(run(1, cookies[10]).code).toBe(0);
    expect(cursors.size).toBeLessThanOrEqual(10);
  });
});

describe("size limits", () => {
  test.each([
    [24, 24, 4],
    [25, 25, 0],
    [0, 25, 0],
  ])("%i: %i entries, code %i", (sizeLimit, entries, code) => {
    expect(run(null, undefined, { sizeLimit })).toEqual({ entries, code, cookie: null });
  });
});

test("critical controls that are not known refuse the search, others do not", () => {
  const state = { tree, controller: { host: "dc1.lab", domain: "lab" }, identity: { name: "x", reader: true, writer: false }, cursors, now: 0 };
  const codeOf = (critical: boolean) => {
    const last = search(1, request(), [{ oid: "1.2.3", critical, value: null }], state).at(-1) ?? Buffer.alloc(0);
    const inner = new Elements(new Elements(last).next().content);
    inner.integer();
    return new Elements(inner.next().content).integer(0x0a);
  };
  expect([codeOf(true), codeOf(false)]).toEqual([12, 0]);
});
