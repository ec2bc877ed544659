/** Finds which of thousands of texts begins at a place of another one, whatever the case of its letters or with it. */

/** Shorter texts are in every other word. */
const LEAST = 2;
/** From this length on a text is found inside words too: part of a longer word it is still what it is. */
const ANYWHERE = 5;

interface Entry<T> {
  readonly text: string;
  readonly value: T;
}

export interface Match<T> {
  readonly length: number;
  readonly value: T;
}

function foldUnit(unit: string): string {
  const upper = unit.toUpperCase();
  const lower = (upper.length === 1 ? upper : unit).toLowerCase();
  return lower.length === 1 ? lower : unit;
}

/** The text without the case of its letters, as long as it was: places in one are places in the other. */
export function folded(text: string): string {
  // oxlint-disable-next-line no-control-regex -- all of ASCII
  if (/^[\u0000-\u007F]*$/.test(text)) return text.toLowerCase();
  let out = "";
  for (let at = 0; at < text.length; at += 1) out += foldUnit(text.charAt(at));
  return out;
}

const isLetter = (text: string) => /^\p{L}$/u.test(text);
const isDigit = (text: string) => /^\p{Nd}$/u.test(text);

/** Whether a word goes on from one character to the next: letter to letter, digit to digit. */
function goesOn(one: string, next: string): boolean {
  return (isLetter(one) && isLetter(next)) || (isDigit(one) && isDigit(next));
}

export class Matcher<T> {
  readonly #byHead = new Map<number, Entry<T>[]>();
  readonly #known = new Set<string>();
  readonly #keyOf: (text: string) => string;

  /** `with-case`: letters are the same only in the same case. */
  constructor(letters: "without-case" | "with-case" = "without-case") {
    this.#keyOf = letters === "with-case" ? (text) => text : folded;
  }

  /** A text as places in it are asked for by {@link at}: as long as it was. */
  keyOf(text: string): string {
    return this.#keyOf(text);
  }

  /** The first value that a text was given stays; texts of one character are not looked for. */
  add(text: string, value: T): void {
    const key = this.#keyOf(text);
    if (key.length < LEAST || this.#known.has(key)) return;
    this.#known.add(key);
    const head = headOf(key, 0);
    const entries = this.#byHead.get(head) ?? [];
    const place = entries.findIndex((other) => other.text.length < key.length);
    entries.splice(place === -1 ? entries.length : place, 0, { text: key, value });
    this.#byHead.set(head, entries);
  }

  /** The longest text that begins there in what {@link keyOf} made. A short one is a word of its own. */
  at(text: string, place: number): Match<T> | null {
    for (const { text: wanted, value } of this.#byHead.get(headOf(text, place)) ?? []) {
      if (text.startsWith(wanted, place) && (wanted.length >= ANYWHERE || isApart(text, place, wanted.length))) return { length: wanted.length, value };
    }
    return null;
  }

  /** Whether any of the texts is in there. */
  isIn(text: string): boolean {
    const all = this.#keyOf(text);
    for (let place = 0; place < all.length; place += 1) if (this.at(all, place) !== null) return true;
    return false;
  }
}

function headOf(text: string, at: number): number {
  return text.charCodeAt(at) * 0x1_00_00 + text.charCodeAt(at + 1);
}

function isApart(text: string, place: number, length: number): boolean {
  const end = place + length;
  return !goesOn(text.charAt(place - 1), text.charAt(place)) && !goesOn(text.charAt(end - 1), text.charAt(end));
}
