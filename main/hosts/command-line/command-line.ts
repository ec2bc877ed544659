/** Runs one command line to its exit code. */
import type { Readable, Writable } from "node:stream";
import { productVersion } from "../shared/version.ts";
import { readCommandLine, type CommandLine } from "./arguments.ts";
import type { OpenedClient } from "./client.ts";
import { exitCodes, type ExitCode } from "./exit-codes.ts";
import { failureOf, failureText, notWritten, type Failure } from "./failure.ts";
import { helpText, verbHelp } from "./help.ts";
import { followOutput, type Outlet } from "./outlet.ts";
import { progressLine, type Terminal } from "./progress-line.ts";
import { VerbFailure, type Verb, type VerbForm } from "./verb.ts";

/** How long a verb that was called off may take to end by itself, in milliseconds, unless its form says otherwise. */
const GRACE_MS = 2_000;

export interface Surroundings {
  readonly verbs: readonly Verb[];
  readonly stdin: Readable;
  readonly stdout: Writable;
  readonly stderr: Writable;
  /** Where progress is shown; null where nobody looks. */
  readonly terminal?: Terminal | null;
  /** Aborts on Ctrl+C. */
  readonly signal: AbortSignal;
  open(line: CommandLine): Promise<OpenedClient>;
}

/** Ends when everything is written. */
export async function runCommandLine(args: readonly string[], around: Surroundings): Promise<ExitCode> {
  const outlet = followOutput(around.stdout);
  const outcome = await attempt(args, around, outlet);
  const problem = await outlet.flushed();
  const told = problem === null ? outcome : notWritten(problem);
  if (typeof told === "number") return told;
  // A reader that went away has seen what it wanted to.
  return outlet.isReaderGone() ? exitCodes.ok : tellFailure(args, around.stderr, told);
}

/** Prints a failure for people, or as one line of JSON. */
export function tellFailure(args: readonly string[], stderr: Writable, failure: Failure): ExitCode {
  stderr.write(`${args.includes("--json") ? JSON.stringify(failure) : failureText(failure)}\n`);
  return failure.exitCode;
}

async function attempt(args: readonly string[], around: Surroundings, outlet: Outlet): Promise<ExitCode | Failure> {
  try {
    const line = readCommandLine(args, around.verbs);
    if (line.form !== null) return await runForm(line.form, line, around, AbortSignal.any([around.signal, outlet.closed]));
    around.stdout.write(`${line.help === null ? productVersion : helpOf(line.help, around.verbs)}\n`);
    return exitCodes.ok;
  } catch (error) {
    return failureOf(around.signal.aborted ? new VerbFailure({ kind: "cancelled" }) : error);
  }
}

function helpOf({ verb, form }: NonNullable<CommandLine["help"]>, verbs: readonly Verb[]): string {
  return verb === null ? helpText(verbs) : verbHelp(verb, form);
}

async function runForm(form: VerbForm, line: CommandLine, around: Surroundings, signal: AbortSignal): Promise<ExitCode> {
  let opened: Promise<OpenedClient> | null = null;
  const progress = progressLine(around.terminal ?? null);
  const running = form.run({
    words: line.words,
    options: line.options,
    json: line.json,
    stdin: around.stdin,
    stdout: around.stdout,
    progress,
    signal,
    async client() {
      opened ??= openSaying(line, around);
      return (await opened).client;
    },
  });
  try {
    return await Promise.race([running, calledOff(signal, form.endsWithin ?? GRACE_MS)]);
  } finally {
    progress(null);
    await closeQuietly(opened);
  }
}

/** What the page says of the data at its top is said on standard error: what a verb prints may go to a program. */
async function openSaying(line: CommandLine, { open, stderr }: Surroundings): Promise<OpenedClient> {
  const opened = await open(line);
  if (opened.notice !== null) stderr.write(`${line.json ? JSON.stringify({ notice: opened.notice }) : opened.notice}\n`);
  return opened;
}

/** Fails a while after the signal: what does not end by itself, such as a wait for standard input, is left behind. */
function calledOff(signal: AbortSignal, graceMs: number): Promise<never> {
  return new Promise((_resolve, reject) => {
    const fail = () => void setTimeout(() => reject(new VerbFailure({ kind: "cancelled" })), graceMs).unref();
    if (signal.aborted) fail();
    else signal.addEventListener("abort", fail, { once: true });
  });
}

/** A client that could not be opened has failed the verb already. */
async function closeQuietly(opened: Promise<OpenedClient> | null): Promise<void> {
  const client = await opened?.catch(() => null);
  await client?.close();
}
