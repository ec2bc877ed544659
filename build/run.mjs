/** Runs a TypeScript file of this repository: `node build/run.mjs FILE [arguments]`. Installs and changes to Node 24 as needed. */
import { register } from "node:module";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { ensureInstalled, onNode24 } from "./bootstrap.mjs";

const file = process.argv[2];
if (file === undefined) {
  process.stderr.write("usage: node build/run.mjs FILE [arguments]\n");
  process.exit(2);
}
ensureInstalled();
if (await onNode24(import.meta.filename)) {
  register("./raw-imports.mjs", import.meta.url);
  process.argv.splice(1, 2, path.resolve(file));
  await import(pathToFileURL(path.resolve(file)).href);
}
