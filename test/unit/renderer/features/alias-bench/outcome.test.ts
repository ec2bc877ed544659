import { describe, expect, it } from "vitest";
import { dialectOf } from "../../../../../main/aliases/dialect.ts";
import { noticesOf } from "../../../../../renderer/features/alias-bench/notices.tsx";
import {
  addressInWords,
  countsOf,
  groupedDifferences,
  isProblem,
  lengthInWords,
  matchedInWords,
} from "../../../../../renderer/features/alias-bench/outcome.ts";
import { sayIfKnown } from "../../../../../renderer/text/text.ts";
import { aliasOutcomes, type AliasAnswer, type AliasVerdict } from "../../../../../shared/model/alias.ts";

const fits: AliasVerdict = { alias: "john", outcome: "fits", matches: true, matched: "john", partial: false, length: 4, tooLong: false, addressIssue: null };
const noMatch: AliasVerdict = { ...fits, outcome: "no-match", matches: false, matched: null };
const unanswered: AliasVerdict = { ...fits, outcome: "unanswered", matches: null, matched: null };
const answer: AliasAnswer = { engine: "JavaScript", patternError: null, unanchored: false, differences: [], stopped: false, verdicts: [fits] };

describe("what verdicts come to", () => {
  it("is a problem unless the alias fits", () => {
    expect(aliasOutcomes.filter((outcome) => !isProblem({ ...fits, outcome }))).toEqual(["fits"]);
  });

  it("is counted, leaving out what did not occur", () => {
    expect(countsOf([noMatch, fits, noMatch, unanswered])).toEqual([
      { outcome: "fits", number: 1 },
      { outcome: "no-match", number: 2 },
      { outcome: "unanswered", number: 1 },
    ]);
  });
});

describe("the parts of a verdict in words", () => {
  it("show the matched text itself only where it is a part", () => {
    expect(matchedInWords(fits)).toBe("all of it");
    expect(matchedInWords(noMatch)).toBe("nothing");
    expect(matchedInWords({ ...fits, matched: "", partial: true })).toBe("nothing (an empty match)");
    expect(matchedInWords({ ...fits, matched: "jo", partial: true })).toBeNull();
  });

  it("compare the length with the limit there is", () => {
    expect(lengthInWords(fits, null)).toBe("4");
    expect(lengthInWords(fits, 64)).toBe("4 of 64");
    expect(lengthInWords({ ...fits, length: 70, tooLong: true }, 64)).toBe("70 of 64: too long");
  });

  it("name every address rule, and show an unknown one as it is", () => {
    const issues = ["empty", "edge-dot", "double-dot", "character", "too-long", "reserved"];
    const words = issues.map((addressIssue) => addressInWords({ ...fits, addressIssue }));
    expect(new Set(words).size).toBe(issues.length);
    expect(words.join(" ")).not.toContain("not usable:");
    expect(addressInWords({ ...fits, addressIssue: "new-rule" })).toBe("not usable: new-rule");
  });
});

/** One pattern for each construct that JavaScript cannot answer for, or may answer otherwise, with a text that shows it. */
const PATTERNS: Readonly<Record<string, readonly [pattern: string, text?: string]>> = {
  "balancing-group": ["(?<b>a)(?<a-b>x)"],
  "case-folding": ["(?i)i", "\u0130"],
  conditional: ["(a)?(?(1)b|c)"],
  "duplicate-group-name": ["(?<n>a)|(?<n>b)\\k<n>"],
  "empty-iteration": ["(?:|a)+"],
  "loop-capture": ["(a*)+\\1"],
  nesting: [`${"(".repeat(300)}${")".repeat(300)}`],
  // Conditions within conditions double each time.
  "too-large": ["(?(".repeat(24) + "a".repeat(20) + ")b)".repeat(24)],
  "unicode-property": ["\\p{_xmlC}"],
  "unicode-version": ["\\w", "\u088f"],
  "unset-backreference": ["(a)?\\1"],
};

describe("differences between engines", () => {
  it.each(Object.entries(PATTERNS))("%s has a sentence of its own", (construct, [pattern, text = ""]) => {
    expect(dialectOf(pattern).translate(text).differences.map((difference) => difference.construct)).toContain(construct);
    expect(sayIfKnown(`alias-dialect.${construct}`)).toMatch(/\.$/);
  });

  it("are gathered by construct, and an unknown construct is named", () => {
    const at = (construct: string, offset: number) => ({ construct, text: "x", offset, effect: "meaning" }) as const;
    const groups = groupedDifferences([at("digit-class", 0), at("new-thing", 2), at("digit-class", 5)]);
    expect(groups.map(({ construct, places }) => [construct, places.length])).toEqual([
      ["digit-class", 2],
      ["new-thing", 1],
    ]);
    expect(groups[1]?.sentence).toContain("new-thing");
  });
});

describe("notices about the expression", () => {
  it("are none for a sound one", () => expect(noticesOf("^a$", answer)).toEqual([]));

  it("tell an expression that only .NET runs from one that .NET refuses", () => {
    const error = { construct: "balancing-group", text: "(?<a-b>x)", offset: 0, effect: "error" } as const;
    expect(noticesOf("(?<a-b>x)", { ...answer, differences: [error] })).toMatchObject([{ intent: "warning" }]);
    const refused = { ...answer, patternError: { reason: "insufficient-closing-parentheses", offset: 2, words: null } } as const;
    const [broken] = noticesOf("(a", refused);
    expect(broken?.intent).toBe("error");
    expect(broken?.text).toBe("A parenthesis ( is not closed. Write \\( for a parenthesis itself. Reading stopped at the end.");
  });

  it("add .NET's own words where it was asked", () => {
    const patternError = { reason: "unrecognized-escape", offset: 2, words: "Unrecognized escape sequence \\_." } as const;
    expect(noticesOf("\\_a", { ...answer, patternError })[0]?.text).toMatch(/Reading stopped at character 2\. \.NET says: Unrecognized escape sequence/);
  });

  it("come for an unanchored and for a stopped expression", () => {
    expect(noticesOf("a", { ...answer, unanchored: true, stopped: true }).map(({ intent }) => intent)).toEqual(["error", "warning"]);
  });
});
