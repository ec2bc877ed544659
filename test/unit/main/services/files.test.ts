import { describe, expect, it } from "vitest";
import { FileHolder, HOLD_COUNT, HOLD_MS } from "../../../../main/services/files.ts";
import { CERTIFICATE_FILE_LIMIT } from "../../../../shared/model/certificate.ts";
import { fakeClock } from "../monitor/support.ts";
import { take } from "../store/support.ts";

const bytes = (text: string) => Buffer.from(text, "utf8");

describe("held files", () => {
  it("are kept for ten minutes", async () => {
    const clock = fakeClock();
    const files = new FileHolder(clock, null);
    const { file, size } = take(files.upload("ca.pem", bytes("authority").toString("base64")));
    expect(size).toBe(9);
    await clock.advance(HOLD_MS - 1);
    expect(take(files.readText(file))).toBe("authority");
    await clock.advance(1);
    expect(files.readText(file)).toEqual({ ok: false, fault: { kind: "not-found", what: "file" } });
  });

  it("are never more than twenty; the oldest goes", () => {
    const files = new FileHolder(fakeClock(), null);
    const held = Array.from({ length: HOLD_COUNT + 1 }, (_, index) => take(files.hold(`${index}.txt`, bytes("x"))).file);
    expect(held.filter((file) => !files.read(file).ok)).toEqual([held[0]]);
  });

  it("have a limit of 1 MiB, to the byte", () => {
    const files = new FileHolder(fakeClock(), null);
    expect(files.hold("fits.pfx", new Uint8Array(CERTIFICATE_FILE_LIMIT)).ok).toBe(true);
    const over = Buffer.alloc(CERTIFICATE_FILE_LIMIT + 1).toString("base64");
    expect(files.upload("over.pfx", over)).toEqual({
      ok: false,
      fault: { kind: "unreadable", what: "too-large", detail: String(CERTIFICATE_FILE_LIMIT + 1) },
    });
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
    expect(files.upload("a.txt", "not base64!")).toMatchObject({ fault: { kind: "unreadable" } });
  });

  it("come from the native picker where there is one", async () => {
    const picked = { name: "hq.pfx", bytes: bytes("12345") };
    const files = new FileHolder(fakeClock(), { pick: () => Promise.resolve({ ok: true, value: picked }) });
    expect(take(await files.pick("certificate"))).toMatchObject({ name: "hq.pfx", size: 5 });
    expect(await new FileHolder(fakeClock(), null).pick("certificate")).toMatchObject({ fault: { kind: "unsupported" } });
  });
});
