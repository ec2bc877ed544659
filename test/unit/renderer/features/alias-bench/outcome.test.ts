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
  outcomeOf,
} from "../../../../../renderer/features/alias-bench/outcome.ts";
import { sayIfKnown } from "../../../../../renderer/text/text.ts";
import type { AliasAnswer, AliasVerdict } from "../../../../../shared/model/alias.ts";

const fits: AliasVerdict = { alias: "john", matches: true, matched: "john", partial: false, length: 4, tooLong: false, addressIssue: null };
const noMatch: AliasVerdict = { ...fits, matches: false, matched: null };
const unanswered: AliasVerdict = { ...fits, matches: null, matched: null };
const answer: AliasAnswer = { engine: "JavaScript", patternError: null, unanchored: false, differences: [], stopped: false, verdicts: [fits] };

describe("what a verdict comes to", () => {
  it.each([
    [{}, "fits"],
    [{ matches: null, tooLong: true }, "unanswered"],
    [{ matches: false, tooLong: true }, "no-match"],
    [{ partial: true, addressIssue: "character" }, "partial"],
    [{ tooLong: true, addressIssue: "too-long" }, "too-long"],
    [{ addressIssue: "reserved" }, "address"],
  ] as const)("with %o is %s", (change, outcome) => {
    const verdict = { ...fits, ...change };
    expect(outcomeOf(verdict)).toBe(outcome);
    expect(isProblem(verdict)).toBe(outcome !== "fits");
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

/** One pattern for each construct that the dialect check names. */
const PATTERNS: Readonly<Record<string, string>> = {
  "anchor-escape": "\\Aa\\z",
  "atomic-group": "(?>a)",
  "balancing-group": "(?<a-b>x)",
  "bare-backreference": "(?<n>a)\\<n>",
  comment: "a(?#note)",
  conditional: "(a)?(?(1)b|c)",
  "control-escape": "\\a",
  "code-point-escape": "\\u{61}",
  "class-subtraction": "[a-z-[aeiou]]",
  "digit-class": "\\d",
  "dollar-before-newline": "a$",
  "dot-line-ends": "a.",
  "duplicate-group-name": "(?<n>a)|(?<n>b)",
  "empty-iteration": "(?:|a)+",
  "group-numbering": "(?<n>a)(b)\\1",
  "inline-options": "(?i)a",
  "leading-bracket": "[]a]",
  "literal-bracket": "a]",
  "numbered-group": "(?<1>a)",
  "octal-escape": "\\060",
  "quantified-lookaround": "(?=a)*",
  "quoted-group-name": "(?'n'a)",
  "quoted-backreference": "(?<n>a)\\k'n'",
  "space-class": "\\s",
  "unicode-block": "\\p{IsGreek}",
  "unset-backreference": "(a)?\\1",
  "word-boundary": "\\ba",
  "word-class": "\\w",
};

describe("differences between engines", () => {
  it.each(Object.entries(PATTERNS))("%s has a sentence of its own", (construct, pattern) => {
    expect(dialectOf(pattern).differences([]).map((difference) => difference.construct)).toContain(construct);
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
  it("are none for a sound one", () => expect(noticesOf(answer)).toEqual([]));

  it("tell an expression that only .NET runs from one that nothing runs", () => {
    const error = { construct: "atomic-group", text: "(?>", offset: 0, effect: "error" } as const;
    expect(noticesOf({ ...answer, patternError: "Invalid group", differences: [error] })[0]).toMatchObject({ intent: "warning" });
    const [broken] = noticesOf({ ...answer, patternError: "Invalid group" });
    expect(broken?.intent).toBe("error");
    expect(broken?.text).toContain("Invalid group");
    expect(noticesOf({ ...answer, engine: ".NET", patternError: "Invalid group", differences: [error] })[0]).toMatchObject({ intent: "error" });
  });

  it("come for an unanchored and for a stopped expression", () => {
    expect(noticesOf({ ...answer, unanchored: true, stopped: true }).map(({ intent }) => intent)).toEqual(["error", "warning"]);
  });
});
