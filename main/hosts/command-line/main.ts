/** Entry of the command line. */
import "../shared/thread-pool.ts";
import "../../../renderer/text/all-texts.ts";
import { settledDataDirectory } from "../shared/data-directory.ts";
import { openOwnClient, openPracticeClient } from "./client.ts";
import { runCommandLine, tellFailure } from "./command-line.ts";
import { failureOf } from "./failure.ts";
import { verbs } from "./verbs/index.ts";

const args = process.argv.slice(2);
const stop = new AbortController();
// A second Ctrl+C ends the process at once.
for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => stop.abort());
// Nobody is left to be told when standard error cannot be written.
process.stderr.on("error", () => undefined);
process.on("uncaughtException", (error) => process.exit(tellFailure(args, process.stderr, failureOf(error))));
// Timers of the services hold no process. A verb does, from its first line to its exit code.
const held = setInterval(() => undefined, 60_000);

process.exitCode = await runCommandLine(args, {
  verbs,
  stdin: process.stdin,
  stdout: process.stdout,
  stderr: process.stderr,
  terminal: process.stderr.isTTY && process.env["TERM"] !== "dumb" ? process.stderr : null,
  signal: stop.signal,
  async open({ dataDirectory, practice }) {
    const folder = dataDirectory ?? (await settledDataDirectory("command-line"));
    return practice ? openPracticeClient(folder) : openOwnClient(folder);
  },
});
clearInterval(held);
// Standard input may still be open; nothing waits for it any more.
process.stdin.unref?.();
process.stdin.destroy();
