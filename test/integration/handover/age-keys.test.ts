/** Bundles that are sealed to keys, and the age tool: each opens what the other has sealed. */
import { randomBytes, randomInt } from "node:crypto";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { makeIdentity, recipientOf } from "../../../main/handover/recipient.ts";
import { createSealing } from "../../../main/handover/sealing.ts";
import { missingForAge, runAge } from "../../lab/age-tool.ts";

/** Both ways. */
const PAIRS = 50;

if (missingForAge.length > 0 && (process.env["CI"] ?? "") !== "") throw new Error(`Not on this machine: ${missingForAge.join(", ")}`);
const because = missingForAge.length > 0 ? ` (skipped: no program ${missingForAge.join(", ")} here)` : "";

const { signal } = new AbortController();
const sealing = createSealing();
let folder: string;
const at = (name: string) => path.join(folder, name);
beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), "mc-age-keys-"));
});
afterAll(() => {
  sealing.dispose();
  rmSync(folder, { recursive: true, force: true });
});

/** The tool asks for nothing where it is given keys. */
async function age(args: string): Promise<void> {
  const { code, shown } = await runAge(folder, args, []);
  if (code !== 0) throw new Error(shown);
}

/** A payload of a size about the borders of chunks (64 KiB), or of any other. */
const payload = (index: number) => randomBytes([0, 1, 65_535, 65_536, 65_537, 131_072][index] ?? randomInt(200_000));

describe.skipIf(missingForAge.length > 0)(`the age tool with keys${because}`, () => {
  test(`opens what is sealed to a key here, and seals to one what is opened here, ${PAIRS} times`, { timeout: 240_000 }, async () => {
    const amiss: unknown[] = [];
    for (let index = 0; index < PAIRS; index += 1) {
      const plain = payload(index);
      const identity = await makeIdentity();
      const key = await recipientOf(identity);
      writeFileSync(at("identity"), `${identity}\n`);
      const ours = await sealing.seal(plain, { recipients: [key] }, signal);
      if (!ours.ok) throw new Error(ours.fault.kind);
      writeFileSync(at("ours.age"), ours.value);
      await age("-d -i identity -o there ours.age");
      // The tool makes a file with the first byte that it writes: of nothing it makes none.
      const there = existsSync(at("there")) ? readFileSync(at("there")) : Buffer.alloc(0);
      rmSync(at("there"), { force: true });
      writeFileSync(at("plain"), plain);
      rmSync(at("theirs.age"), { force: true });
      // Every other one as text.
      await age(`-r ${key} ${index % 2 === 0 ? "" : "-a"} -o theirs.age plain`);
      const here = await sealing.open(readFileSync(at("theirs.age")), { passphrase: null, identity }, signal);
      if (!there.equals(plain) || !here.ok || here.value.by !== "key" || !plain.equals(here.value.bytes)) amiss.push({ size: plain.length, here: here.ok });
    }
    expect(amiss).toEqual([]);
  });

  test("seals to several of which ours is one", { timeout: 60_000 }, async () => {
    const [identity, other] = [await makeIdentity(), await makeIdentity()];
    const [key, another] = [await recipientOf(identity), await recipientOf(other)];
    writeFileSync(at("several"), "for both");
    await age(`-r ${another} -r ${key} -o several.age several`);
    const bytes = readFileSync(at("several.age"));
    for (const each of [identity, other]) expect(await sealing.open(bytes, { passphrase: null, identity: each }, signal)).toMatchObject({ ok: true, value: { by: "key" } });
    expect(await sealing.open(bytes, { passphrase: null, identity: await makeIdentity() }, signal)).toEqual({ ok: false, fault: { kind: "unreadable", what: "sealed-to-another-key" } });
  });

  test("opens what is sealed to several here", { timeout: 60_000 }, async () => {
    const identities = [await makeIdentity(), await makeIdentity(), await makeIdentity()];
    const ours = await sealing.seal(Buffer.from("for each"), { recipients: await Promise.all(identities.map(recipientOf)) }, signal);
    if (!ours.ok) throw new Error(ours.fault.kind);
    writeFileSync(at("each.age"), ours.value);
    for (const identity of identities) {
      writeFileSync(at("identity"), `${identity}\n`);
      await age("-d -i identity -o each each.age");
      expect(readFileSync(at("each"), "utf8")).toBe("for each");
    }
  });
});
