/** Results of carry-in probes: what is read, and what is refused however it came about. */
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readProbeFile } from "../../../../main/handover/probe-file.ts";
import type { Result } from "../../../../shared/fault.ts";
import { probeFile, probePayload } from "../../../lab/probe-results.ts";

const payload = probePayload([{}, { server: "größe.contoso.lab" }], { startedAt: "2026-11-27T08:00:00.000Z" });
const whole = probeFile(payload);
const why = (read: Result<unknown>) => (read.ok ? "read" : read.fault.kind === "unreadable" ? read.fault.what : read.fault.kind === "unsupported" ? read.fault.why : read.fault.kind);
const utf16 = (text: string, isBig = false) => {
  const bytes = Buffer.from(`\uFEFF${text}`, "utf16le");
  return isBig ? bytes.swap16() : bytes;
};

describe("the result of a probe", () => {
  it("is read as it was written, in each way that Windows PowerShell writes text", () => {
    for (const bytes of [whole, Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), whole]), utf16(whole.toString()), utf16(whole.toString(), true), utf16(whole.toString()).subarray(2)]) {
      expect(readProbeFile(bytes)).toEqual({ ok: true, value: { application: "0.1.0", payload } });
    }
  });

  it("may be laid out anew: the digest is over what was found", () => {
    const compact = Buffer.from(JSON.stringify(JSON.parse(whole.toString())));
    expect(why(readProbeFile(compact))).toBe("read");
  });

  it("is refused where it is something else", () => {
    for (const text of ["", "null", "[]", "{}", "true", '{"format":"messaging-console-bundle","version":1}', "<html>", "\u0000\u0000", "[".repeat(100_000)]) expect(why(readProbeFile(Buffer.from(text)))).toBe("not-a-probe-result");
    expect(why(readProbeFile(Buffer.from([0xff, 0xfe, 0x00, 0xd8, 0x00])))).toBe("not-a-probe-result");
  });

  it("is refused with the version that reads it where only a newer console does", () => {
    const newer = readProbeFile(probeFile(payload, { version: 3, minimumReader: 2, application: "9.1.0", payload: { another: "form" } }));
    expect(newer).toMatchObject({ ok: false, fault: { kind: "unsupported", why: "probe-newer", detail: "9.1.0" } });
    expect(why(readProbeFile(probeFile(payload, { version: 2 })))).toBe("read");
  });

  it("is refused where what is sealed is no result, or too much of one", () => {
    const of = (change: object) => why(readProbeFile(probeFile({ ...payload, ...change })));
    expect(of({})).toBe("read");
    for (const change of [{ computer: "" }, { startedAt: "yesterday" }, { servers: null }, { servers: Array.from({ length: 501 }, () => payload.servers[0]) }, { offsetMinutes: 1e9 }, { computer: "x".repeat(256) }]) expect(of(change)).toBe("damaged");
    expect(why(readProbeFile(probeFile("{")))).toBe("damaged");
  });

  it("is refused at every length but its own, and with any bit of it changed", () => {
    for (let length = 0; length < whole.length; length += 1) expect(why(readProbeFile(whole.subarray(0, length)))).not.toBe("read");
    for (let place = 0; place < whole.length; place += 1) {
      const changed = Buffer.from(whole);
      changed[place] = (changed[place] ?? 0) ^ 1;
      const read = readProbeFile(changed);
      // Blanks around what is sealed, and the version that wrote it, are not sealed.
      expect(read.ok ? read.value.payload : payload).toEqual(payload);
    }
  });

  it("says nothing else than what was sealed, whatever is done to it", () => {
    const edit = fc.record({ at: fc.nat({ max: whole.length - 1 }), cut: fc.nat({ max: 40 }), put: fc.uint8Array({ maxLength: 20 }) });
    fc.assert(
      fc.property(fc.array(edit, { minLength: 1, maxLength: 4 }), (edits) => {
        const changed = edits.reduce<Buffer>((bytes, { at, cut, put }) => Buffer.concat([bytes.subarray(0, at), put, bytes.subarray(at + cut)]), whole);
        const read = readProbeFile(changed);
        expect(read.ok ? read.value.payload : payload).toEqual(payload);
      }),
      { numRuns: 2_000 },
    );
  });
});
