/** Stages of leaving: none before its day, none before an earlier one, none after a return. */
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { leavingStages, type Leaver, type LeavingStage } from "../../../../shared/model/leaver.ts";
import { begun, done, dueStages, isReturning, standingOf } from "../../../../shared/rules/leaving.ts";

const DAY = 86_400_000;
const nobody: Leaver = { job: "j", user: "u", key: "k", name: "n", stage: "notice", state: "begun", since: null, at: 0, cancelledAt: null };
const settings = fc.record({ blockSignIn: fc.boolean(), unlicenseAfterDays: fc.nat(5), deleteAfterDays: fc.option(fc.nat(9), { nil: null }) });

/** A run after some time; `isCut`: it ends behind the beginning of its first stage. `isGone`: no row names the user. */
const run = fc.record({ after: fc.nat(3 * DAY), isCut: fc.boolean(), isGone: fc.boolean() });

describe("stages of leaving", () => {
  it("come in their order, on their days, once a round, and not after a return", () => {
    fc.assert(
      fc.property(settings, fc.array(run, { maxLength: 30 }), (deprovision, runs) => {
        const daysOf: Readonly<Record<LeavingStage, number>> = { notice: 0, block: 0, unlicense: deprovision.unlicenseAfterDays, delete: deprovision.deleteAfterDays ?? Infinity };
        const kept: { leaver: Leaver | null } = { leaver: null };
        let now = 1_700_000_000_000;
        let round: { readonly stage: LeavingStage; readonly at: number }[] = [];
        const wrong: LeavingStage[] = [];
        for (const { after, isCut, isGone } of runs) {
          now += after;
          if (isGone) {
            if (kept.leaver !== null && isReturning(kept.leaver)) kept.leaver = { ...kept.leaver, cancelledAt: now };
            round = [];
            continue;
          }
          for (const stage of dueStages(deprovision, kept.leaver, now)) {
            const isFirst = stage === "notice" || stage === "block";
            if (isFirst && round.at(-1)?.stage === "delete") round = [];
            const [first] = round;
            const isInOrder = isFirst ? first === undefined : first !== undefined && leavingStages.indexOf(stage) > leavingStages.indexOf(round.at(-1)?.stage ?? stage);
            const isOnItsDay = first === undefined || now - first.at >= daysOf[stage] * DAY;
            if (!isInOrder || !isOnItsDay || (stage === "delete" && round.length < 2)) wrong.push(stage);
            const leaver = begun(kept.leaver ?? nobody, stage, now);
            kept.leaver = leaver;
            if (isCut) break;
            kept.leaver = done(leaver, now);
            round.push({ stage, at: now });
          }
        }
        expect(wrong).toEqual([]);
      }),
    );
  });

  it("are counted from the first one: blocked at once, licences and the user later, each alone", () => {
    const deprovision = { blockSignIn: true, unlicenseAfterDays: 30, deleteAfterDays: 60 };
    expect(dueStages(deprovision, null, 0)).toEqual(["block"]);
    const blocked = done(begun(nobody, "block", 5), 5);
    expect([30 * DAY + 4, 30 * DAY + 5, 90 * DAY].map((now) => dueStages(deprovision, blocked, now))).toEqual([[], ["unlicense"], ["unlicense"]]);
    const unlicensed = done(begun(blocked, "unlicense", 40 * DAY), 40 * DAY);
    expect([60 * DAY + 4, 60 * DAY + 5].map((now) => dueStages(deprovision, unlicensed, now))).toEqual([[], ["delete"]]);
    expect(dueStages({ ...deprovision, deleteAfterDays: null }, unlicensed, 900 * DAY)).toEqual([]);
    expect(dueStages({ ...deprovision, unlicenseAfterDays: 0, deleteAfterDays: 0 }, null, 0)).toEqual(["block", "unlicense"]);
  });

  it("begin anew for whoever leaves again, and where sign-in is blocked after a notice", () => {
    const deprovision = { blockSignIn: true, unlicenseAfterDays: 1, deleteAfterDays: null };
    const back = { ...done(begun(nobody, "unlicense", 1), 1), since: 1, cancelledAt: 2 };
    expect([isReturning(back), dueStages(deprovision, back, 90 * DAY)]).toEqual([false, ["block"]]);
    expect(begun(back, "block", 3)).toMatchObject({ since: null, cancelledAt: null });
    const noticed = done(begun(nobody, "notice", 1), 1);
    expect(dueStages(deprovision, noticed, 90 * DAY)).toEqual(["block"]);
    expect(done(begun(noticed, "block", 90 * DAY), 90 * DAY).since).toBe(90 * DAY);
  });

  it("that were planned are not done over what other runs did meanwhile", () => {
    const blocked = done(begun(nobody, "block", 5), 5);
    expect([standingOf(null, "block", 9), standingOf(null, "unlicense", 9), standingOf(null, "delete", 9)]).toEqual(["open", "closed", "closed"]);
    expect([standingOf(blocked, "block", 9), standingOf(blocked, "unlicense", 9), standingOf(begun(nobody, "block", 5), "block", 9)]).toEqual(["done", "open", "open"]);
    const back = { ...blocked, cancelledAt: 10 };
    expect(leavingStages.map((stage) => standingOf(back, stage, 9))).toEqual(["closed", "closed", "closed", "closed"]);
    expect([standingOf(back, "block", 11), standingOf(back, "delete", 11)]).toEqual(["open", "closed"]);
    expect(standingOf(done(begun(blocked, "delete", 7), 7), "delete", 6)).toBe("done");
  });
});
