/**
 * A hash of a hash of a hash. A legacy container with 600,000 iterations asks for it 3.6 million times, and each call
 * into the crypto library costs several times what the hash does: 5 s in all. So SHA-1, the only hash of the legacy
 * ciphers, has its block function here, for exactly this use. The tests compare it with the library's.
 */
import { hash } from "node:crypto";

/** `hashName` applied `times` times, the first time to `input`, which must be one output of that hash. */
export function iterateHash(hashName: string, input: Uint8Array, times: number): Uint8Array {
  if (times <= 0) return input;
  if (hashName === "sha1") return iterateSha1(input, times);
  let value = input;
  for (let i = 0; i < times; i += 1) value = hash(hashName, value, "buffer");
  return value;
}

/** Twenty bytes and their padding (FIPS 180-4, 5.1.1) fill one block; each round puts its output in place of them. */
function iterateSha1(input: Uint8Array, times: number): Uint8Array {
  const view = new DataView(input.buffer, input.byteOffset, input.byteLength);
  const message = new Int32Array(16);
  const schedule = new Int32Array(80);
  for (let i = 0; i < 5; i += 1) message[i] = view.getInt32(i * 4);
  message[5] = 0x80000000 | 0;
  message[15] = 160;
  for (let i = 0; i < times; i += 1) sha1Block(message, schedule);
  const out = new Uint8Array(20);
  const outView = new DataView(out.buffer);
  for (let i = 0; i < 5; i += 1) outView.setInt32(i * 4, message[i]!);
  return out;
}

/** FIPS 180-4, 6.1.2, from the standard's start value. The four quarters stand apart because that is what makes it quick. */
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
