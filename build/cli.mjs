/** `npm run -s cli -- VERB …`: the command line of the console, built first when the sources changed. */
import path from "node:path";
import { isStale } from "./fingerprint.mjs";
import { ensureInstalled, nodeExecutable, root, run } from "./ready.mjs";

ensureInstalled();
const node = nodeExecutable();
if (isStale(root)) {
  const built = await run(node, [path.join(root, "build/run.mjs"), path.join(root, "build/build.ts")], ["ignore", 2, 2]);
  if (built !== 0) process.exit(built);
}
process.exitCode = await run(node, [path.join(root, "out/main/command-line.js"), ...process.argv.slice(2)]);
