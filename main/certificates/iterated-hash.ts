/**
 * A hash of a hash of a hash. A legacy container with 600,000 iterations asks for it 3.6 million times, and each call
 * into the crypto library costs several times what the hash does: 5 s in all. So SHA-1, the only hash of the legacy
 * ciphers, and SHA-256, the usual one of integrity checks, have their block functions here, for exactly this use. The tests
 * compare them with the library's.
 */
import { hash } from "node:crypto";

/** One hash whose output and padding (FIPS 180-4, 5.1.1) fill one block of sixteen words. */
interface BlockHash {
  /** Words of the output. */
  readonly words: number;
  readonly schedule: number;
  /** Hashes the block from the standard's start value and leaves the output in its first words. */
  readonly block: (message: Int32Array, schedule: Int32Array) => void;
}

const BLOCK_HASHES: Readonly<Record<string, BlockHash>> = {
  sha1: { words: 5, schedule: 80, block: sha1Block },
  sha256: { words: 8, schedule: 64, block: sha256Block },
};

/** `hashName` applied `times` times, the first time to `input`, which must be one output of that hash. */
export function iterateHash(hashName: string, input: Uint8Array, times: number): Uint8Array {
  if (times <= 0) return input;
  const own = BLOCK_HASHES[hashName];
  if (own !== undefined) return iterateBlocks(own, input, times);
  let value = input;
  for (let i = 0; i < times; i += 1) value = hash(hashName, value, "buffer");
  return value;
}

function iterateBlocks({ words, schedule: length, block }: BlockHash, input: Uint8Array, times: number): Uint8Array {
  const view = new DataView(input.buffer, input.byteOffset, input.byteLength);
  const message = new Int32Array(16);
  const schedule = new Int32Array(length);
  for (let i = 0; i < words; i += 1) message[i] = view.getInt32(i * 4);
  message[words] = 0x80000000 | 0;
  message[15] = words * 32;
  for (let i = 0; i < times; i += 1) block(message, schedule);
  const out = new Uint8Array(words * 4);
  const outView = new DataView(out.buffer);
  for (let i = 0; i < words; i += 1) outView.setInt32(i * 4, message[i]!);
  return out;
}

/** FIPS 180-4, 6.1.2. The four quarters stand apart because that is what makes it quick. */
function sha1Block(message: Int32Array, w: Int32Array): void {
  for (let i = 0; i < 16; i += 1) w[i] = message[i]!;
  for (let i = 16; i < 80; i += 1) {
    const x = w[i - 3]! ^ w[i - 8]! ^ w[i - 14]! ^ w[i - 16]!;
    w[i] = (x << 1) | (x >>> 31);
  }
  let a = 0x67452301;
  let b = 0xefcdab89 | 0;
  let c = 0x98badcfe | 0;
  let d = 0x10325476;
  let e = 0xc3d2e1f0 | 0;
  let t = 0;
  for (let i = 0; i < 20; i += 1) {
    t = (((a << 5) | (a >>> 27)) + ((b & c) | (~b & d)) + e + w[i]! + 0x5a827999) | 0;
    e = d;
    d = c;
    c = (b << 30) | (b >>> 2);
    b = a;
    a = t;
  }
  for (let i = 20; i < 40; i += 1) {
    t = (((a << 5) | (a >>> 27)) + (b ^ c ^ d) + e + w[i]! + 0x6ed9eba1) | 0;
    e = d;
    d = c;
    c = (b << 30) | (b >>> 2);
    b = a;
    a = t;
  }
  for (let i = 40; i < 60; i += 1) {
    t = (((a << 5) | (a >>> 27)) + ((b & c) | (b & d) | (c & d)) + e + w[i]! + 0x8f1bbcdc) | 0;
    e = d;
    d = c;
    c = (b << 30) | (b >>> 2);
    b = a;
    a = t;
  }
  for (let i = 60; i < 80; i += 1) {
    t = (((a << 5) | (a >>> 27)) + (b ^ c ^ d) + e + w[i]! + 0xca62c1d6) | 0;
    e = d;
    d = c;
    c = (b << 30) | (b >>> 2);
    b = a;
    a = t;
  }
  message[0] = (a + 0x67452301) | 0;
  message[1] = (b + 0xefcdab89) | 0;
  message[2] = (c + 0x98badcfe) | 0;
  message[3] = (d + 0x10325476) | 0;
  message[4] = (e + 0xc3d2e1f0) | 0;
}

/** The constants of FIPS 180-4, 4.2.2. */
const SHA256_ROUNDS = Int32Array.from([
  0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5, 0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3,
  0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174, 0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da,
  0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967, 0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13,
  0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85, 0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070,
  0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3, 0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208,
  0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2,
]);

/** FIPS 180-4, 6.2.2. */
function sha256Block(message: Int32Array, w: Int32Array): void {
  for (let i = 0; i < 16; i += 1) w[i] = message[i]!;
  for (let i = 16; i < 64; i += 1) {
    const x = w[i - 15]!;
    const y = w[i - 2]!;
    const small0 = ((x >>> 7) | (x << 25)) ^ ((x >>> 18) | (x << 14)) ^ (x >>> 3);
    const small1 = ((y >>> 17) | (y << 15)) ^ ((y >>> 19) | (y << 13)) ^ (y >>> 10);
    w[i] = (w[i - 16]! + w[i - 7]! + small0 + small1) | 0;
  }
  let a = 0x6a09e667;
  let b = 0xbb67ae85 | 0;
  let c = 0x3c6ef372;
  let d = 0xa54ff53a | 0;
  let e = 0x510e527f;
  let f = 0x9b05688c | 0;
  let g = 0x1f83d9ab;
  let h = 0x5be0cd19;
  for (let i = 0; i < 64; i += 1) {
    const large1 = ((e >>> 6) | (e << 26)) ^ ((e >>> 11) | (e << 21)) ^ ((e >>> 25) | (e << 7));
    const t1 = (h + large1 + (g ^ (e & (f ^ g))) + SHA256_ROUNDS[i]! + w[i]!) | 0;
    const large0 = ((a >>> 2) | (a << 30)) ^ ((a >>> 13) | (a << 19)) ^ ((a >>> 22) | (a << 10));
    const t2 = (large0 + ((a & b) | (c & (a | b)))) | 0;
    h = g;
    g = f;
    f = e;
    e = (d + t1) | 0;
    d = c;
    c = b;
    b = a;
    a = (t1 + t2) | 0;
  }
  message[0] = (a + 0x6a09e667) | 0;
  message[1] = (b + 0xbb67ae85) | 0;
  message[2] = (c + 0x3c6ef372) | 0;
  message[3] = (d + 0xa54ff53a) | 0;
  message[4] = (e + 0x510e527f) | 0;
  message[5] = (f + 0x9b05688c) | 0;
  message[6] = (g + 0x1f83d9ab) | 0;
  message[7] = (h + 0x5be0cd19) | 0;
}
