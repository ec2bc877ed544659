/** Standard input as one text, or as lines of JSON. */
import type { Readable } from "node:stream";
import { say } from "../../../renderer/text/text.ts";
import { parseJson } from "../../../shared/json.ts";
import { decodeText } from "../../decode-text.ts";
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
const LINE_FEED = 0x0a;

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
 * The lines of standard input as they come, without empty ones; null for one that is no UTF-8. A line ends at \n alone:
 * others may stand in JSON texts.
 */
export async function* inputLines(stdin: Readable, signal: AbortSignal): AsyncGenerator<string | null, void, void> {
  let rest = Buffer.alloc(0);
  for await (const chunk of stdin) {
    if (signal.aborted) return;
    rest = Buffer.concat([rest, Buffer.from(chunk)]);
    for (let end = rest.indexOf(LINE_FEED); end !== -1; end = rest.indexOf(LINE_FEED)) {
      yield* lineOf(rest.subarray(0, end));
      rest = rest.subarray(end + 1);
    }
    if (rest.length > LINE_LIMIT) throw new UsageError("a line of standard input is too long");
  }
  yield* lineOf(rest);
}

function* lineOf(bytes: Uint8Array): Generator<string | null, void, void> {
  const line = decodeText(bytes);
  if (!line.ok) yield null;
  else if (line.value.trim() !== "") yield line.value;
}

/** What a line says; undefined when it is no JSON. */
export function parseLine(line: string | null): unknown {
  return line === null ? undefined : parseJson(line);
}
