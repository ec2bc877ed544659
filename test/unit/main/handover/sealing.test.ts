import { createHash, randomBytes } from "node:crypto";
import { performance } from "node:perf_hooks";
import { armor, Encrypter } from "age-encryption";
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import { readHeader } from "../../../../main/handover/age-header.ts";
import { createSealing, isSealed } from "../../../../main/handover/sealing.ts";
import { WorkerLine } from "../../../../main/workers.ts";
import { watchResources } from "../../../lab/resources.ts";

const LIMIT = 64 * 1024 * 1024;
const passphrase = "correct horse battery staple";
const { signal } = new AbortController();
const sealing = createSealing();
const threads = watchResources();
const running = () => [...threads.held()].filter(([what]) => what.startsWith("thread ")).reduce((sum, [, count]) => sum + count, 0);
const open = async (bytes: Uint8Array, typed: string | null = passphrase, identity: string | null = null) => {
  const opened = await sealing.open(bytes, { passphrase: typed, identity }, signal);
  return opened.ok ? { ok: true as const, value: opened.value.bytes } : opened;
};

/** With a work factor so small that many can be opened. */
async function quickly(plain: Uint8Array, words = passphrase, workFactor = 1): Promise<Uint8Array> {
  const encrypter = new Encrypter();
  encrypter.setPassphrase(words);
  encrypter.setScryptWorkFactor(workFactor);
  return encrypter.encrypt(plain);
}

/** The same file with another text in its head, of any length. */
function edited(sealed: Uint8Array, from: string | RegExp, to: string): Uint8Array {
  return Buffer.from(Buffer.from(sealed).toString("latin1").replace(from, to), "latin1");
}

const wrong = { ok: false, fault: { kind: "wrong-password", subject: "handover" } };
const unreadable = (what: string) => ({ ok: false, fault: { kind: "unreadable", what } });

afterEach(() => vi.restoreAllMocks());
afterAll(() => {
  sealing.dispose();
  threads.end();
});

describe("a sealed bundle", () => {
  const sizes = [["nothing", 0], ["a few bytes", 300], ["a megabyte", 1024 * 1024]] as const;
  it.each(sizes)("holds %s and gives it back, with the age tool's work factor", { timeout: 60_000 }, async (_, size) => {
    const plain = new Uint8Array(randomBytes(size));
    const sealed = await sealing.seal(plain, { passphrase }, signal);
    if (!sealed.ok) throw new Error(sealed.fault.kind);
    expect(isSealed(sealed.value)).toBe(true);
    expect(readHeader(sealed.value)).toMatchObject({ recipients: ["scrypt"], workFactor: 18 });
    const opened = await open(sealed.value);
    expect(opened.ok && createHash("sha256").update(opened.value).digest("hex")).toBe(createHash("sha256").update(plain).digest("hex"));
  });

  it("holds what was given when it was asked for, of a view no more than the view", { timeout: 60_000 }, async () => {
    const around = new Uint8Array(1000).fill(1);
    const view = around.subarray(100, 200);
    const asked = sealing.seal(view, { passphrase }, signal);
    around.fill(2);
    const sealed = await asked;
    expect(sealed.ok && (await open(sealed.value))).toEqual({ ok: true, value: new Uint8Array(100).fill(1) });
  });

  it("is not sealed with an empty passphrase", async () => {
    await expect(sealing.seal(new Uint8Array(1), { passphrase: "" }, signal)).rejects.toThrow(/empty passphrase/);
  });

  it("is made beside main's own thread", { timeout: 60_000 }, async () => {
    const before = performance.eventLoopUtilization();
    await sealing.seal(new Uint8Array(10), { passphrase }, signal);
    expect(performance.eventLoopUtilization(before).utilization).toBeLessThan(0.5);
  });
});

