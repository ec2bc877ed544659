/** Escapes and character classes of a .NET pattern. */
import type { PatternScanner } from "./pattern-scanner.ts";
import type { Element } from "./syntax-tree.ts";

/** Characters that JavaScript's Unicode mode lets one escape (ECMA-262, SyntaxCharacter and the slash). */
const ESCAPABLE = /[\^$\\.*+?()[\]{}|/]/;
const GENERAL_CATEGORY = /^(?:L[ultmo]?|M[nce]?|N[dlo]?|P[cdseifo]?|S[mcko]?|Z[slp]?|C[cfson]?)$/;

/** After a backslash, outside a class. */
export function scanEscape(scanner: PatternScanner): Element {
  const offset = scanner.at;
  scanner.at += 1;
  const character: () => Element = () => ({ kind: "character", offset, end: scanner.at, quantifier: null });
  const anchor = (which: "start" | "end" | "word"): Element => ({ kind: "anchor", anchor: which, offset, end: scanner.at, quantifier: null });

  const named = scanner.takeMatch(/k(?:<(\w+)>|'(\w+)')/y);
  if (named !== null) {
    if (named[2] !== undefined) scanner.note("quoted-backreference", offset, "error");
    return scanner.refer(named[1] ?? named[2] ?? "", offset);
  }
  const old = scanner.takeMatch(/<(\w+)>|'(\w+)'/y);
  if (old !== null) {
    scanner.note("bare-backreference", offset, "error");
    return scanner.refer(old[1] ?? old[2] ?? "", offset);
  }
  const number = scanner.takeMatch(/[1-9]\d*/y);
  if (number !== null) return scanner.refer(number[0], offset);

  const letter = scanner.pattern[scanner.at] ?? "";
  if ("AzZG".includes(letter) && letter !== "") {
    scanner.at += 1;
    scanner.note("anchor-escape", offset, "error");
    return anchor(letter === "A" || letter === "G" ? "start" : "end");
  }
  if (letter === "b" || letter === "B") {
    scanner.at += 1;
    if (!scanner.modes.ecmaScript) scanner.note("word-boundary", offset, "meaning", "beyond-ascii");
    return anchor("word");
  }
  scanSetOrCharacter(scanner, offset, false);
  return character();
}

/** What means the same in and outside of a class; the scanner stands behind the backslash. */
function scanSetOrCharacter(scanner: PatternScanner, offset: number, inClass: boolean): "set" | "character" {
  const { ecmaScript, ignoreCase } = scanner.modes;
  const set = scanner.takeMatch(/[dDwWsS]/y)?.[0];
  if (set !== undefined) {
    const construct = /d/i.test(set) ? "digit-class" : /w/i.test(set) ? "word-class" : "space-class";
    if (!ecmaScript || construct === "space-class") scanner.note(construct, offset, "meaning", "beyond-ascii");
    if (/[DWS]/.test(set)) scanner.note("code-units", offset, "meaning", "surrogates");
    return "set";
  }
  const property = scanner.takeMatch(/([pP])\{([^}]*)\}/y);
  if (property !== null) {
    const name = property[2] ?? "";
    if (name.startsWith("Is")) scanner.note("unicode-block", offset, "error");
    else if (!GENERAL_CATEGORY.test(name)) scanner.note("unicode-property", offset, "meaning");
    else if (ignoreCase && /^L[ult]$/.test(name)) scanner.note("category-ignoring-case", offset, "meaning");
    scanner.note("code-units", offset, "meaning", "surrogates");
    return "set";
  }
  const code = scanner.takeMatch(/x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})/y);
  if (code !== null) {
    const unit = Number.parseInt(code[1] ?? code[2] ?? "0", 16);
    if (unit >= 0xd800 && unit <= 0xdfff) scanner.note("code-units", offset, "meaning");
    if (ignoreCase) scanner.noteCase(String.fromCharCode(unit), offset);
    return "character";
  }
  if (scanner.takeMatch(/u\{[0-9a-fA-F]*\}/y) !== null) {
    scanner.note("code-point-escape", offset, "meaning");
    return "character";
  }
  if (scanner.takeMatch(/c[a-zA-Z]|0(?!\d)|[tnrfv]/y) !== null) return "character";
  if (inClass && scanner.takeMatch(/[b-]/y) !== null) return "character";
  if (scanner.takeMatch(/[0-7]{1,3}/y) !== null) scanner.note("octal-escape", offset, "error");
  else if (scanner.takeMatch(/[ae]/y) !== null) scanner.note("control-escape", offset, "error");
  else {
    const escaped = scanner.pattern[scanner.at] ?? "";
    scanner.at += 1;
    if (!ESCAPABLE.test(escaped)) scanner.note("escaped-character", offset, "error");
  }
  return "character";
}

/** A character class, from its opening bracket; subtraction nests. */
export function scanClass(scanner: PatternScanner): Element {
  const offset = scanner.at;
  scanner.at += 1;
  const negated = scanner.take("^");
  if (scanner.take("]")) scanner.note("leading-bracket", offset, "meaning");
  if (negated) scanner.note("code-units", offset, "meaning", "surrogates");
  while (scanner.at < scanner.pattern.length) {
    const from = scanner.at;
    if (scanner.take("]")) break;
    if (scanner.pattern.startsWith("-[", scanner.at)) {
      scanner.at += 1;
      scanClass(scanner);
      scanner.note("class-subtraction", from, "error");
    } else if (scanner.take("\\")) {
      const kind = scanSetOrCharacter(scanner, from, true);
      // A hyphen behind a set is itself in .NET; JavaScript refuses what looks like a range from a set.
      if (kind === "set" && /^-[^\][]/.test(scanner.pattern.slice(scanner.at, scanner.at + 2))) scanner.note("range-from-set", from, "error");
    } else {
      const character = scanner.pattern[scanner.at] ?? "";
      scanner.at += 1;
      if (/[\ud800-\udfff]/.test(character)) scanner.note("code-units", from, "meaning");
      if (scanner.modes.ignoreCase) scanner.noteCase(character, from);
    }
  }
  return { kind: "character", offset, end: scanner.at, quantifier: null };
}
