/** The largest bundle and the most work there may be: within the worker's memory and its time. */
import { createHash, randomBytes } from "node:crypto";
import { armor, Encrypter } from "age-encryption";
import { afterAll, expect, test } from "vitest";
import { createSealing } from "../../../main/handover/sealing.ts";

const LIMIT = 64 * 1024 * 1024;
const sealing = createSealing();
const { signal } = new AbortController();
const sha256 = (bytes: Uint8Array) => createHash("sha256").update(bytes).digest("hex");
afterAll(() => sealing.dispose());

async function sealed(plain: Uint8Array, workFactor: number): Promise<Uint8Array> {
  const encrypter = new Encrypter();
  encrypter.setPassphrase("a passphrase");
  encrypter.setScryptWorkFactor(workFactor);
  return encrypter.encrypt(plain);
}

test("the largest bundle is sealed, and opened again", async () => {
  const plain = randomBytes(LIMIT);
  const made = await sealing.seal(plain, { passphrase: "a passphrase" }, signal);
  if (!made.ok) throw new Error(made.fault.kind);
  const opened = await sealing.open(made.value, { passphrase: "a passphrase", identity: null }, signal);
  expect(opened.ok && sha256(opened.value.bytes)).toBe(sha256(plain));
});

test("an armoured one of the largest size is opened", async () => {
  // Armour is four characters for three bytes and a line feed for 48, and the chunks have tags.
  const plain = randomBytes(Math.floor((LIMIT * 48) / 65) - 64 * 1024);
  const text = Buffer.from(armor.encode(await sealed(plain, 1)));
  expect(text.length).toBeLessThanOrEqual(LIMIT);
  expect(text.length).toBeGreaterThan(LIMIT - 256 * 1024);
  const opened = await sealing.open(text, { passphrase: "a passphrase", identity: null }, signal);
  expect(opened.ok && sha256(opened.value.bytes)).toBe(sha256(plain));
});

test("the highest work factor there may be is derived for", async () => {
  // One line of another file's head: the key that is derived does not fit, which is only known when it is.
  const high = Buffer.from(Buffer.from(await sealed(randomBytes(100), 1)).toString("latin1").replace(" 1\n", " 20\n"), "latin1");
  expect(await sealing.open(high, { passphrase: "a passphrase", identity: null }, signal)).toEqual({ ok: false, fault: { kind: "wrong-password", subject: "handover" } });
});
