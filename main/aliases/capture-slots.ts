/** The first reading of a pattern: which groups there are, and which number each name gets. */
import { scanEscape } from "./backslash.ts";
import { characterClass } from "./character-class.ts";
import { PatternReader, isDecimal, type Modes } from "./pattern-reader.ts";

export interface CaptureSlots {
  /** Number and the place of the group's parenthesis; the first where several share a number. */
  readonly byNumber: ReadonlyMap<number, number>;
  readonly byName: ReadonlyMap<string, number>;
}

/** Counts unnamed groups from one, then gives the names the numbers that are left. Throws as the reading does. */
export function captureSlots(pattern: string, modes: Modes): CaptureSlots {
  const reader = new PatternReader(pattern, modes);
  const byNumber = new Map([[0, 0]]);
  const names = new Map<string, number>();
  const kept: Modes[] = [];
  let unnamed = 1;
  let skipNext = false;
  const note = (number: number, offset: number) => {
    if (!byNumber.has(number)) byNumber.set(number, offset);
  };

  /** Behind `(?`. Answers whether the next parenthesis is a condition's. */
  const special = (offset: number): boolean => {
    if (reader.peek(1) !== "" && (reader.peek() === "<" || reader.peek() === "'")) {
      reader.at += 1;
      if (reader.peek() === "0" || !reader.isWordNext()) return false;
      if (isDecimal(reader.peek())) note(reader.number(), offset);
      else {
        const name = reader.name();
        if (!names.has(name)) names.set(name, offset);
      }
      return false;
    }
    reader.inlineOptions();
    if (reader.take(")")) {
      kept.pop();
      return false;
    }
    return reader.peek() === "(";
  };

  while (!reader.ended) {
    const offset = reader.at;
    const character = reader.next();
    if (character === "\\" && !reader.ended) scanEscape(reader, { byNumber, byName: names }, true);
    else if (character === "#" && reader.modes.ignoreWhitespace) {
      reader.at -= 1;
      reader.blank();
    } else if (character === "[") characterClass(reader, true);
    else if (character === ")") reader.modes = kept.pop() ?? reader.modes;
    else if (character === "(") {
      if (reader.pattern.startsWith("?#", reader.at)) {
        reader.at -= 1;
        reader.blank();
        skipNext = false;
        continue;
      }
      kept.push(reader.modes);
      if (reader.take("?")) skipNext = special(offset);
      else {
        if (!reader.modes.explicitCapture && !skipNext) {
          note(unnamed, offset);
          unnamed += 1;
        }
        skipNext = false;
      }
    }
  }
  return { byNumber, byName: numbered(names, byNumber, unnamed) };
}

function numbered(names: ReadonlyMap<string, number>, byNumber: Map<number, number>, from: number): ReadonlyMap<string, number> {
  const byName = new Map<string, number>();
  let next = from;
  for (const [name, offset] of names) {
    while (byNumber.has(next)) next += 1;
    byName.set(name, next);
    byNumber.set(next, offset);
    next += 1;
  }
  return byName;
}
