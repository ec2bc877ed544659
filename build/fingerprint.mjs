/** Tells whether out/ belongs to the sources as they are. Plain JavaScript: it runs before anything is installed. */
import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";

const folders = ["shared", "main", "renderer", "preload", "build"];
const files = ["package.json", "package-lock.json", "tsconfig.base.json"];

/** @param {string} folder @returns {string[]} */
function filesBelow(folder) {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath ?? entry.path, entry.name));
}

/**
 * SHA-256 over names and contents of everything the build reads, in hex.
 * @param {string} root
 * @returns {string}
 */
export function fingerprint(root) {
  const hash = createHash("sha256");
  const all = [...folders.flatMap((folder) => filesBelow(path.join(root, folder))), ...files.map((file) => path.join(root, file))];
  for (const file of all.toSorted((one, other) => (one < other ? -1 : 1))) {
    if (!existsSync(file)) continue;
    hash.update(path.relative(root, file).split(path.sep).join("/")).update("\0").update(readFileSync(file)).update("\0");
  }
  return hash.digest("hex");
}

/**
 * Where the fingerprint of the last whole build is kept: outside out/, which is packaged as it is.
 * @param {string} root
 * @returns {string}
 */
export function stampFile(root) {
  return path.join(root, ".cache", "build-stamp");
}

/**
 * @param {string} root
 * @returns {boolean}
 */
export function isStale(root) {
  const stamp = stampFile(root);
  if (!existsSync(path.join(root, "out/main/loopback.js")) || !existsSync(stamp)) return true;
  return readFileSync(stamp, "utf8") !== fingerprint(root);
}
