import { describe, expect, it } from "vitest";
import { bind } from "../../../../../main/providers/bind.ts";
import { office365 } from "../../../../../main/providers/office365/index.ts";
import { explainIssue } from "../../../../../renderer/text/fault.ts";
import { connection } from "../../services/support.ts";
import { take } from "../../store/support.ts";

const bound = bind(office365);
const good = { cloud: "gcc-high", domain: "contoso.com", applicationId: "5F0C2A0E-7D1B-4C7E-9A54-2F1F4D6B8C31", clientSecretExpires: "2027-01-31" };

function issues(values: Record<string, string | null>): readonly string[] {
  const decoded = bound.decode(null, values);
  if (decoded.ok || decoded.fault.kind !== "invalid") return [];
  return decoded.fault.issues.map(({ path, code }) => `${path.join(".")}: ${code}`);
}

describe("an Office 365 configuration", () => {
  it("tells when its secret expires", () => {
    expect(take(bound.decode(null, good)).expiries()).toEqual([
      { kind: "secret", subject: good.applicationId, at: new Date(2027, 0, 31).getTime() },
    ]);
    for (const none of [null, ""]) expect(take(bound.decode(null, { ...good, clientSecretExpires: none })).expiries()).toEqual([]);
  });

  it.each([
    [{ cloud: "" }, ["cloud: required"]],
    [{ cloud: null }, ["cloud: required"]],
    [{ cloud: "mars" }, ["cloud: cloud"]],
    [{ cloud: "germany" }, ["cloud: cloud-retired"]],
    [{ cloud: "O365GermanyCloud" }, ["cloud: cloud-retired"]],
    [{ domain: "  " }, ["domain: required"]],
    [{ domain: "contoso" }, ["domain: domain"]],
    [{ domain: "contoso.com/evil" }, ["domain: domain"]],
    [{ applicationId: "" }, ["applicationId: required"]],
    [{ applicationId: "5f0c2a0e" }, ["applicationId: guid"]],
    [{ clientSecretExpires: "31.01.2027" }, ["clientSecretExpires: date"]],
    [{ clientSecretExpires: "2027-02-30" }, ["clientSecretExpires: date"]],
  ])("with %j has the issues %j", (change, expected) => {
    expect(issues({ ...good, ...change })).toEqual(expected);
  });

  it("says of the retired cloud when it ended and what to choose", () => {
    expect(explainIssue({ path: ["cloud"], code: "cloud-retired" })).toMatch(/29 October 2021.*Choose/);
  });

  it("starts in the cloud and with the domain of an Entra store, and never with the retired cloud in its list", () => {
    expect(bound.defaults({ kind: "entra-id", cloud: "dod", tenant: "contoso.us" })).toMatchObject({ cloud: "dod", domain: "contoso.us" });
    expect(bound.defaults({ kind: "entra-id", cloud: "china", tenant: "b3a1f6d2-0c58-4a69-8f0e-6d1c2e7a9b40" })).toMatchObject({ cloud: "china", domain: "" });
    expect(bound.defaults(connection)).toMatchObject({ cloud: "worldwide", domain: "" });
    const field = office365.descriptor.fields.find(({ name }) => name === "cloud");
    expect(field?.kind === "select" && field.options).toEqual(["worldwide", "gcc-high", "dod", "china"]);
  });
});
