/** age's own test vectors (test/lab/vectors/age): each opened as a bundle, and each judged by the library that opens them. */
import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { inflateSync } from "node:zlib";
import { armor, Decrypter } from "age-encryption";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { ageForm, readHeader } from "../../../main/handover/age-header.ts";
import { createSealing } from "../../../main/handover/sealing.ts";
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
const tooMuchWork: Fault = { kind: "unreadable", what: "too-many-iterations" };

/** Of sound grammar, and refused by the vector for what is told in another way here. */
const toldOtherwise: Readonly<Record<string, Fault>> = {
  scrypt_uppercase: forOthers,
  scrypt_work_factor_23: tooMuchWork,
  scrypt_work_factor_overflow: tooMuchWork,
  // Whoever holds no key of theirs does not look into stanzas for keys, nor at what comes behind the head.
  ...Object.fromEntries(
    ["extra_argument", "identity", "long_file_key", "long_share", "low_order", "not_canonical_share", "short_share"].map((fault) => [`x25519_${fault}`, forOthers]),
  ),
  ...Object.fromEntries(["extra_argument", "identity", "long_file_key", "long_share", "low_order", "not_canonical_enc", "short_share", "x25519_arg"].map((fault) => [`hybrid_${fault}`, forOthers])),
  stream_no_nonce: forOthers,
  stream_short_nonce: forOthers,
};

/** What a reader of passphrases alone says; null where it opens. */
function faultFor({ name, expected, passphrases }: Vector): Fault | null {
  const told = toldOtherwise[name];
  if (told !== undefined) return told;
  if (expected === "header failure" || expected === "armor failure") return damaged;
  if (passphrases.length === 0) return forOthers;
  if (expected === "no match") return { kind: "wrong-password", subject: "handover" };
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

describe("opened with a passphrase", () => {
  const answers = new Map<string, readonly Result<Uint8Array>[]>();
  // All at once: one thread answers them one after the other, and is started once.
  beforeAll(async () => {
    await Promise.all(
      vectors.map(async ({ name, bytes, passphrases }) => {
        const typed = passphrases.length > 0 ? passphrases : ["password"];
        answers.set(name, await Promise.all(typed.map((passphrase) => sealing.open(bytes, passphrase, signal))));
      }),
    );
  });

  test.each(vectors)("$name: $expected", (vector) => {
    const fault = faultFor(vector);
    const given = answers.get(vector.name) ?? [];
    expect(given).toHaveLength(Math.max(1, vector.passphrases.length));
    const told = given.map((answer) => (answer.ok ? sha256(answer.value) : answer.fault));
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
