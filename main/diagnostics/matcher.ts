/** Finds which of thousands of texts begins at a place of another one, whatever the case of its letters or with it. */

/** Shorter texts are in every other word. */
const LEAST = 2;
/** From this length on a text is found inside words too: part of a longer word it is still what it is. */
const ANYWHERE = 5;

/** Part of the texts that begin alike: what they go on with, where they part, and what is there of the one that ends here. */
interface Branch<T> {
  part: string;
  /** By its first character; null where nothing goes on, as most often. */
  next: Map<number, Branch<T>> | null;
  end: { readonly value: T } | null;
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
  /** Names of a site are alike for long, such as those of its servers: each place asks for one character after the other, not for one text after the other. */
  readonly #root: Branch<T> = { part: "", next: null, end: null };
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
    if (key.length < LEAST) return;
    const branch = branchFor(this.#root, key);
    branch.end ??= { value };
  }

  /** The longest text that begins there in what {@link keyOf} made. A short one is a word of its own. */
  at(text: string, place: number): Match<T> | null {
    let found: Match<T> | null = null;
    let end = place;
    for (let branch = this.#root.next?.get(text.charCodeAt(end)); branch !== undefined && text.startsWith(branch.part, end); branch = branch.next?.get(text.charCodeAt(end))) {
      end += branch.part.length;
      const length = end - place;
      if (branch.end !== null && (length >= ANYWHERE || isApart(text, place, length))) found = { length, value: branch.end.value };
    }
    return found;
  }

  /** Whether any of the texts is in there. */
  isIn(text: string): boolean {
    const all = this.#keyOf(text);
    for (let place = 0; place < all.length; place += 1) if (this.at(all, place) !== null) return true;
    return false;
  }
}

function sharedLength(one: string, other: string, from: number): number {
  let length = 0;
  while (length < one.length && one.charCodeAt(length) === other.charCodeAt(from + length)) length += 1;
  return length;
}

/** Where a text ends, made where it is not there yet. */
function branchFor<T>(root: Branch<T>, key: string): Branch<T> {
  let branch = root;
  for (let at = 0; at < key.length; at += branch.part.length) {
    const head = key.charCodeAt(at);
    branch.next ??= new Map<number, Branch<T>>();
    const next = branch.next.get(head) ?? { part: key.slice(at), next: null, end: null };
    const shared = sharedLength(next.part, key, at);
    if (shared === next.part.length) {
      branch.next.set(head, next);
      branch = next;
      continue;
    }
    // It parts inside: what is shared comes before both.
    const before: Branch<T> = { part: next.part.slice(0, shared), next: new Map([[next.part.charCodeAt(shared), next]]), end: null };
    next.part = next.part.slice(shared);
    branch.next.set(head, before);
    branch = before;
  }
  return branch;
}

function isApart(text: string, place: number, length: number): boolean {
  const end = place + length;
  return !goesOn(text.charAt(place - 1), text.charAt(place)) && !goesOn(text.charAt(end - 1), text.charAt(end));
}
