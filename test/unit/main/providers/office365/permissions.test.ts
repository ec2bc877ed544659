import { describe, expect, it } from "vitest";
import { missingPermissions, permissions, rolesOf } from "../../../../../main/providers/office365/permissions.ts";
import { explain } from "../../../../../renderer/text/fault.ts";

const tokenWith = (claims: unknown) => `e30.${Buffer.from(JSON.stringify(claims)).toString("base64url")}.signature`;
const graph = ["Organization.Read.All", "Domain.Read.All", "Group.ReadWrite.All", "User.ReadWrite.All"];

describe("permissions", () => {
  it("are read from the token's roles", () => {
    expect(rolesOf(tokenWith({ roles: graph }))).toEqual(graph);
  });

  it.each(["", "opaque", "a.b.c", tokenWith({ roles: "Group.ReadWrite.All" }), tokenWith(null), tokenWith({})])("are none in %j", (token) => {
    expect(rolesOf(token)).toEqual([]);
  });

  it.each([
    [graph, []],
    [["Directory.ReadWrite.All"], []],
    [["Directory.Read.All"], ["Group.ReadWrite.All", "User.ReadWrite.All", "LicenseAssignment.ReadWrite.All"]],
    [["Organization.Read.All", "Domain.Read.All", "Group.ReadWrite.All", "LicenseAssignment.ReadWrite.All"], ["User.ReadWrite.All"]],
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
