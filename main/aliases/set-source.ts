/** A set of code units, written for JavaScript. */
import type { Alphabet } from "./alphabet.ts";
import type { CharacterSet } from "./character-set.ts";

const LAST = 0xffff;

function unitSource(unit: number): string {
  const character = String.fromCharCode(unit);
  return /[0-9A-Za-z]/.test(character) ? character : `\\u${unit.toString(16).padStart(4, "0")}`;
}

/** What of the set occurs in the inputs. What does not occur may be in it or not. */
export function setSource({ only, includes }: CharacterSet, { units }: Alphabet): string {
  if (only !== null) return unitSource(only);
  const ranges: string[] = [];
  let first: number | null = null;
  let previous = -1;
  for (const unit of units) {
    if (includes(unit)) first ??= previous + 1;
    else if (first !== null) {
      ranges.push(rangeSource(first, unit - 1));
      first = null;
    }
    previous = unit;
  }
  if (first !== null) ranges.push(rangeSource(first, LAST));
  return `[${ranges.join("")}]`;
}

function rangeSource(first: number, last: number): string {
  if (first === last) return unitSource(first);
  return `${unitSource(first)}-${unitSource(last)}`;
}
