/**
 * What a passphrase is worth against guessing: an estimate that would rather be too low. It knows no list of words that people
 * choose, so that it takes any run of letters that looks like words for words.
 */
import { PASSPHRASE_LEAST } from "../../../shared/rules/passphrase.ts";

export type PassphraseWorth = "too-short" | "weak" | "fair" | "strong";

/** Bits from which guessing takes long, and from which nobody ends: the file's key is made slowly from the passphrase on purpose. */
const FAIR_BITS = 44;
const STRONG_BITS = 64;

/** A word of a list of 2,048. */
const WORD_BITS = 11;
/** A letter within words that nothing separates: five make one. */
const RUN_LETTER_BITS = WORD_BITS / 5;
/** A letter of a word that stands alone: three make one. */
const WORD_LETTER_BITS = WORD_BITS / 3;
/** A character that follows from those before it. */
const FOLLOWING_BITS = 0.5;

/** Kinds of characters, with how many there are to choose from. */
const KINDS = [
  { kind: /\p{Ll}/u, size: 26 },
  { kind: /\p{Lu}/u, size: 26 },
  { kind: /\p{N}/u, size: 10 },
  { kind: /[^\p{L}\p{N}]/u, size: 33 },
] as const;

/** Letters with at most one capital, which is the first, or capitals alone. */
const LIKE_WORDS = /^(?:\p{L}\p{Ll}{2,}|\p{Lu}{3,})$/u;

/** Digits and signs that people write for letters, between letters. */
const AS_LETTERS: Readonly<Record<string, string>> = { "0": "o", "1": "l", "3": "e", "4": "a", "5": "s", $: "s", "@": "a" };

const plainly = (text: string): string => text.replace(/(?<=\p{L})[01345$@](?=\p{L})/gu, (sign) => AS_LETTERS[sign] ?? sign);

const lengthOf = (text: string): number => Array.from(text).length;

/** How many characters follow from those before them: the third of `aaa` or `abc`, and what was there in the same order before. */
function following(text: string): number {
  const characters = Array.from(text.toLowerCase());
  const seen = new Set<string>();
  let count = 0;
  let stepBefore: number | null = null;
  for (const [at, character] of characters.entries()) {
    const before = characters[at - 1];
    if (before !== undefined) {
      const step = (character.codePointAt(0) ?? 0) - (before.codePointAt(0) ?? 0);
      if ((step === stepBefore && Math.abs(step) <= 1) || seen.has(before + character)) count += 1;
      seen.add(before + character);
      stepBefore = step;
    }
  }
  return count;
}

/** Bits of a text whose characters are worth `each`. */
function bitsAt(text: string, each: number): number {
  const followers = following(text);
  return (lengthOf(text) - followers) * each + followers * Math.min(each, FOLLOWING_BITS);
}

/** Bits of what holds no blank and no hyphen: letters that look like words, numbers, and whatever else there is. */
function bitsOfMixture(text: string, each: number): number {
  const runs = text.match(/\p{L}+|\p{N}{3,}|[^\p{L}]/gu) ?? [];
  const cheap = runs.filter((run) => LIKE_WORDS.test(run) || /^\p{N}{3,}$/u.test(run));
  const cheapBits = cheap.reduce((bits, run) => bits + bitsAt(run, LIKE_WORDS.test(run) ? RUN_LETTER_BITS : Math.log2(10)), 0);
  const rest = cheap.reduce((left, run) => left.replace(run, ""), text);
  return cheapBits + bitsAt(rest, each);
}

/** What stands twice or more in a row, once. */
const once = (text: string): string => text.replace(/(.{2,}?)\1+/gu, "$1");

function bitsOf(text: string): number {
  const size = KINDS.reduce((sum, { kind, size: more }) => sum + (kind.test(text) ? more : 0), 0);
  const each = Math.log2(Math.max(size, 2));
  const parts = plainly(once(text)).split(/[-\s]+/u).filter((part) => part !== "");
  const areWords = parts.length > 1;
  const seen = new Set<string>();
  let bits = 0;
  for (const part of parts) {
    const folded = part.toLowerCase();
    if (seen.has(folded)) bits += 1;
    else if (areWords && LIKE_WORDS.test(part)) bits += Math.min(WORD_BITS, bitsAt(part, WORD_LETTER_BITS));
    else bits += bitsOfMixture(part, each);
    seen.add(folded);
  }
  return bits;
}

export function passphraseWorth(text: string): PassphraseWorth {
  // As main counts.
  if (text.length < PASSPHRASE_LEAST) return "too-short";
  const bits = bitsOf(text);
  if (bits < FAIR_BITS) return "weak";
  return bits < STRONG_BITS ? "fair" : "strong";
}
