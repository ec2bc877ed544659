/**
 * .NET's regular expression syntax, read as .NET reads it: what is refused, with .NET's reason and position, and the tree
 * of what is not. Facts: RegexParser.cs of .NET 10 and
 * https://learn.microsoft.com/dotnet/standard/base-types/regular-expression-language-quick-reference.
 */
import type { PatternError } from "../../shared/model/alias.ts";
import { scanEscape } from "./backslash.ts";
import { captureSlots, type CaptureSlots } from "./capture-slots.ts";
import { characterClass } from "./character-class.ts";
import { SetBuilder, singleUnit, type CharacterSet } from "./character-set.ts";
import { openGroup, type GroupCount, type Opening } from "./group-opening.ts";
import { PatternReader, PatternRefused, type Modes } from "./pattern-reader.ts";
import type { Anchor, Backreference, Characters, Element, Group, Place, Quantifier } from "./syntax-tree.ts";

export interface ParsedPattern {
  readonly root: Group;
  readonly captures: readonly Group[];
  readonly references: readonly Backreference[];
  readonly groupConditionals: readonly Group[];
  /** Parentheses within parentheses, at most. */
  readonly depth: number;
  /** How many elements take one of several characters. */
  readonly sets: number;
}


/** Why, and how far .NET had read, in UTF-16 units; null where no place is to blame. */
export type PatternRefusal = Omit<PatternError, "words">;

export type Parsing = { readonly ok: true; readonly parsed: ParsedPattern } | { readonly ok: false; readonly refusal: PatternRefusal };

/** Takes time in proportion to the pattern's length, and no stack. */
export function parsePattern(pattern: string, modes: Modes): Parsing {
  try {
    return { ok: true, parsed: new PatternParser(pattern, modes).parse() };
  } catch (error) {
    if (error instanceof PatternRefused) return { ok: false, refusal: { reason: error.reason, offset: error.offset } };
    throw error;
  }
}

