/**
 * A stand-in for PowerShell that the practice organisation brings along: a program that speaks what the console's PowerShell library
 * speaks, carries out the console's own scripts for mail servers at the practice servers, and knows nothing else. It ends with its
 * standard input.
 */
import { createInterface } from "node:readline";
import { endpointClient } from "./endpoint-client.ts";
import { ENDPOINT_VARIABLE, TOKEN_VARIABLE } from "./protocol.ts";
import { createShellScripts } from "./shell-scripts.ts";
import { frameAnswer, readShellLine } from "./shell-stream.ts";

/** What still runs when the input ends has this long, in milliseconds: a server may never answer. */
const LAST_MS = 1_000;

const { env, stdin, stdout, stderr } = process;
const known = new Map<string, string>();
const scripts = createShellScripts(endpointClient(env[ENDPOINT_VARIABLE] ?? "", env[TOKEN_VARIABLE] ?? ""), env);
// Whoever reads may be gone before everything is written: the end of the input follows.
for (const stream of [stdout, stderr]) stream.on("error", () => undefined);

/** What PowerShell writes of a command that it does not know. */
function notRecognized(line: string): string {
  const [term = ""] = line.split(/\s/, 1);
  return `${term}: The term '${term}' is not recognized as a name of a cmdlet, function, script file, or executable program.`;
}

async function perform(line: string): Promise<void> {
  const read = readShellLine(line, known);
  if (read.kind === "unknown") stderr.write(`${notRecognized(read.line)}\n`);
  if (read.kind !== "script") return;
  const delimit = () => {
    for (const output of [stderr, stdout]) output.write(`${read.delimiter}\n`);
  };
  delimit();
  const answer = await scripts.run(read.script, read.argument);
  const unknown = { type: "System.Management.Automation.CommandNotFoundException", id: "CommandNotFoundException" };
  stdout.write(`${answer === null ? frameAnswer(read.mark, "error", unknown) : frameAnswer(read.mark, "answer", answer)}\n`);
  delimit();
}

// One line after another, as PowerShell takes them from its input.
let last: Promise<void> = Promise.resolve();
const lines = createInterface({ input: stdin, crlfDelay: Number.POSITIVE_INFINITY });
lines.on("line", (line) => {
  last = last.then(() => perform(line));
});
lines.on("close", () => {
  const enough = new Promise((resolve) => {
    setTimeout(resolve, LAST_MS);
  });
  void Promise.race([last, enough])
    .then(() => scripts.close())
    .finally(() => process.exit(0));
});
