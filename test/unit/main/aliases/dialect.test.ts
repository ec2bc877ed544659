import { describe, expect, test } from "vitest";
import { dialectOf } from "../../../../main/aliases/dialect.ts";
import { matchOne } from "../../../../main/aliases/index.ts";
import { regexRows } from "../../../lab/vectors.ts";
import { silentLogger } from "../../../lab/loggers.ts";

describe(".NET's own test cases, with JavaScript alone", () => {
  test("each is answered as .NET does or named as differing, and the check is quiet on 97% of those that agree", async () => {
    const rows = regexRows();
    let agree = 0;
    let quiet = 0;
    const silent: string[] = [];
    for (const row of rows) {
      const answer = await matchOne(row, { powershell: null, logger: silentLogger });
      if (!answer.ok) throw new Error(answer.fault.kind);
      const { engine, matches, value, differs } = answer.value;
      expect(engine).toBe("JavaScript");
      if (matches === row.success && (value ?? "") === row.value) {
        agree += 1;
        if (differs.length === 0) quiet += 1;
      } else if (differs.length === 0) silent.push(`${row.pattern} (${row.options})`);
    }
    process.stdout.write(
      `${rows.length} rows: ${agree} agree, ${rows.length - agree} are named as differing, ${silent.length} differ in silence; ` +
        `the check is quiet on ${quiet} of ${agree} (${((100 * quiet) / agree).toFixed(1)}%)\n`,
    );
    expect(rows).toHaveLength(406);
    expect(silent).toEqual([]);
    expect(agree / rows.length).toBeGreaterThanOrEqual(0.95);
    expect(quiet / agree).toBeGreaterThanOrEqual(0.97);
  });
});

/** The first match as .NET finds it, without a word of doubt. */
async function certain(pattern: string, input: string, options = "None"): Promise<string | null> {
  const answer = await matchOne({ pattern, options, input }, { powershell: null, logger: silentLogger });
  if (!answer.ok) throw new Error(answer.fault.kind);
  expect(answer.value).toMatchObject({ differs: [], error: null, stopped: false });
  return answer.value.matches === true ? answer.value.value : null;
}

describe("what .NET writes otherwise is answered as .NET does", () => {
  test.each([
    ["\\Aa\\z", "a", "a"],
    ["\\Aa\\Z", "a\n", "a"],
    ["^a$", "a\n", "a"],
    ["a$", "a\nb", null],
    ["a.b", "a\rb", "a\rb"],
    ["^.$", "😀", null],
    ["\\d+", "٣٤", "٣٤"],
    ["^\\w+$", "jürgen", "jürgen"],
    ["\\bg", "jürgen", null],
    ["\\s", "\ufeff\u0085", "\u0085"],
    ["(?i)anna", "ANNA", "ANNA"],
    ["a(?i)b|C", "c", "c"],
    ["(?i)k", "\u212a", "\u212a"],
    ["(?x) a b # note", "ab", "ab"],
    ["a(?#note)+", "aa", "aa"],
    ["(?>a+)ab", "aaab", null],
    ["(?<=x(?>b|ab))c", "xabc", null],
    ["[a-z-[aeiou]]+", "anna", "nn"],
    ["[]a]+", "a]", "a]"],
    ["[\\w-.]+", "a-.", "a-."],
    ["\\p{IsGreek}+", "aΑΒ", "ΑΒ"],
    ["\\@\\060\\e?", "@0", "@0"],
    ["(?<n>a)(b)\\1", "abb", "abb"],
    ["(?'n'a)\\k'n'\\<n>", "aaa", "aaa"],
    ["(?(?=a)ab|c)", "xab", "ab"],
    ["(abc)\\w(?<=(?(cd)d|e))", "abcdabc", "abcd"],
    ["(a)(?(1)b|c)", "ab", "ab"],
    ["(?=a)*b", "b", "b"],
    ["^*a", "a", "a"],
    ["a{,3}", "a{,3}", "a{,3}"],
    ["\\1(a)", "a", null],
    ["(a)|b\\1", "b", null],
  ])("%j on %j finds %j", async (pattern, input, found) => {
    expect(await certain(pattern, input)).toBe(found);
  });

  test.each([
    ["^b.c$", "a\nB\nC", "IgnoreCase, Multiline, Singleline", "B\nC"],
    ["(a)(?<n>b)\\1", "abb", "ExplicitCapture", "abb"],
    ["a b", "ab", "IgnorePatternWhitespace", "ab"],
    ["\\w+", "éa", "ECMAScript", "a"],
    ["(a)?b\\1", "b", "ECMAScript", "b"],
    ["[\\w]", "\u212a", "ECMAScript, IgnoreCase", "\u212a"],
    ["\\w", "\u212a", "ECMAScript, IgnoreCase", null],
    ["\\D\\S\\W", "a\u00a0é", "ECMAScript", "a\u00a0é"],
  ])("%j on %j with the options %s", async (pattern, input, options, found) => {
    expect(await certain(pattern, input, options)).toBe(found);
  });
});

