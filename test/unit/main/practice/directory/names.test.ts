import * as fc from "fast-check";
import { expect, test } from "vitest";
import { dnKey, domainDn, escapeValue, parseDn } from "../../../../../main/practice/directory/names.ts";

test.each([
  ["CN=EXA,DC=contoso,DC=lab", "cn=exa, dc=Contoso , DC=LAB"],
  [String.raw`CN=Doe\, Jane,DC=lab`, String.raw`cn=doe\2C jane,dc=lab`],
  [String.raw`CN=Müller,DC=lab`, String.raw`cn=M\C3\BCller,dc=lab`],
  [String.raw`CN=a\+b,DC=lab`, String.raw`CN=a\2bb,DC=lab`],
])("%s is %s", (one, other) => {
  expect(dnKey(one)).not.toBeNull();
  expect(dnKey(one)).toBe(dnKey(other));
});

test.each([
  ["CN=a,DC=lab", "CN=b,DC=lab"],
  [String.raw`CN=a\,DC\=lab`, "CN=a,DC=lab"],
  ["CN=a b,DC=lab", "CN=ab,DC=lab"],
])("%s is not %s", (one, other) => {
  expect(dnKey(one)).not.toBe(dnKey(other));
});

test.each(["nonsense", "=x", "CN=", "CN=a,,DC=lab", "CN=a,", "C!N=a", "CN=a\\"])("%s is no name", (text) => {
  expect(parseDn(text)).toBeNull();
});

test("the empty name has no steps", () => {
  expect(parseDn("")).toEqual([]);
});

test("any value survives being escaped", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary", minLength: 1, maxLength: 40 }), (text) => {
      const value = text.replaceAll(/[\s\uD800-\uDFFF]/g, "x");
      expect(parseDn(`CN=${escapeValue(value)},DC=lab`)).toEqual([`cn=${value.toLowerCase()}`, "dc=lab"]);
    }),
  );
});

test("a domain's DN has one step a label", () => {
  expect(domainDn("mail.contoso.lab")).toBe("DC=mail,DC=contoso,DC=lab");
});
