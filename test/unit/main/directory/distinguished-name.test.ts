import * as fc from "fast-check";
import { EqualityFilter, FilterParser } from "ldapts";
import { describe, expect, test } from "vitest";
import { escapeFilterValue, escapeNameValue, guidOf } from "../../../../main/directory/distinguished-name.ts";
import { nameIssues } from "../../../../main/directory/new-entry.ts";
import { leafOf, parseDn } from "../../../../main/practice/directory/names.ts";
import { hostileName, knownNames } from "../../../lab/hostile-names.ts";
import { groupNamed } from "../../../integration/directory/writes-support.ts";

/** Each of the random names, besides those that are known. */
const RUNS = { numRuns: 10_000, examples: knownNames.filter((name) => name !== "").map((name): [string] => [name]) };
const wellFormed = hostileName.filter((name) => name !== "" && name.isWellFormed());

describe("a value in a distinguished name", () => {
  test.each([
    [`Sales, "North"`, String.raw`Sales\, \"North\"`],
    ["#1", String.raw`\#1`],
    ["a#1", "a#1"],
    [" a ", String.raw`\ a\ `],
    [" ", String.raw`\ `],
    ["a\\", String.raw`a\\`],
    ["a+b;c<d>e=f", String.raw`a\+b\;c\<d\>e\=f`],
    ["a\0b\nc", String.raw`a\00b\0Ac`],
    ["😀", "😀"],
  ])("%j is %s", (value, escaped) => {
    expect(escapeNameValue(value)).toBe(escaped);
  });

  test("is read back as it was, and is one step of the name whatever it holds", () => {
    fc.assert(
      fc.property(wellFormed, (value) => {
        const dn = `CN=${escapeNameValue(value)},OU=Groups,DC=lab`;
        expect(leafOf(dn)).toEqual({ type: "CN", value, parent: "OU=Groups,DC=lab" });
        expect(parseDn(dn)).toHaveLength(3);
      }),
      { ...RUNS, examples: RUNS.examples.filter(([name]) => name.isWellFormed()) },
    );
  });
});

describe("a value in a filter", () => {
  test("is matched as it is, and never becomes a part of the filter", () => {
    fc.assert(
      fc.property(wellFormed, (value) => {
        const filter = FilterParser.parseString(`(cn=${escapeFilterValue(value)})`);
        expect(filter).toBeInstanceOf(EqualityFilter);
        expect(filter instanceof EqualityFilter ? Buffer.from(filter.value).toString("utf8") : null).toBe(value);
      }),
      { ...RUNS, examples: RUNS.examples.filter(([name]) => name.isWellFormed()) },
    );
  });
});

describe("a name that is made", () => {
  test("holds nothing that cannot be written, and at most 64 units", () => {
    fc.assert(
      fc.property(hostileName, (name) => {
        const refused = nameIssues({ ...groupNamed(name), accountName: null });
        const mayBe = name.trim() !== "" && name.isWellFormed() && name.length <= 64 && !/[\p{Cc}\uFFFD]/u.test(name);
        expect(refused.length === 0).toBe(mayBe);
      }),
      RUNS,
    );
  });
});

describe("a GUID", () => {
  test("is written in the order of Microsoft's tools", () => {
    expect(guidOf(Buffer.from("00112233445566778899aabbccddeeff", "hex").toString("base64"))).toBe("33221100-5544-7766-8899-aabbccddeeff");
  });

  test.each([[undefined], [""], ["AAAA"]])("is none: %s", (octets) => {
    expect(guidOf(octets)).toBeNull();
  });
});
