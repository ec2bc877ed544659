/** Entry of the loopback host. */
import "../shared/thread-pool.ts";
import { prepareCompileCache } from "../shared/compile-cache.ts";
import { settledDataDirectory } from "../shared/data-directory.ts";
import { readArguments, type LoopbackArguments } from "./arguments.ts";

const usageExit = 2;

function read(): LoopbackArguments {
  try {
    return readArguments(process.argv.slice(2));
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    return process.exit(usageExit);
  }
}

const args = read();
try {
  const dataDirectory = args.dataDirectory ?? (await settledDataDirectory("loopback"));
  prepareCompileCache(dataDirectory);
  // Only now, so that what it is made of comes from the cache.
  const { runHost } = await import("./host.ts");
  await runHost({ ...args, dataDirectory });
} catch (error) {
  const { say } = await import("../../../renderer/text/text.ts");
  process.stderr.write(`${say("hosts.not-started", { reason: error instanceof Error ? error.message : String(error) })}\n`);
  process.exit(1);
}
