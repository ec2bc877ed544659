/**
 * Expressions made by a grammar of .NET's syntax, answered without PowerShell and by the real .NET in the same run. What
 * .NET takes and finds must be what this console takes and finds, or a difference must be named.
 */
import { afterEach, describe, expect, test } from "vitest";
import { matchWithJavaScript } from "../../../main/aliases/javascript-engine.ts";
import type { MatchAnswer } from "../../../main/aliases/matching.ts";
import { askPowerShell, powershellHere, powershellWords, type RegexAnswer } from "../../lab/dotnet.ts";
import { patternCases, type PatternCase } from "../../lab/pattern-grammar.ts";
import { restThreads } from "../../lab/rest-threads.ts";

afterEach(restThreads);

const SEEDS = [20_260_601, 7, 404];
const CASES_A_SEED = 1_000;
/** What the check must be quiet about, of what both agree on. */
const LEAST_QUIET = 0.92;

function agrees({ error, spans }: MatchAnswer, theirs: RegexAnswer): boolean {
  if (error !== null || theirs.refused) return (error !== null) === theirs.refused;
  const ours = theirs.spans.map((_none, i) => spans[i]);
  return ours.every((span, i) => span !== undefined && span?.start === theirs.spans[i]?.start && span?.end === theirs.spans[i]?.end);
}

/** As .NET names the reasons. */
function reasonOf(answer: MatchAnswer): string {
  return (answer.error?.reason ?? "").replaceAll(/(?:^|-)(\w)/g, (_all, letter: string) => letter.toUpperCase());
}

describe.skipIf(powershellHere === null)(`a grammar of .NET's syntax (${powershellWords})`, () => {
  test("without PowerShell nothing differs in silence, and the check is quiet on 92% of what agrees", async () => {
    const cases = SEEDS.flatMap((seed) => patternCases(seed, CASES_A_SEED));
    const theirs = askPowerShell(cases);
    const count = { refused: 0, agree: 0, quiet: 0, named: 0, stopped: 0 };
    const silent: PatternCase[] = [];
    const otherReason: (readonly [PatternCase, string, RegexAnswer])[] = [];
    for (const [i, asked] of cases.entries()) {
      const answer = await matchWithJavaScript({ pattern: asked.pattern, options: asked.options, inputs: asked.texts });
      const real = theirs[i];
      if (!answer.ok || real === undefined) throw new Error(`no answer to ${asked.pattern}`);
      // A runaway is stopped by either engine at its own moment, and said.
      if (answer.value.stopped || real.stopped) {
        count.stopped += 1;
        continue;
      }
      const isQuiet = answer.value.differences.length === 0;
      const isSame = agrees(answer.value, real);
      if (real.refused) count.refused += 1;
      if (isSame) count.agree += 1;
      if (isSame && isQuiet) count.quiet += 1;
      if (!isSame && !isQuiet) count.named += 1;
      if (!isSame && isQuiet) silent.push(asked);
      const known = real.reason !== "" && answer.value.error !== null;
      if (known && (real.reason !== reasonOf(answer.value) || real.offset !== answer.value.error?.offset)) otherReason.push([asked, reasonOf(answer.value), real]);
    }
    process.stdout.write(
      `${cases.length} expressions, ${count.refused} of them refused by .NET: ${count.agree} agree, ${count.named} are named as differing, ` +
        `${silent.length} differ in silence, ${count.stopped} ran away; quiet on ${count.quiet} of ${count.agree} (${((100 * count.quiet) / count.agree).toFixed(1)}%); ` +
        `${otherReason.length} are refused for another reason or at another place\n`,
    );
    expect(silent).toEqual([]);
    expect(otherReason).toEqual([]);
    expect(count.agree).toBeGreaterThan(cases.length * 0.9);
    expect(count.stopped).toBeLessThan(cases.length * 0.02);
    expect(count.quiet / count.agree).toBeGreaterThanOrEqual(LEAST_QUIET);
  });
});
