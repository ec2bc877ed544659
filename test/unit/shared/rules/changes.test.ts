import { describe, expect, it } from "vitest";
import { configurationChanges, type ComparedConfiguration, type ConfigurationNames } from "../../../../shared/rules/changes.ts";
import { storeChanges } from "../../../../shared/rules/store-changes.ts";
import type { ActiveDirectoryConnection } from "../../../../shared/model/identity-store.ts";
import { entry } from "./arbitraries.ts";

const names: ConfigurationNames = {
  entry: (provider, variant) => `${provider} ${variant}`,
  fields: () => [
    { kind: "text", name: "domain", label: "Domain name", required: true, maxLength: 255 },
    { kind: "select", name: "cloud", label: "Cloud", required: true, options: [{ value: "dod", label: "DoD" }] },
    { kind: "secret", name: "password", label: "Password", required: true, maxLength: 255 },
    { kind: "certificate", name: "file", label: "Certificate", required: true, extensions: ["pfx"], passwordField: null },
  ],
};

function compared(change: Partial<ComparedConfiguration["configuration"]> = {}, parts: Partial<ComparedConfiguration> = {}): ComparedConfiguration {
  return {
    configuration: { provider: "exchange", variant: "2013", values: { domain: "contoso.lab" }, servers: [], syncedAt: null, notShown: [], ...change },
    secrets: {},
    certificates: {},
    ...parts,
  };
}

describe("changes of a configuration", () => {
  it("are none between equal ones, and domain names have no case", () => {
    expect(configurationChanges(compared(), compared(), names)).toEqual([]);
    expect(configurationChanges(compared(), compared({ values: { domain: "CONTOSO.lab" } }), names)).toEqual([]);
  });

  it("are none between nothing and the empty text", () => {
    expect(configurationChanges(compared({ values: { cloud: null } }), compared({ values: { cloud: "" } }), names)).toEqual([]);
  });

  it("show values by their labels", () => {
    expect(configurationChanges(compared(), compared({ values: { domain: "fabrikam.com", cloud: "dod" } }), names)).toEqual([
      { key: "values.domain", label: "Domain name", before: "contoso.lab", after: "fabrikam.com", secret: false },
      { key: "values.cloud", label: "Cloud", before: null, after: "DoD", secret: false },
    ]);
  });

  it.each([
    [undefined, { id: "1" }, "set"],
    [{ id: "1" }, { id: "2" }, "changed"],
    [{ id: "1" }, undefined, "cleared"],
  ])("show secrets as a word (%j to %j)", (before, after, word) => {
    const old = compared({}, { secrets: before === undefined ? {} : { password: before } });
    const next = compared({}, { secrets: after === undefined ? {} : { password: after } });
    expect(configurationChanges(old, next, names)).toEqual([
      { key: "secrets.password", label: "Password", before: null, after: word, secret: true },
    ]);
  });

  it("show certificates by their file names", () => {
    const old = compared({}, { certificates: { file: { secret: { id: "1" }, fileName: "old.pfx" } } });
    const next = compared({}, { certificates: { file: { secret: { id: "2" }, fileName: "new.pfx" } } });
    expect(configurationChanges(old, next, names)).toMatchObject([{ before: "old.pfx", after: "new.pfx" }]);
  });

  it("count every field of another provider as new", () => {
    const changes = configurationChanges(compared({ provider: "other", variant: null }), compared(), names);
    expect(changes.map(({ key }) => key)).toEqual(["provider", "values.domain"]);
    expect(changes[0]).toMatchObject({ before: "other null", after: "exchange 2013" });
  });

  it("show priorities server by server", () => {
    const old = compared({ servers: [entry("exa", 1), entry("exb"), entry("exd")] });
    const next = compared({ servers: [entry("exa", 2), entry("exb", 1), entry("exc", null), entry("exd", null, { vanished: true })] });
    expect(configurationChanges(old, next, names).map(({ key, before, after }) => [key, before, after])).toEqual([
      ["servers.added", null, "exc"],
      ["servers.exa.priority", "1", "2"],
      ["servers.exb.priority", null, "1"],
      ["servers.exd.listed", "listed", "vanished"],
    ]);
  });
});

describe("changes of a store", () => {
  const connection: ActiveDirectoryConnection = {
    kind: "active-directory",
    domain: "contoso.lab",
    domainControllers: [],
    dnsServer: null,
    username: "svc",
    security: "ldaps",
    trust: { mode: "system" },
  };
  it("name what differs and never a password", () => {
    const before = { name: "HQ", connection, directoryPassword: { id: "1" } };
    const after = {
      name: "Head office",
      connection: { ...connection, domain: "CONTOSO.LAB", trust: { mode: "pinned", sha256: "ab" } as const },
      directoryPassword: { id: "2" },
    };
    expect(storeChanges(before, after).map(({ key, before: from, after: to }) => [key, from, to])).toEqual([
      ["name", "HQ", "Head office"],
      ["connection.trust", "system certificates", "ab"],
      ["secrets.directory-password", null, "changed"],
    ]);
  });
});
