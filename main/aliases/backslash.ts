/** What a backslash begins outside a class: an anchor, a set, a reference to a group, or one character. */
import type { CaptureSlots } from "./capture-slots.ts";
import { escapedSet } from "./character-class.ts";
import type { CharacterSet } from "./character-set.ts";
import { isDecimal, type PatternReader } from "./pattern-reader.ts";
import type { Anchor } from "./syntax-tree.ts";

export type Escape =
  | { readonly kind: "anchor"; readonly anchor: Anchor }
  | { readonly kind: "set"; readonly set: CharacterSet }
  | { readonly kind: "reference"; readonly number: number }
  | { readonly kind: "unit"; readonly unit: number };

/** The first match begins its search at the text's start, so \G is \A. */
const ANCHORS: Readonly<Record<string, Anchor>> = { A: "start", G: "start", Z: "before-final-newline", z: "end", b: "word", B: "not-word" };

/** The reader stands behind the backslash, with a character to come. `counting` is the first reading, which knows no groups yet. */
export function scanEscape(reader: PatternReader, slots: CaptureSlots, counting: boolean): Escape | null {
  const anchor = ANCHORS[reader.peek()];
  if (anchor !== undefined) {
    reader.at += 1;
    return { kind: "anchor", anchor };
  }
  if (counting && "pP".includes(reader.peek())) {
    reader.at += 1;
    return null;
  }
  const set = escapedSet(reader);
  if (set !== null) return { kind: "set", set };
  const start = reader.at;
  const number = reference(reader, slots, counting);
  if (number !== null) return { kind: "reference", number };
  reader.at = start;
  return { kind: "unit", unit: reader.escapedUnit() };
}

/** The number of the group that is referred to; null where the escape is a character after all. */
function reference(reader: PatternReader, slots: CaptureSlots, counting: boolean): number | null {
  const close = opened(reader);
  if (close !== null && isDecimal(reader.peek())) {
    const number = reader.number();
    if (reader.next() !== close) return null;
    return counting || slots.byNumber.has(number) ? number : reader.refuse("undefined-numbered-reference");
  }
  if (close !== null) {
    if (!reader.isWordNext()) return null;
    const name = reader.name();
    if (reader.next() !== close) return null;
    return counting ? 0 : (slots.byName.get(name) ?? reader.refuse("undefined-named-reference"));
  }
  if (!isDecimal(reader.peek()) || reader.peek() === "0") return null;
  if (reader.modes.ecmaScript) return ecmaReference(reader, slots);
  const number = reader.number();
  if (counting || slots.byNumber.has(number)) return number;
  return number <= 9 ? reader.refuse("undefined-numbered-reference") : null;
}

/** Behind \k< or \<, and the same with quotes: what closes the name. Null where there is no name. */
function opened(reader: PatternReader): string | null {
  const closes = (character: string) => (character === "<" ? ">" : character === "'" ? "'" : null);
  if (reader.peek() !== "k") {
    const close = reader.peek(1) === "" ? null : closes(reader.peek());
    if (close !== null) reader.at += 1;
    return close;
  }
  const close = reader.peek(1) === "" ? null : closes(reader.peek(1));
  // .NET has read the character behind the k before it looks at it.
  if (reader.peek(1) !== "") reader.at += 2;
  if (close === null || reader.ended) reader.refuse("malformed-named-reference");
  return close;
}

/** The longest number that is a group which began before: the rest are digits (ECMA-262, Annex B). */
function ecmaReference(reader: PatternReader, slots: CaptureSlots): number | null {
  const before = reader.at - 1;
  const top = Math.max(...slots.byNumber.keys()) + 1;
  let found: number | null = null;
  for (let number = Number(reader.peek()); number <= top; number = number * 10 + Number(reader.peek())) {
    if ((slots.byNumber.get(number) ?? Infinity) < before) found = number;
    reader.at += 1;
    if (!isDecimal(reader.peek())) break;
  }
  return found;
}
