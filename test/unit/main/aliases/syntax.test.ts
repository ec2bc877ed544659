import { describe, expect, test } from "vitest";
import { dialectOf } from "../../../../main/aliases/dialect.ts";
import { evaluateAliases } from "../../../../main/aliases/index.ts";
import { blamedIndex, patternErrorText } from "../../../../renderer/text/pattern-error.ts";
import { patternReasons, type PatternReason } from "../../../../shared/model/alias.ts";
import { silentLogger } from "../../../lab/loggers.ts";

/** Reason and position as .NET 10 gives them (RegexParseException); each asked of the real one in the integration tests. */
const REFUSED: readonly (readonly [pattern: string, reason: PatternReason, offset: number])[] = [
  ["\\_", "unrecognized-escape", 2],
  ["\\i", "unrecognized-escape", 2],
  ["a\\hb", "unrecognized-escape", 3],
  ["\\pL", "invalid-unicode-property-escape", 2],
  ["^\\pL+$", "malformed-unicode-property-escape", 4],
  ["(?i)^(a$", "insufficient-closing-parentheses", 8],
  ["a)", "insufficient-opening-parentheses", 2],
  ["[a", "unterminated-bracket", 2],
  ["[]", "unterminated-bracket", 2],
  ["[z-a]", "reversed-character-range", 4],
  ["[a-\\d]", "shorthand-class-in-character-range", 5],
  ["[a-z-[b]c]", "exclusion-group-not-last", 8],
  ["\\p{IsKlingon}", "unrecognized-unicode-property", 13],
  ["\\p{Script=Greek}", "invalid-unicode-property-escape", 10],
  ["\\x4", "insufficient-or-invalid-hex-digits", 2],
  ["\\u00g0", "insufficient-or-invalid-hex-digits", 5],
  ["\\c1", "unrecognized-control-character", 3],
  ["\\c", "missing-control-character", 2],
  ["a\\", "unescaped-ending-backslash", 2],
  ["(a)\\2", "undefined-numbered-reference", 5],
  ["\\k<n>", "undefined-named-reference", 5],
  ["\\k", "malformed-named-reference", 1],
  ["*a", "quantifier-after-nothing", 1],
  ["(?:+a)", "quantifier-after-nothing", 4],
  ["a**", "nested-quantifiers-not-parenthesized", 3],
  ["a{2}{3}", "nested-quantifiers-not-parenthesized", 5],
  ["a{3,2}", "reversed-quantifier-range", 6],
  ["a{2147483648}", "quantifier-or-capture-group-out-of-range", 12],
  ["(?y:a)", "invalid-grouping-construct", 3],
  ["(?P<n>a)", "invalid-grouping-construct", 3],
  ["(?<0>a)", "capture-group-of-zero", 4],
  ["(?<a b>c)", "capture-group-name-invalid", 4],
  ["(?#open", "unterminated-comment", 7],
  ["(?(1)a|b)", "alternation-has-undefined-reference", 5],
  ["(?(1a)b)", "alternation-has-malformed-reference", 5],
  ["(?(a)b|c|d)", "alternation-has-too-many-conditions", 11],
  ["(?(?#c)a)", "alternation-has-comment", 2],
  ["(?(?<n>a)b)", "alternation-has-named-capture", 2],
];

describe("what .NET refuses is refused, with its reason and its position", () => {
  test.each(REFUSED)("%s: %s at %d", (pattern, reason, offset) => {
    expect(dialectOf(pattern).refusal).toEqual({ reason, offset });
  });

  test("JavaScript has no say: what it takes may be refused, and what it refuses may be valid", async () => {
    const ask = async (pattern: string) => {
      const answer = await evaluateAliases({ pattern, aliases: ["a"], maximumLength: null, domain: null }, { powershell: null, logger: silentLogger });
      if (!answer.ok) throw new Error(answer.fault.kind);
      return answer.value;
    };
    expect(() => new RegExp("\\_")).not.toThrow();
    expect(await ask("\\_")).toMatchObject({ patternError: { reason: "unrecognized-escape" }, differences: [], unanchored: false, verdicts: [{ outcome: "unanswered" }] });
    const valid = "\\Aa\\z(?#note)";
    expect(() => new RegExp(valid, "u")).toThrow(SyntaxError);
    expect(await ask(valid)).toMatchObject({ patternError: null, differences: [], verdicts: [{ outcome: "fits" }] });
  });

  test("options that do not go together are refused", () => {
    expect(dialectOf("a", "ECMAScript, Singleline").refusal).toEqual({ reason: "option-combination", offset: null });
    expect(dialectOf("a", "ECMAScript, IgnoreCase").refusal).toBeNull();
  });
});

describe("a refusal in words", () => {
  test.each(patternReasons)("%s has a sentence", (reason) => {
    expect(patternErrorText("a", { reason, offset: null, words: null })).toMatch(/^[A-Z\\({].+\.$/);
  });

  test("names the character that was read last, or the end where something lacks", () => {
    const at = (pattern: string) => {
      const { refusal } = dialectOf(pattern);
      return refusal === null ? null : blamedIndex(pattern, { ...refusal, words: null });
    };
    expect(at("a\\hb")).toBe(2);
    expect(at("a\\h")).toBe(2);
    expect(at("^(a$")).toBe(4);
    expect(at("[a")).toBe(2);
    expect(at("*a")).toBe(0);
  });
});
