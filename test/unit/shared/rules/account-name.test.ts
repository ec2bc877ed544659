import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { accountNameIssue } from "../../../../shared/rules/account-name.ts";
import { objectNameIssue } from "../../../../shared/rules/object-name.ts";

const path = ["accountName"];

describe("an account name", () => {
  test.each([["sales"], ["Sales.North"], ["a".repeat(20)], ["O'Neil"], ["a b"], ["$x"], ["#1"], ["Müller"]])("%s may be", (name) => {
    expect(accountNameIssue(path, name, "user")).toBeNull();
  });

  test.each([
    ["", "user", { path, code: "required" }],
    ["  ", "group", { path, code: "required" }],
    ["a".repeat(21), "user", { path, code: "account-name-long", facts: { most: 20, length: 21 } }],
    ["a".repeat(257), "group", { path, code: "account-name-long", facts: { most: 256, length: 257 } }],
    ["sales.", "group", { path, code: "account-name-dot" }],
    ["a\nb", "group", { path, code: "control-character", facts: { character: "U+000A", position: 2 } }],
    ["a\u202Eb", "user", { path, code: "invisible-character", facts: { character: "U+202E", position: 2 } }],
    ["a\uD800", "user", { path, code: "broken-character", facts: { character: "U+D800", position: 2 } }],
  ] as const)("%j of a %s may not be", (name, kind, issue) => {
    expect(accountNameIssue(path, name, kind)).toEqual(issue);
  });

  test.each(Array.from(`"/\\[]:;|=,+*?<>@`))("cannot hold %s, wherever it stands", (character) => {
    fc.assert(
      fc.property(fc.stringMatching(/^[a-z]{0,5}$/), fc.stringMatching(/^[a-z]{0,5}$/), (before, after) => {
        expect(accountNameIssue(path, before + character + after, "user")).toEqual({ path, code: "account-name-character", facts: { character } });
      }),
    );
  });

  test("of a group may be longer than a user's", () => {
    expect(accountNameIssue(path, "a".repeat(256), "group")).toBeNull();
  });
});

describe("an object's name", () => {
  test.each([["Sales, \"North\""], ["a".repeat(64)], ["😀".repeat(32)], ["\u202Egnp.exe"], ["#"], [" a"]])("%j may be", (name) => {
    expect(objectNameIssue(["name"], name)).toBeNull();
  });

  test.each([
    ["", "required"],
    [" \u00A0", "required"],
    ["a".repeat(65), "object-name-long"],
    ["😀".repeat(33), "object-name-long"],
    ["a\nb", "control-character"],
    ["a\0", "control-character"],
    ["\uDC00", "broken-character"],
  ])("%j may not be: %s", (name, code) => {
    expect(objectNameIssue(["name"], name)).toMatchObject({ path: ["name"], code });
  });
});
