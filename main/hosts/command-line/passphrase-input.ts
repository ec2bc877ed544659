/** The passphrase of a handover bundle: the first line of standard input, or of a file descriptor, never an argument. */
import { createReadStream, fstatSync } from "node:fs";
import { PASSPHRASE_MOST } from "../../../shared/contract/handover.ts";
import { decodeText } from "../../decode-text.ts";
import { readToEnd } from "./standard-input.ts";
import { take } from "./take.ts";
import { UsageError, VerbFailure, type OptionHelp, type VerbContext } from "./verb.ts";

/** In bytes: more may follow the first line. */
const INPUT_LIMIT = 64 * 1024;

export const passphraseOptions = {
  "passphrase-fd": { value: "NUMBER", meaning: "read the passphrase from this file descriptor instead of standard input" },
} as const satisfies Record<string, OptionHelp>;

export const passphraseNotes: readonly string[] = ["The passphrase is the first line of standard input, in UTF-8 or UTF-16. A terminal is not read."];

/** Throws {@link UsageError} where none comes. */
export async function readPassphrase(context: VerbContext, topic: readonly string[]): Promise<string> {
  const { "passphrase-fd": typed } = context.options;
  const bytes = typed === undefined ? await readToEnd(context, INPUT_LIMIT) : await readDescriptor(context, descriptorIn(String(typed), topic), topic);
  const [line = ""] = bytes === null ? [] : take(decodeText(bytes)).split(/\r?\n/, 1);
  if (line === "") throw new UsageError("the passphrase is missing: it comes as the first line of standard input", topic);
  if (line.length > PASSPHRASE_MOST) throw new UsageError("the first line of standard input is longer than any passphrase", topic);
  return line;
}

function descriptorIn(typed: string, topic: readonly string[]): number {
  const descriptor = /^\d{1,4}$/.test(typed) ? Number(typed) : null;
  if (descriptor === null || !isHandedOver(descriptor)) throw new UsageError("--passphrase-fd takes the number of a file descriptor that is open for reading", topic);
  return descriptor;
}

/** What this process has open for itself is neither a file nor, but for one of its own pipes, a pipe. */
function isHandedOver(descriptor: number): boolean {
  try {
    const status = fstatSync(descriptor);
    return status.isFile() || status.isFIFO();
  } catch {
    return false;
  }
}

async function readDescriptor(context: VerbContext, descriptor: number, topic: readonly string[]): Promise<Uint8Array | null> {
  // Closing is for whoever opened it: a number that was mistyped may be one that this process needs.
  const stdin = createReadStream("", { fd: descriptor, autoClose: false });
  try {
    return await readToEnd({ ...context, stdin }, INPUT_LIMIT);
  } catch (error) {
    if (error instanceof UsageError || error instanceof VerbFailure) throw error;
    throw new UsageError(`file descriptor ${descriptor} cannot be read`, topic);
  }
}
