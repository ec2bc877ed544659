/** What holds a run before its first write: every brake by itself, and none of them let through by another. */
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { limitedActions, type JobBrakes } from "../../../../shared/model/job.ts";
import { plannedActionSchema } from "../../../../shared/model/job-plan.ts";
import { haltsOf, mostOf, type BrakedPlan } from "../../../../shared/rules/job-brakes.ts";

const open: JobBrakes = { limits: { create: { count: null, percent: null }, enable: { count: null, percent: null }, license: { count: null, percent: null }, unlicense: { count: null, percent: null }, block: { count: null, percent: null }, delete: { count: null, percent: null } }, shrink: null, protected: [] };
type Row = BrakedPlan["rows"][number];
const row = (changes: Partial<Row> = {}): Row => ({ action: "keep", why: null, key: "k", licences: null, ...changes });
const rows = (count: number, changes: Partial<Row> = {}) => Array.from({ length: count }, (_, index) => row({ key: `k${index}`, ...changes }));
const plan = (changes: Partial<BrakedPlan>): BrakedPlan => ({ rows: rows(1), lastRows: null, seats: [], managed: {}, ...changes });

describe("brakes", () => {
  it("hold a source without rows, whatever else is let through", () => {
    expect(haltsOf(open, plan({ rows: [], lastRows: 10 }))).toEqual([{ kind: "source-empty" }]);
  });

  it("hold a source that lost as many percent as they say, and not one less", () => {
    const brakes = { ...open, shrink: 20 };
    expect(haltsOf(brakes, plan({ rows: rows(80), lastRows: 100 }))).toEqual([{ kind: "source-shrank", before: 100, now: 80, most: 20 }]);
    expect(haltsOf(brakes, plan({ rows: rows(81), lastRows: 100 }))).toEqual([]);
    expect(haltsOf(brakes, plan({ rows: rows(200), lastRows: 100 }))).toEqual([]);
    expect(haltsOf(open, plan({ rows: rows(1), lastRows: 100 }))).toEqual([]);
    expect(haltsOf(brakes, plan({ rows: rows(5), lastRows: 0 }))).toEqual([]);
  });

  it("name keys that do not tell objects apart", () => {
    const twice = [row({ action: "skip", why: "twice-in-source", key: "a" }), row({ action: "skip", why: "twice-in-source", key: "A" }), row({ action: "skip", why: "twice-in-destination", key: "b" })];
    expect(haltsOf(open, plan({ rows: twice }))).toEqual([{ kind: "twice-in-source", keys: ["a", "A"], rows: 2 }, { kind: "twice-in-destination", keys: ["b"], rows: 1 }]);
  });

  it("hold where a row cannot be done as it is", () => {
    expect(haltsOf(open, plan({ rows: [row(), row({ action: "refused" })] }))).toEqual([{ kind: "rows-refused", rows: 1 }]);
  });

  it("count licences beside a new object as licences", () => {
    const brakes = { ...open, limits: { ...open.limits, license: { count: 1, percent: null } } };
    const created = rows(2, { action: "create", licences: { give: ["1"], take: [], usageLocation: null } });
    expect(haltsOf(brakes, plan({ rows: created }))).toEqual([{ kind: "over-limit", action: "license", count: 2, most: 1, percent: null }]);
  });

  it("count a swap as a licence given and as one taken", () => {
    const brakes = { ...open, limits: { ...open.limits, unlicense: { count: 0, percent: null }, license: { count: 0, percent: null } } };
    const swapped = rows(1, { action: "unlicense", licences: { give: ["2"], take: ["1"], usageLocation: null } });
    expect(haltsOf(brakes, plan({ rows: swapped })).map((halt) => halt.kind === "over-limit" && halt.action)).toEqual(["license", "unlicense"]);
  });

  it("hold where seats are missing", () => {
    const seats = [{ product: "1", partNumber: "ONE", needed: 2, free: 2 }, { product: "2", partNumber: "TWO", needed: 3, free: 2 }];
    expect(haltsOf(open, plan({ seats }))).toEqual([{ kind: "no-seats", product: "TWO", needed: 3, free: 2 }]);
  });

  it("never let more of an action through than a limit says, of however many rows", () => {
    const action = fc.constantFrom(...plannedActionSchema.options);
    const limit = fc.record({ count: fc.option(fc.nat(30), { nil: null }), percent: fc.option(fc.integer({ min: 0, max: 100 }), { nil: null }) });
    const limits = fc.record({ create: limit, enable: limit, license: limit, unlicense: limit, block: limit, delete: limit });
    const licences = fc.option(fc.record({ give: fc.array(fc.constant("1"), { maxLength: 1 }), take: fc.array(fc.constant("2"), { maxLength: 1 }), usageLocation: fc.constant(null) }), { nil: null });
    fc.assert(
      fc.property(fc.array(fc.record({ action, licences, why: fc.constant(null), key: fc.constant("k") }), { minLength: 1, maxLength: 60 }), limits, (planned, chosen) => {
        const held = new Set(haltsOf({ ...open, limits: chosen }, plan({ rows: planned })).flatMap((halt) => (halt.kind === "over-limit" ? [halt.action] : [])));
        const total = planned.filter((each) => each.action !== "return").length;
        const count = { create: 0, enable: 0, license: 0, unlicense: 0, block: 0, delete: 0 };
        for (const each of planned) {
          if (each.action === "create" || each.action === "enable" || each.action === "block" || each.action === "delete") count[each.action] += 1;
          count.license += each.licences?.give.length ?? 0;
          count.unlicense += each.licences?.take.length ?? 0;
        }
        for (const each of limitedActions) expect(held.has(each)).toBe(count[each] > (total === 0 ? Infinity : (mostOf(chosen[each], total) ?? Infinity)));
      }),
    );
  });

  it("take the lower of a number and a share, and round a share down", () => {
    expect([mostOf({ count: 10, percent: 10 }, 50), mostOf({ count: 3, percent: 10 }, 50), mostOf({ count: null, percent: 10 }, 19), mostOf({ count: null, percent: null }, 5)]).toEqual([5, 3, 1, null]);
  });

  it("hold what an administrator allows no job, beside a limit of the job that is wider or narrower", () => {
    const created = plan({ rows: rows(3, { action: "create" }), managed: { create: 2, delete: 0 } });
    const managed = { kind: "over-managed-limit", action: "create", count: 3, most: 2 };
    expect(haltsOf(open, created)).toEqual([managed]);
    const narrow = { ...open, limits: { ...open.limits, create: { count: 1, percent: null } } };
    expect(haltsOf(narrow, created)).toEqual([{ kind: "over-limit", action: "create", count: 3, most: 1, percent: null }, managed]);
    expect(haltsOf(open, plan({ rows: rows(2, { action: "create" }), managed: { create: 2 } }))).toEqual([]);
    expect(haltsOf(open, plan({ rows: rows(1, { action: "delete" }), managed: { delete: 0 } }))).toMatchObject([{ action: "delete", most: 0 }]);
  });
});
