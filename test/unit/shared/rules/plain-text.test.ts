import { describe, expect, it } from "vitest";
import { textIssue } from "../../../../shared/rules/plain-text.ts";

describe("characters that have no place in a text", () => {
  it.each(["CONTOSO\\svc-mail", "anna@contoso.lab", "Zürich HQ 東京", "a\u3000b", "CN=svc,OU=Mail"])("are not in %s", (text) => {
    expect(textIssue(["name"], text)).toBeNull();
  });

  it.each([
    ["CONTOSO\nadmin", "control-character", "U+000A"],
    ["\u0000", "control-character", "U+0000"],
    ["a\u009Fb", "control-character", "U+009F"],
    ["svc\u200B", "invisible-character", "U+200B"],
    ["\u202Esvc", "invisible-character", "U+202E"],
    ["Contoso\u00A0HQ", "invisible-character", "U+00A0"],
    ["a\u202Fb", "invisible-character", "U+202F"],
    ["a\u2028b", "invisible-character", "U+2028"],
    ["a\uFE0Fb", "invisible-character", "U+FE0F"],
    ["M\uFFFDller", "broken-character", "U+FFFD"],
    ["a\uD800b", "broken-character", "U+D800"],
  ])("are found in %j", (text, code, character) => {
    expect(textIssue(["name"], text)).toEqual({ path: ["name"], code, facts: { character } });
  });

  it("are fewer in expressions and secrets, which may be about or hold what is not seen", () => {
    for (const use of ["expression", "secret"] as const) {
      expect(textIssue(["name"], "a\u00A0\u200Bb", use)).toBeNull();
      expect(textIssue(["name"], "a\bb", use)?.code).toBe("control-character");
      expect(textIssue(["name"], "a\uFFFDb", use)?.code).toBe("broken-character");
    }
  });
});
