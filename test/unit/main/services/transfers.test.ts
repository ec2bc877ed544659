import { getEventListeners } from "node:events";
import { describe, expect, it, vi } from "vitest";
import { FileHolder } from "../../../../main/services/files.ts";
import { TRANSFERS_OPEN } from "../../../../main/services/transfers.ts";
import { FILE_LIMITS } from "../../../../shared/rules/file-limits.ts";
import { fakeClock } from "../monitor/support.ts";
import { take } from "../store/support.ts";

const base64 = (text: string) => Buffer.from(text).toString("base64");

/** A file of `size` bytes that is being received. */
function receiving(files: FileHolder, size: number) {
  const stop = new AbortController();
  let transfer = "";
  const held = files.receive(
    { name: "names.csv", size, purpose: "aliases" },
    { signal: stop.signal, progress: ({ step, detail }) => (transfer = step === "transfer" ? (detail ?? "") : transfer) },
  );
  return { held, transfer, cancel: () => stop.abort(), listeners: () => getEventListeners(stop.signal, "abort").length };
}

const refused = { ok: false, fault: { kind: "unreadable", what: "file-unreadable" } } as const;
const gone = { ok: false, fault: { kind: "not-found", what: "transfer" } } as const;

describe("a file in parts", () => {
  it("is held once the last part has arrived, byte for byte", async () => {
    const files = new FileHolder(fakeClock(), null);
    const { held, transfer, listeners } = receiving(files, 11);
    expect(files.take(transfer, 0, base64("anna\nb"))).toEqual({ ok: true, value: null });
    expect(files.take(transfer, 6, base64("ernd\n"))).toEqual({ ok: true, value: null });
    const { file, name, size } = take(await held);
    expect(listeners()).toBe(0);
    expect([name, size]).toEqual(["names.csv", 11]);
    expect(Buffer.from(take(files.read(file)).bytes).toString()).toBe("anna\nbernd\n");
    expect(files.take(transfer, 11, base64("more"))).toEqual(gone);
  });

  it("may be empty", async () => {
    const files = new FileHolder(fakeClock(), null);
    expect(take(await receiving(files, 0).held).size).toBe(0);
  });

  it.each([
    ["leaves a gap", 4, base64("x")],
    ["comes twice", 0, base64("anna")],
    ["is more than was announced", 3, base64("anna and more")],
    ["holds nothing", 3, ""],
    ["is no base64", 3, "not base64!!"],
  ])("is given up when a part %s", async (_what, at, part) => {
    const files = new FileHolder(fakeClock(), null);
    const { held, transfer } = receiving(files, 10);
    take(files.take(transfer, 0, base64("ann")));
    expect(files.take(transfer, at, part)).toEqual(refused);
    expect(await held).toEqual(refused);
    expect(files.take(transfer, 3, base64("a"))).toEqual(gone);
  });

  it("leaves nothing when its call is cancelled or loses its connection", async () => {
    const files = new FileHolder(fakeClock(), null);
    const hold = vi.spyOn(files, "hold");
    const { held, transfer, cancel } = receiving(files, 10);
    take(files.take(transfer, 0, base64("ann")));
    cancel();
    expect(await held).toEqual({ ok: false, fault: { kind: "cancelled" } });
    expect(files.take(transfer, 3, base64("a"))).toEqual(gone);
    expect(hold).not.toHaveBeenCalled();
  });

  it("is refused before anything is sent when it is too large, with the limit", async () => {
    const files = new FileHolder(fakeClock(), null);
    const size = FILE_LIMITS.aliases + 1;
    expect(await receiving(files, size).held).toEqual({
      ok: false,
      fault: { kind: "unreadable", what: "too-large", detail: String(size), most: FILE_LIMITS.aliases },
    });
  });

  it("is one of eight at most, and counts no longer once it has ended", async () => {
    const files = new FileHolder(fakeClock(), null);
    const open = Array.from({ length: TRANSFERS_OPEN }, () => receiving(files, 10));
    expect(await receiving(files, 10).held).toMatchObject({ fault: { kind: "unsupported", why: "too-many-transfers" } });
    open[0]?.cancel();
    await open[0]?.held;
    expect(receiving(files, 10).transfer).not.toBe("");
    files.dispose();
    expect(await open[1]?.held).toEqual({ ok: false, fault: { kind: "cancelled" } });
  });
});
