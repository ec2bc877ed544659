import { BerWriter } from "ldapts";
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { Elements, integerOf, MalformedError, takeMessage } from "../../../../../main/practice/directory/elements.ts";

const hex = (text: string) => Buffer.from(text, "hex");

describe("cutting messages", () => {
  test("waits for the whole of it, then leaves the rest", () => {
    const bytes = hex("3003020105ff");
    for (let end = 0; end < 5; end += 1) expect(takeMessage(bytes.subarray(0, end), 100)).toBeNull();
    expect(takeMessage(bytes, 100)).toEqual({ content: hex("020105"), rest: hex("ff") });
  });

  test("takes long length forms", () => {
    expect(takeMessage(hex("30840000000100"), 100)?.content).toEqual(hex("00"));
  });

  test.each(["3103", "3080", "308500000000", "30847fffffff", "3084ffffffff", "30820100"])("refuses %s at a limit of 255", (bytes) => {
    expect(() => takeMessage(hex(bytes), 255)).toThrow(MalformedError);
  });
});

describe("elements", () => {
  test("come one after another", () => {
    const elements = new Elements(hex("0201050401410101ff"));
    expect([elements.integer(), elements.text(), elements.flag(), elements.done]).toEqual([5, "A", true, true]);
  });

  test.each([
    ["nothing left", ""],
    ["cut off in the length", "0482"],
    ["cut off in the content", "040541"],
    ["a length above 2^31", "0484ffffffff"],
    ["another tag", "020101"],
  ])("%s is malformed", (_name, bytes) => {
    expect(() => new Elements(hex(bytes)).next(0x04)).toThrow(MalformedError);
  });

  test("integers are two's complement in at most four octets", () => {
    expect([integerOf(hex("7f")), integerOf(hex("ff")), integerOf(hex("80000000")), integerOf(hex("00ff"))]).toEqual([127, -1, -2_147_483_648, 255]);
    expect(() => integerOf(hex("0000000001"))).toThrow(MalformedError);
    expect(() => integerOf(hex(""))).toThrow(MalformedError);
  });

  test("what the client's writer writes is read back", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme", maxLength: 400 }), fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 }), (text, number) => {
        const writer = new BerWriter({ size: 8192 });
        writer.writeString(text);
        writer.writeInt(number);
        const elements = new Elements(writer.buffer);
        expect([elements.text(), elements.integer(), elements.done]).toEqual([text, number, true]);
      }),
    );
  });

  test("random bytes are read or malformed, and never endless", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        const elements = new Elements(Buffer.from(bytes));
        let read = 0;
        let refused: unknown = null;
        try {
          while (!elements.done) {
            elements.next();
            read += 1;
          }
        } catch (error) {
          refused = error;
        }
        expect(refused === null || refused instanceof MalformedError).toBe(true);
        expect(read).toBeLessThanOrEqual(100);
      }),
    );
  });
});
