/** Which directories are looked at in a turn of the daily look. */
import { describe, expect, it } from "vitest";
import { dueStores } from "../../../../main/services/comparison/drift-watch.ts";
import { DAY_MS } from "../../../../shared/rules/expiry.ts";

describe("stores that are due", () => {
  const seenAt = (...moments: (number | null)[]) => moments.map((at) => ({ seenAt: at }));

  it("are those that were not looked at for a day, the longest first, and after a clock was set back", () => {
    const at = 10 * DAY_MS;
    expect(dueStores(seenAt(at - DAY_MS + 1, at - 1), at)).toEqual([]);
    expect(dueStores(seenAt(at - DAY_MS, at - 3 * DAY_MS), at)).toEqual(seenAt(at - 3 * DAY_MS));
    expect(dueStores(seenAt(at - DAY_MS, null), at)).toEqual(seenAt(null));
    expect(dueStores(seenAt(at + 1), at)).toHaveLength(1);
  });

  it("are spread over an hour", () => {
    expect(dueStores(seenAt(...Array.from({ length: 300 }, () => null)), 0)).toHaveLength(5);
  });
});
