import { describe, expect, test } from "vitest";
import { dialectOf } from "../../../../main/aliases/dialect.ts";
import { matchOne } from "../../../../main/aliases/index.ts";
import { regexRows } from "../../../lab/vectors.ts";
import { silentLogger } from "../../../lab/loggers.ts";


describe(".NET's own test cases, with JavaScript alone", () => {
  test("each is answered as .NET does or named as differing, and the check is quiet on 90% of those that agree", async () => {
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
    expect(quiet / agree).toBeGreaterThanOrEqual(0.9);
  });
});

describe("constructs", () => {
  const named = (pattern: string, options?: string, inputs: readonly string[] = []) =>
    dialectOf(pattern, options).differences(inputs).map(({ construct, text, offset, effect }) => `${construct} ${text} @${offset} ${effect}`);

  test.each([
    ["a(?>b+)", "atomic-group (?> @1 error"],
    ["(?'name'a)", "quoted-group-name (?'name' @0 error"],
    ["(?<1>a)", "numbered-group (?<1> @0 error"],
    ["(?<a>x)(?<b-a>y)", "balancing-group (?<b-a> @7 error"],
    ["(?(a)b|c)", "conditional ( @0 error"],
    ["a(?#note)", "comment (?#note) @1 error"],
    ["(?i)a", "inline-options (?i) @0 error"],
    ["(?x: a)", "inline-options (?x: @0 error"],
    ["\\Aa\\z", "anchor-escape \\A @0 error"],
    ["\\ea", "control-escape \\e @0 error"],
    ["\\012", "octal-escape \\012 @0 error"],
    ["[a-z-[aeiou]]", "class-subtraction -[aeiou] @4 error"],
    ["[]a]", "leading-bracket [] @0 meaning"],
    ["\\p{IsGreek}", "unicode-block \\p{IsGreek} @0 error"],
    ["\\p{Script=Greek}", "unicode-property \\p{Script=Greek} @0 meaning"],
    ["a{,3}", "literal-bracket { @1 error"],
    ["[\\w-.]", "range-from-set \\w @1 error"],
    ["\\@", "escaped-character \\@ @0 error"],
    ["^+a", "quantified-anchor ^+ @0 error"],
    ["(?=a)?", "quantified-lookaround ? @5 error"],
    ["(a)?\\1", "unset-backreference \\1 @4 meaning"],
    ["(?<n>a)|\\k<n>", "unset-backreference \\k<n> @8 meaning"],
    ["(?<n>a)(b)\\1", "group-numbering \\1 @10 meaning"],
    ["(?:|a)+", "empty-iteration (?:|a)+ @0 meaning"],
    ["\\u{61}", "code-point-escape \\u{61} @0 meaning"],
  ])("%s names %s", (pattern, expected) => {
    expect(named(pattern)).toContain(expected);
  });

  test("what depends on the input is named when an input shows it", () => {
    expect(named("^\\w+$", "None", ["anna.berg"])).toEqual([]);
    expect(named("^\\w+$", "None", ["jürgen"])).toEqual(["word-class \\w @1 meaning"]);
    expect(named("^a$", "None", ["a\n"])).toEqual(["dollar-before-newline $ @2 meaning"]);
    expect(named("a.b", "None", ["a\rb"])).toEqual(["dot-line-ends . @1 meaning"]);
    expect(named("a.b", "None", ["a😀b"])).toEqual(["code-units . @1 meaning"]);
    expect(named("k", "IgnoreCase", ["\u212a"])).toEqual(["case-folding k @0 meaning"]);
  });

  test("without inputs everything that could show is named", () => {
    expect(named("^\\d+$")).toEqual(["digit-class \\d @1 meaning", "dollar-before-newline $ @4 meaning"]);
  });

  test.each(["^[a-z0-9._-]{1,64}$", "^(?:anna|bert)\\.[a-z]+$", "^(\\w)\\1$", "(?i:a)b", "^[A-Za-z0-9!#$%&'*+/=?^_`{|}~.\\-]+$"])(
    "%s means the same to both",
    (pattern) => {
      expect(named(pattern, "None", ["anna.berg"])).toEqual([]);
    },
  );

  test("options that JavaScript has no flag for are named", () => {
    expect(named("ab", "RightToLeft", ["ab"])).toEqual(["option RightToLeft @0 meaning"]);
    expect(dialectOf("a", "IgnoreCase, Multiline, Singleline").flags).toBe("uims");
  });
});

describe("anchors", () => {
  test.each(["^a$", "\\Aa\\z", "^(?:a|b)$", "(^a$|^b$)", "(?=.{3})^a$"])("%s covers the whole alias", (pattern) => {
    expect(dialectOf(pattern).anchored).toBe(true);
  });
  test.each(["a", "^a", "a$", "^a|b$", "(^)?a$", "^a$|b", "\\^a\\$", "^a[$]"])("%s may cover a part", (pattern) => {
    expect(dialectOf(pattern).anchored).toBe(false);
  });
});
