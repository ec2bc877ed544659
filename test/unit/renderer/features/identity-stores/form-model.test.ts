import { describe, expect, it } from "vitest";
import type { StoreConnection } from "../../../../../shared/model/identity-store.ts";
import { connectionOf, controllersOf, emptyForm, formOf, passwordOf, problemsOf } from "../../../../../renderer/features/identity-stores/form-model.ts";

const connections: readonly StoreConnection[] = [
  { kind: "active-directory", domain: "contoso.lab", domainControllers: [], dnsServer: null, username: "CONTOSO\\svc", security: "ldaps", trust: { mode: "system" } },
  {
    kind: "active-directory",
    domain: "contoso.lab",
    domainControllers: ["dc1.contoso.lab", "10.0.0.10:636"],
    dnsServer: "10.0.0.10:53",
    username: "svc@contoso.lab",
    security: "starttls",
    trust: { mode: "pinned", sha256: "ab".repeat(32) },
  },
  {
    kind: "active-directory",
    domain: "contoso.lab",
    domainControllers: [],
    dnsServer: null,
    username: "",
    security: "ldaps",
    trust: { mode: "authority-file", name: "ca.pem", pem: "-----BEGIN CERTIFICATE-----" },
  },
  { kind: "entra-id", cloud: "gcc-high", tenant: "contoso.onmicrosoft.us" },
];

const filled = { ...emptyForm(), name: "Contoso HQ", domain: "contoso.lab" };

describe("the directory form", () => {
  it.each(connections)("shows and gives back the same connection: %j", (connection) => {
    const form = formOf("Contoso HQ", connection);
    expect(problemsOf(form)).toEqual({});
    expect(connectionOf(form)).toEqual(connection);
  });

  it("needs a name and a domain, and nothing that needs the network", () => {
    expect(Object.keys(problemsOf(emptyForm())).toSorted()).toEqual(["domain", "name"]);
    expect(problemsOf(filled)).toEqual({});
  });

  it.each(["contoso", "contoso..lab", "-contoso.lab", "contoso .lab", `${"a".repeat(64)}.lab`])("refuses the domain %s", (domain) => {
    expect(problemsOf({ ...filled, domain })).toHaveProperty("domain");
  });

  it.each(["10.0.0.10", "10.0.0.10:53", "fe80::1", "[fe80::1]:53", ""])("takes the DNS server '%s'", (dnsServer) => {
    expect(problemsOf({ ...filled, dnsServer })).toEqual({});
  });

  it("refuses a DNS server by name: it could not be looked up", () => {
    expect(problemsOf({ ...filled, dnsServer: "dns.contoso.lab" })).toHaveProperty("dnsServer");
  });

  it("wants what the chosen trust needs, except without protection", () => {
    expect(problemsOf({ ...filled, trustMode: "pinned" })).toHaveProperty("pinnedSha256");
    expect(problemsOf({ ...filled, trustMode: "authority-file" })).toHaveProperty("authorityName");
    expect(problemsOf({ ...filled, trustMode: "pinned", security: "none" })).toEqual({});
    expect(connectionOf({ ...filled, trustMode: "pinned", security: "none" })).toMatchObject({ trust: { mode: "system" } });
  });

  it("takes controllers by line or comma, from 1 to 50", () => {
    const typed = (controllers: string) => problemsOf({ ...filled, controllersFrom: "typed", controllers });
    expect(controllersOf(" DC1\n ldaps://dc2:636/, dc3;;dc4. ")).toEqual(["dc1", "dc2:636", "dc3", "dc4"]);
    expect(typed("dc1, dc2")).toEqual({});
    expect(typed("")).toHaveProperty("controllers");
    expect(typed("dc,".repeat(51))).toEqual({ controllers: "issues.controllers-many" });
  });

  it("names the controller that cannot be one, and why", () => {
    const typed = (controllers: string) => problemsOf({ ...filled, controllersFrom: "typed", controllers }).controllers;
    expect(typed("dc1\nex 1")).toEqual({ entry: "ex 1", issue: { path: [], code: "host-blank" } });
    expect(typed("dc1, dc2:99999")).toEqual({ entry: "dc2:99999", issue: { path: [], code: "host-port", facts: { port: "99999" } } });
  });

  it("keeps, replaces or clears the stored password", () => {
    expect(passwordOf(filled)).toBeNull();
    expect(passwordOf({ ...filled, password: "new" })).toBe("new");
    expect(passwordOf({ ...filled, passwordCleared: true })).toBe("");
  });
});
