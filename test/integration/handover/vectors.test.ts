/** age's own test vectors (test/lab/vectors/age): each opened as a bundle, and each judged by the library that opens them. */
import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { inflateSync } from "node:zlib";
import { armor, Decrypter } from "age-encryption";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { ageForm, readHeader } from "../../../main/handover/age-header.ts";
import { createSealing, type OpeningKeys, type SealingAnswer } from "../../../main/handover/sealing.ts";
import type { Fault, Result } from "../../../shared/fault.ts";

const folder = path.join(import.meta.dirname, "../../lab/vectors/age/testdata");

interface Vector {
  readonly name: string;
  readonly expected: string;
  readonly passphrases: readonly string[];
  readonly identities: readonly string[];
  /** SHA-256 in hex; of as much as comes before the fault. */
  readonly payload: string | null;
  readonly bytes: Uint8Array;
}

function readVector(name: string): Vector {
  const bytes = readFileSync(path.join(folder, name));
  const end = bytes.indexOf("\n\n");
  const lines = bytes.subarray(0, end).toString("utf8").split("\n").map((line) => line.split(": "));
  const valuesOf = (key: string) => lines.flatMap(([found, ...value]) => (found === key ? [value.join(": ")] : []));
  const body = bytes.subarray(end + 2);
  return {
    name,
    expected: valuesOf("expect")[0] ?? "",
    passphrases: valuesOf("passphrase"),
    identities: valuesOf("identity"),
    payload: valuesOf("payload")[0] ?? null,
    bytes: valuesOf("compressed")[0] === "zlib" ? inflateSync(body) : new Uint8Array(body),
  };
}

const vectors = readdirSync(folder).map(readVector);
const sha256 = (bytes: Uint8Array) => createHash("sha256").update(bytes).digest("hex");

const damaged: Fault = { kind: "unreadable", what: "damaged" };
const forOthers: Fault = { kind: "unreadable", what: "sealed-for-others" };
const toAnother: Fault = { kind: "unreadable", what: "sealed-to-another-key" };
const tooMuchWork: Fault = { kind: "unreadable", what: "too-many-iterations" };

/** Of sound grammar, and refused by the vector for what is told in another way here. */
const toldOtherwise: Readonly<Record<string, Fault>> = {
  scrypt_uppercase: forOthers,
  x25519_lowercase: forOthers,
  // Of two kinds of key a console has one.
  hybrid_and_x25519: toAnother,
  scrypt_work_factor_23: tooMuchWork,
  scrypt_work_factor_overflow: tooMuchWork,
  // Of recipients that no console has a key for, nobody looks into the stanzas.
  ...Object.fromEntries(["extra_argument", "identity", "long_file_key", "long_share", "low_order", "not_canonical_enc", "short_share"].map((fault) => [`hybrid_${fault}`, forOthers])),
};

/** Each key that a console may have; a passphrase that is none where it may have no such key. */
function keysOf({ passphrases, identities }: Vector): readonly OpeningKeys[] {
  if (passphrases.length > 0) return passphrases.map((passphrase) => ({ passphrase, identity: null }));
  const own = identities.filter((identity) => identity.startsWith("AGE-SECRET-KEY-1"));
  return own.length > 0 ? own.map((identity) => ({ passphrase: null, identity })) : [{ passphrase: "password", identity: null }];
}

/** What is said of it to whoever has one of {@link keysOf}; null where it opens. */
function faultFor(vector: Vector): Fault | null {
  const { name, expected, passphrases } = vector;
  const told = toldOtherwise[name];
  if (told !== undefined) return told;
  if (expected === "header failure" || expected === "armor failure") return damaged;
  if (keysOf(vector).some(({ passphrase }) => passphrase === "password" && passphrases.length === 0)) return forOthers;
  if (expected === "no match") return passphrases.length > 0 ? { kind: "wrong-password", subject: "handover" } : toAnother;
  return expected === "success" ? null : damaged;
}

const sealing = createSealing();
const { signal } = new AbortController();
afterAll(() => sealing.dispose());

test("there are all of them, and every exception is one", () => {
  expect(vectors).toHaveLength(143);
  expect(new Set(vectors.map(({ expected }) => expected))).toEqual(new Set(["success", "no match", "HMAC failure", "header failure", "armor failure", "payload failure"]));
  expect(vectors.filter(({ passphrases }) => passphrases.length > 0)).toHaveLength(26);
  const names = vectors.map(({ name }) => name);
  expect(Object.keys(toldOtherwise).filter((name) => !names.includes(name))).toEqual([]);
});

describe("opened with a passphrase, or with a key", () => {
  const answers = new Map<string, readonly Result<SealingAnswer>[]>();
  // All at once: one thread answers them one after the other, and is started once.
  beforeAll(async () => {
    await Promise.all(
      vectors.map(async (vector) => {
        answers.set(vector.name, await Promise.all(keysOf(vector).map((keys) => sealing.open(vector.bytes, keys, signal))));
      }),
    );
  });

  test.each(vectors)("$name: $expected", (vector) => {
    const fault = faultFor(vector);
    const given = answers.get(vector.name) ?? [];
    expect(given).toHaveLength(keysOf(vector).length);
    const told = given.map((answer) => (answer.ok ? sha256(answer.value.bytes) : answer.fault));
    expect(told).toEqual(given.map(() => fault ?? vector.payload));
  });
});

describe("judged by the library, with the keys", () => {
  const openedBy = async ({ bytes, passphrases, identities }: Vector) => {
    const decrypter = new Decrypter();
    for (const passphrase of passphrases) decrypter.addPassphrase(passphrase);
    for (const identity of identities) decrypter.addIdentity(identity);
    const sealed = ageForm(bytes) === "armoured" ? armor.decode(Buffer.from(bytes).toString("latin1")) : bytes;
    return { forPassphrase: typeof readHeader(sealed)?.workFactor === "number", payload: sha256(await decrypter.decrypt(sealed)) };
  };
  const [sound, faulty] = [true, false].map((isSound) => vectors.filter(({ expected }) => (expected === "success") === isSound));

  test.each(sound ?? [])("$name: opens", async (vector) => {
    expect(await openedBy(vector)).toEqual({ forPassphrase: vector.passphrases.length > 0, payload: vector.payload });
  });

  test.each(faulty ?? [])("$name: $expected", async (vector) => {
    expect(await openedBy(vector).then(() => "opened", () => "refused")).toBe("refused");
  });
});
