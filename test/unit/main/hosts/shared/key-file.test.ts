/** The key file: on the disk, for nobody else, from its first byte on. */
import fs from "node:fs";
import { syncBuiltinESMExports } from "node:module";
import path from "node:path";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { keyFileWrapping } from "../../../../../main/hosts/shared/key-file.ts";
import { openFilesBelow } from "../../../../lab/open-files.ts";
import { take, temporaryFolder } from "../../store/support.ts";

const place = temporaryFolder();
const { folder } = place;
const done: string[] = [];
beforeEach(() => {
  fs.mkdirSync(folder, { recursive: true });
  done.length = 0;
  const { openSync, fsyncSync, linkSync } = fs;
  vi.spyOn(fs, "openSync").mockImplementation((file, flags, mode) => {
    if (flags !== "r") done.push(`open ${String(flags)} ${Number(mode).toString(8)}`);
    return openSync(file, flags, mode);
  });
  vi.spyOn(fs, "fsyncSync").mockImplementation((descriptor) => {
    done.push("sync");
    fsyncSync(descriptor);
  });
  vi.spyOn(fs, "linkSync").mockImplementation((from, to) => {
    done.push(`take the name ${path.basename(String(to))}`);
    linkSync(from, to);
  });
  syncBuiltinESMExports();
});
afterEach(() => {
  vi.restoreAllMocks();
  syncBuiltinESMExports();
  place.remove();
});

it("is made for this account alone and is on the disk before it takes its name; nothing stays open or beside it", async () => {
  take(await keyFileWrapping(folder).wrap(new Uint8Array(32)));
  expect(done).toEqual(["open wx 600", "sync", "take the name vault.key"]);
  expect(openFilesBelow(folder)).toEqual([]);
  expect(fs.readdirSync(folder)).toEqual(["vault.key"]);
});

it("that was not written whole takes no name: nothing could be sealed with it, and none would be made in its place", async () => {
  const { writeSync } = fs;
  vi.spyOn(fs, "writeSync").mockImplementationOnce((descriptor, bytes) => writeSync(descriptor, Buffer.from(bytes).subarray(0, 10)));
  syncBuiltinESMExports();
  expect((await keyFileWrapping(folder).wrap(new Uint8Array(32))).ok).toBe(false);
  expect([fs.readdirSync(folder), openFilesBelow(folder)]).toEqual([[], []]);
  take(await keyFileWrapping(folder).wrap(new Uint8Array(32)));
});

it("that another host made meanwhile is used in place of the own", async () => {
  const theirs = new Uint8Array(32).fill(9);
  const { writeSync } = fs;
  vi.spyOn(fs, "writeSync").mockImplementationOnce((descriptor, bytes) => {
    fs.writeFileSync(path.join(folder, "vault.key"), theirs);
    return writeSync(descriptor, Buffer.from(bytes));
  });
  syncBuiltinESMExports();
  const wrapped = take(await keyFileWrapping(folder).wrap(Uint8Array.of(7)));
  expect([new Uint8Array(fs.readFileSync(path.join(folder, "vault.key"))), fs.readdirSync(folder)]).toEqual([theirs, ["vault.key"]]);
  expect(new Uint8Array(take(await keyFileWrapping(folder).unwrap(wrapped)))).toEqual(Uint8Array.of(7));
});

const isWindows = process.platform === "win32";
it.skipIf(isWindows)(`can be read by its owner whatever the mask${isWindows ? " (Windows has none)" : ""}`, async () => {
  const before = process.umask(0o777);
  take(await keyFileWrapping(folder).wrap(new Uint8Array(32)));
  process.umask(before);
  expect(fs.statSync(path.join(folder, "vault.key")).mode & 0o777).toBe(0o600);
});