describe("what JavaScript cannot answer for is named", () => {
  const named = (pattern: string, text = "", options?: string) =>
    dialectOf(pattern, options).translate(text).differences.map(({ construct, text: part, offset, effect }) => `${construct} ${part} @${offset} ${effect}`);

  test.each([
    ["(?<a>x)(?<b-a>y)", "balancing-group (?<b-a>y) @7 error"],
    ["(a)?(?(1)b|c)", "conditional (?(1)b|c) @4 error"],
    ["(a)?\\1", "unset-backreference \\1 @4 meaning"],
    ["(?:(a)|b\\1)+", "loop-capture \\1 @8 meaning"],
    ["(?:|a)+", "empty-iteration (?:|a)+ @0 meaning"],
    ["a()+?[ab]", "empty-iteration ()+? @1 meaning"],
    ["(?:a??|b)?[ab]", "empty-iteration (?:a??|b)? @0 meaning"],
    ["(a*)*\\1", "loop-capture \\1 @5 meaning"],
    ["(a*)+\\1", "loop-capture \\1 @5 meaning"],
    ["(?<n>a)(?<n>b)\\k<n>", "duplicate-group-name \\k<n> @14 error"],
  ])("%s: %s", (pattern, expected) => {
    expect(named(pattern)).toContain(expected);
  });

  test("options that JavaScript has no way to say are named, and such an expression is not tried", () => {
    expect(named("ab", "ab", "RightToLeft")).toEqual(["option RightToLeft @0 error"]);
    expect(dialectOf("ab", "RightToLeft").translate("ab").source).toBeNull();
  });

  test("letters that depend on the version of Unicode or on the culture are named where an input holds them", () => {
    expect(named("\\w", "\u088f")).toEqual(["unicode-version \\w @0 meaning"]);
    expect(named("(?i)i", "\u0130")).toEqual(["case-folding i @4 meaning"]);
    expect(named("i", "\u0130", "IgnoreCase, CultureInvariant")).toEqual([]);
    expect(named("(?i)(a)\\1", "é")).toEqual(["case-folding \\1 @7 meaning"]);
  });
});

describe("anchors", () => {
  test.each(["^a$", "\\Aa\\z", "^(?:a|b)$", "(^a$|^b$)", "(?=.{3})^a$", "(?(a)^a$|^b$)"])("%s covers the whole alias", (pattern) => {
    expect(dialectOf(pattern).anchored).toBe(true);
  });
  test.each(["a", "^a", "a$", "^a|b$", "(^)?a$", "^a$|b", "\\^a\\$", "^a[$]", "(?(a)^a$)", "^(a"])("%s may cover a part", (pattern) => {
    expect(dialectOf(pattern).anchored).toBe(false);
  });
});

describe("hostile expressions", () => {
  test.each([
    ["10,000 parentheses within each other", `${"(".repeat(10_000)}a${")".repeat(10_000)}`],
    ["10,000 look-behinds within each other", `${"(?<=".repeat(10_000)}a${")".repeat(10_000)}`],
    ["10,000 conditions within each other", `${"(?(".repeat(10_000)}a${")b)".repeat(10_000)}`],
  ])("%s are read to the end, and not tried by JavaScript", (_words, pattern) => {
    const dialect = dialectOf(pattern);
    expect(dialect.refusal).toBeNull();
    expect(dialect.translate("a")).toMatchObject({ source: null, differences: [{ construct: "nesting", effect: "error" }] });
  });

  test.each([
    ["40,000 open parentheses", "(".repeat(40_000), "insufficient-closing-parentheses"],
    ["10,000 brackets within each other", "[a-z-[".repeat(10_000), "too-deep"],
    ["a million characters", "a".repeat(1_000_000), "too-long"],
    ["a million open parentheses", "(".repeat(1_000_000), "too-long"],
  ])("%s are refused", (_words, pattern, reason) => {
    expect(dialectOf(pattern).refusal?.reason).toBe(reason);
  });

  test.each([
    ["more sets than can be worked out", "[a-z]".repeat(9_000), "a"],
    ["sets that become too long a text", "\\p{Lu}".repeat(3_900), String.fromCharCode(...Array.from({ length: 0x80 }, (_none, i) => 0x100 + i))],
  ])("%s are not tried by JavaScript", (_words, pattern, text) => {
    expect(dialectOf(pattern).refusal).toBeNull();
    expect(dialectOf(pattern).translate(text)).toMatchObject({ source: null, differences: [{ construct: "too-large", effect: "error" }] });
  });

  test("many references to many groups, and conditions that double, end", () => {
    const groups = "(a)".repeat(400);
    expect(dialectOf(`${groups}${"\\400".repeat(400)}`).refusal).toBeNull();
    expect(dialectOf(`${groups}${"\\400".repeat(400)}`).translate("a").differences).toEqual([]);
    expect(dialectOf("(?(".repeat(100) + "a" + ")b)".repeat(100)).translate("a")).toMatchObject({ source: null, differences: [{ construct: "too-large" }] });
  });
});
