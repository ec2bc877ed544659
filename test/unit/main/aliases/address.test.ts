import { XMLParser } from "fast-xml-parser";
import { describe, expect, test } from "vitest";
import { z } from "zod";
import { aliasIssue, localPartIssue } from "../../../../main/aliases/address.ts";
import { isemailTests } from "../../../lab/vectors.ts";

const fileSchema = z.object({
  tests: z.object({ test: z.array(z.object({ "@id": z.string(), address: z.string(), category: z.string(), diagnosis: z.string() })) }),
});

/** The file writes a control character as U+2400 plus its code. */
function cases() {
  const parser = new XMLParser({ ignoreAttributes: false, attributeNamePrefix: "@", parseTagValue: false, trimValues: false, htmlEntities: true });
  return fileSchema.parse(parser.parse(isemailTests())).tests.test.map(({ "@id": id, address, category, diagnosis }) => ({
    id,
    address: address.replaceAll(/[\u2400-\u241f]/g, (symbol) => String.fromCharCode(symbol.charCodeAt(0) - 0x2400)),
    category: category.replace("ISEMAIL_", ""),
    diagnosis: diagnosis.replace("ISEMAIL_", ""),
  }));
}

/** What isemail lets pass as an address of RFC 5322 and SMTP (RFC 5321) does not carry. */
const STRICTER: Readonly<Record<string, string>> = {
  CFWS_COMMENT: "comments belong to message headers; SMTP has none",
  CFWS_FWS: "folded white space belongs to message headers; SMTP has none",
  DEPREC_FWS: "folded white space belongs to message headers; SMTP has none",
  DEPREC_COMMENT: "comments belong to message headers; SMTP has none",
  DEPREC_CFWS_NEAR_AT: "comments and spaces beside the @ are obsolete, and SMTP has none",
  DEPREC_CTEXT: "comments belong to message headers; SMTP has none",
  DEPREC_LOCALPART: "a mixture of quoted and plain words is obsolete; SMTP has one or the other",
  DEPREC_QTEXT: "control characters in a quoted string are obsolete; SMTP has none",
  DEPREC_QP: "control characters after a backslash are obsolete; SMTP has none",
  RFC5322_LOCAL_TOOLONG: "a local part has at most 64 octets in SMTP",
};

describe("the isemail tests", () => {
  test("local parts agree, or the difference has its reason", () => {
    const known = cases().filter(({ address }) => address.includes("@"));
    const localOf = (address: string) => address.slice(0, address.lastIndexOf("@"));
    // A local part that stands in a valid address is right; what is wrong with it elsewhere is wrong with the domain.
    const proven = new Set(known.filter(({ category }) => category === "VALID_CATEGORY").map(({ address }) => localOf(address)));
    let agree = 0;
    const differences: string[] = [];
    const unexplained: string[] = [];
    for (const { id, address, category, diagnosis } of known) {
      const local = localOf(address);
      const theirs = proven.has(local) || category !== "ERR";
      const ours = localPartIssue(local) === null;
      if (theirs === ours) agree += 1;
      else if (theirs && STRICTER[diagnosis] !== undefined) differences.push(`${id} ${JSON.stringify(local)}: ${STRICTER[diagnosis]}`);
      else unexplained.push(`${id} ${JSON.stringify(local)}: ${diagnosis}, here ${String(localPartIssue(local))}`);
    }
    process.stdout.write(`isemail: ${known.length} local parts, ${agree} agree, ${differences.length} are judged more strictly:\n${differences.join("\n")}\n`);
    expect(unexplained).toEqual([]);
    expect(known.length).toBeGreaterThan(150);
    expect(agree).toBeGreaterThan(120);
  });
});

describe("local parts", () => {
  test.each([
    ["anna.berg", null],
    ["o'brien+tag", null],
    ['"anna berg"', null],
    ["", "empty"],
    [".anna", "edge-dot"],
    ["anna.", "edge-dot"],
    ["an..na", "double-dot"],
    ["anna berg", "character"],
    ["jürgen", "character"],
    ['"anna', "character"],
    ["a".repeat(64), null],
    ["a".repeat(65), "too-long"],
  ])("%j is %s", (text, issue) => {
    expect(localPartIssue(text)).toBe(issue);
  });
});

describe("aliases", () => {
  test.each([
    ["anna", "example.com", null],
    ['"anna"', null, "character"],
    ["Postmaster", null, "reserved"],
    ["abuse", null, "reserved"],
    ["a".repeat(64), null, null],
    ["a".repeat(65), null, "too-long"],
    ["a".repeat(64), `${"b".repeat(190)}.com`, "too-long"],
    ["a", `${"b".repeat(248)}.com`, null],
  ])("%j below %s is %s", (alias, domain, issue) => {
    expect(aliasIssue(alias, domain)).toBe(issue);
  });
});
