/** Reads a .NET pattern character by character: the tree for the rules, and a finding for each construct that differs. */
import { scanClass, scanEscape } from "./escapes.ts";
import type { Finding, Relevance } from "./findings.ts";
import type { Branch, Capture, Element, GroupElement, Quantifier } from "./syntax-tree.ts";

/** Options in force at a point of the pattern; inline options change them for the rest of their group. */
export interface Modes {
  readonly ignoreCase: boolean;
  readonly multiline: boolean;
  readonly singleline: boolean;
  readonly ecmaScript: boolean;
  readonly ignoreWhitespace: boolean;
  readonly explicitCapture: boolean;
}

export interface Scanned {
  readonly root: GroupElement;
  readonly captures: readonly Capture[];
  readonly references: readonly Extract<Element, { readonly kind: "backreference" }>[];
  readonly findings: readonly Finding[];
  /** False when the pattern ended or closed where it should not; the engine will say so. */
  readonly complete: boolean;
}

const LOOKS = [
  ["?=", "look-ahead", false],
  ["?!", "look-ahead", true],
  ["?<=", "look-behind", false],
  ["?<!", "look-behind", true],
] as const;
const LETTERS: Readonly<Record<string, keyof Modes>> = {
  i: "ignoreCase",
  m: "multiline",
  s: "singleline",
  n: "explicitCapture",
  x: "ignoreWhitespace",
};

export class PatternScanner {
  readonly pattern: string;
  modes: Modes;
  at = 0;
  readonly #findings: Finding[] = [];
  readonly #captures: Capture[] = [];
  readonly #references: Extract<Element, { readonly kind: "backreference" }>[] = [];
  readonly #path: Branch[] = [];

  constructor(pattern: string, modes: Modes) {
    this.pattern = pattern;
    this.modes = modes;
  }

  scan(): Scanned {
    const root = this.#newGroup(0, "plain", false, null);
    this.#alternatives(root);
    return {
      root,
      captures: this.#captures,
      references: this.#references,
      findings: this.#findings,
      complete: this.at >= this.pattern.length,
    };
  }

  /** Notes a construct from `offset` to where the scanner stands. */
  note(construct: string, offset: number, effect: "error" | "meaning", relevance: Relevance = "always"): void {
    const text = this.pattern.slice(offset, Math.max(this.at, offset + 1));
    this.#findings.push({ construct, text, offset, effect, relevance });
  }

  refer(name: string, offset: number): Element {
    const element: Extract<Element, { readonly kind: "backreference" }> = {
      kind: "backreference",
      name,
      path: [...this.#path],
      offset,
      end: this.at,
      quantifier: null,
    };
    this.#references.push(element);
    return element;
  }

  /** Takes `text` when it comes next. */
  take(text: string): boolean {
    if (!this.pattern.startsWith(text, this.at)) return false;
    this.at += text.length;
    return true;
  }

  /** Takes what the sticky expression matches. */
  takeMatch(expression: RegExp): RegExpExecArray | null {
    expression.lastIndex = this.at;
    const match = expression.exec(this.pattern);
    if (match !== null) this.at += match[0].length;
    return match;
  }

  #newGroup(offset: number, role: GroupElement["role"], negative: boolean, name: string | null): GroupElement {
    return { kind: "group", role, negative, name, alternatives: [[]], offset, end: this.pattern.length, quantifier: null };
  }

