/** Standard input as one text, or as lines of JSON. */
import type { Readable } from "node:stream";
import { say } from "../../../renderer/text/text.ts";
import { parseJson } from "../../../shared/json.ts";
import { decodeAs, decodeText, encodingOf, type Encoding } from "../../decode-text.ts";
import type { ShowProgress } from "./progress-line.ts";
import { take } from "./take.ts";
import { UsageError, VerbFailure } from "./verb.ts";

/** What a verb has around it, as far as its input needs it. */
export interface InputContext {
  readonly stdin: Readable & { readonly isTTY?: boolean };
  readonly progress: ShowProgress;
  readonly signal: AbortSignal;
}

/** How long a pipe may say nothing until a person is told what is waited for, in milliseconds. */
const PATIENCE_MS = 1_000;
const PASSWORD_LIMIT = 1_024;
/** Longest line of a batch, in bytes. */
const LINE_LIMIT = 16 * 1024 * 1024;
const LINE_FEED: Readonly<Record<Encoding, Buffer>> = { "utf-8": Buffer.of(0x0a), "utf-16le": Buffer.of(0x0a, 0), "utf-16be": Buffer.of(0, 0x0a) };
/** In bytes: so many tell the encoding. */
const LONGEST_MARK = 3;

/**
 * Everything on standard input, to its end: what comes late belongs to it as well. Null when it is a terminal, which is not
 * read, or when nothing came. Throws {@link UsageError} beyond `limit` bytes.
 */
export async function readToEnd({ stdin, progress, signal }: InputContext, limit: number): Promise<Uint8Array | null> {
  if (stdin.isTTY === true) return null;
  const timer = setTimeout(() => progress(say("command-line.reading-input")), PATIENCE_MS);
  const stop = () => stdin.destroy();
  signal.addEventListener("abort", stop, { once: true });
  const chunks: Buffer[] = [];
  let size = 0;
  try {
    for await (const chunk of stdin) {
      clearTimeout(timer);
      const bytes = Buffer.from(chunk);
      size += bytes.length;
      if (size > limit) throw new UsageError("standard input is too long");
      chunks.push(bytes);
    }
  } catch (error) {
    if (signal.aborted) throw new VerbFailure({ kind: "cancelled" });
    throw error;
  } finally {
    clearTimeout(timer);
    progress(null);
    signal.removeEventListener("abort", stop);
  }
  return size === 0 ? null : Buffer.concat(chunks);
}

/**
 * The password on standard input, without the line end behind it. Nothing at all, or a terminal, is no password (null);
 * an empty line is the empty password. Throws {@link UsageError} when there is more than a password.
 */
export async function readPassword(context: InputContext): Promise<string | null> {
  // A character has at most four bytes; a mark and a line end may stand around.
  const bytes = await readToEnd(context, PASSWORD_LIMIT * 4 + 8);
  if (bytes === null) return null;
  const text = take(decodeText(bytes)).replace(/\r?\n$/, "");
  if (text.length > PASSWORD_LIMIT || /[\r\n]/.test(text)) throw new UsageError("standard input is more than a password");
  return text;
}

/**
 * The lines of standard input as they come, without empty ones, in UTF-8 or UTF-16 by their first bytes; null for one that
 * is no text. A line ends at \n alone: others may stand in JSON texts.
 */
export async function* inputLines(stdin: Readable, signal: AbortSignal): AsyncGenerator<string | null, void, void> {
  let encoding: Encoding | null = null;
  let rest = Buffer.alloc(0);
  for await (const chunk of stdin) {
    if (signal.aborted) return;
    rest = Buffer.concat([rest, Buffer.from(chunk)]);
    if (encoding === null) {
      if (rest.length < LONGEST_MARK) continue;
      const found = encodingOf(rest);
      encoding = found.encoding;
      rest = rest.subarray(found.mark);
    }
    const ending = LINE_FEED[encoding];
    for (let end = endOfLine(rest, ending); end !== -1; end = endOfLine(rest, ending)) {
      yield* lineOf(rest.subarray(0, end), encoding);
      rest = rest.subarray(end + ending.length);
    }
    if (rest.length > LINE_LIMIT) throw new UsageError("a line of standard input is too long");
  }
  yield* lineOf(rest, encoding ?? "utf-8");
}

/** Where the line feed lies: in UTF-16 both of its bytes, which may also be the end of one character and the beginning of the next. */
function endOfLine(bytes: Buffer, ending: Buffer): number {
  let at = bytes.indexOf(ending);
  while (at % ending.length > 0) at = bytes.indexOf(ending, at + 1);
  return at;
}

function* lineOf(bytes: Uint8Array, encoding: Encoding): Generator<string | null, void, void> {
  const line = decodeAs(bytes, encoding);
  if (!line.ok) yield null;
  else if (line.value.trim() !== "") yield line.value;
}

/** What a line says; undefined when it is no JSON. */
export function parseLine(line: string | null): unknown {
  return line === null ? undefined : parseJson(line);
}
