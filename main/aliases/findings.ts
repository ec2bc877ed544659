/** What a pattern holds that .NET and JavaScript treat differently, and when it can matter. */
import type { DialectDifference } from "../../shared/model/alias.ts";

/**
 * Which inputs make a difference show. `always`: any input may. The others need a character beyond ASCII, beyond the
 * basic plane, a line end that is no \n, or a \n at the very end.
 */
export type Relevance = "always" | "beyond-ascii" | "surrogates" | "line-ends" | "final-newline";

export interface Finding extends DialectDifference {
  readonly relevance: Relevance;
}

const SIGNS: Readonly<Record<Relevance, RegExp>> = {
  always: /(?:)/,
  "beyond-ascii": /[^\0-\x7f]/,
  surrogates: /[\ud800-\udfff]/,
  "line-ends": /[\r\u2028\u2029]/,
  "final-newline": /\n$/,
};

/** The findings that can matter for these inputs; all of them when there are none to judge by. */
export function relevantTo(findings: readonly Finding[], inputs: readonly string[]): readonly DialectDifference[] {
  const shows = (relevance: Relevance) => inputs.length === 0 || inputs.some((input) => SIGNS[relevance].test(input));
  const shown = new Map<Relevance, boolean>();
  const isShown = (relevance: Relevance) => {
    const known = shown.get(relevance) ?? shows(relevance);
    shown.set(relevance, known);
    return known;
  };
  return findings
    .filter(({ relevance }) => isShown(relevance))
    .map(({ construct, text, offset, effect }) => ({ construct, text, offset, effect }))
    .toSorted((a, b) => a.offset - b.offset);
}
