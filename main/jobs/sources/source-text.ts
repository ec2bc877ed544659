/** How a text file that people export is encoded, and its text. */
import { isUtf8 } from "node:buffer";
import { fail, succeed, type Result, type TextPlace } from "../../../shared/fault.ts";
import type { CsvSource } from "../../../shared/model/job.ts";
import { decodePieces, encodingOf, endOf } from "../../decode-text.ts";

export type SourceEncoding = NonNullable<CsvSource["encoding"]>;

/** Looked at for the zero bytes of UTF-16, in bytes. */
const LOOKED_AT = 4096;

/** Characters 0x80 to 0x9f of Windows-1252; those that it does not have are left blank. Some versions of Node decode them as Latin-1's. */
const FROM_0X80 = "€ ‚ƒ„…†‡ˆ‰Š‹Œ Ž  ‘’“”•–—˜™š›œ žŸ";

/** No letter: U+FFFD, which stands for one that was lost before the file was written, or the zero character, which no text has. */
// oxlint-disable-next-line no-control-regex -- the zero character is what is looked for
export const BROKEN = /[\u0000\ufffd]/;

/** How many bytes of a mark stand before the text, and how it is encoded: by its mark, by its zero bytes, as UTF-8 throughout, else Windows-1252. */
export function sourceEncodingOf(bytes: Uint8Array, chosen: SourceEncoding | null): { readonly encoding: SourceEncoding; readonly mark: number } {
  const marked = encodingOf(bytes);
  if (chosen !== null) return { encoding: chosen, mark: marked.encoding === chosen ? marked.mark : 0 };
  if (marked.mark > 0) return marked;
  return { encoding: wideEncoding(bytes) ?? (isUtf8(bytes) ? "utf-8" : "windows-1252"), mark: 0 };
}

/** In UTF-16 every character of Europe's languages has a zero byte; one that strayed into other text is no sign of it. */
function wideEncoding(bytes: Uint8Array): SourceEncoding | null {
  const start = bytes.subarray(0, LOOKED_AT - (LOOKED_AT % 2));
  const zeros = (from: number) => start.filter((byte, at) => at % 2 === from && byte === 0).length;
  const half = Math.floor(start.length / 2) / 2;
  if (half === 0) return null;
  if (zeros(1) >= half) return "utf-16le";
  return zeros(0) >= half ? "utf-16be" : null;
}

/**
 * The text in pieces of about so many bytes, none of which ends within a line end. A failure is the last: `unreadable`, `not-text` where bytes are
 * none of the encoding's, `broken-text` for a zero character and for U+FFFD, which stands for a letter that was lost.
 */
export function* sourcePieces(bytes: Uint8Array, { encoding, mark }: { readonly encoding: SourceEncoding; readonly mark: number }, size: number): Generator<Result<string>, void, void> {
  let start: TextPlace = { line: 1, column: 1 };
  for (const piece of encoding === "windows-1252" ? singleBytePieces(bytes.subarray(mark), size) : decodePieces(bytes, size, { encoding, mark })) {
    const broken = piece.ok ? piece.value.search(BROKEN) : -1;
    if (!piece.ok || broken !== -1) {
      yield piece.ok ? fail({ kind: "unreadable", what: "broken-text", at: endOf(piece.value.slice(0, broken), start) }) : piece;
      return;
    }
    start = endOf(piece.value, start);
    yield piece;
  }
}

function* singleBytePieces(bytes: Uint8Array, size: number): Generator<Result<string>, void, void> {
  for (let start = 0; start < bytes.length; ) {
    let end = Math.min(bytes.length, start + size);
    if (end < bytes.length && bytes[end - 1] === 0x0d && end - start > 1) end -= 1;
    const latin = Buffer.from(bytes.buffer, bytes.byteOffset + start, end - start).toString("latin1");
    // oxlint-disable-next-line no-control-regex -- these are the letters that the two tables do not share
    yield succeed(latin.replaceAll(/[\u0080-\u009f]/g, (letter) => (FROM_0X80[letter.charCodeAt(0) - 0x80] ?? " ").replace(" ", "\ufffd")));
    start = end;
  }
}
