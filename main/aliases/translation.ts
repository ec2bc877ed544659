/** A .NET pattern written for JavaScript, exactly as far as that goes, and a note wherever it does not go. */
import type { DialectDifference } from "../../shared/model/alias.ts";
import type { Alphabet } from "./alphabet.ts";
import { SetBuilder, type CharacterSet } from "./character-set.ts";
import type { ParsedPattern } from "./pattern-parser.ts";
import { referenceState, type ReferenceState } from "./references.ts";
import { setSource } from "./set-source.ts";
import { mayChooseEmptyTurn, type Assertion, type Backreference, type Characters, type Element, type Group, type Quantifier } from "./syntax-tree.ts";
import { isBoundaryWord, isEcmaWord } from "./unicode.ts";

export interface Translation {
  /** For a `RegExp` without flags; null where JavaScript cannot run the pattern, and a difference says why. */
  readonly source: string | null;
  /** Where JavaScript's answer may not be .NET's. */
  readonly differences: readonly DialectDifference[];
}

/** Parentheses within parentheses that are followed: each takes some of the stack. */
export const DEEPEST = 200;
/** Memberships of one unit in one set that are worked out. */
const MOST_TESTS = 1_000_000;
const LONGEST_SOURCE = 1_000_000;
/** What fails wherever it is tried. */
const NEVER = "(?!)";

/** `cultureInvariant` is .NET's option: no culture's letters count. */
export function translate(pattern: string, parsed: ParsedPattern, alphabet: Alphabet, cultureInvariant: boolean): Translation {
  const whole = { offset: 0, end: pattern.length };
  const writer = new Writer(pattern, parsed, alphabet, cultureInvariant);
  if (parsed.depth > DEEPEST) writer.note("nesting", "error", { offset: 0, end: 1 });
  else if (parsed.sets * alphabet.units.length > MOST_TESTS) writer.note("too-large", "error", whole);
  if (writer.refused) return { source: null, differences: writer.differences };
  const source = writer.group(parsed.root);
  if (!writer.refused && (source.length > LONGEST_SOURCE || !compiles(source))) writer.note("too-large", "error", whole);
  return { source: writer.refused ? null : source, differences: writer.differences };
}

function compiles(source: string): boolean {
  try {
    RegExp(source);
    return true;
  } catch {
    return false;
  }
}

class Writer {
  readonly #pattern: string;
  readonly #parsed: ParsedPattern;
  readonly #alphabet: Alphabet;
  readonly #cultureInvariant: boolean;
  readonly #differences: DialectDifference[] = [];
  readonly #referred: ReadonlySet<number>;
  readonly #captures: ReadonlyMap<number | null, readonly Group[]>;
  readonly #named = new Set<number>();
  #atomics = 0;

  constructor(pattern: string, parsed: ParsedPattern, alphabet: Alphabet, cultureInvariant: boolean) {
    this.#pattern = pattern;
    this.#parsed = parsed;
    this.#alphabet = alphabet;
    this.#cultureInvariant = cultureInvariant;
    this.#referred = new Set(parsed.references.map(({ number }) => number));
    this.#captures = Map.groupBy(parsed.captures, ({ number }) => number);
  }

  /** Where JavaScript cannot run the pattern, what it would do otherwise is nothing to know. */
  get differences(): readonly DialectDifference[] {
    return this.#differences.filter(({ effect }) => effect === "error" || !this.refused).toSorted((a, b) => a.offset - b.offset);
  }

  /** Whether something was noted that JavaScript cannot run. */
  get refused(): boolean {
    return this.#differences.some(({ effect }) => effect === "error");
  }

  note(construct: string, effect: DialectDifference["effect"], { offset, end }: { readonly offset: number; readonly end: number }): void {
    this.#differences.push({ construct, text: this.#pattern.slice(offset, Math.min(end, offset + 80)), offset, effect });
  }

  #alternatives(alternatives: readonly (readonly Element[])[]): string {
    return alternatives.map((alternative) => alternative.map((element) => this.#element(element)).join("")).join("|");
  }

  #element(element: Element): string {
    const atom = this.#atom(element);
    if (element.quantifier === null) return atom;
    const isOne = element.kind === "characters" || element.kind === "group";
    return `${isOne ? atom : `(?:${atom})`}${quantifierSource(element.quantifier)}`;
  }

