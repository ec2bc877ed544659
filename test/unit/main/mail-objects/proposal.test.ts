import { expect, it } from "vitest";
import { propose } from "../../../../main/mail-objects/proposal.ts";

it.each([
  ["Sales Team", "sales.team"],
  ["Jürgen Groß", "juergen.gross"],
  ["Łukasz Żółć", "lukasz.zolc"],
  ["Анна Иванова", "anna.ivanova"],
  ["R&D / \"Labs\" (EU)", "r.d.labs.eu"],
  ["..dots..", "dots"],
  ["😀", ""],
])("proposes an alias of ASCII letters for %j", (name, alias) => {
  expect(propose("distribution-group", name, 64).alias).toBe(alias);
});

it("keeps to the longest alias and to the 20 characters of a user's account, numbers included", () => {
  const long = "a".repeat(80);
  expect(propose("mailbox", long, 64)).toEqual({ alias: "a".repeat(64), accountName: "a".repeat(20) });
  expect(propose("mailbox", long, 64, 12)).toEqual({ alias: `${"a".repeat(62)}12`, accountName: `${"a".repeat(18)}12` });
  expect(propose("security-group", long, 64).accountName).toHaveLength(64);
});
