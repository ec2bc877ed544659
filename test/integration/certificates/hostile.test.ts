import { afterEach, describe, expect, test } from "vitest";
import { readCertificate } from "../../../main/certificates/index.ts";
import { pfxBytes } from "../../lab/vectors.ts";
import { restThreads } from "../../lab/rest-threads.ts";
import { cpuTimeOf } from "../../lab/cpu-time.ts";

afterEach(restThreads);

const MUTATIONS = 10_000;
const NOW = Date.parse("2026-06-01T00:00:00Z");
const MEBIBYTE = 1024 * 1024;

/** Every cipher, MAC and shape of the vectors. Files of 600,000 iterations are left out: opening them takes its second. */
const SOURCES: readonly (readonly [file: string, password: string | null])[] = [
  ["generated/3des.p12", "password"],
  ["generated/aes256-sha256.p12", "password"],
  ["generated/chain-of-3.p12", "password"],
  ["generated/ec-p256.p12", "password"],
  ["generated/empty-password.p12", ""],
  ["generated/google-rc2-40.p12", "notasecret"],
  ["generated/key-mismatch.p12", "password"],
  ["cryptography/name-unicode-no-pwd.p12", null],
  ["rustcrypto/example5.pfx", "1234"],
  ["rustcrypto/example7.pfx", "1234"],
  ["rustcrypto/example9.pfx", "1234"],
  ["rustcrypto/example11.pfx", "1234"],
  ["rustcrypto/example14.pfx", "1234"],
];

/** Mulberry32: the same mutations in every run. */
function seeded(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) % below;
  };
}

function mutate(bytes: Uint8Array, next: (below: number) => number): Uint8Array {
  const out = Buffer.from(bytes);
  const at = next(out.length);
  switch (next(6)) {
    case 0:
      out[at] = (out[at] ?? 0) ^ (1 << next(8));
      return out;
    case 1:
      out[at] = next(256);
      return out;
    case 2:
      return out.subarray(0, at);
    case 3:
      return Buffer.concat([out.subarray(0, at), out.subarray(Math.min(out.length, at + 1 + next(64)))]);
    case 4:
      return Buffer.concat([out.subarray(0, at), out.subarray(at, at + 1 + next(64)), out.subarray(at)]);
    default:
      // The first bytes hold the lengths that everything else hangs on.
      out[next(64) % out.length] = [0x00, 0x80, 0x84, 0xff, 0x30, 0x7f][next(6)] ?? 0;
      return out;
  }
}

async function read(bytes: Uint8Array, password: string | null) {
  const { value, cpuMs } = await cpuTimeOf(() => readCertificate({ bytes, password, now: NOW, withKey: false }));
  return { inspection: value.inspection, ms: cpuMs };
}

describe("files made to do harm", () => {
  test(`${MUTATIONS} mutations of valid containers are answered, each within a second, in bounded memory`, async () => {
    const next = seeded(20_260_601);
    const outcomes = new Map<string, number>();
    const slow: string[] = [];
    await read(pfxBytes("generated/3des.p12"), "password");
    const before = process.memoryUsage().rss;
    let slowest = 0;
    for (let i = 0; i < MUTATIONS; i += 1) {
      const [file, password] = SOURCES[next(SOURCES.length)] ?? ["", null];
      const { inspection, ms } = await read(mutate(pfxBytes(file), next), password);
      const outcome = inspection.opens ? "opens" : inspection.verdict;
      outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1);
      slowest = Math.max(slowest, ms);
      if (ms > 1000) slow.push(`${file}, mutation ${i}: ${Math.round(ms)} ms`);
    }
    const grown = (process.memoryUsage().rss - before) / MEBIBYTE;
    const counts = [...outcomes].map(([name, count]) => `${name} ${count}`).join(", ");
    process.stdout.write(`${MUTATIONS} mutations: ${counts}; slowest ${Math.round(slowest)} ms; memory grew by ${Math.round(grown)} MiB\n`);
    expect(slow).toEqual([]);
    expect(grown).toBeLessThan(400);
    // Most mutations hit what the MAC covers; a parser that refused everything, or nothing, would show here.
    expect(outcomes.get("damaged") ?? 0).toBeGreaterThan(MUTATIONS / 4);
    expect(outcomes.get("opens") ?? 0).toBeGreaterThan(0);
  }, 900_000);

  const nested = (depth: number) => Buffer.concat(Array.from({ length: depth }, () => Buffer.from([0x30, 0x80])));
  const head = Buffer.from("3080020103", "hex");
  const lengthBomb = Buffer.concat([Buffer.from("3084000ffffa020103", "hex"), Buffer.alloc(MEBIBYTE - 9, Buffer.from("3084ffffffff", "hex"))]);
  const manyElements = Buffer.concat([Buffer.from("3084000ffffa020103", "hex"), Buffer.alloc(MEBIBYTE - 9, Buffer.from("0500", "hex"))]);

  test.each([
    ["1 MiB and a byte", Buffer.alloc(MEBIBYTE + 1, 0x30), "too-large"],
    ["2 MiB of zeros", Buffer.alloc(2 * MEBIBYTE), "too-large"],
    ["1 MiB of zeros", Buffer.alloc(MEBIBYTE), "not-a-pfx"],
    ["1 MiB of ASN.1 lengths that promise gigabytes", lengthBomb, "damaged"],
    ["half a million empty elements", manyElements, "damaged"],
    ["half a million nested sequences", Buffer.concat([head, nested(MEBIBYTE / 2 - 8)]), "damaged"],
    ["a length of length", Buffer.from("30ffffffffffff", "hex"), "not-a-pfx"],
    ["one byte", Buffer.from([0x30]), "not-a-pfx"],
  ])("%s is refused within a second", async (_what, bytes, verdict) => {
    const { inspection, ms } = await read(bytes, "password");
    expect(inspection).toMatchObject({ opens: false, verdict });
    expect(ms).toBeLessThan(1000);
  });

  test("an absurd number of iterations is refused before any is run", async () => {
    const bytes = Buffer.from(pfxBytes("rustcrypto/example10.pfx"));
    // 600,000 stands as 02 03 09 27 C0 wherever it is used.
    for (let at = bytes.indexOf("02030927c0", 0, "hex"); at !== -1; at = bytes.indexOf("02030927c0", at, "hex")) bytes.write("02037fffff", at, "hex");
    const { inspection, ms } = await read(bytes, "1234");
    expect(inspection).toMatchObject({ opens: false, fault: { kind: "unreadable", what: "too-many-iterations", detail: "8388607" } });
    expect(ms).toBeLessThan(1000);
  });

  test("an abort ends the thread, and the next file is read by a new one", async () => {
    const stop = new AbortController();
    const slow = readCertificate({ bytes: pfxBytes("rustcrypto/example10.pfx"), password: "1234", now: NOW, withKey: true }, stop.signal);
    setTimeout(() => stop.abort(), 20);
    expect((await slow).opened).toEqual({ ok: false, fault: { kind: "cancelled" } });
    const { inspection } = await read(pfxBytes("generated/3des.p12"), "password");
    expect(inspection.opens).toBe(true);
  });
});
