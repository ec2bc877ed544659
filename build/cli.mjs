/** `npm run -s cli -- VERB …`: the command line of the console, built first when the sources changed. */
import { existsSync } from "node:fs";
import path from "node:path";
import { isStale } from "./fingerprint.mjs";
import { ensureInstalled, nodeExecutable, root, run } from "./bootstrap.mjs";

ensureInstalled();
const node = nodeExecutable();
if (isStale(root)) {
  const built = await run(node, [path.join(root, "build/run.mjs"), path.join(root, "build/build.ts")], ["ignore", 2, 2]);
  // Pages that do not build are no reason to withhold the command line.
  if (built !== 0 && !existsSync(path.join(root, "out/main/command-line.js"))) process.exit(built);
}
process.exitCode = await run(node, [path.join(root, "out/main/command-line.js"), ...process.argv.slice(2)]);
