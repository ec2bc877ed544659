/** Bundles and the age tool: each opens what the other has sealed. */
import { randomBytes, randomInt } from "node:crypto";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createSealing } from "../../../main/handover/sealing.ts";
import { missingForAge, runAge } from "../../lab/age-tool.ts";

/** Both ways, with the work factor that both give. */
const PAIRS = 100;
/** At once: one is scrypt in our thread while another is scrypt in the tool. */
const LANES = 2;

if (missingForAge.length > 0 && (process.env["CI"] ?? "") !== "") throw new Error(`Not on this machine: ${missingForAge.join(", ")}`);
const because = missingForAge.length > 0 ? ` (skipped: no program ${missingForAge.join(", ")} here)` : "";

const { signal } = new AbortController();
const sealing = createSealing();
let folder: string;
beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), "mc-age-"));
});
afterAll(() => {
  sealing.dispose();
  rmSync(folder, { recursive: true, force: true });
});

const age = (args: string, typed: readonly string[]) => runAge(folder, args, typed);

interface Sample {
  readonly index: number;
  readonly plain: Buffer;
  readonly passphrase: string;
}

interface Opened {
  readonly passphrase: string;
  readonly size: number;
  readonly same: boolean | string;
}

const LETTERS = Array.from("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789 !\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~äßéñøЖя中🗝");

function sampleOf(index: number): Sample {
  // Sizes about the borders of chunks (64 KiB), and any others.
  const size = [0, 1, 65_535, 65_536, 65_537, 131_072][index] ?? randomInt(200_000);
  const passphrase = Array.from({ length: 1 + randomInt(40) }, () => LETTERS[randomInt(LETTERS.length)]).join("");
  return { index, plain: randomBytes(size), passphrase };
}

/** Which of the samples did not come out as they went in. */
async function notTheSame(count: number, job: (sample: Sample) => Promise<readonly Opened[]>): Promise<readonly Opened[]> {
  let next = 0;
  const all: Opened[] = [];
  const lane = async () => {
    while (next < count) all.push(...(await job(sampleOf(next++))));
  };
  await Promise.all(Array.from({ length: LANES }, lane));
  return all.filter(({ same }) => same !== true);
}

/** What the tool makes of it; the terminal's words where it does not open it. */
async function openedByTool({ index, plain, passphrase }: Sample, sealed: Uint8Array): Promise<Opened> {
  writeFileSync(path.join(folder, `ours-${index}.age`), sealed);
  const { code, shown } = await age(`-d -o ours-${index} ours-${index}.age`, [passphrase]);
  const file = path.join(folder, `ours-${index}`);
  // The tool makes a file with the first byte that it writes: of nothing it makes none.
  const bytes = existsSync(file) ? readFileSync(file) : Buffer.alloc(0);
  rmSync(file, { force: true });
  return { passphrase, size: plain.length, same: code === 0 ? bytes.equals(plain) : shown };
}

describe.skipIf(missingForAge.length > 0)(`the age tool${because}`, () => {
  test(`opens what is sealed here and seals what is opened here, ${PAIRS} times`, { timeout: 1_200_000 }, async () => {
    const amiss = await notTheSame(PAIRS, async (sample) => {
      const { index, plain, passphrase } = sample;
      const ours = await sealing.seal(plain, { passphrase }, signal);
      if (!ours.ok) throw new Error(ours.fault.kind);
      const there = await openedByTool(sample, ours.value);
      writeFileSync(path.join(folder, `plain-${index}`), plain);
      // Every other one as text.
      const { code, shown } = await age(`-p ${index % 2 === 0 ? "" : "-a"} -o theirs-${index}.age plain-${index}`, [passphrase, passphrase]);
      if (code !== 0) throw new Error(shown);
      const opened = await sealing.open(readFileSync(path.join(folder, `theirs-${index}.age`)), { passphrase, identity: null }, signal);
      return [there, { passphrase, size: plain.length, same: opened.ok ? plain.equals(opened.value.bytes) : opened.fault.kind }];
    });
    expect(amiss).toEqual([]);
  });

  test("and this room refuse the same: another passphrase, a changed payload", { timeout: 60_000 }, async () => {
    const plain = randomBytes(1000);
    const ours = await sealing.seal(plain, { passphrase: "one" }, signal);
    if (!ours.ok) throw new Error(ours.fault.kind);
    writeFileSync(path.join(folder, "refused.age"), ours.value);
    const other = await age("-d -o refused refused.age", ["two"]);
    expect(other).toMatchObject({ code: 1, shown: expect.stringContaining("incorrect passphrase") });
    expect(await sealing.open(ours.value, { passphrase: "two", identity: null }, signal)).toEqual({ ok: false, fault: { kind: "wrong-password", subject: "handover" } });
    const changed = ours.value.map((byte, at) => (at === ours.value.length - 1 ? byte ^ 1 : byte));
    writeFileSync(path.join(folder, "refused.age"), changed);
    expect((await age("-d -o refused refused.age", ["one"])).code).toBe(1);
    expect(await sealing.open(changed, { passphrase: "one", identity: null }, signal)).toEqual({ ok: false, fault: { kind: "unreadable", what: "damaged" } });
  });
});
