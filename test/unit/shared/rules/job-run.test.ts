/** Which runs somebody can go on with. */
import { expect, it } from "vitest";
import { canGoOn } from "../../../../shared/rules/job-run.ts";

it("a run of which rows are left can be gone on with, whatever ended it", () => {
  for (const state of ["interrupted", "cancelled", "with-failures", "failed"] as const) expect(canGoOn({ state, outcomes: { done: 3, failed: 1 } })).toBe(true);
});

it("one that somebody is at, that a brake held or that is done cannot, nor one that came to no plan", () => {
  for (const state of ["running", "halted", "done"] as const) expect(canGoOn({ state, outcomes: { planned: 1 } })).toBe(false);
  expect(canGoOn({ state: "failed", outcomes: {} })).toBe(false);
});

it("one that was cut off behind its last row has to be ended", () => {
  expect(canGoOn({ state: "interrupted", outcomes: { done: 2 } })).toBe(true);
});
