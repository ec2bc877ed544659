import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { evaluateAliases, matchOne } from "../../../main/aliases/index.ts";
import { categoryTest, isSettled, sameIgnoringCase } from "../../../main/aliases/unicode.ts";
import { PowerShellSession } from "../../../main/powershell/index.ts";
import { askDotNet, askPowerShell, findDotNetSdk, powershellHere, powershellWords } from "../../lab/dotnet.ts";
import { refusedPatterns } from "../../lab/refused-patterns.ts";
import { regexRows } from "../../lab/vectors.ts";
import { silentLogger } from "../../lab/loggers.ts";
import { restThreads } from "../../lab/rest-threads.ts";

afterEach(restThreads);

const sdk = findDotNetSdk();

describe.skipIf(sdk === null)(`.NET itself (SDK ${sdk ?? "10 or later is not on this machine, so it cannot be asked"})`, () => {
  test("answers each vector as the vectors say", () => {
    const rows = regexRows();
    const answers = askDotNet(rows);
    const wrong = rows.filter((row, i) => answers[i]?.success !== row.success || answers[i].value !== row.value);
    process.stdout.write(`.NET SDK ${String(sdk)}: ${rows.length - wrong.length} of ${rows.length} vectors hold\n`);
    expect(answers).toHaveLength(rows.length);
    expect(wrong).toEqual([]);
  });
});

describe.skipIf(powershellHere === null)(`PowerShell (${powershellWords})`, () => {
  const session = new PowerShellSession({ location: powershellHere ?? { executable: "pwsh", edition: "Core" }, logger: silentLogger });
  afterAll(() => session.dispose());
  const context = { powershell: session, logger: silentLogger };
  const evaluate = async (pattern: string, aliases: string[]) => {
    const answer = await evaluateAliases({ pattern, maximumLength: null, domain: null, aliases }, context);
    if (!answer.ok) throw new Error(answer.fault.kind);
    expect(answer.value.engine).toBe(".NET");
    return answer.value;
  };

  // All of them share one child, which is looked for when the last is over.
  beforeAll(() => evaluate("^a", ["a"]));

  test("the product's own script answers each vector as .NET does", async () => {
    const rows = regexRows();
    const wrong: string[] = [];
    for (const row of rows) {
      const answer = await matchOne(row, context);
      if (!answer.ok) throw new Error(answer.fault.kind);
      const { engine, matches, value, differs } = answer.value;
      if (engine !== ".NET" || matches !== row.success || (value ?? "") !== row.value || differs.length > 0) wrong.push(`${row.pattern} (${row.options})`);
    }
    process.stdout.write(`PowerShell: ${rows.length - wrong.length} of ${rows.length} vectors answered as .NET does\n`);
    expect(wrong).toEqual([]);
  });

  test("texts come through as they are: quotes, dollars, dates, line ends, emoji, half pairs", async () => {
    const aliases = ['"', "$(Get-Date)", "`n", "2026-06-01T00:00:00Z", "/Date(0)/", "a\r\nb", "😀", "\ud83d", "ü", "", "'; exit; '"];
    const answer = await evaluate("(?s)^.*$", aliases);
    expect(answer.patternError).toBeNull();
    expect(answer.verdicts.map(({ matched }) => matched)).toEqual(aliases);
  });

  test("a pattern that .NET refuses comes back in .NET's words", async () => {
    const answer = await evaluate("(a", ["a"]);
    expect(answer.patternError).toMatchObject({ reason: "insufficient-closing-parentheses", offset: 2 });
    expect(answer.patternError?.words).toContain("(a");
    expect(answer.verdicts[0]?.matches).toBeNull();
  });

  test("a catastrophic pattern is stopped by .NET's own limit, and what came before keeps its verdict", async () => {
    const answer = await evaluate("^([a-z0-9]+[._-]?)+$", ["anna", `${"a".repeat(60)}!`, "carl"]);
    expect(answer.stopped).toBe(true);
    expect(answer.verdicts.map(({ matches }) => matches)).toEqual([true, null, null]);
  });

  test("ten thousand aliases go in portions and come back in order", async () => {
    const aliases = Array.from({ length: 10_000 }, (_none, i) => (i % 3 === 0 ? `user${i}` : `User ${i}`));
    const answer = await evaluate("^[a-z]+\\d+$", aliases);
    expect(answer.verdicts.every(({ matches }, i) => matches === (i % 3 === 0))).toBe(true);
  });

  test("the expressions known as refused are refused for the reason and at the place that are known", () => {
    const answers = askPowerShell(refusedPatterns.map(([pattern]) => ({ pattern, options: "None", texts: [] })));
    const kebab = (name: string) => name.replaceAll(/(?!^)\p{Lu}/gu, "-$&").toLowerCase();
    expect(answers.map(({ reason, offset }, i) => [refusedPatterns[i]?.[0], kebab(reason), offset])).toEqual(refusedPatterns);
  });

  test("settled characters have the category and the other case that JavaScript's tables say", () => {
    const units = Array.from({ length: 0x10000 }, (_none, unit) => unit).filter(isSettled);
    const names = "Lu Ll Lt Lm Lo Mn Mc Me Nd Nl No Zs Zl Zp Cc Cf Cs Co Pc Pd Ps Pe Pi Pf Po Sm Sc Sk So Cn".split(" ");
    const text = (members: readonly number[]) => String.fromCharCode(...members);
    const categories = names.map((name) => ({ pattern: `^\\p{${name}}*\\z`, options: "None", texts: [text(units.filter((unit) => categoryTest(name)?.(unit)))] }));
    // The invariant culture's: others take the dotted I for an i.
    const cased = units
      .map((unit) => [unit, sameIgnoringCase(unit)] as const)
      .filter(([, same]) => same.length > 1 && same.every(isSettled))
      .map(([unit, same]) => ({ pattern: `^${String.fromCharCode(unit)}+\\z`, options: "IgnoreCase, CultureInvariant", texts: [text(same)] }));
    const answers = askPowerShell([...categories, ...cased]);
    const wrong = [...categories, ...cased].filter(({ texts }, i) => answers[i]?.spans[0]?.end !== (texts[0] ?? "").length);
    expect(wrong).toEqual([]);
    // Every character has one category, so each was asked about.
    expect(categories.reduce((sum, { texts }) => sum + (texts[0] ?? "").length, 0)).toBe(units.length);
  });
});
