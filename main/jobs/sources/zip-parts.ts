/**
 * The parts of a zip file by its directory (PKWARE's APPNOTE 6.3.10, 4.3). Each is held to the size and the checksum that the directory has for
 * it: what was cut off or swells is no part.
 */
import { crc32, inflateRawSync } from "node:zlib";

const END = 0x06054b50;
const END_SIZE = 22;
const LONGEST_COMMENT = 0xffff;
const ENTRY = 0x02014b50;
const LOCAL = 0x04034b50;
/** What stands for a size that is in the entry's zip64 field. */
const IN_ZIP64 = 0xffffffff;
const ZIP64_FIELD = 1;

interface Entry {
  readonly method: number;
  readonly checksum: number;
  readonly packed: number;
  readonly unpacked: number;
  readonly offset: number;
}

export class ZipDamage extends Error {}
/** The parts that were asked for hold more than is unpacked. */
export class ZipTooLarge extends Error {}

export class ZipParts {
  readonly #file: Buffer;
  readonly #entries: ReadonlyMap<string, Entry>;
  /** Bytes that may still be unpacked. */
  #left: number;

  /** `most`: bytes that all parts that are read may have together. Throws {@link ZipDamage} where there is no directory. */
  constructor(bytes: Uint8Array, most: number) {
    this.#file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.#left = most;
    this.#entries = guarded(() => directory(this.#file));
  }

  has(name: string): boolean {
    return this.#entries.has(name);
  }

  /** Throws {@link ZipDamage} where it is not whole, {@link ZipTooLarge}. */
  read(name: string): Uint8Array {
    const entry = this.#entries.get(name);
    if (entry === undefined) throw new ZipDamage(`no part ${name}`);
    if (entry.unpacked > this.#left) throw new ZipTooLarge(name);
    this.#left -= entry.unpacked;
    const bytes = guarded(() => unpack(this.#file, entry));
    if (bytes.length !== entry.unpacked || crc32(bytes) !== entry.checksum) throw new ZipDamage(name);
    return bytes;
  }
}

/** Reading beyond the end, and data that is not packed as it says, are damage. */
function guarded<T>(read: () => T): T {
  try {
    return read();
  } catch (error) {
    throw error instanceof ZipDamage ? error : new ZipDamage("not as its directory says", { cause: error });
  }
}

function directory(file: Buffer): ReadonlyMap<string, Entry> {
  const end = endOfDirectory(file);
  const count = file.readUInt16LE(end + 10);
  const entries = new Map<string, Entry>();
  let at = file.readUInt32LE(end + 16);
  for (let index = 0; index < count; index += 1) {
    if (file.readUInt32LE(at) !== ENTRY) throw new ZipDamage("the directory is cut off");
    const nameEnd = at + 46 + file.readUInt16LE(at + 28);
    const extraEnd = nameEnd + file.readUInt16LE(at + 30);
    // Some writers on Windows separate folders as Windows does.
    const name = file.toString("utf8", at + 46, nameEnd).replaceAll("\\", "/");
    if (entries.has(name)) throw new ZipDamage(`${name} comes twice`);
    entries.set(name, entryAt(file, at, { from: nameEnd, to: extraEnd }));
    at = extraEnd + file.readUInt16LE(at + 32);
  }
  return entries;
}

/** Its comment, which may hold anything, ends with the file. */
function endOfDirectory(file: Buffer): number {
  for (let at = file.length - END_SIZE; at >= Math.max(0, file.length - END_SIZE - LONGEST_COMMENT); at -= 1) {
    if (file.readUInt32LE(at) === END && at + END_SIZE + file.readUInt16LE(at + 20) === file.length) return at;
  }
  throw new ZipDamage("no directory");
}

function entryAt(file: Buffer, at: number, extra: { readonly from: number; readonly to: number }): Entry {
  let wide = zip64At(file, extra);
  // In this order, and only those that the entry itself leaves to the field (4.5.3).
  const sizeAt = (offset: number) => {
    const size = file.readUInt32LE(at + offset);
    if (size !== IN_ZIP64) return size;
    wide += 8;
    return Number(file.readBigUInt64LE(wide - 8));
  };
  const unpacked = sizeAt(24);
  const packed = sizeAt(20);
  return { method: file.readUInt16LE(at + 10), checksum: file.readUInt32LE(at + 16), packed, unpacked, offset: sizeAt(42) };
}

/** Where the contents of the zip64 field begin; beyond the file where there is none. */
function zip64At(file: Buffer, { from, to }: { readonly from: number; readonly to: number }): number {
  for (let at = from; at + 4 <= to; at += 4 + file.readUInt16LE(at + 2)) if (file.readUInt16LE(at) === ZIP64_FIELD) return at + 4;
  return file.length;
}

function unpack(file: Buffer, { method, packed, unpacked, offset }: Entry): Uint8Array {
  if (file.readUInt32LE(offset) !== LOCAL) throw new ZipDamage("no entry where the directory has one");
  const start = offset + 30 + file.readUInt16LE(offset + 26) + file.readUInt16LE(offset + 28);
  if (start + packed > file.length) throw new ZipDamage("cut off");
  const data = file.subarray(start, start + packed);
  if (method === 0) return data;
  if (method !== 8) throw new ZipDamage(`packed with method ${method}`);
  return inflateRawSync(data, { maxOutputLength: Math.max(1, unpacked) });
}
