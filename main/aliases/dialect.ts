/** What .NET and JavaScript (in Unicode mode) treat differently in a pattern, and whether it is anchored. */
import type { DialectDifference } from "../../shared/model/alias.ts";
import { relevantTo, type Finding } from "./findings.ts";
import { PatternScanner, type Modes, type Scanned } from "./pattern-scanner.ts";
import { isAnchored, mayBeUnset, mayTurnEmpty, type Capture, type Element } from "./syntax-tree.ts";

/** Names of .NET's RegexOptions that JavaScript's flags say as well, or that change no match. */
const UNDERSTOOD = new Set([
  "None",
  "IgnoreCase",
  "Multiline",
  "Singleline",
  "ExplicitCapture",
  "IgnorePatternWhitespace",
  "ECMAScript",
  "CultureInvariant",
  "Compiled",
]);

export interface Dialect {
  /** JavaScript's flags for the pattern and options. */
  readonly flags: string;
  /** Whether every match must cover the whole of its line. */
  readonly anchored: boolean;
  /** Those that can matter for the inputs; every one when there are no inputs. */
  differences(inputs: readonly string[]): readonly DialectDifference[];
}

/** `options` are RegexOptions names joined by commas. Works on patterns that no engine accepts, too. */
export function dialectOf(pattern: string, options = "None"): Dialect {
  const names = options.split(",").map((name) => name.trim());
  const has = (name: string) => names.includes(name);
  const modes: Modes = {
    ignoreCase: has("IgnoreCase"),
    multiline: has("Multiline"),
    singleline: has("Singleline"),
    ecmaScript: has("ECMAScript"),
    ignoreWhitespace: has("IgnorePatternWhitespace"),
    explicitCapture: has("ExplicitCapture"),
  };
  const scanned = new PatternScanner(pattern, modes).scan();
  const strange = names.filter((name) => name !== "" && !UNDERSTOOD.has(name));
  const findings: readonly Finding[] = [
    ...strange.map((name): Finding => ({ construct: "option", text: name, offset: 0, effect: "meaning", relevance: "always" })),
    ...scanned.findings,
    ...loopFindings(pattern, [scanned.root]),
    ...referenceFindings(pattern, scanned, modes),
    ...compileFindings(pattern, scanned),
  ];
  return {
    flags: `u${modes.ignoreCase ? "i" : ""}${modes.multiline ? "m" : ""}${modes.singleline ? "s" : ""}`,
    anchored: scanned.complete && isAnchored(scanned.root.alternatives, "start") && isAnchored(scanned.root.alternatives, "end"),
    differences: (inputs) => relevantTo(findings, inputs),
  };
}

function loopFindings(pattern: string, elements: readonly Element[]): readonly Finding[] {
  return elements.flatMap((element): readonly Finding[] => {
    if (element.kind !== "group") return [];
    const inner = element.alternatives.flatMap((alternative) => loopFindings(pattern, alternative));
    return mayTurnEmpty(element) ? [finding("empty-iteration", pattern, element), ...inner] : inner;
  });
}

function referenceFindings(pattern: string, { captures, references }: Scanned, modes: Modes): readonly Finding[] {
  const unnamed = captures.filter(({ name }) => name === null);
  const firstNamed = captures.findIndex(({ name }) => name !== null);
  // .NET numbers the named groups after all others, JavaScript in the order they stand in.
  const renumbered = firstNamed !== -1 && captures.slice(firstNamed).some(({ name }) => name === null);
  return references.flatMap((reference): readonly Finding[] => {
    const isNumber = /^\d+$/.test(reference.name);
    if (isNumber && (renumbered || modes.explicitCapture)) return [finding("group-numbering", pattern, reference)];
    const meant: readonly Capture[] = isNumber
      ? [unnamed[Number(reference.name) - 1] ?? captures[Number(reference.name) - 1]].filter((capture) => capture !== undefined)
      : captures.filter(({ name }) => name === reference.name);
    const certain = meant.length === 1 && meant.every((capture) => !mayBeUnset(capture, reference.offset, reference.path));
    return certain ? [] : [finding("unset-backreference", pattern, reference)];
  });
}

/** A pattern that JavaScript refuses for a reason of its own is named as well. */
function compileFindings(pattern: string, { findings }: Scanned): readonly Finding[] {
  if (findings.some(({ effect }) => effect === "error")) return [];
  try {
    RegExp(pattern, "u");
    return [];
  } catch {
    return [{ construct: "syntax", text: pattern.slice(0, 80), offset: 0, effect: "error", relevance: "always" }];
  }
}

function finding(construct: string, pattern: string, { offset, end }: Element): Finding {
  return { construct, text: pattern.slice(offset, end), offset, effect: "meaning", relevance: "always" };
}
