/** Entry of the command line. */
import "../shared/thread-pool.ts";
import { settledDataDirectory } from "../shared/data-directory.ts";
import { openOwnClient, openPracticeClient } from "./client.ts";
import { runCommandLine } from "./command-line.ts";
import { exitCodes } from "./exit-codes.ts";
import { verbs } from "./verbs/index.ts";

const stop = new AbortController();
for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => stop.abort());
// A reader that goes away, such as `head`, is no error.
process.stdout.on("error", () => stop.abort());
// Timers of the services hold no process. A verb does, from its first line to its exit code.
const held = setInterval(() => undefined, 60_000);

try {
  process.exitCode = await runCommandLine(process.argv.slice(2), {
    verbs,
    stdin: process.stdin,
    stdout: process.stdout,
    stderr: process.stderr,
    signal: stop.signal,
    async open({ dataDirectory, practice }) {
      const folder = dataDirectory ?? (await settledDataDirectory("command-line"));
      return practice ? openPracticeClient(folder) : openOwnClient(folder);
    },
  });
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = exitCodes.failed;
} finally {
  clearInterval(held);
}
// Standard input may still be open; nothing waits for it any more.
process.stdin.unref?.();
process.stdin.destroy();
