/** Keys from passwords as PKCS#12 has them (RFC 7292, appendix B). */
import { getHashes, hash } from "node:crypto";
import { iterateHash } from "./iterated-hash.ts";

/** Hash output and block size in bytes, by node's name. Not every host has all of them. */
const SIZES: Readonly<Record<string, { readonly output: number; readonly block: number }>> = {
  md5: { output: 16, block: 64 },
  sha1: { output: 20, block: 64 },
  sha224: { output: 28, block: 64 },
  sha256: { output: 32, block: 64 },
  sha384: { output: 48, block: 128 },
  sha512: { output: 64, block: 128 },
  "sha512-256": { output: 32, block: 128 },
  blake2s256: { output: 32, block: 64 },
  blake2b512: { output: 64, block: 128 },
};

/** What the derived bytes are for: the `ID` byte of RFC 7292, B.3. */
export const DERIVE_KEY = 1;
export const DERIVE_IV = 2;
export const DERIVE_MAC_KEY = 3;

export function isKnownHash(name: string): boolean {
  return Object.hasOwn(SIZES, name) && getHashes().includes(name);
}

/**
 * The password as UTF-16BE with two zero bytes at the end (RFC 7292, B.1). No password at all is no bytes; the empty
 * password is the two zero bytes: files made with one do not open with the other.
 */
export function passwordBytes(password: string | null): Uint8Array {
  if (password === null) return new Uint8Array();
  return Buffer.from(`${password}\0`, "utf16le").swap16();
}

function repeat(bytes: Uint8Array, block: number): Uint8Array {
  const out = new Uint8Array(Math.ceil(bytes.length / block) * block);
  for (let i = 0; i < out.length; i += 1) out[i] = bytes[i % bytes.length] ?? 0;
  return out;
}

/** How many hash rounds {@link derive} needs. */
export function rounds(hashName: string, iterations: number, length: number): number {
  return iterations * Math.ceil(length / (SIZES[hashName]?.output ?? 20));
}

/** `length` bytes derived by the method of RFC 7292, B.2. */
export function derive(
  hashName: string,
  id: number,
  password: Uint8Array,
  salt: Uint8Array,
  iterations: number,
  length: number,
): Uint8Array {
  const sizes = SIZES[hashName];
  if (sizes === undefined) throw new Error(`no sizes for ${hashName}`);
  const diversifier = new Uint8Array(sizes.block).fill(id);
  const input = Buffer.concat([repeat(salt, sizes.block), repeat(password, sizes.block)]);
  const parts: Uint8Array[] = [];
  for (let made = 0; made < length; made += sizes.output) {
    const first = hash(hashName, Buffer.concat([diversifier, input]), "buffer");
    const part = iterateHash(hashName, first, iterations - 1);
    parts.push(part);
    addToBlocks(input, repeat(part, sizes.block).subarray(0, sizes.block), sizes.block);
  }
  return Buffer.concat(parts).subarray(0, length);
}

/** I_j = (I_j + B + 1) mod 2^(8 v) for each block I_j (RFC 7292, B.2, step 6C). */
function addToBlocks(input: Uint8Array, addend: Uint8Array, block: number): void {
  for (let start = 0; start < input.length; start += block) {
    let carry = 1;
    for (let i = block - 1; i >= 0; i -= 1) {
      const sum = (input[start + i] ?? 0) + (addend[i] ?? 0) + carry;
      input[start + i] = sum & 0xff;
      carry = sum >> 8;
    }
  }
}
