/** The practice tenant's subscriptions are refused as the real ones are. Source: learn.microsoft.com/graph/api/subscribedsku-list. */
import { expect, it } from "vitest";
import { answerSubscriptions } from "../../../../../main/practice/clouds/graph-subscriptions.ts";

function ask(path: string, roles: readonly string[], method = "GET"): { readonly status: number; readonly code: unknown } | null {
  const url = new URL(`https://graph.microsoft.com${path}`);
  const answer = answerSubscriptions({ method, url, host: url.hostname, headers: {}, body: "" }, "tenant", roles, "up", () => 0);
  const { error } = (answer?.body ?? {}) as { readonly error?: { readonly code: unknown } };
  return answer === null ? null : { status: answer.status, code: error?.code };
}

it.each(["LicenseAssignment.Read.All", "Organization.Read.All", "Organization.ReadWrite.All", "Directory.Read.All", "Directory.ReadWrite.All"])("%s lets one read them", (role) => {
  expect(ask("/v1.0/subscribedSkus", [role])).toEqual({ status: 200, code: undefined });
});

it("what lets one assign them does not, nor does what lets one read users", () => {
  for (const roles of [[], ["LicenseAssignment.ReadWrite.All"], ["User.Read.All", "User.ReadWrite.All"]]) expect(ask("/v1.0/subscribedSkus", roles)).toEqual({ status: 403, code: "Authorization_RequestDenied" });
});

it("takes no parameter but $select, and nothing but GET", () => {
  const roles = ["Organization.Read.All"];
  expect(ask("/v1.0/subscribedSkus?$select=skuId", roles)).toEqual({ status: 200, code: undefined });
  for (const query of ["$filter=skuPartNumber eq 'EMS'", "$top=5", "$search=EMS"]) expect(ask(`/v1.0/subscribedSkus?${query}`, roles)).toEqual({ status: 400, code: "Request_UnsupportedQuery" });
  expect(ask("/v1.0/subscribedSkus", roles, "POST")).toMatchObject({ status: 405 });
  expect(ask("/v1.0/users", roles)).toBeNull();
});
