import { describe, expect, it } from "vitest";
import { FILE_LIMITS } from "../../../../shared/rules/file-limits.ts";
import { FileHolder, HOLD_COUNT, HOLD_MS } from "../../../../main/services/files.ts";
import { CERTIFICATE_FILE_LIMIT } from "../../../../shared/rules/file-limits.ts";
import { fakeClock } from "../monitor/support.ts";
import { take } from "../store/support.ts";

const bytes = (text: string) => Buffer.from(text, "utf8");

describe("held files", () => {
  it("are kept for ten minutes after their last use", async () => {
    const clock = fakeClock();
    const files = new FileHolder(clock, null);
    const { file, size } = take(files.hold("ca.pem", bytes("authority")));
    expect(size).toBe(9);
    await clock.advance(HOLD_MS - 1);
    expect(take(files.readText(file))).toBe("authority");
    await clock.advance(HOLD_MS - 1);
    expect(files.readText(file).ok).toBe(true);
    await clock.advance(HOLD_MS);
    expect(files.readText(file)).toEqual({ ok: false, fault: { kind: "not-found", what: "file" } });
  });

  it("are forgotten when nobody needs them any more", () => {
    const files = new FileHolder(fakeClock(), null);
    const { file } = take(files.hold("names.csv", bytes("anna"), "aliases"));
    files.release(file);
    expect(files.read(file).ok).toBe(false);
  });

  it("are never more than 64 MiB together; the oldest goes", () => {
    const files = new FileHolder(fakeClock(), null);
    const held = Array.from({ length: 3 }, (_, index) => take(files.hold(`${index}.csv`, new Uint8Array(FILE_LIMITS.aliases), "aliases")).file);
    expect(held.map((file) => files.read(file).ok)).toEqual([false, true, true]);
  });

  it("are never more than twenty; the oldest goes", () => {
    const files = new FileHolder(fakeClock(), null);
    const held = Array.from({ length: HOLD_COUNT + 1 }, (_, index) => take(files.hold(`${index}.txt`, bytes("x"))).file);
    expect(held.filter((file) => !files.read(file).ok)).toEqual([held[0]]);
  });

  it("have a limit of 1 MiB, to the byte", () => {
    const files = new FileHolder(fakeClock(), null);
    expect(files.hold("fits.pfx", new Uint8Array(CERTIFICATE_FILE_LIMIT)).ok).toBe(true);
    const length = CERTIFICATE_FILE_LIMIT + 1;
    expect(files.hold("over.pfx", new Uint8Array(length))).toEqual({
      ok: false,
      fault: { kind: "unreadable", what: "too-large", detail: String(length), most: CERTIFICATE_FILE_LIMIT },
    });
  });

  it("have a limit of their own when they are lists, to the byte", () => {
    const files = new FileHolder(fakeClock(), null);
    expect(files.hold("fits.csv", new Uint8Array(FILE_LIMITS.aliases), "aliases").ok).toBe(true);
    expect(files.hold("over.csv", new Uint8Array(FILE_LIMITS.aliases + 1), "aliases")).toMatchObject({ fault: { what: "too-large", most: FILE_LIMITS.aliases } });
  });

  it.each(["hq.pfx", "hq.PFX", "key.p12"])("never give the text of %s", (name) => {
    const files = new FileHolder(fakeClock(), null);
    expect(files.readText(take(files.hold(name, bytes("text"))).file)).toMatchObject({ fault: { kind: "unsupported" } });
  });

  it("are read as UTF-8 or UTF-16, and refused as anything else", () => {
    const files = new FileHolder(fakeClock(), null);
    const read = (content: Uint8Array) => files.readText(take(files.hold("a.txt", content)).file);
    expect(read(Buffer.from("\uFEFFjosé", "utf8"))).toEqual({ ok: true, value: "josé" });
    expect(read(Buffer.from("\uFEFFjosé", "utf16le"))).toEqual({ ok: true, value: "josé" });
    expect(read(new Uint8Array([0x6a, 0xe9]))).toMatchObject({ fault: { kind: "unreadable", what: "file-unreadable" } });
  });

  it("come from the native picker where there is one", async () => {
    const picked = { name: "hq.pfx", bytes: bytes("12345") };
    const files = new FileHolder(fakeClock(), { pick: () => Promise.resolve({ ok: true, value: picked }) });
    expect(take(await files.pick("certificate"))).toMatchObject({ name: "hq.pfx", size: 5 });
    expect(await new FileHolder(fakeClock(), null).pick("certificate")).toMatchObject({ fault: { kind: "unsupported" } });
  });
});
