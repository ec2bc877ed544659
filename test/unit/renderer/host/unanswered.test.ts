/** What is said of a call whose connection broke off: that something may have been changed, only where the call changes something. */
import { expect, it } from "vitest";
import { outcomeOf } from "../../../../renderer/host/unanswered.ts";
import { handoverContract } from "../../../../shared/contract/handover.ts";

it("counts as changing something, of what the handover asks for, what takes things into the console, or puts a new key in place of one, alone", () => {
  expect(Object.keys(handoverContract).filter((call) => outcomeOf(["handover", call]) === "unknown")).toEqual(["newKey", "apply", "applyProbe"]);
});
