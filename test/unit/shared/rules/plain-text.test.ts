import { describe, expect, it } from "vitest";
import { textIssue } from "../../../../shared/rules/plain-text.ts";

describe("characters that have no place in a text", () => {
  it.each(["CONTOSO\\svc-mail", "anna@contoso.lab", "Zürich HQ 東京", "a\u3000b", "CN=svc,OU=Mail"])("are not in %s", (text) => {
    expect(textIssue(["name"], text)).toBeNull();
  });

  it.each([
    ["CONTOSO\nadmin", "control-character", "U+000A", 8],
    ["\u0000", "control-character", "U+0000", 1],
    ["a\u009Fb", "control-character", "U+009F", 2],
    ["svc\u200B", "invisible-character", "U+200B", 4],
    ["\u202Esvc", "invisible-character", "U+202E", 1],
    ["Contoso\u00A0HQ", "invisible-character", "U+00A0", 8],
    ["a\u202Fb", "invisible-character", "U+202F", 2],
    ["a\u2028b", "invisible-character", "U+2028", 2],
    ["a\uFE0Fb", "invisible-character", "U+FE0F", 2],
    ["M\uFFFDller", "broken-character", "U+FFFD", 2],
    ["🏢 HQ\u200B", "invisible-character", "U+200B", 5],
    ["a\uD800b", "broken-character", "U+D800", 2],
  ])("are found in %j", (text, code, character, position) => {
    expect(textIssue(["name"], text)).toEqual({ path: ["name"], code, facts: { character, position } });
  });

  it("are fewer in expressions and secrets, which may be about or hold what is not seen", () => {
    for (const use of ["expression", "secret"] as const) {
      expect(textIssue(["name"], "a\u00A0\u200Bb", use)).toBeNull();
      expect(textIssue(["name"], "a\bb", use)?.code).toBe("control-character");
      expect(textIssue(["name"], "a\uFFFDb", use)?.code).toBe("broken-character");
    }
  });
});
