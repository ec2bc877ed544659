import { describe, expect, it } from "vitest";
import { bind } from "../../../../../main/providers/bind.ts";
import { SCOPES } from "../../../../../main/providers/google-workspace/configuration.ts";
import { googleWorkspace } from "../../../../../main/providers/google-workspace/index.ts";

const bound = bind(googleWorkspace);
const good = { serviceAccount: "name@project.iam.gserviceaccount.com", adminUsername: "admin@contoso.com" };

function issues(values: Record<string, string>): readonly string[] {
  const decoded = bound.decode(null, values);
  if (decoded.ok || decoded.fault.kind !== "invalid") return [];
  return decoded.fault.issues.map(({ path, code }) => `${path.join(".")}: ${code}`);
}

describe("a Google Workspace configuration", () => {
  it.each([
    [{}, []],
    [{ serviceAccount: "" }, ["serviceAccount: required"]],
    [{ serviceAccount: "Messaging console" }, ["serviceAccount: email"]],
    [{ adminUsername: "admin" }, ["adminUsername: email"]],
    [{ adminUsername: "admin@contoso" }, ["adminUsername: email"]],
    [{ adminUsername: "ad min@contoso.com" }, ["adminUsername: email"]],
    [{ adminUsername: "admin@contoso.com@contoso.com" }, ["adminUsername: email"]],
    [{ adminUsername: `${"a".repeat(250)}@contoso.com` }, ["adminUsername: too-long"]],
  ])("with %j has the issues %j", (change, expected) => {
    expect(issues({ ...good, ...change })).toEqual(expected);
  });

  it("asks for the five scopes that the delegation needs", () => {
    expect(SCOPES.map((scope) => scope.replace("https://www.googleapis.com/auth/", ""))).toEqual([
      "admin.directory.domain.readonly",
      "admin.directory.group",
      "admin.directory.group.member",
      "admin.directory.user",
      "apps.licensing",
    ]);
  });

  it("opens Google's key files with the password that Google gives to all of them", () => {
    expect(googleWorkspace.descriptor.fields.find(({ kind }) => kind === "certificate")).toMatchObject({ extensions: ["p12"], fixedPassword: "notasecret" });
  });
});
