/**
 * `npm start`: installs what is missing, builds when the sources changed, opens the console.
 *   --host loopback|electron   where to run; electron where its runtime can be had, else loopback
 *   --no-open                  print the address only
 *   --data DIR                 data folder
 *   --practice                 with the practice organisation
 * Stdout carries exactly one line, the address, on the loopback host, and another one each time Enter is pressed; everything else
 * goes to stderr.
 */
import { existsSync } from "node:fs";
import path from "node:path";
import { parseArgs } from "node:util";
import { electronExecutable } from "./electron-runtime.mjs";
import { isStale } from "./fingerprint.mjs";
import { ensureInstalled, nodeExecutable, root, run } from "./bootstrap.mjs";

/** An Electron that ends badly this soon never showed a window. */
const failsWithinMs = 5_000;
const usage = "usage: npm start -- [--host loopback|electron] [--no-open] [--data DIR] [--practice]\n";

/** @returns {{ host?: string, "no-open": boolean, data?: string, practice: boolean, help: boolean }} */
function readArguments() {
  try {
    const { values } = parseArgs({
      options: {
        host: { type: "string" },
        "no-open": { type: "boolean", default: false },
        data: { type: "string" },
        practice: { type: "boolean", default: false },
        help: { type: "boolean", short: "h", default: false },
      },
    });
    if (values.host !== undefined && values.host !== "loopback" && values.host !== "electron") throw new Error(`There is no host "${values.host}".`);
    if (values.data?.trim() === "") throw new Error("--data takes a folder; what was given is empty.");
    return values;
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n${usage}`);
    return process.exit(2);
  }
}

const values = readArguments();
if (values.help) {
  process.stdout.write(usage);
  process.exit(0);
}

ensureInstalled();
const node = nodeExecutable();
if (isStale(root)) {
  process.stderr.write("Building…\n");
  const built = await run(node, [path.join(root, "build/run.mjs"), path.join(root, "build/build.ts")], ["ignore", 2, 2]);
  // A part that fails leaves the last good output of the others; without a host there is nothing to start.
  if (built !== 0 && !existsSync(path.join(root, "out/main/loopback.js"))) process.exit(built);
}

const passed = [];
if (values.data !== undefined) passed.push("--data", path.resolve(values.data));
if (values.practice) passed.push("--practice");

/** Opens the console in Electron; false when there is no runtime or it cannot run here, such as without its system libraries. */
async function openedInElectron() {
  const electron = values.host === "loopback" ? null : await electronExecutable(root);
  if (electron === null) return false;
  // Electron may use its thread pool before the console's first line can ask for room for look-ups of names.
  process.env["UV_THREADPOOL_SIZE"] ??= "128";
  let interrupted = false;
  for (const signal of ["SIGINT", "SIGTERM"]) process.on(signal, () => (interrupted = true));
  const begun = Date.now();
  process.exitCode = await run(electron, [root, ...passed]);
  return process.exitCode === 0 || interrupted || Date.now() - begun > failsWithinMs;
}

if (!(await openedInElectron())) {
  if (values["no-open"]) passed.push("--no-open");
  if (values.host !== "loopback") passed.push("--without-electron");
  // Closing stdin ends the host; it is handed on as it is, so that the host sees it.
  process.exitCode = await run(node, [path.join(root, "out/main/loopback.js"), "--end-with-stdin", ...passed]);
}
