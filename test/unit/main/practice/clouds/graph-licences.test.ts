/** The practice tenant refuses licences as the real one does: each in one text of its own. */
import { expect, it } from "vitest";
import type { GraphResource } from "../../../../../main/practice/clouds/graph-filter.ts";
import { assignLicences, assignment, assignmentsOf, licensed } from "../../../../../main/practice/clouds/graph-licences.ts";

const E3 = "6fd2c87f-b296-42f0-b197-1e91e994b900";
const PLAN1 = "4b9405b0-7788-4568-add1-99614e613b69";
const TENANT = "e612d426-6bc3-4181-9658-91aa906b0ac0";
const user: GraphResource = { id: "1", proxyAddresses: [], onPremisesSyncEnabled: null, userPrincipalName: "eva@contoso.com", mail: null, usageLocation: "DE", ...licensed([]) };

/** `free`: seats of every product that become free before. */
function assign(body: unknown, holder = user, free = 1) {
  return assignLicences(holder, JSON.stringify(body), () => -free, "up");
}
const give = (...skuIds: readonly string[]) => ({ addLicenses: skuIds.map((skuId) => ({ skuId, disabledPlans: [] })), removeLicenses: [] });

it("wants both lists", () => {
  expect(assign({ removeLicenses: [] })).toBe("One or more parameters of the operation 'assignLicense' are missing from the request payload. The missing parameters are: addLicenses.");
  expect(assign({})).toContain("addLicenses, removeLicenses");
  expect(assign({ addLicenses: [{ skuId: "ENTERPRISEPACK" }], removeLicenses: [] })).toContain("Edm.Guid");
});

it("gives nothing twice, nothing of the tenant's own, nothing without a place, and no two mailboxes", () => {
  expect(assign(give(TENANT))).toBe("License CDS_DB_CAPACITY cannot be assigned to a user.");
  expect(assign(give(E3), { ...user, usageLocation: null })).toContain("invalid usage location");
  expect(assign(give(E3, PLAN1))).toContain("mutually exclusive");
  expect(assign(give(PLAN1), user, 0)).toContain("does not have any available licenses");
  const given = assign(give(E3));
  expect(given).toMatchObject({ mail: "eva@contoso.com", assignedLicenses: [{ skuId: E3 }] });
  const again = typeof given === "string" ? given : assignLicences(given, JSON.stringify(give(E3)), () => 0, "up");
  expect(typeof again === "string" ? again : assignmentsOf(again)).toEqual([assignment(E3)]);
});

it("swaps two mailboxes in one call", () => {
  const holder = { ...user, ...licensed([assignment(PLAN1)]) };
  expect(assign({ ...give(E3), removeLicenses: [PLAN1] }, holder)).toMatchObject({ licenseAssignmentStates: [assignment(E3)] });
});
