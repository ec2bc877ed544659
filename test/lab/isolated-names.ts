/** Programs that ask the system itself for names: run where those of a test stand in the hosts file, and no DNS server is asked. Linux alone. */
import { execFile, spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";

/** A mount namespace of its own, in a user namespace where this is not root. */
const UNSHARE = ["--mount", ...(process.getuid?.() === 0 ? [] : ["--map-root-user"])];

/** Where the kernel does not let it. */
export const canIsolateNames = process.platform === "linux" && spawnSync("unshare", [...UNSHARE, "true"]).status === 0;

/** Files are put over those of the system for the program alone. */
const SCRIPT = 'mount --bind "$1/hosts" /etc/hosts && mount --bind "$1/nsswitch.conf" /etc/nsswitch.conf && shift && exec "$@"';

/** Runs a program for which these names, and no others, are at loopback. Rejects where it cannot be begun. */
export function runWithNames(names: readonly string[], program: string, args: readonly string[]): Promise<{ readonly code: number; readonly stdout: string; readonly stderr: string }> {
  const folder = mkdtempSync(path.join(tmpdir(), "mc-names-"));
  writeFileSync(path.join(folder, "hosts"), ["127.0.0.1 localhost", ...names.map((name) => `127.0.0.1 ${name}`), ""].join("\n"));
  writeFileSync(path.join(folder, "nsswitch.conf"), "passwd: files\nhosts: files\n");
  return new Promise((resolve, reject) => {
    execFile("unshare", [...UNSHARE, "sh", "-c", SCRIPT, "sh", folder, program, ...args], { encoding: "utf8", maxBuffer: 64 * 1024 * 1024 }, (error, stdout, stderr) => {
      rmSync(folder, { recursive: true, force: true });
      if (error !== null && typeof error.code !== "number") reject(error);
      else resolve({ code: error === null ? 0 : Number(error.code), stdout, stderr });
    });
  });
}
