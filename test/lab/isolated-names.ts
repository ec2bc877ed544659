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
const SCRIPT = 'mount --bind "$1/hosts" /etc/hosts && mount --bind "$1/nsswitch.conf" /etc/nsswitch.conf && mount --bind "$1/resolv.conf" /etc/resolv.conf && shift && exec "$@"';

interface Outcome {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a program for which these names, and no others, are at loopback. Rejects where it cannot be begun. */
export function runWithNames(names: readonly string[], program: string, args: readonly string[]): Promise<Outcome> {
  return runIsolated({ hosts: names.map((name) => `127.0.0.1 ${name}`), sources: "files", servers: [] }, program, args);
}

/** Runs a program that asks this DNS server, at port 53 of a loopback address, and no other. Rejects as {@link runWithNames}. */
export function runWithDns(server: string, program: string, args: readonly string[]): Promise<Outcome> {
  return runIsolated({ hosts: [], sources: "files dns", servers: [`nameserver ${server}`] }, program, args);
}

function runIsolated({ hosts, sources, servers }: { readonly hosts: readonly string[]; readonly sources: string; readonly servers: readonly string[] }, program: string, args: readonly string[]): Promise<Outcome> {
  const folder = mkdtempSync(path.join(tmpdir(), "mc-names-"));
  writeFileSync(path.join(folder, "hosts"), ["127.0.0.1 localhost", ...hosts, ""].join("\n"));
  writeFileSync(path.join(folder, "nsswitch.conf"), `passwd: files\nhosts: ${sources}\n`);
  writeFileSync(path.join(folder, "resolv.conf"), [...servers, ""].join("\n"));
  return new Promise((resolve, reject) => {
    execFile("unshare", [...UNSHARE, "sh", "-c", SCRIPT, "sh", folder, program, ...args], { encoding: "utf8", maxBuffer: 64 * 1024 * 1024 }, (error, stdout, stderr) => {
      rmSync(folder, { recursive: true, force: true });
      if (error !== null && typeof error.code !== "number") reject(error);
      else resolve({ code: error === null ? 0 : Number(error.code), stdout, stderr });
    });
  });
}
