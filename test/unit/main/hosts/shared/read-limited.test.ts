import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { readLimited } from "../../../../../main/hosts/shared/read-limited.ts";
import { succeed } from "../../../../../shared/fault.ts";
import { take } from "../../store/support.ts";
import { canListOpenFiles, openFilesBelow } from "../../../../lab/open-files.ts";

let folder = "";
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), "read-limited-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

it.each([0, 1, 999, 1000])("reads the %d bytes of a file within the limit", async (size) => {
  const file = path.join(folder, "file");
  writeFileSync(file, Buffer.alloc(size, 7));
  expect(await readLimited(file, 1000)).toEqual(succeed(new Uint8Array(size).fill(7)));
});

it("reads one byte beyond the limit and no more", async () => {
  const file = path.join(folder, "large");
  writeFileSync(file, Buffer.alloc(5000));
  expect(take(await readLimited(file, 1000)).length).toBe(1001);
});

it.skipIf(process.platform === "win32")("reads a pipe, which has no places to read at and gives what it has piece by piece (Windows has no such files)", async () => {
  const pipe = path.join(folder, "pipe");
  execFileSync("mkfifo", [pipe]);
  const [read] = await Promise.all([readLimited(pipe, 1_000_000), writeFile(pipe, Buffer.alloc(300_000, 7))]);
  expect(read).toEqual(succeed(new Uint8Array(300_000).fill(7)));
});

it("tells a file that is not there from one that cannot be read", async () => {
  const gone = path.join(folder, "gone");
  expect(await readLimited(gone, 10)).toEqual({ ok: false, fault: { kind: "not-found", what: "path", detail: gone } });
  expect(await readLimited(folder, 10)).toEqual({ ok: false, fault: { kind: "unreadable", what: "file-unreadable", detail: folder } });
});

it.skipIf(!canListOpenFiles)(`lets go of the file, read whole or not at all${canListOpenFiles ? "" : " (open files can be listed on Linux only)"}`, async () => {
  const file = path.join(folder, "read.txt");
  await writeFile(file, Buffer.alloc(100));
  await readLimited(file, 10);
  await readLimited(folder, 10);
  expect(openFilesBelow(folder)).toEqual([]);
});
