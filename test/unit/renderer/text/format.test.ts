import { describe, expect, it } from "vitest";
import { formatDate, formatDateTime, formatDuration, formatRelative } from "../../../../renderer/text/format.ts";

const at = new Date(2026, 10, 20, 9, 14).getTime();
const MINUTE = 60_000;

describe("times", () => {
  it("are written with the year first", () => {
    expect(formatDate(at)).toBe("2026-11-20");
    expect(formatDateTime(at)).toBe("2026-11-20 09:14");
  });

  it.each([
    [0, "just now"],
    [-59_000, "just now"],
    [-12 * MINUTE, "12 minutes ago"],
    [3 * 60 * MINUTE, "in 3 hours"],
    [-24 * 60 * MINUTE, "yesterday"],
    [41 * 24 * 60 * MINUTE, "in 41 days"],
  ])("%i ms from now is %s", (difference, text) => {
    expect(formatRelative(at + difference, at)).toBe(text);
  });

  it.each([
    [340, "340 ms"],
    [40_000, "40 s"],
    [12 * MINUTE, "12 min"],
    [47 * 60 * MINUTE, "47 h"],
    [41 * 24 * 60 * MINUTE, "41 d"],
  ])("%i ms is %s", (ms, text) => {
    expect(formatDuration(ms)).toBe(text);
  });
});
