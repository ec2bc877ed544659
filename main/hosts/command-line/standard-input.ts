/** Standard input as one password, or as lines of JSON. */
import type { Readable } from "node:stream";
import { StringDecoder } from "node:string_decoder";
import { parseJson } from "../../../shared/json.ts";
import { UsageError } from "./verb.ts";

type Input = Readable & { readonly isTTY?: boolean };

/** How long a pipe that says nothing is waited for, in milliseconds. */
const PATIENCE_MS = 1_000;
const PASSWORD_LIMIT = 1_024;
/** Longest line of a batch, in characters. */
const LINE_LIMIT = 16 * 1024 * 1024;

/**
 * The password on standard input, without the line end behind it. Nothing at all, or a terminal, is no password (null);
 * an empty line is the empty password. Throws {@link UsageError} when there is more than a password.
 */
export async function readPassword(stdin: Input): Promise<string | null> {
  if (stdin.isTTY === true) return null;
  const decoder = new StringDecoder("utf8");
  let text = "";
  let said = false;
  await new Promise<void>((resolve) => {
    const timer = setTimeout(() => settle(), PATIENCE_MS);
    const settle = () => {
      clearTimeout(timer);
      stdin.removeListener("data", onData).pause();
      resolve();
    };
    const onData = (chunk: Buffer) => {
      clearTimeout(timer);
      said = true;
      text += decoder.write(chunk);
      if (text.length > PASSWORD_LIMIT + 2) settle();
    };
    stdin.on("data", onData);
    stdin.once("end", settle);
    stdin.once("error", settle);
  });
  text = (text + decoder.end()).replace(/^\uFEFF/, "").replace(/\r?\n$/, "");
  if (text.length > PASSWORD_LIMIT || /[\r\n]/.test(text)) throw new UsageError("standard input is more than a password");
  return said ? text : null;
}

/** The lines of standard input as they come, without empty ones. A line ends at \n alone: others may stand in JSON texts. */
export async function* inputLines(stdin: Input, signal: AbortSignal): AsyncGenerator<string, void, void> {
  const decoder = new StringDecoder("utf8");
  let rest = "";
  for await (const chunk of stdin) {
    if (signal.aborted) return;
    rest += Buffer.isBuffer(chunk) ? decoder.write(chunk) : String(chunk);
    const lines = rest.split("\n");
    rest = lines.pop() ?? "";
    if (rest.length > LINE_LIMIT) throw new UsageError("a line of standard input is too long");
    for (const line of lines) if (line.trim() !== "") yield line;
  }
  rest += decoder.end();
  if (rest.trim() !== "") yield rest;
}

/** What a line says; undefined when it is no JSON. */
export function parseLine(line: string): unknown {
  return parseJson(line.replace(/^\uFEFF/, ""));
}
