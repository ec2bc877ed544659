import { describe, expect, it } from "vitest";
import { DAY_MS, daysLeft, dueNotice } from "../../../../shared/rules/expiry.ts";

describe("days until something ends", () => {
  it.each([
    [31, null],
    [30, 30],
    [14.5, 30],
    [14, 14],
    [7.01, 14],
    [7, 7],
    [1.5, 7],
    [1, 1],
    [0.01, 1],
    [0, null],
    [-3, null],
  ])("%f days before, the notice due is %s", (days, notice) => {
    expect(dueNotice(days * DAY_MS, 0, [30, 14, 7, 1])).toBe(notice);
  });

  it("count whole days", () => {
    expect(daysLeft(DAY_MS * 2 - 1, 0)).toBe(1);
    expect(daysLeft(DAY_MS - 1, 0)).toBe(0);
    expect(daysLeft(-1, 0)).toBe(-1);
  });
});
