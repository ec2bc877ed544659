import { execFile, execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { promisify } from "node:util";
import { expect, test } from "vitest";

/** A process can be given a DNS server of its own by root alone: the name stands in a file of the whole system. */
function canReplaceResolver(): boolean {
  try {
    execFileSync("unshare", ["--mount", "true"], { stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
}
const able = process.platform === "linux" && process.getuid?.() === 0 && canReplaceResolver();

test.skipIf(!able)("twelve names that DNS never answers for leave threads to four that it does (needs Linux, root and mount namespaces)", { timeout: 60_000 }, async () => {
  const folder = mkdtempSync(path.join(tmpdir(), "resolver-"));
  const address = `127.53.${process.pid % 250}.${1 + (Math.floor(process.pid / 250) % 250)}`;
  writeFileSync(path.join(folder, "resolv.conf"), `nameserver ${address}\noptions timeout:4 attempts:1\n`);
  const child = path.join(import.meta.dirname, "slow-names-child.ts");
  const script = 'mount --bind "$1/resolv.conf" /etc/resolv.conf && exec "$2" "$3" "$4"';
  // What a console inherits: nobody has set the size of the pool.
  const { UV_THREADPOOL_SIZE: _size, ...env } = process.env;
  try {
    const { stdout } = await promisify(execFile)("unshare", ["--mount", "sh", "-c", script, "sh", folder, process.execPath, child, address], { env });
    const ended = stdout.trim().split("\n");
    expect(ended.slice(0, 4).toSorted()).toEqual(["healthy0 found", "healthy1 found", "healthy2 found", "healthy3 found"]);
    expect(ended[4]).toMatch(/^silent\d+ lost$/);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
