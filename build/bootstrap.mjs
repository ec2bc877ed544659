/** Makes a clone ready to run: dependencies installed, Node 24 under the feet, out/ built. Runs on Node 20 without node_modules. */
import { spawn, spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";

export const root = path.resolve(import.meta.dirname, "..");
const neededMajor = 24;
const majorOf = (/** @type {string} */ version) => Number(version.replace(/^v/, "").split(".")[0]);
const windows = process.platform === "win32";

/** @param {string} reason @returns {never} */
function giveUp(reason) {
  process.stderr.write(`${reason}\n`);
  process.exit(1);
}

/** Installs when node_modules is missing or belongs to another lock file. */
export function ensureInstalled() {
  const lock = createHash("sha256").update(readFileSync(path.join(root, "package-lock.json"))).digest("hex");
  const stamp = path.join(root, "node_modules", ".lock-sha256");
  if (existsSync(stamp) && readFileSync(stamp, "utf8") === lock) return;
  const npmsOwn = path.join(root, "node_modules", ".package-lock.json");
  if (!existsSync(stamp) && existsSync(npmsOwn) && isInstalledByHand(npmsOwn)) {
    writeFileSync(stamp, lock);
    return;
  }
  process.stderr.write("Installing what the console is built from…\n");
  // npm is a batch file on Windows, which only a shell starts. Its output goes to stderr: stdout belongs to the host.
  const done = spawnSync("npm", ["ci", "--loglevel=error", "--no-fund", "--no-audit"], {
    cwd: root,
    stdio: ["ignore", 2, 2],
    shell: windows,
  });
  if (done.status !== 0) giveUp("npm ci failed; its message is above.");
  mkdirSync(path.dirname(stamp), { recursive: true });
  writeFileSync(stamp, lock);
}

/** Whether node_modules, as npm recorded it, holds the versions the lock file asks for. @param {string} npmsOwn */
function isInstalledByHand(npmsOwn) {
  const wanted = JSON.parse(readFileSync(path.join(root, "package-lock.json"), "utf8")).packages;
  const found = JSON.parse(readFileSync(npmsOwn, "utf8")).packages;
  return Object.entries(wanted).every(([name, entry]) => name === "" || entry.optional === true || found[name]?.version === entry.version);
}

/** A Node that is new enough: this one, or the one that was installed as a development dependency. */
export function nodeExecutable() {
  if (majorOf(process.version) >= neededMajor) return process.execPath;
  const candidates = windows ? ["node_modules/node/bin/node.exe"] : ["node_modules/node/bin/node", "node_modules/.bin/node"];
  const found = candidates.map((candidate) => path.join(root, candidate)).find((candidate) => existsSync(candidate));
  return found ?? giveUp(`Node ${neededMajor} is needed and this is ${process.version}; install it, or run npm ci again.`);
}

/**
 * Runs this script again under Node 24 where it is not that already, and ends with its exit code.
 * @param {string} script
 * @returns {Promise<boolean>} true when the caller is already on Node 24 and goes on
 */
export async function onNode24(script) {
  if (majorOf(process.version) >= neededMajor) return true;
  process.exitCode = await run(nodeExecutable(), [script, ...process.argv.slice(2)]);
  return false;
}

/**
 * Installs what is missing, then runs a program of this repository under Node 24.
 * @param {readonly string[]} args
 * @returns {Promise<number>}
 */
export function runWithProjectNode(args) {
  ensureInstalled();
  return run(nodeExecutable(), args);
}

/**
 * Runs a program with this process's streams; passes signals on, so that Ctrl+C ends both.
 * @param {string} program
 * @param {readonly string[]} args
 * @param {import("node:child_process").StdioOptions} [stdio]
 * @returns {Promise<number>} its exit code; 128 plus the signal's number when a signal ended it
 */
export function run(program, args, stdio = "inherit") {
  return new Promise((resolve) => {
    const child = spawn(program, args, { cwd: process.cwd(), stdio });
    const forward = (/** @type {NodeJS.Signals} */ signal) => child.kill(signal);
    for (const signal of /** @type {const} */ (["SIGINT", "SIGTERM", "SIGHUP"])) process.on(signal, forward);
    child.on("error", (error) => {
      process.stderr.write(`${error.message}\n`);
      resolve(1);
    });
    child.on("exit", (code, signal) => resolve(code ?? (signal === "SIGINT" ? 130 : 143)));
  });
}
