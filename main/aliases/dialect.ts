/** An expression in .NET's dialect: whether .NET takes it, whether it is anchored, and how JavaScript can run it. */
import { alphabetOf } from "./alphabet.ts";
import { parsePattern, type Parsing, type PatternRefusal } from "./pattern-parser.ts";
import type { Modes } from "./pattern-reader.ts";
import { isAnchored } from "./syntax-tree.ts";
import { DEEPEST, translate, type Translation } from "./translation.ts";

/** Names of .NET's RegexOptions that are followed, or that change no match. */
const UNDERSTOOD = [
  "None",
  "IgnoreCase",
  "Multiline",
  "Singleline",
  "ExplicitCapture",
  "IgnorePatternWhitespace",
  "ECMAScript",
  "CultureInvariant",
  "Compiled",
];
/** What may stand beside ECMAScript (Regex.ValidateOptions). */
const BESIDE_ECMASCRIPT = ["None", "IgnoreCase", "Multiline", "Compiled", "CultureInvariant", "ECMAScript"];
/** What may not stand beside NonBacktracking. */
const NOT_BESIDE_NONBACKTRACKING = ["RightToLeft", "ECMAScript"];
/** Longest expression that is read, in UTF-16 units. */
const LONGEST_PATTERN = 100_000;

export interface Dialect {
  /** Null for an expression that .NET takes. */
  readonly refusal: PatternRefusal | null;
  /** Whether every match must cover the whole of its line. */
  readonly anchored: boolean;
  /** For JavaScript and for these inputs, joined to one text. Only for an expression that .NET takes. */
  translate(text: string): Translation;
}

/** `options` are RegexOptions names joined by commas. */
export function dialectOf(pattern: string, options = "None"): Dialect {
  const names = options.split(",").map((name) => name.trim());
  const parsing = refuseOptions(names) ?? refuseLength(pattern) ?? parsePattern(pattern, modesOf(names));
  if (!parsing.ok) return { refusal: parsing.refusal, anchored: false, translate: () => ({ source: null, differences: [] }) };
  const { parsed } = parsing;
  const strange = names.filter((name) => name !== "" && !UNDERSTOOD.includes(name));
  return {
    refusal: null,
    anchored: parsed.depth <= DEEPEST && isAnchored(parsed.root.alternatives, "start") && isAnchored(parsed.root.alternatives, "end"),
    translate: (text) =>
      strange.length > 0
        ? { source: null, differences: strange.map((name) => ({ construct: "option", text: name, offset: 0, effect: "error" })) }
        : translate(pattern, parsed, alphabetOf(text), names.includes("CultureInvariant")),
  };
}

function modesOf(names: readonly string[]): Modes {
  return {
    ignoreCase: names.includes("IgnoreCase"),
    multiline: names.includes("Multiline"),
    singleline: names.includes("Singleline"),
    ecmaScript: names.includes("ECMAScript"),
    ignoreWhitespace: names.includes("IgnorePatternWhitespace"),
    explicitCapture: names.includes("ExplicitCapture"),
    backwards: false,
  };
}

function refuseOptions(names: readonly string[]): Parsing | null {
  const clash =
    (names.includes("ECMAScript") && !names.every((name) => BESIDE_ECMASCRIPT.includes(name))) ||
    (names.includes("NonBacktracking") && NOT_BESIDE_NONBACKTRACKING.some((name) => names.includes(name)));
  return clash ? { ok: false, refusal: { reason: "option-combination", offset: null } } : null;
}

function refuseLength(pattern: string): Parsing | null {
  return pattern.length > LONGEST_PATTERN ? { ok: false, refusal: { reason: "too-long", offset: LONGEST_PATTERN } } : null;
}
