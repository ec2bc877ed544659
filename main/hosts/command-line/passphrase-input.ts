/** The passphrase of a handover bundle: the first line of standard input, or of a file descriptor, never an argument. */
import { createReadStream } from "node:fs";
import { PASSPHRASE_MOST } from "../../../shared/contract/handover.ts";
import { decodeText } from "../../decode-text.ts";
import { readToEnd } from "./standard-input.ts";
import { take } from "./take.ts";
import { UsageError, type OptionHelp, type VerbContext } from "./verb.ts";

/** In bytes: more may follow the first line. */
const INPUT_LIMIT = 64 * 1024;

export const passphraseOptions = {
  "passphrase-fd": { value: "NUMBER", meaning: "read the passphrase from this file descriptor instead of standard input" },
} as const satisfies Record<string, OptionHelp>;

export const passphraseNotes: readonly string[] = ["The passphrase is the first line of standard input, in UTF-8 or UTF-16. A terminal is not read."];

/** Throws {@link UsageError} where none comes. */
export async function readPassphrase(context: VerbContext, topic: readonly string[]): Promise<string> {
  const { "passphrase-fd": typed } = context.options;
  const stdin = typed === undefined ? context.stdin : createReadStream("", { fd: descriptorIn(String(typed), topic) });
  const bytes = await readToEnd({ ...context, stdin }, INPUT_LIMIT);
  const [line = ""] = bytes === null ? [] : take(decodeText(bytes)).split(/\r?\n/, 1);
  if (line === "") throw new UsageError("the passphrase is missing: it comes as the first line of standard input", topic);
  if (line.length > PASSPHRASE_MOST) throw new UsageError("the first line of standard input is longer than any passphrase", topic);
  return line;
}

function descriptorIn(typed: string, topic: readonly string[]): number {
  if (!/^\d{1,4}$/.test(typed)) throw new UsageError("--passphrase-fd takes the number of an open file descriptor", topic);
  return Number(typed);
}
