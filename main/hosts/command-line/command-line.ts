/** Runs one command line to its exit code. */
import type { Readable, Writable } from "node:stream";
import { productVersion } from "../shared/version.ts";
import { readCommandLine, type CommandLine } from "./arguments.ts";
import type { OpenedClient } from "./client.ts";
import { exitCodes, type ExitCode } from "./exit-codes.ts";
import { failureOf, failureText } from "./failure.ts";
import { helpText, verbHelp } from "./help.ts";
import { VerbFailure, type Verb, type VerbForm } from "./verb.ts";

export interface Surroundings {
  readonly verbs: readonly Verb[];
  readonly stdin: Readable;
  readonly stdout: Writable;
  readonly stderr: Writable;
  readonly signal: AbortSignal;
  open(line: CommandLine): Promise<OpenedClient>;
}

export async function runCommandLine(args: readonly string[], around: Surroundings): Promise<ExitCode> {
  try {
    const line = readCommandLine(args, around.verbs);
    if (line.form !== null) return await runForm(line.form, line, around);
    around.stdout.write(`${line.help === null ? productVersion : helpOf(line.help, around.verbs)}\n`);
    return exitCodes.ok;
  } catch (error) {
    const failure = failureOf(around.signal.aborted ? new VerbFailure({ kind: "cancelled" }) : error);
    around.stderr.write(`${args.includes("--json") ? JSON.stringify(failure) : failureText(failure)}\n`);
    return failure.exitCode;
  }
}

function helpOf({ verb, form }: NonNullable<CommandLine["help"]>, verbs: readonly Verb[]): string {
  return verb === null ? helpText(verbs) : verbHelp(verb, form);
}

async function runForm(form: VerbForm, line: CommandLine, around: Surroundings): Promise<ExitCode> {
  let opened: Promise<OpenedClient> | null = null;
  try {
    return await form.run({
      words: line.words,
      options: line.options,
      json: line.json,
      stdin: around.stdin,
      stdout: around.stdout,
      stderr: around.stderr,
      signal: around.signal,
      async client() {
        opened ??= openSaying(line, around);
        return (await opened).client;
      },
    });
  } finally {
    await closeQuietly(opened);
  }
}

/** What the page says of the data at its top is said on standard error: what a verb prints may go to a program. */
async function openSaying(line: CommandLine, { open, stderr }: Surroundings): Promise<OpenedClient> {
  const opened = await open(line);
  if (opened.notice !== null) stderr.write(`${line.json ? JSON.stringify({ notice: opened.notice }) : opened.notice}\n`);
  return opened;
}

/** A client that could not be opened has failed the verb already. */
async function closeQuietly(opened: Promise<OpenedClient> | null): Promise<void> {
  const client = await opened?.catch(() => null);
  await client?.close();
}
