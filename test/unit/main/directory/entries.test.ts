import { describe, expect, test } from "vitest";
import { extend, readEntry } from "../../../../main/directory/entries.ts";

describe("entries", () => {
  test("attribute names in lower case, bytes as base64, single values as lists", () => {
    const { entry, open } = readEntry({ dn: "CN=EXA", networkAddress: ["a", "b"], cn: "EXA", objectGUID: Buffer.from([1, 2, 3]), description: [] });
    expect(entry).toEqual({ dn: "CN=EXA", attributes: { networkaddress: ["a", "b"], cn: ["EXA"], objectguid: ["AQID"], description: [] } });
    expect(open).toEqual([]);
  });

  test("a part of a long attribute names the first value still missing", () => {
    const { entry, open } = readEntry({ dn: "CN=All", member: [], "member;range=0-1499": ["CN=a", "CN=b"] });
    expect(entry.attributes).toEqual({ member: ["CN=a", "CN=b"] });
    expect(open).toEqual([{ attribute: "member", next: 1500 }]);
  });

  test("the last part ends the range", () => {
    const { entry, open } = readEntry({ dn: "CN=All", "member;range=1500-*": "CN=z" });
    expect(open).toEqual([]);
    expect(extend({ dn: "CN=All", attributes: { member: ["CN=a"] } }, "member", entry.attributes["member"] ?? []).attributes).toEqual({ member: ["CN=a", "CN=z"] });
  });

  test("an attribute named like a part of every object does no harm", () => {
    const { entry } = readEntry({ dn: "CN=x", constructor: "c", ["__proto__"]: "p" });
    expect(Object.entries(entry.attributes)).toEqual([["constructor", ["c"]], ["__proto__", ["p"]]]);
  });
});
