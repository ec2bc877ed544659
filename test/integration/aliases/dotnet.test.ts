import { afterAll, describe, expect, test } from "vitest";
import { evaluateAliases, matchOne } from "../../../main/aliases/index.ts";
import { PowerShellSession } from "../../../main/powershell/index.ts";
import { askDotNet, findDotNetSdk, powershellHere, powershellWords } from "../../lab/dotnet.ts";
import { regexRows } from "../../lab/vectors.ts";
import { silentLogger } from "../../lab/loggers.ts";

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
});
