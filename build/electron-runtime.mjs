/** Finds the Electron runtime, or fetches it once; a machine that cannot fetch it runs on the loopback host instead. */
import { spawn } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import path from "node:path";

const fetchLimitMs = 120_000;
const firstByteLimitMs = 2_500;
const retryAfterMs = 24 * 60 * 60 * 1000;

/** @param {string} root @returns {string | null} */
function installed(root) {
  const folder = path.join(root, "node_modules", "electron");
  const note = path.join(folder, "path.txt");
  if (!existsSync(note)) return null;
  const executable = path.join(folder, "dist", readFileSync(note, "utf8").trim());
  return existsSync(executable) ? executable : null;
}

/** Whether the place that runtimes come from answers at all: a fetch on a machine without network takes minutes to fail. */
async function canFetch() {
  const mirror = process.env["ELECTRON_MIRROR"] ?? "https://github.com/electron/electron/releases/";
  try {
    await fetch(mirror, { method: "HEAD", redirect: "manual", signal: AbortSignal.timeout(firstByteLimitMs) });
    return true;
  } catch {
    return false;
  }
}

/** @param {string} root @returns {Promise<boolean>} */
function fetchRuntime(root) {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [path.join(root, "node_modules/electron/install.js")], { stdio: "ignore" });
    const timer = setTimeout(() => child.kill(), fetchLimitMs);
    child.on("error", () => resolve(false));
    child.on("exit", (code) => {
      clearTimeout(timer);
      resolve(code === 0);
    });
  });
}

/** Whether a display is there for a window to appear on. */
function hasDisplay() {
  return process.platform !== "linux" || Boolean(process.env["DISPLAY"] ?? process.env["WAYLAND_DISPLAY"]);
}

/**
 * The Electron executable, fetched when it is missing and can be had; null otherwise. A fetch that failed is not tried
 * again for a day, so that every later start is quick.
 * @param {string} root
 * @returns {Promise<string | null>}
 */
export async function electronExecutable(root) {
  if (!hasDisplay()) return null;
  const found = installed(root);
  if (found !== null) return found;
  const failed = path.join(root, ".cache", "electron-not-fetched");
  if (existsSync(failed) && Date.now() - statSync(failed).mtimeMs < retryAfterMs) return null;
  if ((await canFetch()) && (await fetchRuntime(root))) return installed(root);
  mkdirSync(path.dirname(failed), { recursive: true });
  writeFileSync(failed, "");
  return null;
}