  /** Reads up to the closing parenthesis, which it leaves, or the pattern's end. */
  #alternatives(group: GroupElement): void {
    const before = this.modes;
    this.#path.push({ group, alternative: 0 });
    while (this.at < this.pattern.length && this.pattern[this.at] !== ")") {
      if (this.take("|")) {
        group.alternatives.push([]);
        this.#path[this.#path.length - 1] = { group, alternative: group.alternatives.length - 1 };
        continue;
      }
      const element = this.#element();
      if (element === null) continue;
      this.#quantify(element);
      group.alternatives.at(-1)?.push(element);
    }
    this.#path.pop();
    this.modes = before;
  }

  #element(): Element | null {
    const offset = this.at;
    const plain = (kind: Element): Element => kind;
    if (this.modes.ignoreWhitespace && this.takeMatch(/(?:[ \t\r\n\f\v]|#[^\n]*)+/y) !== null) {
      this.note("ignored-whitespace", offset, "meaning");
      return null;
    }
    const character = this.pattern[this.at] ?? "";
    if (character === "(") return this.#group();
    if (character === "[") return scanClass(this);
    if (character === "\\") return scanEscape(this);
    this.at += 1;
    switch (character) {
      case "^":
        if (this.modes.multiline) this.note("caret-line-ends", offset, "meaning", "line-ends");
        return plain({ kind: "anchor", anchor: "start", offset, end: this.at, quantifier: null });
      case "$":
        if (this.modes.multiline) this.note("dollar-line-ends", offset, "meaning", "line-ends");
        else this.note("dollar-before-newline", offset, "meaning", "final-newline");
        return plain({ kind: "anchor", anchor: "end", offset, end: this.at, quantifier: null });
      case ".":
        if (!this.modes.singleline) this.note("dot-line-ends", offset, "meaning", "line-ends");
        this.note("code-units", offset, "meaning", "surrogates");
        break;
      case "{":
      case "}":
      case "]":
        this.note("literal-bracket", offset, "error");
        break;
      default:
        this.#literal(character, offset);
    }
    return plain({ kind: "character", offset, end: this.at, quantifier: null });
  }

  #literal(character: string, offset: number): void {
    if (/[\ud800-\udfff]/.test(character)) this.note("code-units", offset, "meaning");
    if (this.modes.ignoreCase) this.noteCase(character, offset);
  }

  /** Both ignore the case of ASCII letters alike. Beyond, the tables differ, and some letters fold into ASCII ones. */
  noteCase(text: string, offset: number): void {
    if (/[^\0-\x7f]/.test(text)) this.note("case-folding", offset, "meaning");
    else if (/[a-z]/i.test(text)) this.note("case-folding", offset, "meaning", "beyond-ascii");
  }

  #quantify(element: Element): void {
    const offset = this.at;
    const match = this.takeMatch(/(?:([*+?])|\{(\d+)(?:(,)(\d*))?\})(\?)?/y);
    element.end = this.at;
    if (match === null) return;
    const [, sign, least, comma, most, lazy] = match;
    element.quantifier = quantifierOf(sign, least, comma, most, lazy);
    if (element.kind === "anchor") this.note("quantified-anchor", element.offset, "error");
    if (element.kind === "group" && element.role.startsWith("look")) this.note("quantified-lookaround", offset, "error");
  }

  #group(): Element | null {
    const offset = this.at;
    this.at += 1;
    if (this.takeMatch(/\?#[^)]*\)?/y) !== null) {
      this.note("comment", offset, "error");
      return null;
    }
    const options = this.takeMatch(/\?([imnsx]*)(?:-([imnsx]*))?([:)])/y);
    if (options !== null) return this.#optionGroup(offset, options);
    const element = this.#opened(offset);
    this.#alternatives(element);
    this.take(")");
    return element;
  }

  #optionGroup(offset: number, [, on = "", off = "", close]: RegExpExecArray): Element | null {
    const known = /^[ims]*$/.test(on + off);
    if (close === ")" || !known) this.note("inline-options", offset, "error");
    const before = this.modes;
    const changed = { ...before };
    for (const letter of on) if (LETTERS[letter] !== undefined) changed[LETTERS[letter]] = true;
    for (const letter of off) if (LETTERS[letter] !== undefined) changed[LETTERS[letter]] = false;
    this.modes = changed;
    if (close === ")") return null;
    const element = this.#newGroup(offset, "plain", false, null);
    this.#alternatives(element);
    this.modes = before;
    this.take(")");
    return element;
  }

  #opened(offset: number): GroupElement {
    for (const [sign, role, negative] of LOOKS) if (this.take(sign)) return this.#newGroup(offset, role, negative, null);
    if (this.take("?:")) return this.#newGroup(offset, "plain", false, null);
    if (this.take("?>")) {
      this.note("atomic-group", offset, "error");
      return this.#newGroup(offset, "plain", false, null);
    }
    if (this.pattern.startsWith("?(", this.at)) return this.#conditional(offset);
    const named = this.takeMatch(/\?(?:<([^>]*)>|'([^']*)')/y);
    if (named !== null) return this.#named(offset, named[1] ?? named[2] ?? "", named[1] === undefined);
    if (this.modes.explicitCapture) return this.#newGroup(offset, "plain", false, null);
    return this.#capture(this.#newGroup(offset, "capture", false, null));
  }

  #named(offset: number, name: string, quoted: boolean): GroupElement {
    if (name.includes("-")) this.note("balancing-group", offset, "error");
    else if (quoted) this.note("quoted-group-name", offset, "error");
    else if (/^\d/.test(name)) this.note("numbered-group", offset, "error");
    if (this.#captures.some((capture) => capture.name === name)) this.note("duplicate-group-name", offset, "meaning");
    return this.#capture(this.#newGroup(offset, "capture", false, name));
  }

  #conditional(offset: number): GroupElement {
    this.note("conditional", offset, "error");
    const element = this.#newGroup(offset, "conditional", false, null);
    this.at += 1;
    const condition = this.#group();
    if (condition !== null) element.alternatives.at(-1)?.push(condition);
    return element;
  }

  #capture(element: GroupElement): GroupElement {
    this.#captures.push({ element, path: [...this.#path], name: element.name });
    return element;
  }
}

function quantifierOf(sign?: string, least?: string, comma?: string, most?: string, lazy?: string): Quantifier {
  const isLazy = lazy !== undefined;
  if (sign === "*") return { min: 0, max: Infinity, lazy: isLazy };
  if (sign === "+") return { min: 1, max: Infinity, lazy: isLazy };
  if (sign === "?") return { min: 0, max: 1, lazy: isLazy };
  const min = Number(least);
  const max = comma === undefined ? min : most === "" || most === undefined ? Infinity : Number(most);
  return { min, max, lazy: isLazy };
}