  #atom(element: Element): string {
    switch (element.kind) {
      case "characters":
        return this.#characters(element);
      case "anchor":
        return this.#anchor(element);
      case "backreference":
        return this.#backreference(element);
      case "group":
      default:
        return this.group(element);
    }
  }

  #characters(element: Characters): string {
    const { set } = element;
    if (set.unknown) this.note("unicode-property", "error", element);
    if (set.byTable && !this.#alphabet.isSettled) this.note("unicode-version", "meaning", element);
    if (set.holdsI && this.#alphabet.holdsTurkishI && !this.#cultureInvariant) this.note("case-folding", "meaning", element);
    return setSource(set, this.#alphabet);
  }

  #anchor(element: Assertion): string {
    const { isAscii, hasLineFeed } = this.#alphabet;
    switch (element.anchor) {
      case "start":
        return "^";
      case "end":
        return "$";
      case "line-start":
        return hasLineFeed ? "(?<![^\\n])" : "^";
      case "line-end":
        return hasLineFeed ? "(?![^\\n])" : "$";
      case "before-final-newline":
        return hasLineFeed ? "(?=\\n?$)" : "$";
      case "word":
        return isAscii ? "\\b" : `(?:${this.#boundary(element, "!", "=")}|${this.#boundary(element, "=", "!")})`;
      case "not-word":
      default:
        return isAscii ? "\\B" : `(?:${this.#boundary(element, "=", "=")}|${this.#boundary(element, "!", "!")})`;
    }
  }

  /** A place with (`=`) or without (`!`) a word's character before and behind it. */
  #boundary(element: Assertion, before: string, behind: string): string {
    if (!element.ecmaScript && !this.#alphabet.isSettled) this.note("unicode-version", "meaning", element);
    const word = setSource(wordSet(element.ecmaScript), this.#alphabet);
    return `(?<${before}${word})(?${behind}${word})`;
  }

  #backreference(element: Backreference): string {
    const captures = this.#captures.get(element.number) ?? [];
    if (element.ignoreCase && !this.#alphabet.isAscii) this.note("case-folding", "meaning", element);
    const [capture] = captures;
    if (captures.length > 1) this.note("duplicate-group-name", "error", element);
    // \0 never gets here; a balancing group is noted itself.
    if (capture === undefined) return NEVER;
    const state: ReferenceState = referenceState(capture, element);
    if (state === "never") return element.ecmaScript ? "(?:)" : NEVER;
    if (state === "loop") this.note("loop-capture", "meaning", element);
    if (state === "unset" && !element.ecmaScript) this.note("unset-backreference", "meaning", element);
    const name = `\\k<${groupName(element.number)}>`;
    return element.ignoreCase ? `(?i:${name})` : name;
  }

  group(element: Group): string {
    if (mayChooseEmptyTurn(element)) this.note("empty-iteration", "meaning", element);
    const negative = element.negative ? "!" : "=";
    switch (element.role) {
      case "plain":
        return element.place === null ? this.#alternatives(element.alternatives) : `(?:${this.#alternatives(element.alternatives)})`;
      case "capture":
        return this.#capture(element);
      case "look-ahead":
        return `(?:(?${negative}${this.#alternatives(element.alternatives)}))`;
      case "look-behind":
        return `(?:(?<${negative}${this.#alternatives(element.alternatives)}))`;
      case "atomic":
        return this.#atomic(element);
      case "conditional":
        return this.#conditional(element);
      case "group-conditional":
        return this.#groupConditional(element);
      case "balancing":
      default:
        this.note("balancing-group", "error", element);
        return NEVER;
    }
  }

  #capture(element: Group): string {
    const number = element.number ?? 0;
    const inside = this.#alternatives(element.alternatives);
    if (!this.#referred.has(number) || this.#named.has(number)) return `(?:${inside})`;
    this.#named.add(number);
    return `(?<${groupName(number)}>${inside})`;
  }

  /** A look-around gives nothing back: it finds what the group takes, and a reference takes it. */
  #atomic(element: Group): string {
    this.#atomics += 1;
    const name = `a${this.#atomics}`;
    const inside = `(?<${name}>${this.#alternatives(element.alternatives)})`;
    return element.backwards ? `(?:\\k<${name}>(?<=${inside}))` : `(?:(?=${inside})\\k<${name}>)`;
  }

  /** The condition is tried before each way, the second time denied. */
  #conditional(element: Group): string {
    const [condition = [], yes = [], no = []] = element.alternatives;
    if (this.#parsed.captures.some((capture) => this.#referred.has(capture.number ?? 0) && isWithin(capture, condition))) this.note("conditional", "error", element);
    const asked = this.#alternatives([condition]);
    // Conditions within conditions double each time.
    if (asked.length > LONGEST_SOURCE) this.note("too-large", "error", element);
    if (this.refused) return NEVER;
    const [onYes, onNo] = [this.#alternatives([yes]), this.#alternatives([no])];
    return element.backwards ? `(?:${onYes}(?<=${asked})|${onNo}(?<!${asked}))` : `(?:(?=${asked})${onYes}|(?!${asked})${onNo})`;
  }

  /** Only where the group has matched in any case, or in none. */
  #groupConditional(element: Group): string {
    const [yes = [], no = []] = element.alternatives;
    const [capture, ...more] = this.#captures.get(element.number) ?? [];
    const state = more.length > 0 ? "unset" : capture === undefined ? "never" : referenceState(capture, element);
    if (state !== "set" && state !== "never") this.note("conditional", "error", element);
    return `(?:${this.#alternatives([state === "never" ? no : yes])})`;
  }
}

function isWithin(capture: Group, elements: readonly Element[]): boolean {
  return elements.some((element) => element.offset <= capture.offset && capture.offset < element.end);
}

function groupName(number: number): string {
  return `g${number}`;
}

function wordSet(ecmaScript: boolean): CharacterSet {
  const builder = new SetBuilder(false);
  builder.addTest(ecmaScript ? isEcmaWord : isBoundaryWord, false, !ecmaScript);
  return builder.build();
}

function quantifierSource({ min, max, lazy }: Quantifier): string {
  return `{${min},${max === Infinity ? "" : max}}${lazy ? "?" : ""}`;
}
