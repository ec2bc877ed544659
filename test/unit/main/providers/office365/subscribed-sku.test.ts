/** What Graph leaves out of a subscription, and what it may come to say. */
import { expect, it } from "vitest";
import { subscribedSkuSchema } from "../../../../../main/providers/office365/subscribed-sku.ts";

/** The answer of Microsoft's own page on "List subscribedSkus", without `lockedOut`. */
const documented = {
  capabilityStatus: "Enabled",
  consumedUnits: 14,
  id: "48a80680-7326-48cd-9935-b556b81d3a4e_c7df2760-2c81-4ef7-b578-5b5392b571df",
  prepaidUnits: { enabled: 25, suspended: 0, warning: 0 },
  servicePlans: [{ servicePlanId: "8c098270-9dd4-4350-9b30-ba4703f3b36b", servicePlanName: "ADALLOM_S_O365", provisioningStatus: "Success", appliesTo: "User" }],
  skuId: "c7df2760-2c81-4ef7-b578-5b5392b571df",
  skuPartNumber: "ENTERPRISEPREMIUM",
  appliesTo: "User",
};

it("is read as it is documented", () => {
  expect(subscribedSkuSchema.parse(documented)).toEqual({
    id: "c7df2760-2c81-4ef7-b578-5b5392b571df",
    partNumber: "ENTERPRISEPREMIUM",
    state: "enabled",
    isForUsers: true,
    seats: { enabled: 25, warning: 0, suspended: 0, lockedOut: 0, used: 14 },
    plans: [{ id: "8c098270-9dd4-4350-9b30-ba4703f3b36b", name: "ADALLOM_S_O365", state: "success", isForUsers: true }],
  });
});

it.each([
  ["Warning", "warning"],
  ["LockedOut", "locked-out"],
  ["Deleted", "deleted"],
  ["SomethingNew", "unknown"],
  [null, "unknown"],
])("is in the state %s: %s", (capabilityStatus, state) => {
  expect(subscribedSkuSchema.parse({ ...documented, capabilityStatus })).toMatchObject({ state });
});

it("has no seats and no plans where nothing is said of them, and is for users unless it is the company's", () => {
  const bare = { skuId: documented.skuId, skuPartNumber: "NEW", prepaidUnits: null, servicePlans: null };
  expect(subscribedSkuSchema.parse(bare)).toMatchObject({ isForUsers: true, seats: { enabled: 0, used: 0 }, plans: [] });
  expect(subscribedSkuSchema.parse({ ...bare, appliesTo: "Company" })).toMatchObject({ isForUsers: false });
  const plans = ["PendingActivation", "PendingProvisioning", "Blocked"].map((provisioningStatus) => ({ ...documented.servicePlans[0], provisioningStatus }));
  expect(subscribedSkuSchema.parse({ ...bare, servicePlans: plans }).plans.map(({ state }) => state)).toEqual(["pending-activation", "pending-provisioning", "unknown"]);
});

it("is no subscription without its identifiers, or with seats that are no count", () => {
  for (const wrong of [{ skuId: undefined }, { skuPartNumber: null }, { consumedUnits: "14" }, { prepaidUnits: { enabled: -1 } }]) expect(subscribedSkuSchema.safeParse({ ...documented, ...wrong }).success).toBe(false);
});
