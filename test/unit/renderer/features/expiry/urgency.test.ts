import { describe, expect, it } from "vitest";
import type { Expiry } from "../../../../../shared/contract/expiry.ts";
import { DAY_MS } from "../../../../../shared/rules/expiry.ts";
import { daysInWords, soonestFirst, urgencyOf } from "../../../../../renderer/features/expiry/urgency.ts";

const NOW = Date.UTC(2026, 10, 23, 12);

describe("the urgency of a date", () => {
  it.each([
    [-400, "expired", "400 days ago"],
    [-1, "expired", "1 day ago"],
    [-0.5, "expired", "ended today"],
    [0, "expired", "ended today"],
    [0.5, "week", "ends today"],
    [1, "week", "1 day"],
    [7, "week", "7 days"],
    [7.01, "month", "7 days"],
    [30, "month", "30 days"],
    [30.01, "later", "30 days"],
    [1123.9, "later", "1,123 days"],
  ])("%f days before is %s: %s", (days, urgency, words) => {
    const at = NOW + days * DAY_MS;
    expect(urgencyOf(at, NOW)).toBe(urgency);
    expect(daysInWords(at, NOW)).toBe(words);
  });
});

describe("the order of the list", () => {
  const entry = (storeName: string, subject: string, at: number): Expiry => ({
    id: `${storeName}/${subject}`,
    storeId: storeName,
    storeName,
    kind: "certificate",
    subject,
    at,
  });

  it("is soonest first, then by store and subject", () => {
    const late = entry("A", "late", NOW + 5);
    const b = entry("B", "x", NOW);
    const a2 = entry("A", "y", NOW);
    const a1 = entry("A", "x", NOW);
    expect(soonestFirst([late, b, a2, a1])).toEqual([a1, a2, b, late]);
  });
});
