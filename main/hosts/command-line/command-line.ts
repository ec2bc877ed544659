/** Runs one command line to its exit code. */
import type { Readable, Writable } from "node:stream";
import { productVersion } from "../shared/version.ts";
import { helpText, readCommandLine, type CommandLine } from "./arguments.ts";
import type { OpenedClient } from "./client.ts";
import { exitCodeOf, exitCodes, type ExitCode } from "./exit-codes.ts";
import { faultText } from "./output.ts";
import { UsageError, VerbFailure, type Verb } from "./verb.ts";

export interface Surroundings {
  readonly verbs: readonly Verb[];
  readonly stdin: Readable;
  readonly stdout: Writable;
  readonly stderr: Writable;
  readonly signal: AbortSignal;
  open(line: CommandLine): Promise<OpenedClient>;
}

export async function runCommandLine(args: readonly string[], around: Surroundings): Promise<ExitCode> {
  const json = args.includes("--json");
  try {
    const line = readCommandLine(args, around.verbs);
    if (line.help || line.version || line.verb === null) {
      around.stdout.write(`${line.version ? productVersion : helpText(around.verbs)}\n`);
      return exitCodes.ok;
    }
    return await runVerb(line.verb, line, around);
  } catch (error) {
    if (error instanceof UsageError) {
      around.stderr.write(json ? `${JSON.stringify({ usage: error.message })}\n` : `${error.message}\nTry --help.\n`);
      return exitCodes.usage;
    }
    if (error instanceof VerbFailure) {
      around.stderr.write(`${json ? JSON.stringify({ fault: error.fault }) : faultText(error.fault)}\n`);
      return exitCodeOf(error.fault);
    }
    if (around.signal.aborted) return exitCodes.failed;
    throw error;
  }
}

async function runVerb(verb: Verb, line: CommandLine, around: Surroundings): Promise<ExitCode> {
  let opened: Promise<OpenedClient> | null = null;
  try {
    return await verb.run({
      words: line.words,
      options: line.options,
      json: line.json,
      stdin: around.stdin,
      stdout: around.stdout,
      stderr: around.stderr,
      signal: around.signal,
      async client() {
        opened ??= around.open(line);
        return (await opened).client;
      },
    });
  } finally {
    await closeQuietly(opened);
  }
}

/** A client that could not be opened has failed the verb already. */
async function closeQuietly(opened: Promise<OpenedClient> | null): Promise<void> {
  const client = await opened?.catch(() => null);
  await client?.close();
}
