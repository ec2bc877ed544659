/** What a parenthesis opens. */
import type { CaptureSlots } from "./capture-slots.ts";
import { isDecimal, type PatternReader } from "./pattern-reader.ts";
import type { Group } from "./syntax-tree.ts";

export interface Opening {
  readonly role: Group["role"];
  readonly number: number | null;
  readonly negative: boolean;
}

/** Counts the unnamed groups, and knows whether the next parenthesis is a condition's. */
export interface GroupCount {
  next: number;
  skipNext: boolean;
}

const LOOKS: readonly (readonly [sign: string, role: "look-ahead" | "look-behind", negative: boolean])[] = [
  ["=", "look-ahead", false],
  ["!", "look-ahead", true],
  ["<=", "look-behind", false],
  ["<!", "look-behind", true],
];

function plain(role: Group["role"], number: number | null = null): Opening {
  return { role, number, negative: false };
}

/** The reader stands behind the parenthesis; it leaves the modes of the group's inside. Null where only options change. */
export function openGroup(reader: PatternReader, slots: CaptureSlots, count: GroupCount, parent: Group): Opening | null {
  if (reader.peek() !== "?" || reader.peek(1) === ")") {
    if (!reader.modes.explicitCapture && !count.skipNext) return plain("capture", count.next++);
    count.skipNext = false;
    return plain("plain");
  }
  reader.at += 1;
  if (reader.take(":")) return plain("plain");
  if (reader.take(">")) return plain("atomic");
  for (const [sign, role, negative] of LOOKS) {
    if (!reader.take(sign)) continue;
    reader.modes = { ...reader.modes, backwards: role === "look-behind" };
    return { role, number: null, negative };
  }
  if (reader.peek() === "<" || reader.peek() === "'") return named(reader, slots);
  if (reader.take("(")) return conditional(reader, slots, count);
  // A condition takes no options.
  if (parent.role !== "conditional") reader.inlineOptions();
  if (reader.ended) reader.refuse("invalid-grouping-construct");
  const close = reader.next();
  if (close === ")") return null;
  return close === ":" ? plain("plain") : reader.refuse("invalid-grouping-construct");
}

function named(reader: PatternReader, slots: CaptureSlots): Opening {
  const close = reader.next() === "<" ? ">" : "'";
  if (reader.ended) reader.refuse("invalid-grouping-construct");
  if (close === "'" && "=!".includes(reader.peek())) {
    reader.at += 1;
    reader.refuse("invalid-grouping-construct");
  }
  const number = captureName(reader, slots, close);
  const mayBalance = number !== null || reader.peek() === "-";
  const balanced = mayBalance && reader.peek() === "-" && reader.peek(1) !== "" ? balancedName(reader, slots, close) : null;
  const isNamed = number !== null || balanced !== null;
  if (!isNamed || reader.ended || reader.next() !== close) reader.refuse("invalid-grouping-construct");
  return plain(balanced === null ? "capture" : "balancing", number);
}

/** The number of the group that is named here; null before a hyphen or for a name that is no group's. */
function captureName(reader: PatternReader, slots: CaptureSlots, close: string): number | null {
  const expectEnd = () => {
    if (!reader.ended && reader.peek() !== close && reader.peek() !== "-") reader.refuse("capture-group-name-invalid");
  };
  if (isDecimal(reader.peek())) {
    const number = reader.number();
    expectEnd();
    if (number === 0) reader.refuse("capture-group-of-zero");
    return slots.byNumber.has(number) ? number : null;
  }
  if (reader.isWordNext()) {
    const number = slots.byName.get(reader.name()) ?? null;
    expectEnd();
    return number;
  }
  return reader.peek() === "-" ? null : reader.refuse("capture-group-name-invalid");
}

/** The number behind the hyphen, whose capture is given back. */
function balancedName(reader: PatternReader, slots: CaptureSlots, close: string): number {
  reader.at += 1;
  let number: number | undefined;
  if (isDecimal(reader.peek())) {
    number = reader.number();
    if (!slots.byNumber.has(number)) reader.refuse("undefined-numbered-reference");
  } else if (reader.isWordNext()) number = slots.byName.get(reader.name()) ?? reader.refuse("undefined-named-reference");
  if (number === undefined || (!reader.ended && reader.peek() !== close)) return reader.refuse("capture-group-name-invalid");
  return number;
}

/** Behind `(?(`: a group's number or name, else an expression, whose parenthesis is read again as one that captures nothing. */
function conditional(reader: PatternReader, slots: CaptureSlots, count: GroupCount): Opening {
  const inside = reader.at;
  if (isDecimal(reader.peek())) {
    const number = reader.number();
    if (reader.ended || reader.next() !== ")") reader.refuse("alternation-has-malformed-reference");
    return slots.byNumber.has(number) ? plain("group-conditional", number) : reader.refuse("alternation-has-undefined-reference");
  }
  if (reader.isWordNext()) {
    const number = slots.byName.get(reader.name());
    if (number !== undefined && reader.take(")")) return plain("group-conditional", number);
  }
  reader.at = inside - 1;
  count.skipNext = true;
  if (reader.pattern.startsWith("?#", inside)) reader.refuse("alternation-has-comment");
  if (/\?(?:'|<[^!=])/y.test(reader.pattern.slice(inside, inside + 3))) reader.refuse("alternation-has-named-capture");
  return plain("conditional");
}
