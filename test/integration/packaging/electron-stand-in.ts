/**
 * A stand-in for the Electron distribution, enough to be packed: an executable with a fuse wire, a real PE file for
 * Windows so that icon and version can be written into it, and the files a packer expects beside it.
 */
import { chmodSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";

const sentinel = "dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX";
/** Version 1, nine fuses, all of them off. */
const wire = Buffer.concat([Buffer.from(sentinel), Buffer.of(1, 9), Buffer.from("0".repeat(9))]);

/** Creates the folder for a platform; answers its path, which electron-builder takes as `electronDist`. */
export function createStandIn(folder: string, platform: "linux" | "win32", root: string, version: string): string {
  const distribution = path.join(folder, `electron-${platform}`);
  mkdirSync(path.join(distribution, "resources"), { recursive: true });
  mkdirSync(path.join(distribution, "locales"), { recursive: true });
  writeFileSync(path.join(distribution, "version"), version);
  writeFileSync(path.join(distribution, "LICENSE"), "licence");
  writeFileSync(path.join(distribution, "locales", "en-US.pak"), "");
  const executable = path.join(distribution, platform === "win32" ? "electron.exe" : "electron");
  const program = platform === "win32" ? readFileSync(path.join(root, "node_modules/electron-winstaller/vendor/rcedit.exe")) : Buffer.from("\u007FELF");
  writeFileSync(executable, platform === "win32" ? withWire(program) : Buffer.concat([program, wire]));
  chmodSync(executable, 0o755);
  return distribution;
}

/** Puts the fuse wire into unused room of a PE section other than the resources, which the packer writes anew. */
function withWire(program: Buffer): Buffer {
  const header = program.readUInt32LE(0x3c);
  const sections = header + 24 + program.readUInt16LE(header + 20);
  for (let number = 0; number < program.readUInt16LE(header + 6); number += 1) {
    const entry = sections + number * 40;
    const start = program.readUInt32LE(entry + 20);
    const end = start + program.readUInt32LE(entry + 16);
    const room = program.indexOf(Buffer.alloc(wire.length + 16), start);
    if (program.toString("latin1", entry, entry + 5) === ".rsrc" || room === -1 || room + wire.length + 16 > end) continue;
    wire.copy(program, room + 8);
    return program;
  }
  throw new Error("The stand-in program has no room for a fuse wire.");
}

/** The states of the fuses in a packed executable, in the order of the wire: `1` on, `0` off, `r` removed. */
export function readFuses(file: string): string {
  const content = readFileSync(file);
  const at = content.indexOf(sentinel);
  if (at === -1) throw new Error(`${path.basename(file)} has no fuse wire.`);
  const start = at + sentinel.length;
  return content.subarray(start + 2, start + 2 + (content[start + 1] ?? 0)).toString("latin1");
}
