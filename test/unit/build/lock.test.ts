import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { withLock } from "../../../build/lock.ts";

let folder: string;
let file: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), "mc-lock-"));
  file = path.join(folder, "a.lock");
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe("a lock", () => {
  it("lets one at a time in", async () => {
    let inside = 0;
    let most = 0;
    const work = async () => {
      inside += 1;
      most = Math.max(most, inside);
      await new Promise((resolve) => setTimeout(resolve, 5));
      inside -= 1;
    };
    await Promise.all([1, 2, 3].map(() => withLock(file, work)));
    expect(most).toBe(1);
  });

  it("is given back, by work that failed too", async () => {
    await withLock(file, () => Promise.resolve());
    expect(existsSync(file)).toBe(false);
    await expect(withLock(file, () => Promise.reject(new Error("failed")))).rejects.toThrow("failed");
    expect(existsSync(file)).toBe(false);
  });

  it("of a process that died holds nobody up", async () => {
    const { pid } = spawnSync(process.execPath, ["--version"]);
    writeFileSync(file, String(pid));
    expect(await withLock(file, () => Promise.resolve("in"))).toBe("in");
  });

  it("of a process that lives is waited for", async () => {
    writeFileSync(file, String(process.pid));
    let entered = false;
    const waiting = withLock(file, () => Promise.resolve((entered = true)));
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect(entered).toBe(false);
    rmSync(file);
    await waiting;
    expect(entered).toBe(true);
  });
});
