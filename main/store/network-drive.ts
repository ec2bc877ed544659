/**
 * Whether a folder is on another computer. SQLite's write-ahead log needs memory that all its users share, and locks that
 * hold; neither works across a network, and the damage comes later and silently (https://www.sqlite.org/useovernet.html).
 * So such a folder is refused before anything in it is touched.
 */
import fs from "node:fs";
import path from "node:path";

/** statfs(2): `f_type` of file systems whose files are another machine's. FUSE is not among them: it has local ones too. */
const REMOTE_TYPES: ReadonlySet<number> = new Set([
  0x6969, // NFS
  0x517b, // SMB
  0xff534d42, // CIFS
  0xfe534d42, // SMB2
  0x01021997, // 9p, which is also how WSL shows the drives of Windows
  0x00c36400, // Ceph
  0x5346414f, // AFS
]);

/** `\\server\share`, also as `\\?\UNC\server\share`. `\\?\C:\` and `\\.\` name what is on this computer. */
function isUncPath(file: string): boolean {
  return /^\\\\(?:\?\\UNC\\|(?![?.]\\))/i.test(file.replaceAll("/", "\\"));
}

export interface FileSystemView {
  readonly platform: NodeJS.Platform;
  /** The name the system itself has for an existing folder. On Windows a mapped drive letter becomes its UNC path. */
  readonly finalPath: (folder: string) => string;
  /** `f_type` of statfs(2). */
  readonly type: (folder: string) => number;
}

const system: FileSystemView = {
  platform: process.platform,
  finalPath: (folder) => fs.realpathSync.native(folder),
  type: (folder) => fs.statfsSync(folder).type,
};

/** True when `directory`, which exists, is known to be on another computer. Throws the file system's errors. */
export function isOnNetwork(directory: string, view: FileSystemView = system): boolean {
  if (view.platform === "win32") return isUncPath(directory) || isUncPath(view.finalPath(path.win32.join(directory, "\\")));
  // The kernel's number is signed on 32-bit systems.
  return view.platform === "linux" && REMOTE_TYPES.has(view.type(directory) >>> 0);
}
