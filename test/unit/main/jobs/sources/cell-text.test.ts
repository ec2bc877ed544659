import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { cellName, dateText, plainNumber } from "../../../../../main/jobs/sources/cell-text.ts";

describe("a number of a cell", () => {
  it.each([
    ["42", "42"],
    ["-007", "-7"],
    ["0", "0"],
    ["-0", "0"],
    ["0.0", "0"],
    ["1.1000000000000001", "1.1"],
    ["0.30000000000000004", "0.3"],
    ["12345678901234567890", "12345678901234567890"],
    ["1.2345E+3", "1234.5"],
    ["-1.5E-7", "-0.00000015"],
    ["1E+21", "1000000000000000000000"],
    ["4.3999999999999997E-2", "0.044"],
    [".5", "0.5"],
  ])("%s is %s in full", (written, text) => {
    expect(plainNumber(written)).toBe(text);
  });

  it("is one up to fifteen digits, in plain decimals", () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (value) => {
        const text = plainNumber(String(value));
        expect(text).toMatch(/^-?\d+(?:\.\d*[1-9])?$/);
        // Whole numbers keep more.
        expect(Number(Number(text).toPrecision(15))).toBe(Number((value === 0 ? 0 : value).toPrecision(15)));
      }),
    );
  });

  it.each(["seven", "", "1e999", "NaN"])("is not %j", (written) => {
    expect(() => plainNumber(written)).toThrow(RangeError);
  });
});

describe("a date of a cell", () => {
  it.each([
    ["2026-11-25T00:00:00.000Z", "2026-11-25"],
    ["2026-11-25T11:59:59.999Z", "2026-11-25T12:00:00"],
    ["2026-11-24T23:59:59.999Z", "2026-11-25"],
    ["1899-12-31T08:30:00.000Z", "08:30:00"],
  ])("%s is %s", (date, text) => {
    expect(dateText(new Date(date))).toBe(text);
  });
});

it("a cell is named as Excel names it", () => {
  expect([cellName(0, 1), cellName(25, 2), cellName(26, 3), cellName(701, 4), cellName(702, 5), cellName(16_383, 6)]).toEqual(["A1", "Z2", "AA3", "ZZ4", "AAA5", "XFD6"]);
});
