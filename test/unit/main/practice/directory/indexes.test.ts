/** Entries of the practice directory by what they hold. */
import { array, assert, boolean, constantFrom, option, property, record } from "fast-check";
import { expect, test } from "vitest";
import { buildTree, entryOf } from "../../../../../main/practice/directory/tree.ts";

const ROOT = "DC=contoso,DC=lab";
const plan = (name: string, attributes: Readonly<Record<string, string | Buffer | readonly string[]>>) => ({ dn: `CN=${name},${ROOT}`, class: "Group", attributes });
const tree = () => buildTree([ROOT], `CN=Schema,${ROOT}`, [{ dn: ROOT, class: "Domain-DNS" }]);
const names = (found: readonly { readonly dn: string }[]) => found.map(({ dn }) => dn.slice(3, dn.indexOf(",")));

test("finds in any case, and not by a part of a value", () => {
  const built = buildTree([ROOT], `CN=Schema,${ROOT}`, [plan("a", { mailNickname: "Sales", proxyAddresses: ["SMTP:a@contoso.lab", "smtp:b@contoso.lab"] }), plan("b", { mailNickname: "sales2" })]);
  expect(names(built.having("mailNickname", "SALES"))).toEqual(["a"]);
  expect(names(built.having("proxyAddresses", "smtp:A@CONTOSO.LAB"))).toEqual(["a"]);
  expect(names(built.having("proxyAddresses", "smtp:B@contoso.lab"))).toEqual(["a"]);
  expect(built.having("mailNickname", "sale")).toEqual([]);
});

test("finds by GUID in Microsoft's order of octets, and tells octets apart that are the same letter in another case", () => {
  const [upper, lower] = [Buffer.from("4142434445464748494a4b4c4d4e4f50", "hex"), Buffer.from("6162636465666768696a6b6c6d6e6f70", "hex")];
  const built = buildTree([ROOT], `CN=Schema,${ROOT}`, [plan("upper", { objectGUID: upper }), plan("lower", { objectGUID: lower })]);
  expect(built.find("<GUID=44434241-4645-4847-494a-4b4c4d4e4f50>")?.dn).toBe(`CN=upper,${ROOT}`);
  expect(built.find("<GUID=64636261-6665-6867-696A-6B6C6D6E6F70>")?.dn).toBe(`CN=lower,${ROOT}`);
  expect(built.find("<GUID=41424344-4546-4748-494a-4b4c4d4e4f50>")).toBeNull();
});

test("knows after any puts and drops what reading all of it would find", () => {
  const step = record({ name: constantFrom("a", "b", "c"), alias: option(constantFrom("x", "X", "y", "z"), { nil: null }), drop: boolean() });
  assert(
    property(array(step, { maxLength: 20 }), (steps) => {
      const built = tree();
      const kept = new Map<string, string | null>();
      for (const { name, alias, drop } of steps) {
        if (drop) {
          built.drop(`CN=${name},${ROOT}`);
          kept.delete(name);
        } else {
          built.put(entryOf(`CN=${name},${ROOT}`, [["mailNickname", alias === null ? [] : [alias]]]));
          kept.set(name, alias);
        }
      }
      for (const wanted of ["x", "y", "z"]) {
        const expected = [...kept].flatMap(([name, alias]) => (alias?.toLowerCase() === wanted ? [name] : []));
        expect(names(built.having("mailNickname", wanted)).toSorted()).toEqual(expected.toSorted());
      }
    }),
  );
});
