/** Keeps secrets that the console can open out of what it writes for others: by their own text, not by what they look like. */
import { Matcher } from "./matcher.ts";
import { spellingsOf, withinBase64 } from "./spellings.ts";

/** A secret of fewer characters may be a word of any text. */
const STRONG_LENGTH = 8;
/** From this length on one kind of characters is no word any more. */
const STRONG_OF_ONE_KIND = 16;
/** A file is known by pieces of so many bytes, a few of them. */
const PIECE = 32;
const PIECES = 4;
/** What encodes a shorter text is found everywhere. */
const LEAST_ENCODED = 8;

const MASK = "[redacted]";

export interface SecretGuard {
  /** Looks for this one too. */
  add(secret: Uint8Array): void;
  /** Whether one of the secrets is in there, as it is or encoded. Never true for one that is a word anybody might write. */
  isIn(text: string): boolean;
  /** The text without those that might be words, as they are and in what encodes them with at least 8 characters. */
  mask(text: string): string;
}

/** Capitals are no kind of their own: a word has one at its beginning, and the names of the console's own entries have them inside. */
function kindsOf(text: string): number {
  return [/\p{L}/u, /\p{Nd}/u, /[^\p{L}\p{Nd}]/u].filter((kind) => kind.test(text)).length;
}

/** Whether a text that holds it holds it because it is the secret. */
function isTelling(text: string): boolean {
  return text.length >= STRONG_LENGTH && (text.length >= STRONG_OF_ONE_KIND || kindsOf(text) > 1);
}

function asText(bytes: Uint8Array): string | null {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return null;
  }
}

function piecesOf(bytes: Uint8Array): readonly Uint8Array[] {
  if (bytes.length <= PIECE * 2) return [bytes];
  const step = Math.floor((bytes.length - PIECE) / (PIECES - 1));
  return Array.from({ length: PIECES }, (_piece, index) => bytes.subarray(index * step, index * step + PIECE));
}

/** Escapes such as `%C3` and `\u00fc` are written in either case. */
function inBothCases(spelling: string): readonly string[] {
  const escape = /%[0-9a-f]{2}|\\u[0-9a-f]{4}/gi;
  return [spelling, spelling.replaceAll(escape, (digits) => digits.toLowerCase()), spelling.replaceAll(escape, (digits) => digits.toUpperCase().replace("U", "u"))];
}

/** What holds the secret holds one of these: as it is, or as somebody encoded it. */
function encodingsOf(secret: Uint8Array): { readonly written: readonly string[]; readonly encoded: readonly string[] } {
  const text = asText(secret);
  const units = text === null ? [] : [Buffer.from(text, "utf16le")];
  // UTF-16 that was read as another encoding has a zero beside each letter; of a text of many lines each says it.
  const parts = text === null ? [] : [text, ...units.map((bytes) => bytes.toString("latin1")), ...text.split(/\r?\n/).filter(isTelling)];
  const written = parts.flatMap((one) => spellingsOf(one)).flatMap(inBothCases);
  const encoded = [...piecesOf(secret), ...units.flatMap((bytes) => piecesOf(bytes))].flatMap((bytes) => {
    const hex = Buffer.from(bytes).toString("hex");
    return [...withinBase64(bytes), hex, hex.toUpperCase()];
  });
  return { written, encoded: encoded.filter(({ length }) => length >= LEAST_ENCODED) };
}

/** The longer of what begins there. */
function atEither(place: number, ...asked: readonly (readonly [Matcher<true>, string])[]): number {
  return Math.max(...asked.map(([matcher, text]) => matcher.at(text, place)?.length ?? 0));
}

/** `ordinary` says of a text that it stands in what is written anyway, such as a name that is also somebody's password. */
export function createSecretGuard(ordinary: (text: string) => boolean): SecretGuard {
  const telling = new Matcher<true>("with-case");
  // A word is one in any case, its base64 is not.
  const words = new Matcher<true>();
  const encodedWords = new Matcher<true>("with-case");
  return {
    add: (secret) => {
      const text = asText(secret);
      const { written, encoded } = encodingsOf(secret);
      const isWord = text !== null && (!isTelling(text) || ordinary(text));
      for (const form of written) (isWord ? words : telling).add(form, true);
      for (const form of encoded) (isWord ? encodedWords : telling).add(form, true);
    },
    isIn: (text) => telling.isIn(text),
    mask: (text) => {
      const key = words.keyOf(text);
      let out = "";
      let from = 0;
      for (let place = 0; place < text.length; place += 1) {
        const length = place < from ? 0 : atEither(place, [words, key], [encodedWords, text]);
        if (length === 0) continue;
        out += text.slice(from, place) + MASK;
        from = place + length;
      }
      return out + text.slice(from);
    },
  };
}
