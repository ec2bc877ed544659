import fs from "node:fs";
import os from "node:os";
import { expect, test, vi } from "vitest";
import { isOnNetwork, type FileSystemView } from "../../../../main/store/network-drive.ts";
import { temporaryFolder, tryOpen } from "./support.ts";

const windows = (finalPath: string): FileSystemView => ({ platform: "win32", finalPath: () => finalPath, type: () => 0 });
const linux = (type: number): FileSystemView => ({ platform: "linux", finalPath: (folder) => folder, type: () => type });

// libuv asks GetFinalPathNameByHandle, which names a mapped drive by its share.
test.each([
  ["a share", "\\\\fs1\\home\\anna", "\\\\fs1\\home\\anna", true],
  ["a share, whatever the system calls its final path", "\\\\fs1\\home", "C:\\home", true],
  ["a share with slashes", "//fs1/home", "C:\\home", true],
  ["a share in the long form", "\\\\?\\UNC\\fs1\\home", "C:\\home", true],
  ["a drive letter that is mapped to a share", "H:\\console", "\\\\fs1\\home\\anna\\console", true],
  ["a drive of Linux in Windows", "\\\\wsl.localhost\\Debian\\home", "\\\\wsl.localhost\\Debian\\home", true],
  ["a local drive", "C:\\ProgramData\\console", "C:\\ProgramData\\console", false],
  ["a local drive in the long form", "\\\\?\\D:\\console", "D:\\console", false],
  ["a device path", "\\\\.\\D:\\console", "D:\\console", false],
  ["a substituted drive letter", "S:\\console", "C:\\Users\\anna\\console", false],
])("on Windows %s: %s", (_, directory, finalPath, expected) => {
  expect(isOnNetwork(directory, windows(finalPath))).toBe(expected);
});

// Numbers of statfs(2).
test.each([
  ["NFS", 0x6969, true],
  ["SMB", 0x517b, true],
  ["CIFS", 0xff534d42, true],
  ["CIFS on a 32-bit system", 0xff534d42 - 2 ** 32, true],
  ["SMB2", 0xfe534d42, true],
  ["9p", 0x01021997, true],
  ["Ceph", 0x00c36400, true],
  ["AFS", 0x5346414f, true],
  ["ext4", 0xef53, false],
  ["tmpfs", 0x01021994, false],
  ["overlay", 0x794c7630, false],
  ["FUSE, which may be local", 0x65735546, false],
])("on Linux %s", (_, type, expected) => {
  expect(isOnNetwork("/data", linux(type))).toBe(expected);
});

test("this machine's own temporary folder is local", () => {
  expect(isOnNetwork(os.tmpdir())).toBe(false);
});

test.skipIf(process.platform !== "linux")("a data folder on a network drive is refused before anything is made in it (the stand-in answers as Linux does)", async () => {
  const place = temporaryFolder();
  const cifs = { type: 0xff534d42, bsize: 4096, blocks: 1e6, bfree: 1e6, bavail: 1e6, files: 0, ffree: 0, frsize: 4096 };
  const statfs = vi.spyOn(fs, "statfsSync").mockReturnValue(cifs);
  try {
    expect(await tryOpen({ folder: place.folder })).toEqual({ ok: false, fault: { kind: "not-stored", why: "network-drive" } });
    expect(fs.readdirSync(place.folder)).toEqual([]);
  } finally {
    statfs.mockRestore();
    place.remove();
  }
});