describe("opening", () => {
  const plain = new Uint8Array(randomBytes(100));
  let sealed = new Uint8Array();
  beforeAll(async () => {
    sealed = new Uint8Array(await quickly(plain));
  });

  it("takes both forms", async () => {
    expect(await open(sealed)).toEqual({ ok: true, value: plain });
    const text = armor.encode(sealed);
    for (const form of [text, text.replaceAll("\n", "\r\n"), text.trimEnd(), `\n  ${text}\n`]) {
      expect(isSealed(Buffer.from(form))).toBe(true);
      expect(await open(Buffer.from(form))).toEqual({ ok: true, value: plain });
    }
    expect(await open(Buffer.from(text), "other")).toEqual(wrong);
    const last = text.indexOf("\n-----END");
    for (const form of [text.slice(0, last), text.replace("BEGIN AGE", "BEGIN  AGE"), `${text}x`, text.replace("\n", "\n\n"), `${text.slice(0, 80)}!${text.slice(81)}`]) {
      expect(await open(Buffer.from(form))).toEqual(unreadable("damaged"));
    }
  });

  it.each(["Correct horse battery staple", `${passphrase} `, ` ${passphrase}`, ""])("refuses %j, which is not the passphrase", async (typed) => {
    expect(await open(sealed, typed)).toEqual(wrong);
  });

  it("takes a passphrase of any length", async () => {
    const long = "x".repeat(100_000);
    expect(await open(await quickly(plain, long), long)).toEqual({ ok: true, value: plain });
    expect(await open(sealed, long)).toEqual(wrong);
  });

  it.each([" ", "  two words  ", "Zürich", "пароль", "🗝️", "tab\tand\nline", "\0"])("takes the passphrase %j as it is", async (words) => {
    expect(await open(await quickly(plain, words), words)).toEqual({ ok: true, value: plain });
  });

  it("does not take one way to write a letter for another", async () => {
    expect(await open(await quickly(plain, "Zürich".normalize("NFC")), "Zürich".normalize("NFD"))).toEqual(wrong);
  });

  it("says when a file wants a passphrase, before it asks for any work", async () => {
    expect(await open(sealed, null)).toEqual({ ok: false, fault: { kind: "invalid", issues: [{ path: ["passphrase"], code: "required" }] } });
    expect(await open(edited(sealed, / 1\n/, " 30\n"), null)).toEqual(unreadable("too-many-iterations"));
  });

  // 2^30 would want a terabyte, and 2^21 two gigabytes: whoever begins with it does not answer this.
  it.each(["21", "30", "64", "9".repeat(30)])("refuses a work factor of %s without deriving a key", async (factor) => {
    expect(await open(edited(sealed, / 1\n/, ` ${factor}\n`))).toEqual(unreadable("too-many-iterations"));
  });

  it.each([["nothing", ""], ["JSON", "{}"], ["the version alone", "age-encryption.org/v1\n"], ["armour around nothing", "-----BEGIN AGE ENCRYPTED FILE-----\n-----END AGE ENCRYPTED FILE-----\n"]])(
    "refuses %s as damaged",
    async (_, text) => {
      expect(await open(Buffer.from(text))).toEqual(unreadable("damaged"));
    },
  );

  it("tells a changed MAC and a changed payload from a wrong passphrase, and a changed stanza not", async () => {
    const mac = /--- (.)/.exec(Buffer.from(sealed).toString("latin1"))?.[1] ?? "";
    expect(await open(edited(sealed, `--- ${mac}`, `--- ${mac === "A" ? "B" : "A"}`))).toEqual(unreadable("damaged"));
    expect(await open(sealed.map((byte, at) => (at === sealed.length - 1 ? byte ^ 1 : byte)))).toEqual(unreadable("damaged"));
    expect(await open(Buffer.concat([sealed, Buffer.from("x")]))).toEqual(unreadable("damaged"));
    expect(await open(edited(sealed, / 1\n/, " 2\n"))).toEqual(wrong);
  });

  it("refuses a file with any one bit changed, and says what was changed as far as that can be told", { timeout: 120_000 }, async () => {
    const text = Buffer.from(sealed).toString("latin1");
    const [stanza, mac] = [text.indexOf("-> "), text.indexOf("--- ")];
    const positions = Array.from(sealed.keys());
    const answers = await Promise.all(
      positions.flatMap((at) => [0, 1, 2, 3, 4, 5, 6, 7].map(async (bit) => ({ at, bit, answer: await open(sealed.map((byte, index) => (index === at ? byte ^ (1 << bit) : byte))) }))),
    );
    expect(answers).toHaveLength(8 * sealed.length);
    expect(JSON.stringify(answers)).not.toContain(passphrase);
    const isInStanza = (at: number) => at >= stanza && at < mac;
    const told = (of: typeof answers) => [...new Set(of.map(({ answer }) => JSON.stringify(answer)))].toSorted();
    expect(told(answers.filter(({ at }) => !isInStanza(at)))).toEqual([JSON.stringify(unreadable("damaged"))]);
    expect(told(answers.filter(({ at }) => isInStanza(at)))).toEqual([unreadable("damaged"), unreadable("sealed-for-others"), wrong].map((answer) => JSON.stringify(answer)).toSorted());
  });

  it("refuses a file wherever it is cut off", { timeout: 120_000 }, async () => {
    const answers = await Promise.all(Array.from(sealed.keys(), (length) => open(sealed.subarray(0, length))));
    expect(answers).toHaveLength(sealed.length);
    for (const answer of answers) expect(answer).toEqual(unreadable("damaged"));
  });

  it("refuses a file of several chunks cut off between two of them, or with two of them changed over", async () => {
    const chunk = 64 * 1024 + 16;
    const long = await quickly(randomBytes(3 * 64 * 1024));
    const start = long.length - 3 * chunk;
    const [head, first, second, third] = [long.subarray(0, start), ...[0, 1, 2].map((at) => long.subarray(start + at * chunk, start + (at + 1) * chunk))];
    const joined = (...parts: readonly (Uint8Array | undefined)[]) => Buffer.concat(parts.map((part) => part ?? new Uint8Array()));
    expect((await open(joined(head, first, second, third))).ok).toBe(true);
    for (const parts of [[first, second], [first], [second, first, third], [first, third], [first, second, third, third]]) {
      expect(await open(joined(head, ...parts))).toEqual(unreadable("damaged"));
    }
  });
});

