import * as fc from "fast-check";
import { BerWriter, FilterParser } from "ldapts";
import { describe, expect, test } from "vitest";
import { Elements, MalformedError } from "../../../../../main/practice/directory/elements.ts";
import { decodeFilter, matches, type Filter } from "../../../../../main/practice/directory/filter.ts";
import { buildTree } from "../../../../../main/practice/directory/tree.ts";

const SCHEMA = "CN=Schema,CN=Configuration,DC=lab";
const tree = buildTree(["DC=lab"], SCHEMA, [
  { dn: "DC=lab", class: "domainDNS" },
  {
    dn: "CN=Jane,DC=lab",
    class: "user",
    attributes: { sAMAccountName: "jane", mail: ["jane@contoso.lab", "j.doe@contoso.lab"], userAccountControl: 514, memberOf: "CN=Inner,DC=lab" },
  },
  { dn: "CN=Inner,DC=lab", class: "group", attributes: { member: "CN=Jane,DC=lab", memberOf: "CN=Outer,DC=lab", groupType: -2_147_483_646 } },
  { dn: "CN=Outer,DC=lab", class: "group", attributes: { member: "CN=Inner,DC=lab", memberOf: "CN=Inner,DC=lab" } },
]);

/** Decodes a filter as the client's library writes it. */
function decode(text: string) {
  const writer = new BerWriter();
  FilterParser.parseString(text).write(writer);
  return decodeFilter(new Elements(writer.buffer).next());
}

function jane(text: string): boolean | null {
  return matches(decode(text), entryOf("cn=jane,dc=lab"), tree);
}

function entryOf(dn: string) {
  const entry = tree.find(dn);
  if (entry === null) throw new Error(`${dn} is there`);
  return entry;
}

describe("matching", () => {
  test.each([
    ["(mail=J.DOE@contoso.lab)", true],
    ["(mail=nobody)", false],
    ["(mail=*)", true],
    ["(department=*)", false],
    ["(objectClass=person)", true],
    ["(objectClass=group)", false],
    ["(objectCategory=person)", true],
    ["(objectCategory=user)", true],
    ["(objectCategory=group)", false],
    ["(objectCategory=cn=PERSON, CN=Schema,CN=Configuration,DC=lab)", true],
    ["(memberOf=cn=inner, dc=LAB)", true],
    ["(memberOf=CN=Outer,DC=lab)", false],
    ["(memberOf:1.2.840.113556.1.4.1941:=CN=Outer,DC=lab)", true],
    ["(memberOf:1.2.840.113556.1.4.1941:=CN=Nowhere,DC=lab)", false],
    ["(userAccountControl=0514)", true],
    ["(userAccountControl>=514)", true],
    ["(userAccountControl>=5140)", false],
    ["(userAccountControl<=99)", false],
    ["(userAccountControl<=1000)", true],
    ["(userAccountControl>=many)", false],
    ["(userAccountControl:1.2.840.113556.1.4.803:=2)", true],
    ["(userAccountControl:1.2.840.113556.1.4.803:=3)", false],
    ["(userAccountControl:1.2.840.113556.1.4.804:=3)", true],
    ["(userAccountControl:1.2.840.113556.1.4.803:=x)", null],
    ["(userAccountControl:1.2.3.4:=2)", null],
    ["(cn:1.2.840.113556.1.4.803:=1)", false],
    ["(cn:1.2.840.113556.1.4.1941:=1)", false],
    ["(mail:=jane@contoso.lab)", true],
    ["(sAMAccountName=j*)", true],
    ["(sAMAccountName=*an*)", true],
    ["(sAMAccountName=*ne)", true],
    ["(sAMAccountName=ja*ne)", true],
    ["(sAMAccountName=jan*ane)", false],
    ["(sAMAccountName=j*a*n*e)", true],
    ["(sAMAccountName=.*)", false],
    ["(name>=J)", true],
    ["(name<=jane)", true],
    ["(name<=j)", false],
  ])("%s: %s", (filter, answer) => {
    expect(jane(filter)).toBe(answer);
  });

  // Three-valued logic: what the schema does not know is neither true nor false.
  test.each([
    ["(unknown=1)", null],
    ["(!(unknown=1))", null],
    ["(&(mail=*)(unknown=1))", null],
    ["(&(mail=nobody)(unknown=1))", false],
    ["(|(mail=*)(unknown=1))", true],
    ["(|(mail=nobody)(unknown=1))", null],
    ["(!(department=Sales))", true],
    ["(!(mail=*))", false],
  ])("%s: %s", (filter, answer) => {
    expect(jane(filter)).toBe(answer);
  });

  test("bits count in negative numbers, as in a group's type", () => {
    const entry = entryOf("CN=Inner,DC=lab");
    expect(matches(decode("(groupType:1.2.840.113556.1.4.803:=2147483648)"), entry, tree)).toBe(true);
    expect(matches(decode("(groupType:1.2.840.113556.1.4.803:=4)"), entry, tree)).toBe(false);
  });

  test("empty sets are true and false", () => {
    const entry = entryOf("DC=lab");
    expect([matches({ kind: "and", parts: [] }, entry, tree), matches({ kind: "or", parts: [] }, entry, tree)]).toEqual([true, false]);
  });
});

