/** A .NET pattern read from left to right: numbers, names, escapes, options, white space. */
import type { PatternReason } from "../../shared/model/alias.ts";
import { isBoundaryWord } from "./unicode.ts";

/** Options in force at a point of the pattern; inline options change them for the rest of their group. */
export interface Modes {
  readonly ignoreCase: boolean;
  readonly multiline: boolean;
  readonly singleline: boolean;
  readonly ecmaScript: boolean;
  readonly ignoreWhitespace: boolean;
  readonly explicitCapture: boolean;
  /** Within a look-behind, which matches from right to left. */
  readonly backwards: boolean;
}

/** Ends the reading of a pattern that .NET refuses; never leaves this room. */
export class PatternRefused extends Error {
  readonly reason: PatternReason;
  readonly offset: number;

  constructor(reason: PatternReason, offset: number) {
    super(reason);
    this.reason = reason;
    this.offset = offset;
  }
}

const LETTERS: Readonly<Record<string, keyof Modes>> = {
  i: "ignoreCase",
  m: "multiline",
  n: "explicitCapture",
  s: "singleline",
  x: "ignoreWhitespace",
};
const CONTROLS: Readonly<Record<string, number>> = { a: 0x07, b: 0x08, e: 0x1b, f: 0x0c, n: 0x0a, r: 0x0d, t: 0x09, v: 0x0b };
const BRACES = /\{\d+(?:,\d*)?\}/y;
/** Numbers of groups and quantifiers are 32-bit integers in .NET. */
const LARGEST_NUMBER = 2_147_483_647;

export class PatternReader {
  readonly pattern: string;
  modes: Modes;
  at = 0;

  constructor(pattern: string, modes: Modes) {
    this.pattern = pattern;
    this.modes = modes;
  }

  get ended(): boolean {
    return this.at >= this.pattern.length;
  }

  /** The character here, or `ahead` of here; empty behind the end. */
  peek(ahead = 0): string {
    return this.pattern[this.at + ahead] ?? "";
  }

  next(): string {
    const character = this.peek();
    this.at += 1;
    return character;
  }

  /** Takes `text` when it comes next. */
  take(text: string): boolean {
    if (!this.pattern.startsWith(text, this.at)) return false;
    this.at += text.length;
    return true;
  }

  refuse(reason: PatternReason): never {
    throw new PatternRefused(reason, this.at);
  }

  number(): number {
    let value = 0;
    while (isDecimal(this.peek())) {
      value = value * 10 + Number(this.next());
      if (value > LARGEST_NUMBER) this.refuse("quantifier-or-capture-group-out-of-range");
    }
    return value;
  }

  isWordNext(): boolean {
    return !this.ended && isBoundaryWord(this.pattern.charCodeAt(this.at));
  }

  /** Letters and digits of every script, `_` and joiners. */
  name(): string {
    const start = this.at;
    while (this.isWordNext()) this.at += 1;
    return this.pattern.slice(start, this.at);
  }

  /** The name in \p{…}, from its opening brace. */
  propertyName(): string {
    if (this.at + 2 >= this.pattern.length) this.refuse("invalid-unicode-property-escape");
    if (this.next() !== "{") this.refuse("malformed-unicode-property-escape");
    const start = this.at;
    while (this.isWordNext() || this.peek() === "-") this.at += 1;
    const name = this.pattern.slice(start, this.at);
    if (this.ended || this.next() !== "}") this.refuse("invalid-unicode-property-escape");
    return name;
  }

  /** The code unit that an escape names; the reader stands behind the backslash. */
  escapedUnit(): number {
    if (/[0-7]/.test(this.peek())) return this.#octal();
    const unit = this.pattern.charCodeAt(this.at);
    const isWord = this.isWordNext();
    const character = this.next();
    if (character === "x") return this.#hexadecimal(2);
    if (character === "u") return this.#hexadecimal(4);
    if (character === "c") return this.#control();
    const control = CONTROLS[character];
    if (control !== undefined) return control;
    if (isWord && !this.modes.ecmaScript) this.refuse("unrecognized-escape");
    return unit;
  }

  #octal(): number {
    let value = 0;
    for (let digits = 0; digits < 3 && /[0-7]/.test(this.peek()); digits += 1) {
      value = value * 8 + Number(this.next());
      if (this.modes.ecmaScript && value >= 0x20) break;
    }
    // A number beyond one byte loses its high bits.
    return value % 0x100;
  }

  #hexadecimal(digits: number): number {
    const short = this.at + digits > this.pattern.length;
    let value = 0;
    for (let i = 0; i < digits; i += 1) {
      const digit = short ? Number.NaN : Number.parseInt(this.next(), 16);
      if (Number.isNaN(digit)) this.refuse("insufficient-or-invalid-hex-digits");
      value = value * 16 + digit;
    }
    return value;
  }

  #control(): number {
    if (this.ended) this.refuse("missing-control-character");
    const character = this.next();
    const unit = (/[a-z]/.test(character) ? character.toUpperCase() : character).charCodeAt(0) - 0x40;
    return unit >= 0 && unit < 0x20 ? unit : this.refuse("unrecognized-control-character");
  }

  /** The letters of (?imnsx-imnsx), in either case; stops at the first other character. */
  inlineOptions(): void {
    let on = true;
    for (; !this.ended; this.at += 1) {
      const character = this.peek();
      const mode = LETTERS[character.toLowerCase()];
      if (character === "-" || character === "+") on = character === "+";
      else if (mode === undefined || character > "z") return;
      else this.modes = { ...this.modes, [mode]: on };
    }
  }

  /** Skips (?#…), and white space and # comments where the option says so. */
  blank(): void {
    for (;;) {
      if (this.modes.ignoreWhitespace) while (/[\t\n\f\r ]/.test(this.peek())) this.at += 1;
      if (this.modes.ignoreWhitespace && this.peek() === "#") {
        const end = this.pattern.indexOf("\n", this.at);
        this.at = end === -1 ? this.pattern.length : end;
      } else if (this.pattern.startsWith("(?#", this.at)) {
        const end = this.pattern.indexOf(")", this.at);
        this.at = end === -1 ? this.pattern.length : end + 1;
        if (end === -1) this.refuse("unterminated-comment");
      } else return;
    }
  }

  /** Whether a quantifier begins here: a brace that holds no numbers is a character. */
  isQuantifierNext(): boolean {
    const character = this.peek();
    if (character !== "{") return character !== "" && "*+?".includes(character);
    BRACES.lastIndex = this.at;
    return BRACES.test(this.pattern);
  }
}

export function isDecimal(character: string): boolean {
  return character >= "0" && character <= "9" && character !== "";
}
