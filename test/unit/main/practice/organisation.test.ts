import { describe, expect, test } from "vitest";
import { createOrganisation, EDGE_ROLES, exchangeVersions, serialNumberOf, versionNumberOf } from "../../../../main/practice/organisation.ts";

const contoso = () => createOrganisation({ domain: "contoso.lab", netbios: "CONTOSO", exchange: "Contoso" });
const exchange2016 = exchangeVersions[1];
if (exchange2016 === undefined) throw new Error("there is an Exchange 2016");

// Numbers as Active Directory holds them for these builds.
test.each([
  ["2013", "Version 15.0 (Build 31497.2)", 1_941_997_017],
  ["2016", "Version 15.1 (Build 32507.6)", 1_942_063_563],
  ["2019", "Version 15.2 (Build 31544.4)", 1_942_128_136],
  ["se", "Version 15.2 (Build 32562.17)", 1_942_129_154],
])("Exchange %s is written down as %s", (id, serialNumber, versionNumber) => {
  const version = exchangeVersions.find((each) => each.id === id);
  if (version === undefined) throw new Error(`${id} is missing`);
  expect(serialNumberOf(version)).toBe(serialNumber);
  expect(versionNumberOf(version)).toBe(versionNumber);
});

describe("the servers", () => {
  test("are six at first, found by either name in any case", () => {
    const organisation = contoso();
    expect(organisation.servers().map(({ host }) => host)).toEqual(["exa", "exb", "exc", "exd", "exs", "edge1"].map((name) => `${name}.contoso.lab`));
    expect(organisation.find("EXB.Contoso.LAB")).toBe(organisation.find("exb"));
    expect(organisation.find("exb.fabrikam.lab")).toBeNull();
    expect(organisation.find("edge1")?.roles).toBe(EDGE_ROLES);
  });

  test("can be filled to a number of Exchange 2016, whatever stood before", () => {
    const organisation = contoso();
    organisation.add("ex0002", exchange2016);
    organisation.fill(1002);
    const named = organisation.servers().filter(({ version, roles }) => version.id === "2016" && roles !== EDGE_ROLES);
    expect(named).toHaveLength(1002);
    expect(new Set(named.map(({ host }) => host)).size).toBe(1002);
    organisation.fill(1002);
    expect(organisation.servers()).toHaveLength(1002 + 5);
  });

  test("are added once, removed once, and all back after reset", () => {
    const organisation = contoso();
    expect([organisation.add("exf", exchange2016), organisation.add("EXF", exchange2016)]).toEqual([true, false]);
    expect([organisation.remove("exa"), organisation.remove("exa")]).toEqual([true, false]);
    organisation.reset();
    expect(organisation.servers()).toHaveLength(6);
  });

  test("are the same list until something changes, so that whoever built on it knows", () => {
    const organisation = contoso();
    const changes = [() => organisation.add("exf", exchange2016), () => organisation.remove("exf"), () => organisation.fill(4), () => organisation.reset()];
    for (const change of changes) {
      const before = organisation.servers();
      expect(organisation.servers()).toBe(before);
      change();
      expect(organisation.servers()).not.toBe(before);
    }
  });

  test("there are none without an Exchange organisation", () => {
    const bare = createOrganisation({ domain: "noexchange.lab", netbios: "NOEXCHANGE", exchange: null });
    expect([bare.servers(), bare.add("exa", exchange2016)]).toEqual([[], false]);
  });
});
