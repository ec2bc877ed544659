/**
 * Text as it comes from files and pipes, decoded strictly: what cannot be read is refused with its place, and never becomes
 * another character.
 */
import { fail, succeed, type Result, type TextPlace } from "../shared/fault.ts";

export type Encoding = "utf-8" | "utf-16le" | "utf-16be";

const MARKS: readonly (readonly [Encoding, readonly number[]])[] = [
  ["utf-8", [0xef, 0xbb, 0xbf]],
  ["utf-16le", [0xff, 0xfe]],
  ["utf-16be", [0xfe, 0xff]],
];

/**
 * The text of bytes in UTF-8, or in UTF-16, which Windows PowerShell's `>` writes (about_Redirection). Without a mark UTF-16
 * is told by the zero byte in its first character, which no text in UTF-8 has. Fails with `unreadable: not-text`.
 */
export function decodeText(bytes: Uint8Array): Result<string> {
  const { encoding, mark } = encodingOf(bytes);
  return decodeAs(bytes.subarray(mark), encoding);
}

/**
 * As {@link decodeText}, in pieces of about so many bytes, each of whole characters and whole line ends. A failure is the last. Who knows the
 * encoding better than the first bytes say names it.
 */
export function* decodePieces(bytes: Uint8Array, size: number, { encoding, mark } = encodingOf(bytes)): Generator<Result<string>, void, void> {
  let before: TextPlace = { line: 1, column: 1 };
  for (let start = mark; start < bytes.length; ) {
    const end = endOfPiece(bytes, start, start + size, encoding);
    const text = decodeAs(bytes.subarray(start, end), encoding, before);
    yield text;
    if (!text.ok) return;
    before = endOf(text.value, before);
    start = end;
  }
}

/** Where a piece that is to end at `wanted` ends: not within a character, nor between the two of a line end. */
function endOfPiece(bytes: Uint8Array, start: number, wanted: number, encoding: Encoding): number {
  if (wanted >= bytes.length) return bytes.length;
  const step = encoding === "utf-8" ? 1 : 2;
  const highest = wanted - ((wanted - start) % step);
  // Three steps are the longest way back to where a character begins; text that is none is cut anywhere.
  const ends = Array.from({ length: 5 }, (_none, i) => highest - i * step);
  return ends.find((end) => end > start && isBetween(bytes, end, encoding)) ?? highest;
}

function isBetween(bytes: Uint8Array, at: number, encoding: Encoding): boolean {
  if (encoding === "utf-8") return ((bytes[at] ?? 0) & 0xc0) !== 0x80 && bytes[at - 1] !== 0x0d;
  const [low, high] = encoding === "utf-16le" ? [0, 1] : [1, 0];
  const isSecondHalf = ((bytes[at + high] ?? 0) & 0xfc) === 0xdc;
  const isReturn = bytes[at - 2 + low] === 0x0d && bytes[at - 2 + high] === 0;
  return !isSecondHalf && !isReturn;
}

/** The text of bytes without a mark before them; `start` is where they stand in a larger text. Fails with `unreadable: not-text`. */
export function decodeAs(bytes: Uint8Array, encoding: Encoding, start: TextPlace = { line: 1, column: 1 }): Result<string> {
  try {
    return succeed(new TextDecoder(encoding, { fatal: true, ignoreBOM: true }).decode(bytes));
  } catch {
    return fail({ kind: "unreadable", what: "not-text", at: endOf(longestReadable(bytes, encoding), start) });
  }
}

/** How text is encoded by its first bytes, three of them or all there are, and how many of these are the mark before it. */
export function encodingOf(bytes: Uint8Array): { readonly encoding: Encoding; readonly mark: number } {
  const marked = MARKS.find(([, mark]) => mark.every((byte, index) => bytes[index] === byte));
  return marked === undefined ? { encoding: unmarkedEncoding(bytes), mark: 0 } : { encoding: marked[0], mark: marked[1].length };
}

function unmarkedEncoding([first = 1, second = 1]: Uint8Array): Encoding {
  if (first !== 0 && second === 0) return "utf-16le";
  return first === 0 && second !== 0 ? "utf-16be" : "utf-8";
}

/** What can be read of the beginning. */
function longestReadable(bytes: Uint8Array, encoding: Encoding): string {
  let [readable, unreadable] = [0, bytes.length + 1];
  let text = "";
  while (unreadable - readable > 1) {
    const middle = (readable + unreadable) >>> 1;
    const read = decodeBeginning(bytes.subarray(0, middle), encoding);
    if (read === null) unreadable = middle;
    else [readable, text] = [middle, read];
  }
  return text;
}

/** A character that is not whole yet is no error. */
function decodeBeginning(bytes: Uint8Array, encoding: Encoding): string | null {
  try {
    return new TextDecoder(encoding, { fatal: true, ignoreBOM: true }).decode(bytes, { stream: true });
  } catch {
    return null;
  }
}

/** The place right behind a text that begins at a place. */
export function endOf(text: string, start: TextPlace = { line: 1, column: 1 }): TextPlace {
  const lines = text.split(/\r\n|\n|\r/);
  const last = (lines.at(-1)?.length ?? 0) + 1;
  return { line: start.line + lines.length - 1, column: lines.length === 1 ? start.column + last - 1 : last };
}
