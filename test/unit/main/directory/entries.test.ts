import { describe, expect, test } from "vitest";
import { extend, readEntry } from "../../../../main/directory/entries.ts";
import type { RawEntry } from "../../../../main/directory/wire.ts";

const attribute = (type: string, ...values: readonly (string | Buffer)[]): RawEntry["attributes"][number] => ({
  type,
  parsedBuffers: values.map((value) => Buffer.from(value)),
  values: values.map((value) => (typeof value === "string" ? value : value.toString("latin1"))),
});
const text = () => false;

describe("entries", () => {
  test("attribute names in lower case, bytes as base64, single values as lists", () => {
    const raw = [attribute("networkAddress", "a", "b"), attribute("cn", "EXA"), attribute("objectGUID", Buffer.from([1, 2, 3])), attribute("description")];
    const { entry, open } = readEntry({ dn: "CN=EXA", attributes: raw }, (name) => name === "objectguid");
    expect(entry).toEqual({ dn: "CN=EXA", attributes: { networkaddress: ["a", "b"], cn: ["EXA"], objectguid: ["AQID"], description: [] } });
    expect(open).toEqual([]);
  });

  test("bytes that happen to look like text stay bytes", () => {
    const { entry } = readEntry({ dn: "CN=EXA", attributes: [attribute("msExchMailboxGuid", Buffer.from("sixteen letters!"))] }, () => true);
    expect(entry.attributes).toEqual({ msexchmailboxguid: [Buffer.from("sixteen letters!").toString("base64")] });
  });

  test("a part of a long attribute names the first value still missing", () => {
    const { entry, open } = readEntry({ dn: "CN=All", attributes: [attribute("member"), attribute("member;range=0-1499", "CN=a", "CN=b")] }, text);
    expect(entry.attributes).toEqual({ member: ["CN=a", "CN=b"] });
    expect(open).toEqual([{ attribute: "member", next: 1500 }]);
    const turned = readEntry({ dn: "CN=All", attributes: [attribute("member;range=0-1499", "CN=a", "CN=b"), attribute("member")] }, text);
    expect(turned.entry.attributes).toEqual({ member: ["CN=a", "CN=b"] });
  });

  test("the last part ends the range", () => {
    const { entry, open } = readEntry({ dn: "CN=All", attributes: [attribute("member;range=1500-*", "CN=z")] }, text);
    expect(open).toEqual([]);
    expect(extend({ dn: "CN=All", attributes: { member: ["CN=a"] } }, "member", entry.attributes["member"] ?? []).attributes).toEqual({ member: ["CN=a", "CN=z"] });
  });

  test("an attribute named like a part of every object does no harm", () => {
    const { entry } = readEntry({ dn: "CN=x", attributes: [attribute("constructor", "c"), attribute("__proto__", "p")] }, text);
    expect(Object.entries(entry.attributes)).toEqual([["constructor", ["c"]], ["__proto__", ["p"]]]);
  });
});
