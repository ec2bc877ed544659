import { describe, expect, it } from "vitest";
import type { FieldDescriptor } from "../../../../shared/model/messaging.ts";
import { configurationChanges, type ComparedConfiguration } from "../../../../shared/rules/changes.ts";
import { storeChanges } from "../../../../shared/rules/store-changes.ts";
import { entry } from "./arbitraries.ts";
import { plainConnection as connection } from "./support.ts";

const fields: readonly FieldDescriptor[] = [
  { kind: "text", name: "zone", format: "dns-name", required: true, maxLength: 255 },
  { kind: "text", name: "domain", required: true, maxLength: 255 },
  { kind: "select", name: "cloud", required: true, options: ["dod"] },
  { kind: "secret", name: "password", required: true, maxLength: 255 },
  { kind: "certificate", name: "file", required: true, extensions: ["pfx"], passwordField: null },
];

function compared(change: Partial<ComparedConfiguration["configuration"]> = {}, parts: Partial<ComparedConfiguration> = {}): ComparedConfiguration {
  return {
    configuration: { provider: "exchange", variant: "2013", values: { domain: "contoso.lab" }, servers: [], syncedAt: null, notShown: [], complete: true, ...change },
    secrets: {},
    certificates: {},
    ...parts,
  };
}

describe("changes of a configuration", () => {
  it("are none between equal ones; letters have no case where the field says that it holds a DNS name, whatever it is called", () => {
    expect(configurationChanges(compared(), compared(), fields)).toEqual([]);
    expect(configurationChanges(compared({ values: { zone: "contoso.lab" } }), compared({ values: { zone: "CONTOSO.lab" } }), fields)).toEqual([]);
    expect(configurationChanges(compared(), compared({ values: { domain: "CONTOSO.lab" } }), fields)).toHaveLength(1);
  });

  it("are none between nothing and the empty text", () => {
    expect(configurationChanges(compared({ values: { cloud: null } }), compared({ values: { cloud: "" } }), fields)).toEqual([]);
  });

  it("hold values and the provider whose they are", () => {
    expect(configurationChanges(compared(), compared({ values: { domain: "fabrikam.com", cloud: "dod" } }), fields)).toEqual([
      { key: "values.domain", provider: "exchange", before: "contoso.lab", after: "fabrikam.com", secret: false },
      { key: "values.cloud", provider: "exchange", before: null, after: "dod", secret: false },
    ]);
  });

  it.each([
    [undefined, { id: "1" }, "set"],
    [{ id: "1" }, { id: "2" }, "changed"],
    [{ id: "1" }, undefined, "cleared"],
  ])("show secrets as a word (%j to %j)", (before, after, word) => {
    const old = compared({}, { secrets: before === undefined ? {} : { password: before } });
    const next = compared({}, { secrets: after === undefined ? {} : { password: after } });
    expect(configurationChanges(old, next, fields)).toEqual([
      { key: "secrets.password", provider: "exchange", before: null, after: word, secret: true },
    ]);
  });

  it("show certificates by their file names", () => {
    const old = compared({}, { certificates: { file: { secret: { id: "1" }, fileName: "old.pfx", identity: null } } });
    const next = compared({}, { certificates: { file: { secret: { id: "2" }, fileName: "new.pfx", identity: null } } });
    expect(configurationChanges(old, next, fields)).toMatchObject([{ before: "old.pfx", after: "new.pfx" }]);
  });

  it("show which certificate of the same file was chosen", () => {
    const file = { secret: { id: "1" }, fileName: "renewed.pfx" };
    const old = compared({}, { certificates: { file: { ...file, identity: null } } });
    const next = compared({}, { certificates: { file: { ...file, identity: "5e" } } });
    expect(configurationChanges(old, next, fields)).toEqual([{ key: "certificates.file.identity", provider: "exchange", before: null, after: "5e", secret: false }]);
    expect(configurationChanges(next, next, fields)).toEqual([]);
  });

  it("count every field of another provider as new", () => {
    const changes = configurationChanges(compared({ provider: "other", variant: null }), compared(), fields);
    expect(changes.map(({ key }) => key)).toEqual(["provider", "values.domain"]);
    expect(changes[0]).toMatchObject({ before: "other", after: "exchange/2013" });
  });

  it("show priorities server by server", () => {
    const old = compared({ servers: [entry("exa", 1), entry("exb"), entry("exd")] });
    const next = compared({ servers: [entry("exa", 2), entry("exb", 1), entry("exc", null), entry("exd", null, { vanished: true })] });
    expect(configurationChanges(old, next, fields).map(({ key, before, after }) => [key, before, after])).toEqual([
      ["servers.added", null, "exc"],
      ["servers.exa.priority", "1", "2"],
      ["servers.exb.priority", null, "1"],
      ["servers.exd.listed", "listed", "vanished"],
    ]);
  });

  it("leave the rest of a long list of servers out, and say how many", () => {
    const many = Array.from({ length: 8 }, (_, index) => entry(`ex${index}`));
    const [added] = configurationChanges(compared(), compared({ servers: many }), fields);
    expect(added).toMatchObject({ key: "servers.added", before: null, after: "ex0, ex1, ex2, ex3, ex4, +3" });
  });
});

describe("changes of a store", () => {
  it("name what differs and never a password", () => {
    const before = { name: "HQ", connection, directoryPassword: { id: "1" } };
    const after = {
      name: "Head office",
      connection: { ...connection, domain: "CONTOSO.LAB", trust: { mode: "pinned", sha256: "ab" } as const },
      directoryPassword: { id: "2" },
    };
    expect(storeChanges(before, after).map(({ key, before: from, after: to }) => [key, from, to])).toEqual([
      ["name", "HQ", "Head office"],
      ["connection.trust", "system", "pinned ab"],
      ["secrets.directory-password", null, "changed"],
    ]);
  });

  it("name a weaker protection, and another authority even where its file is called the same", () => {
    const trusting = (pem: string, security: "ldaps" | "none") => ({
      name: "HQ",
      connection: { ...connection, security, trust: { mode: "authority-file", name: "ca.pem", pem } as const },
      directoryPassword: null,
    });
    expect(storeChanges(trusting("one", "ldaps"), trusting("other", "none")).map(({ key, before: from, after: to }) => [key, from, to])).toEqual([
      ["connection.security", "ldaps", "none"],
      ["connection.trust", "authority-file ca.pem", "authority-file ca.pem"],
    ]);
    expect(storeChanges(trusting("one", "ldaps"), trusting("one", "ldaps"))).toEqual([]);
  });
});
