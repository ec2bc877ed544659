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

const isWindows = process.platform === "win32";
it.skipIf(isWindows)(`can be read by its owner whatever the mask${isWindows ? " (Windows has none)" : ""}`, async () => {
  const before = process.umask(0o777);
  take(await keyFileWrapping(folder).wrap(new Uint8Array(32)));
  process.umask(before);
  expect(fs.statSync(path.join(folder, "vault.key")).mode & 0o777).toBe(0o600);
});
