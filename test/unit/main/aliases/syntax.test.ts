import { describe, expect, test } from "vitest";
import { dialectOf } from "../../../../main/aliases/dialect.ts";
import { evaluateAliases } from "../../../../main/aliases/index.ts";
import { blamedIndex, patternErrorText } from "../../../../renderer/text/pattern-error.ts";
import { patternReasons } from "../../../../shared/model/alias.ts";
import { silentLogger } from "../../../lab/loggers.ts";
import { refusedPatterns } from "../../../lab/refused-patterns.ts";

describe("what .NET refuses is refused, with its reason and its position", () => {
  test.each(refusedPatterns)("%s: %s at %d", (pattern, reason, offset) => {
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
