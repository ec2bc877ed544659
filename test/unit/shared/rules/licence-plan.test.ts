import { describe, expect, it } from "vitest";
import type { LicenceChange, LicenceHolder } from "../../../../shared/model/licence.ts";
import type { Subscription } from "../../../../shared/model/subscription.ts";
import { directLicences, isNothing, planLicences, usageLocationOf } from "../../../../shared/rules/licence-plan.ts";

function product(id: string, part: Partial<Subscription> = {}): Subscription {
  return { id, partNumber: id.toUpperCase(), state: "enabled", isForUsers: true, seats: { enabled: 2, warning: 0, suspended: 0, lockedOut: 0, used: 1 }, plans: [], ...part };
}
const full = { enabled: 1, warning: 0, suspended: 0, lockedOut: 0, used: 1 };
const mailbox = [{ id: "m", name: "EXCHANGE_S_STANDARD", state: "success", isForUsers: true } as const];
const subscriptions = [product("e1", { plans: mailbox }), product("e3", { plans: mailbox }), product("ems"), product("gone", { state: "suspended" }), product("full", { seats: full }), product("tenant", { isForUsers: false })];

function holder(direct: readonly string[], byGroup: readonly string[] = [], usageLocation: string | null = "DE"): LicenceHolder {
  const licence = (subscription: string, group: string | null) => ({ subscription, group, groupName: null, state: "active", problem: null }) as const;
  return { id: "1", name: "Eva Lind", signInName: "eva.lind@contoso.com", usageLocation, licences: [...direct.map((id) => licence(id, null)), ...byGroup.map((id) => licence(id, "sales"))] };
}

const plan = (who: LicenceHolder, change: Partial<LicenceChange>) => planLicences(who, subscriptions, { give: [], take: [], usageLocation: null, ...change });
const codes = (who: LicenceHolder, change: Partial<LicenceChange>) => plan(who, change).issues.map(({ path, code }) => `${path.join(" ")}: ${code}`);

describe("a change of licences", () => {
  it("leaves out what is so already", () => {
    expect(plan(holder(["e3"]), { give: ["e3", "ems", "ems"], take: ["e1"], usageLocation: "DE" })).toEqual({ change: { give: ["ems"], take: [], usageLocation: null }, issues: [], losesMailbox: false });
    expect(isNothing(plan(holder(["e3"]), { give: ["e3"] }).change)).toBe(true);
    expect(isNothing(plan(holder(["e3"]), { usageLocation: "AT" }).change)).toBe(false);
  });

  it("gives nothing that the tenant has not, that has ended, that is out of seats or the tenant's own", () => {
    expect(codes(holder([]), { give: ["nowhere", "gone", "full", "tenant", "ems"] })).toEqual(["give nowhere: subscription-unknown", "give gone: subscription-ended", "give full: no-seats", "give tenant: subscription-for-tenant"]);
  });

  it("takes nothing that comes from a group, and nothing that is to be given as well", () => {
    expect(codes(holder([], ["e3"]), { take: ["e3"] })).toEqual(["take e3: licence-by-group"]);
    expect(codes(holder(["e3"]), { give: ["e3"], take: ["e3"] })).toEqual(["take e3: licence-both-ways"]);
  });

  it("gives directly what a group gives too, and takes the direct one alone", () => {
    expect(plan(holder([], ["e3"]), { give: ["e3"] }).change.give).toEqual(["e3"]);
    // It is one seat, by whichever ways.
    expect(codes(holder([], ["full"]), { give: ["full"] })).toEqual([]);
    expect(plan(holder(["e3"], ["e3"]), { take: ["e3"] })).toEqual({ change: { give: [], take: ["e3"], usageLocation: null }, issues: [], losesMailbox: false });
  });

  it("needs a country before anything is given, and none to take", () => {
    const nowhere = holder(["e3"], [], null);
    expect(codes(nowhere, { give: ["ems"] })).toEqual(["usageLocation: usage-location-missing"]);
    expect(codes(nowhere, { give: ["ems"], usageLocation: "DE" })).toEqual([]);
    expect(codes(nowhere, { take: ["e3"] })).toEqual([]);
  });

  it("says that the mailbox goes with its last licence, and not where another one stays or comes", () => {
    expect(plan(holder(["e3", "ems"]), { take: ["e3"] }).losesMailbox).toBe(true);
    expect(plan(holder(["e3"]), { give: ["e1"], take: ["e3"] }).losesMailbox).toBe(false);
    expect(plan(holder(["e3"], ["e1"]), { take: ["e3"] }).losesMailbox).toBe(false);
    expect(plan(holder(["ems"]), { take: ["ems"] }).losesMailbox).toBe(false);
  });
});

it("a country is two letters, in any case", () => {
  expect(["de", " AT ", "Germany", "D", "", "D1", "ßs"].map(usageLocationOf)).toEqual(["DE", "AT", null, null, null, null, null]);
  expect(directLicences(holder(["e3"], ["ems"]))).toEqual(["e3"]);
});
