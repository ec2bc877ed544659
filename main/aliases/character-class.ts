/** Character classes and the escapes that stand for sets. */
import { SetBuilder, type CharacterSet } from "./character-set.ts";
import type { PatternReader } from "./pattern-reader.ts";
import { unicodeBlocks } from "./unicode-blocks.ts";
import { categoryTest, ecmaRanges, isCased, isDigit, isSpace, isWord, type Range, type UnitTest } from "./unicode.ts";

/** Names in \p{…} that .NET keeps for XML Schema's sets. */
const XML_SETS = ["_xmlC", "_xmlD", "_xmlI", "_xmlW"];
/** Classes within classes that are followed. */
const DEEPEST = 500;

const SHORTHANDS = { d: isDigit, w: isWord, s: isSpace } as const satisfies Record<keyof typeof ecmaRanges, UnitTest>;

/** \d, \w, \s or, as a capital letter, its opposite. */
function addShorthand(builder: SetBuilder, letter: string, reader: PatternReader): void {
  const lower = letter.toLowerCase();
  const name = lower === "d" || lower === "w" ? lower : "s";
  const negated = letter !== lower;
  if (reader.modes.ecmaScript) addRanges(builder, ecmaRanges[name], negated);
  else builder.addTest(SHORTHANDS[name], negated, name !== "s");
}

function addProperty(builder: SetBuilder, name: string, negated: boolean, reader: PatternReader): void {
  const category = categoryTest(name);
  const block = unicodeBlocks.get(name);
  if (category !== null) builder.addTest(reader.modes.ignoreCase && /^L[ult]$/.test(name) ? isCased : category, negated, true);
  else if (block !== undefined) addRanges(builder, [block], negated);
  else if (XML_SETS.includes(name)) builder.addUnknown();
  else reader.refuse("unrecognized-unicode-property");
}

/** Regardless of case, ranges bring the other case of their letters along, which tests do not. */
function addRanges(builder: SetBuilder, ranges: readonly Range[], negated: boolean): void {
  let next = 0;
  for (const [first, last] of ranges) {
    if (!negated) builder.addRange(first, last);
    else if (next < first) builder.addRange(next, first - 1);
    next = last + 1;
  }
  if (negated && next <= 0xffff) builder.addRange(next, 0xffff);
}

/** The set of \d, \w, \s, \p{…} and their opposites outside a class; the reader stands behind the backslash. Null for any other escape. */
export function escapedSet(reader: PatternReader): CharacterSet | null {
  const letter = reader.peek();
  if (letter === "" || !"dDwWsSpP".includes(letter)) return null;
  reader.at += 1;
  const isProperty = letter === "p" || letter === "P";
  const builder = new SetBuilder(isProperty && reader.modes.ignoreCase);
  if (isProperty) addProperty(builder, reader.propertyName(), letter === "P", reader);
  else addShorthand(builder, letter, reader);
  return builder.build();
}

/** A class from behind its opening bracket to behind its closing one. `counting` is the first reading, which looks for groups only. */
export function characterClass(reader: PatternReader, counting: boolean, depth = 0): CharacterSet {
  if (depth > DEEPEST) reader.refuse("too-deep");
  const builder = new SetBuilder(reader.modes.ignoreCase);
  builder.negated = reader.take("^");
  // Right behind the opening, a closing bracket is a character; the option ECMAScript knows better behind [^.
  let first = !(builder.negated && reader.modes.ecmaScript && reader.peek() === "]");
  let from: number | null = null;
  for (; !reader.ended; first = false) {
    let unit = reader.pattern.charCodeAt(reader.at);
    let isLiteral = true;
    const character = reader.next();
    if (character === "]" && !first) return builder.build();
    if (character === "\\" && !reader.ended) {
      if (reader.peek() === "-") {
        reader.at += 1;
        if (from !== null) addRange(builder, from, 0x2d, reader, counting);
        else builder.addRange(0x2d);
        from = null;
        continue;
      }
      if ("dDwWsSpP".includes(reader.peek())) {
        addEscapedSet(builder, reader, from !== null, counting);
        continue;
      }
      unit = reader.escapedUnit();
      isLiteral = false;
    }
    if (from !== null) {
      if (isLiteral && character === "[" && !first && !counting) {
        builder.addRange(from);
        subtract(builder, reader, counting, depth);
      } else addRange(builder, from, unit, reader, counting);
      from = null;
    } else if (reader.peek() === "-" && reader.peek(1) !== "]" && reader.peek(1) !== "") {
      from = unit;
      reader.at += 1;
    } else if (isLiteral && character === "-" && reader.peek() === "[" && !first) {
      reader.at += 1;
      subtract(builder, reader, counting, depth);
    } else builder.addRange(unit);
  }
  return reader.refuse("unterminated-bracket");
}

function addRange(builder: SetBuilder, first: number, last: number, reader: PatternReader, counting: boolean): void {
  if (first > last && !counting) reader.refuse("reversed-character-range");
  builder.addRange(first, last);
}

function addEscapedSet(builder: SetBuilder, reader: PatternReader, inRange: boolean, counting: boolean): void {
  const letter = reader.next();
  if (inRange && !counting) reader.refuse("shorthand-class-in-character-range");
  if (letter !== "p" && letter !== "P") addShorthand(builder, letter, reader);
  else if (counting) reader.propertyName();
  else addProperty(builder, reader.propertyName(), letter === "P", reader);
}

function subtract(builder: SetBuilder, reader: PatternReader, counting: boolean, depth: number): void {
  builder.subtract(characterClass(reader, counting, depth + 1));
  if (!counting && !reader.ended && reader.peek() !== "]") reader.refuse("exclusion-group-not-last");
}
