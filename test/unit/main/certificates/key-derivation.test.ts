import { hash } from "node:crypto";
import { describe, expect, test } from "vitest";
import { iterateHash } from "../../../../main/certificates/iterated-hash.ts";
import { DERIVE_IV, DERIVE_KEY, derive, passwordBytes } from "../../../../main/certificates/key-derivation.ts";

describe("a hash of a hash", () => {
  test.each(["sha1", "sha256", "sha512"])("%s is the library's, round after round", (name) => {
    for (let start = 0; start < 50; start += 1) {
      const first = hash(name, `start ${start}`, "buffer");
      let expected: Uint8Array = first;
      for (let i = 0; i < start * 3; i += 1) expected = hash(name, expected, "buffer");
      expect(Buffer.from(iterateHash(name, first, start * 3)).toString("hex")).toBe(Buffer.from(expected).toString("hex"));
    }
  });
});

describe("derivation of RFC 7292", () => {
  // Published values that several libraries test against.
  test.each([
    ["smeg", "0a58cf64530d823f", 1, DERIVE_KEY, 24, "8aaae6297b6cb04642ab5b077851284eb7128f1a2a7fbca3"],
    ["smeg", "0a58cf64530d823f", 1, DERIVE_IV, 8, "79993dfe048d3b76"],
    ["queeg", "05dec959acff72f7", 1000, DERIVE_KEY, 24, "ed2034e36328830ff09df1e1a07dd357185dac0d4f9eb3d4"],
    ["queeg", "05dec959acff72f7", 1000, DERIVE_IV, 8, "11dedad7758d4860"],
  ] as const)("%s with salt %s and %i iterations", (password, salt, iterations, id, length, expected) => {
    const derived = derive("sha1", id, passwordBytes(password), Buffer.from(salt, "hex"), iterations, length);
    expect(Buffer.from(derived).toString("hex")).toBe(expected);
  });

  test("no password is no bytes, the empty one two", () => {
    expect(passwordBytes(null)).toHaveLength(0);
    expect(Buffer.from(passwordBytes("")).toString("hex")).toBe("0000");
    expect(Buffer.from(passwordBytes("ä€")).toString("hex")).toBe("00e420ac0000");
  });
});