const SPECIAL = /[$()*+.?[\\^{|]/;
const SPECIAL_OR_SPACE = /[$()*+.?[\\^{|#\t\n\f\r ]/;
const UNLIMITED = 2_147_483_647;

interface Frame {
  readonly group: Group;
  readonly outside: Modes;
}

class PatternParser {
  readonly #reader: PatternReader;
  readonly #slots: CaptureSlots;
  readonly #count: GroupCount = { next: 1, skipNext: false };
  readonly #frames: Frame[] = [];
  readonly #captures: Group[] = [];
  readonly #references: Backreference[] = [];
  readonly #groupConditionals: Group[] = [];
  #depth = 0;
  #sets = 0;
  #group: Group;

  constructor(pattern: string, modes: Modes) {
    this.#slots = captureSlots(pattern, modes);
    this.#reader = new PatternReader(pattern, modes);
    this.#group = this.#newGroup(0, { role: "plain", number: null, negative: false }, null, modes.backwards);
  }

  parse(): ParsedPattern {
    const reader = this.#reader;
    let wasQuantified = false;
    while (!reader.ended) {
      reader.blank();
      const literals = this.#literals();
      reader.blank();
      if (reader.ended) {
        literals.forEach((literal) => this.#add(literal));
        break;
      }
      const character = reader.peek();
      const isSpecial = SPECIAL.test(character);
      const last = isSpecial && "*+?{".includes(character) ? literals.pop() : undefined;
      literals.forEach((literal) => this.#add(literal));
      const before: boolean = wasQuantified && literals.length === 0 && last === undefined;
      const element: Element | null = last ?? (isSpecial ? this.#special(before) : null);
      wasQuantified = element !== null && this.#quantified(element);
    }
    if (this.#frames.length > 0) reader.refuse("insufficient-closing-parentheses");
    return {
      root: this.#group,
      captures: this.#captures,
      references: this.#references,
      groupConditionals: this.#groupConditionals,
      depth: this.#depth,
      sets: this.#sets,
    };
  }

  /** Characters that stand for themselves. */
  #literals(): Characters[] {
    const reader = this.#reader;
    const stop = reader.modes.ignoreWhitespace ? SPECIAL_OR_SPACE : SPECIAL;
    const found: Characters[] = [];
    while (!reader.ended && (!stop.test(reader.peek()) || (reader.peek() === "{" && !reader.isQuantifierNext()))) {
      const offset = reader.at;
      reader.at += 1;
      found.push(this.#characters(singleUnit(reader.pattern.charCodeAt(offset), reader.modes.ignoreCase), offset));
    }
    return found;
  }

  #characters(set: CharacterSet, offset: number): Characters {
    if (set.only === null) this.#sets += 1;
    return { kind: "characters", set, offset, end: this.#reader.at, quantifier: null };
  }

  #anchor(anchor: Anchor, offset: number): Element {
    return { kind: "anchor", anchor, ecmaScript: this.#reader.modes.ecmaScript, offset, end: this.#reader.at, quantifier: null };
  }

  #add(element: Element): void {
    this.#group.alternatives.at(-1)?.push(element);
  }

  /** One character with a meaning. Null where nothing came of it that could be quantified. */
  #special(wasQuantified: boolean): Element | null {
    const reader = this.#reader;
    const offset = reader.at;
    const { multiline, singleline } = reader.modes;
    const character = reader.next();
    switch (character) {
      case "[":
        return this.#characters(characterClass(reader, false), offset);
      case "(":
        this.#open(offset);
        return null;
      case "|":
        this.#group.alternatives.push([]);
        return null;
      case ")":
        return this.#close();
      case "\\":
        return this.#escape(offset);
      case "^":
        return this.#anchor(multiline ? "line-start" : "start", offset);
      case "$":
        return this.#anchor(multiline ? "line-end" : "before-final-newline", offset);
      case ".":
        return this.#characters(everything(singleline), offset);
      default:
        return reader.refuse(wasQuantified ? "nested-quantifiers-not-parenthesized" : "quantifier-after-nothing");
    }
  }

  #escape(offset: number): Element {
    const reader = this.#reader;
    if (reader.ended) reader.refuse("unescaped-ending-backslash");
    const { ignoreCase, ecmaScript } = reader.modes;
    const escape = scanEscape(reader, this.#slots, false);
    if (escape?.kind === "anchor") return this.#anchor(escape.anchor, offset);
    if (escape?.kind === "set") return this.#characters(escape.set, offset);
    if (escape?.kind === "unit") return this.#characters(singleUnit(escape.unit, ignoreCase), offset);
    const place: Place = { group: this.#group, alternative: this.#group.alternatives.length - 1 };
    const number = escape?.number ?? 0;
    const reference: Backreference = { kind: "backreference", number, ignoreCase, ecmaScript, place, offset, end: reader.at, quantifier: null };
    this.#references.push(reference);
    return reference;
  }

  #newGroup(offset: number, opening: Opening, place: Place | null, backwards: boolean): Group {
    return { kind: "group", ...opening, backwards, place, alternatives: [[]], offset, end: 0, quantifier: null };
  }

  #open(offset: number): void {
    const reader = this.#reader;
    const outside = reader.modes;
    const opening = openGroup(reader, this.#slots, this.#count, this.#group);
    if (opening === null) return;
    const place: Place = { group: this.#group, alternative: this.#group.alternatives.length - 1 };
    const group = this.#newGroup(offset, opening, place, outside.backwards);
    if (opening.role === "capture") this.#captures.push(group);
    if (opening.role === "group-conditional") this.#groupConditionals.push(group);
    this.#frames.push({ group: this.#group, outside });
    this.#depth = Math.max(this.#depth, this.#frames.length);
    this.#group = group;
  }

  #close(): Element | null {
    const reader = this.#reader;
    const frame = this.#frames.pop();
    if (frame === undefined) return reader.refuse("insufficient-opening-parentheses");
    const closed = this.#group;
    const most = closed.role === "group-conditional" ? 2 : closed.role === "conditional" ? 3 : Infinity;
    if (closed.alternatives.length > most) reader.refuse("alternation-has-too-many-conditions");
    closed.end = reader.at;
    this.#group = frame.group;
    reader.modes = frame.outside;
    const isCondition = frame.group.role === "conditional" && frame.group.alternatives.length === 1 && frame.group.alternatives[0]?.length === 0;
    if (!isCondition) return closed;
    frame.group.alternatives[0]?.push(closed);
    frame.group.alternatives.push([]);
    return null;
  }

  /** Adds an element with what quantifies it; whether anything did. */
  #quantified(element: Element): boolean {
    const reader = this.#reader;
    reader.blank();
    const isQuantified = reader.isQuantifierNext();
    if (isQuantified) element.quantifier = this.#quantifier();
    element.end = reader.at;
    this.#add(element);
    return isQuantified;
  }

  #quantifier(): Quantifier {
    const reader = this.#reader;
    const sign = reader.next();
    let [min, max] = [sign === "+" ? 1 : 0, sign === "?" ? 1 : UNLIMITED];
    if (sign === "{") {
      min = reader.number();
      max = min;
      if (reader.take(",")) max = reader.peek() === "}" ? UNLIMITED : reader.number();
      reader.take("}");
    }
    reader.blank();
    const lazy = reader.take("?");
    if (min > max) reader.refuse("reversed-quantifier-range");
    return { min, max: max === UNLIMITED ? Infinity : max, lazy };
  }
}

function everything(singleline: boolean): CharacterSet {
  const builder = new SetBuilder(false);
  if (singleline) builder.addRange(0, 0xffff);
  else {
    builder.addRange(0x0a);
    builder.negated = true;
  }
  return builder.build();
}
