import { describe, expect, test } from "vitest";
import { formatBuild, parseSerialNumber, unpackVersionNumber, variantOf } from "../../../../../main/providers/exchange/version.ts";

describe("serialNumber", () => {
  test.each([
    ["Version 15.0 (Build 31497.2)", "15.0.1497.2", "2013"],
    ["Version 15.1 (Build 32507.006)", "15.1.2507.6", "2016"],
    ["Version 15.2 (Build 31118.007)", "15.2.1118.7", "2019"],
    ["Version 15.2 (Build 1118.7)", "15.2.1118.7", "2019"],
    ["Version 15.2 (Build 31748.10)", "15.2.1748.10", "2019"],
    ["Version 15.2 (Build 32561.99)", "15.2.2561.99", "2019"],
    ["Version 15.2 (Build 32562.17)", "15.2.2562.17", "subscription"],
    ["Version 15.2 (Build 32562)", "15.2.2562", "subscription"],
    ["Version 14.3 (Build 30123.4)", "14.3.123.4", null],
    ["Version 8.3 (Build 30083.6)", "8.3.83.6", null],
    ["Version 6.5 (Build 7638.2: Service Pack 2)", "6.5.7638.2", null],
    ["Version 15.3 (Build 30001.1)", "15.3.1.1", null],
  ])("%s is %s", (text, build, variant) => {
    const parsed = parseSerialNumber(text);
    expect(parsed === null ? null : formatBuild(parsed)).toBe(build);
    expect(parsed === null ? null : variantOf(parsed)).toBe(variant);
  });

  test.each(["", "15.2.1118.7", "Version 15.2", "Version 15.2 (Build x.1)", "Version 15.2 (Build 31118.007) and more"])("%s is not one", (text) => {
    expect(parseSerialNumber(text)).toBeNull();
  });
});

describe("versionNumber", () => {
  test.each([
    [1_941_997_017, "15.0.1497"],
    [1_942_063_563, "15.1.2507"],
    [1_942_128_340, "15.2.1748"],
    [1_942_129_154, "15.2.2562"],
  ])("%i is %s", (packed, build) => {
    const unpacked = unpackVersionNumber(packed);
    expect(unpacked === null ? null : formatBuild(unpacked)).toBe(build);
  });

  test.each([0, 7, -1, Number.NaN, 1.5, 44_220_983_382_016, 0xf0_00_00_00])("%f is not one", (packed) => {
    expect(unpackVersionNumber(packed)).toBeNull();
  });
});