describe("the thread", () => {
  it("is ended when it has answered", { timeout: 60_000 }, async () => {
    await open(await quickly(new Uint8Array(1)));
    await expect.poll(running).toBe(0);
  });

  it("is ended when the question is called off, in the middle of it and before", { timeout: 60_000 }, async () => {
    const stop = new AbortController();
    const asked = sealing.seal(new Uint8Array(1), { passphrase }, stop.signal);
    await expect.poll(running).toBe(1);
    stop.abort();
    expect(await asked).toEqual({ ok: false, fault: { kind: "cancelled" } });
    expect(await sealing.open(new Uint8Array(1), { passphrase, identity: null }, stop.signal)).toEqual({ ok: false, fault: { kind: "cancelled" } });
    await expect.poll(running).toBe(0);
  });

  it("is ended with the room, and started no more", { timeout: 60_000 }, async () => {
    const other = createSealing();
    const asked = other.seal(new Uint8Array(1), { passphrase }, signal);
    await expect.poll(running).toBe(1);
    other.dispose();
    expect(await asked).toEqual({ ok: false, fault: { kind: "cancelled" } });
    expect(await other.open(new Uint8Array(1), { passphrase, identity: null }, signal)).toEqual({ ok: false, fault: { kind: "cancelled" } });
    await expect.poll(running).toBe(0);
  });

  it.each([{ kind: "timed-out" } as const, { kind: "crashed", error: new Error("out of memory") } as const])("that has $kind is told as one that took too long", async (outcome) => {
    vi.spyOn(WorkerLine.prototype, "ask").mockResolvedValue(outcome);
    expect(await open(new Uint8Array(1))).toEqual(unreadable("timed-out"));
  });

  it("is not asked for more than the most that is read", async () => {
    const ask = vi.spyOn(WorkerLine.prototype, "ask");
    const tooLarge = { ok: false, fault: { kind: "unreadable", what: "too-large", most: LIMIT } };
    expect(await sealing.seal(new Uint8Array(LIMIT + 1), { passphrase }, signal)).toEqual(tooLarge);
    expect(await sealing.open(new Uint8Array(LIMIT + 32 * 1024 + 1), { passphrase, identity: null }, signal)).toEqual(tooLarge);
    expect(ask).not.toHaveBeenCalled();
  });
});
