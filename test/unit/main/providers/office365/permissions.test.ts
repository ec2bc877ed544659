import { describe, expect, it } from "vitest";
import { grantedBy, missingPermissions, permissions, roleFindings } from "../../../../../main/providers/office365/permissions.ts";
import { explain, explainFinding } from "../../../../../renderer/text/fault.ts";

const tokenWith = (claims: unknown) => `e30.${Buffer.from(JSON.stringify(claims)).toString("base64url")}.signature`;
const graph = ["Organization.Read.All", "Domain.Read.All", "Group.ReadWrite.All", "User.ReadWrite.All"];

describe("permissions", () => {
  it("are read from the token's roles", () => {
    expect(grantedBy(tokenWith({ roles: graph })).roles).toEqual(graph);
  });

  it.each(["", "opaque", "a.b.c", tokenWith({ roles: "Group.ReadWrite.All" }), tokenWith(null), tokenWith({})])("are none in %j", (token) => {
    expect(grantedBy(token)).toEqual({ roles: [], wids: [] });
  });

  it.each([
    [graph, []],
    [["Directory.ReadWrite.All"], []],
    [["Directory.Read.All"], ["Group.ReadWrite.All", "User.ReadWrite.All", "LicenseAssignment.ReadWrite.All"]],
    [["Organization.Read.All", "Domain.Read.All", "Group.ReadWrite.All", "LicenseAssignment.ReadWrite.All"], ["User.ReadWrite.All"]],
    [["Group.Read.All", "User.Read.All"], ["Organization.Read.All", "Domain.Read.All", "Group.ReadWrite.All", "User.ReadWrite.All", "LicenseAssignment.ReadWrite.All"]],
    [[], ["Organization.Read.All", "Domain.Read.All", "Group.ReadWrite.All", "User.ReadWrite.All", "LicenseAssignment.ReadWrite.All"]],
  ])("given %j lack %j in Graph", (roles, missing) => {
    expect(missingPermissions("graph", roles)).toEqual(missing);
  });

  it("of Exchange Online are not given by Graph's", () => {
    expect(missingPermissions("exchange-online", ["Directory.ReadWrite.All"])).toEqual(["Exchange.ManageAsApp"]);
    expect(missingPermissions("exchange-online", ["Exchange.ManageAsApp"])).toEqual([]);
  });

  it.each(permissions.map(({ name }) => name))("%s is named together with its feature", (name) => {
    const { sentence, nextStep } = explain({ kind: "forbidden", needs: [name] });
    expect(sentence).toMatch(new RegExp(`${name.replaceAll(".", "\\.")} \\(.+\\)`));
    expect(nextStep).toContain("API permissions");
  });
});

describe("the directory role beside Exchange.ManageAsApp", () => {
  /** Is in every app-only token, and no role. */
  const placeholder = "0997a1d0-0d1d-4acb-b408-d5ca73121e90";
  const seen = (...wids: readonly string[]) => roleFindings(grantedBy(tokenWith({ roles: ["Exchange.ManageAsApp"], wids })));

  it.each([
    ["Exchange Recipient Administrator", "31392ffb-586c-42d1-9346-e59415a2cc4e"],
    ["Exchange Administrator", "29232cdf-9323-42fd-ade2-1d097af3e4de"],
    ["Global Administrator", "62e90394-69f5-4237-9190-012177145e10"],
  ])("is enough as %s", (_name, id) => {
    expect(seen(id, placeholder)).toEqual([]);
  });

  it("is remarked on where there is none", () => {
    expect(seen(placeholder)).toEqual([{ reason: "exchange-role-not-seen", detail: null }]);
    expect(roleFindings(grantedBy(tokenWith({ roles: ["Exchange.ManageAsApp"] })))).toEqual([{ reason: "exchange-role-not-seen", detail: null }]);
  });

  it("is named where it only reads, or does something else", () => {
    const [finding] = seen("f2ef992c-3afb-46b9-b7cf-a126ee74c451", "5d6b6bb7-de71-4623-b4af-96380a352509", placeholder);
    expect(finding).toEqual({ reason: "exchange-role-not-seen", detail: "GlobalReader, SecurityReader" });
    const { sentence, nextStep } = explainFinding(finding ?? { reason: "exchange-role-not-seen", detail: null }, "outlook.office365.com");
    expect(sentence).toContain("only: GlobalReader, SecurityReader");
    // A role group of Exchange's own is not in the token: nobody is told that something is broken.
    expect(nextStep).toMatch(/role group of Exchange Online itself, nothing needs to be done/);
  });
});
