import { describe, expect, it } from "vitest";
import { decodeText } from "../../../main/decode-text.ts";

const text = '{"name":"Zürich €"}\r\n';

describe("text from a file or a pipe", () => {
  it.each<[encoding: string, bytes: Uint8Array]>([
    ["UTF-8", Buffer.from(text)],
    ["UTF-8 with a mark", Buffer.from(`\uFEFF${text}`)],
    ["UTF-16 as Windows PowerShell writes it", Buffer.from(`\uFEFF${text}`, "utf16le")],
    ["UTF-16 without a mark", Buffer.from(text, "utf16le")],
    ["UTF-16, big end first", Buffer.from(`\uFEFF${text}`, "utf16le").swap16()],
    ["UTF-16, big end first, without a mark", Buffer.from(text, "utf16le").swap16()],
  ])("is read in %s", (_encoding, bytes) => {
    expect(decodeText(bytes)).toEqual({ ok: true, value: text });
  });

  it("may be empty, and keeps a mark that does not begin it", () => {
    expect(decodeText(new Uint8Array())).toEqual({ ok: true, value: "" });
    expect(decodeText(Buffer.from("a\uFEFFb"))).toEqual({ ok: true, value: "a\uFEFFb" });
  });

  it.each<[what: string, bytes: Uint8Array, line: number, column: number]>([
    ["a Windows code page", Buffer.from("ab\r\nZürich", "latin1"), 2, 2],
    ["a character that ends too early", Buffer.from("a\u20AC").subarray(0, 3), 1, 2],
    ["half of a surrogate pair in UTF-8", Buffer.from([0x61, 0xed, 0xa0, 0x80]), 1, 2],
    ["half of a surrogate pair in UTF-16", Buffer.from([0xff, 0xfe, 0x61, 0x00, 0x00, 0xd8, 0x62, 0x00]), 1, 2],
    ["UTF-16 with an odd byte", Buffer.from([0xff, 0xfe, 0x61, 0x00, 0x62]), 1, 2],
    ["UTF-32", Buffer.from([0xff, 0xfe, 0, 0, 0x61, 0, 0, 0xdc]), 1, 3],
    ["bytes of an archive", Buffer.from([0x50, 0x4b, 0xe2, 0x28, 0xa1]), 1, 3],
  ])("is refused with its place when it is %s", (_what, bytes, line, column) => {
    expect(decodeText(bytes)).toEqual({ ok: false, fault: { kind: "unreadable", what: "not-text", at: { line, column } } });
  });
});