describe("decoding", () => {
  test.each(["aa00", "a400", "a306040141", "a40a0401613005830162", "a4080401613003830162", "a900", "a2020500", "a903810161"])("%s is malformed", (bytes) => {
    expect(() => decodeFilter(new Elements(Buffer.from(bytes, "hex")).next())).toThrow(MalformedError);
  });

  test("a set of thousands is refused", () => {
    const parts = (count: number) => `(|${"(cn=a)".repeat(count)})`;
    expect(decode(parts(1999))).toMatchObject({ kind: "or" });
    expect(() => decode(parts(2000))).toThrow(MalformedError);
  });
});

const attribute = fc.constantFrom("cn", "mail", "memberof", "member", "useraccountcontrol", "grouptype", "objectguid", "objectcategory", "objectclass", "unknown", "");
const value = fc.oneof(fc.uint8Array({ maxLength: 24 }).map((bytes) => Buffer.from(bytes)), fc.constantFrom("514", "-1", "CN=Inner,DC=lab", "person", "*").map((text) => Buffer.from(text)));
const rule = fc.constantFrom(null, "1.2.840.113556.1.4.803", "1.2.840.113556.1.4.804", "1.2.840.113556.1.4.1941", "9.9");
const piece = fc.record({ place: fc.constantFrom("initial", "any", "final"), text: fc.string({ maxLength: 3 }) });
const { filter: anyFilter } = fc.letrec<{ filter: Filter }>((tie) => ({
  filter: fc.oneof(
    { maxDepth: 4 },
    fc.record({ kind: fc.constant("present" as const), attribute }),
    fc.record({ kind: fc.constantFrom("equal" as const, "at-least" as const, "at-most" as const), attribute, value }),
    fc.record({ kind: fc.constant("substrings" as const), attribute, pieces: fc.array(piece, { maxLength: 3 }) }),
    fc.record({ kind: fc.constant("extensible" as const), rule, attribute, value }),
    fc.record({ kind: fc.constant("not" as const), part: tie("filter") }),
    fc.record({ kind: fc.constantFrom("and" as const, "or" as const), parts: fc.array(tie("filter"), { maxLength: 3 }) }),
  ),
}));

describe("any filter", () => {
  const entries = tree.scope(entryOf("DC=lab"), "sub");

  test("has an answer for every entry, and its negation the opposite one", () => {
    fc.assert(
      fc.property(anyFilter, fc.constantFrom(...entries), (filter, entry) => {
        const answer = matches(filter, entry, tree);
        expect(matches({ kind: "not", part: filter }, entry, tree)).toBe(answer === null ? null : !answer);
        // De Morgan holds in three-valued logic as well.
        const both = matches({ kind: "and", parts: [filter, filter] }, entry, tree);
        expect(matches({ kind: "not", part: { kind: "or", parts: [{ kind: "not", part: filter }] } }, entry, tree)).toBe(both);
      }),
      { numRuns: 2000 },
    );
  });
});
