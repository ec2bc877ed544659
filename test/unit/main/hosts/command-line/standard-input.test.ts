import { Readable } from "node:stream";
import { describe, expect, it } from "vitest";
import { inputLines } from "../../../../../main/hosts/command-line/standard-input.ts";

const text = '{"a":"ä"}\r\n\n{"b":"\u0a00\u000a\u2028"}\n{"c":"end"}';
const lines = ['{"a":"ä"}\r', '{"b":"\u0a00', '\u2028"}', '{"c":"end"}'];

async function read(bytes: Buffer, size: number): Promise<readonly (string | null)[]> {
  const chunks = Array.from({ length: Math.ceil(bytes.length / size) }, (_none, i) => bytes.subarray(i * size, (i + 1) * size));
  const found: (string | null)[] = [];
  for await (const line of inputLines(Readable.from(chunks), new AbortController().signal)) found.push(line);
  return found;
}

const bigEndian = (bytes: Buffer) => Buffer.from(bytes).swap16();

describe("lines of standard input", () => {
  it.each([
    ["UTF-8", Buffer.from(text)],
    ["UTF-8 with a mark", Buffer.from(`\ufeff${text}`)],
    ["UTF-16 with a mark, as Windows PowerShell's > writes it", Buffer.from(`\ufeff${text}`, "utf16le")],
    ["UTF-16 without a mark", Buffer.from(text, "utf16le")],
    ["UTF-16, the high byte first", bigEndian(Buffer.from(`\ufeff${text}`, "utf16le"))],
  ])("are read as %s, however they are cut", async (_encoding, bytes) => {
    for (const size of [1, 2, 3, 7, 1_000]) expect(await read(bytes, size)).toEqual(lines);
  });

  it("are told where they are no text, and those after it are read", async () => {
    expect(await read(Buffer.from("a\n\xff\nb", "latin1"), 2)).toEqual(["a", null, "b"]);
    expect(await read(Buffer.concat([Buffer.from("ab\n", "utf16le"), Buffer.of(0x00, 0xd8), Buffer.from("\nc", "utf16le")]), 3)).toEqual(["ab", null, "c"]);
  });

  it("are none where nothing comes, and one where a byte does", async () => {
    expect(await read(Buffer.alloc(0), 1)).toEqual([]);
    expect(await read(Buffer.from("a"), 1)).toEqual(["a"]);
  });
});
