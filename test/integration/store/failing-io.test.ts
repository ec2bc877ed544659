/**
 * Single I/O errors at every read, write, sync, lock and so on of the store, as a disk, a backup agent or a share that
 * dropped gives them: no acknowledged save is lost, no healthy database is put aside, the process does not end.
 */
import { spawn, spawnSync } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterAll, expect, test } from "vitest";
import { z } from "zod";

const reportSchema = z.object({ fired: z.record(z.string(), z.number()), wrong: z.array(z.unknown()) });
const folder = fs.mkdtempSync(path.join(os.tmpdir(), "messaging-console-failing-io-"));
const library = path.join(folder, "failing-io.so");
afterAll(() => fs.rmSync(folder, { recursive: true, force: true }));

/** Null when the library could be built. */
function build(): string | null {
  if (process.platform !== "linux") return "calls of the C library can be replaced on Linux only";
  const made = spawnSync("gcc", ["-shared", "-fPIC", "-O1", "-Wall", "-Werror", "-o", library, path.join(import.meta.dirname, "failing-io.c"), "-ldl"], { encoding: "utf8" });
  if (made.error !== undefined) return "there is no gcc";
  if (made.status !== 0) throw new Error(made.stderr);
  return null;
}

const refused = build();
if (refused !== null && process.platform === "linux" && process.env["CI"] !== undefined) throw new Error(`The C compiler is part of the build server: ${refused}`);

async function run(): Promise<z.infer<typeof reportSchema>> {
  const child = spawn(process.execPath, [path.join(import.meta.dirname, "failing-io-child.ts")], {
    // In memory where possible: nothing here is about the disk's own speed.
    env: { ...process.env, LD_PRELOAD: library, ...(fs.existsSync("/dev/shm") ? { TMPDIR: "/dev/shm" } : {}) },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let said = "";
  let complaint = "";
  child.stdout.on("data", (chunk: Buffer) => (said += chunk.toString()));
  child.stderr.on("data", (chunk: Buffer) => (complaint += chunk.toString()));
  const code = await new Promise((resolve) => child.on("close", resolve));
  if (code !== 0) throw new Error(`the process ended with ${String(code)}: ${complaint}`);
  return reportSchema.parse(JSON.parse(said));
}

test.skipIf(refused !== null)(`single I/O errors lose nothing${refused === null ? "" : ` (skipped: ${refused})`}`, async () => {
  const { fired, wrong } = await run();
  expect(wrong).toEqual([]);
  const points = Object.values(fired).reduce((sum, count) => sum + count, 0);
  process.stdout.write(`${points} calls failed: ${JSON.stringify(fired)}\n`);
  expect(points).toBeGreaterThanOrEqual(300);
  for (const kind of ["opening read", "opening write", "opening open", "saving write", "saving sync", "reading read", "checking read", "closing write"]) {
    expect([kind, fired[kind] ?? 0]).not.toEqual([kind, 0]);
  }
}, 300_000);
