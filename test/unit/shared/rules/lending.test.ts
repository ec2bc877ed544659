import { describe, expect, it } from "vitest";
import type { ActiveDirectoryConnection, StoreConnection } from "../../../../shared/model/identity-store.ts";
import { connectionPlace, directoryPlace, lendingObstacle, tenantPlace, type LendingObstacle } from "../../../../shared/rules/lending.ts";
import { plainConnection as base } from "./support.ts";

const listed = { ...base, domainControllers: ["dc1.contoso.lab", "dc2.contoso.lab:636"] };
const clear: ActiveDirectoryConnection = { ...base, security: "none" };
const pinned = (digit: string): ActiveDirectoryConnection => ({ ...base, trust: { mode: "pinned", sha256: digit.repeat(64) } });
const authority = (pem: string): ActiveDirectoryConnection => ({ ...base, trust: { mode: "authority-file", name: "ca.pem", pem } });
const tenant = { kind: "entra-id", cloud: "worldwide", tenant: "contoso.com" } as const;

describe("a stored secret", () => {
  it.each<[what: string, storedFor: StoreConnection, asked: StoreConnection]>([
    ["the same place", base, base],
    ["the same place, written otherwise", base, { ...base, domain: " CONTOSO.lab. " }],
    ["another account there", base, { ...base, username: "other" }],
    ["fewer of the controllers", listed, { ...listed, domainControllers: ["DC1.contoso.lab."] }],
    ["TLS where there was none", clear, base],
    ["TLS of either kind", base, { ...base, security: "starttls" }],
    ["TLS with a certificate of its own where there was no TLS", clear, pinned("a")],
    ["the same authority in another file", authority("A\nB"), authority("A\r\nB\n")],
    ["the same tenant", tenant, { ...tenant, tenant: "Contoso.com" }],
  ])("is lent to %s", (_what, storedFor, asked) => {
    expect(lendingObstacle(connectionPlace(storedFor), connectionPlace(asked))).toBeNull();
  });

  it.each<[what: string, storedFor: StoreConnection, asked: StoreConnection, obstacle: LendingObstacle]>([
    ["another domain", base, { ...base, domain: "contoso.example" }, "target"],
    ["a host that was not among the controllers", listed, { ...listed, domainControllers: ["dc1.contoso.lab", "evil.example"] }, "controllers"],
    ["another port of a controller", listed, { ...listed, domainControllers: ["dc1.contoso.lab:10389"] }, "controllers"],
    ["typed controllers where DNS named them", base, listed, "controllers"],
    ["whatever DNS names where controllers were typed", listed, base, "controllers"],
    ["controllers that another DNS server names", base, { ...base, dnsServer: "192.0.2.1" }, "dns-server"],
    ["a connection without TLS", base, clear, "security"],
    ["a connection without TLS where StartTLS was used", { ...base, security: "starttls" }, clear, "security"],
    ["one certificate where the system's authorities were trusted", base, pinned("a"), "trust"],
    ["any authority of the system where one certificate was trusted", pinned("a"), base, "trust"],
    ["another certificate", pinned("a"), pinned("b"), "trust"],
    ["another authority", authority("A"), authority("B"), "trust"],
    ["another tenant", tenant, { ...tenant, tenant: "fabrikam.com" }, "target"],
    ["another cloud", tenant, { ...tenant, cloud: "china" }, "target"],
    ["a cloud instead of a directory", base, tenant, "target"],
  ])("is not lent to %s", (_what, storedFor, asked, obstacle) => {
    expect(lendingObstacle(connectionPlace(storedFor), connectionPlace(asked))).toBe(obstacle);
  });

  it("does not go from a directory to a cloud of the same name, nor the other way", () => {
    const inDirectory = directoryPlace(base);
    const inCloud = { ...inDirectory, directory: null };
    expect([lendingObstacle(inDirectory, inCloud), lendingObstacle(inCloud, inDirectory)]).toEqual(["target", "target"]);
  });

  it("of a form for another domain than the store's does not go to the store's controllers", () => {
    expect(directoryPlace(listed, "fabrikam.com").directory?.controllers).toEqual([]);
    expect(directoryPlace(listed, "Contoso.lab").directory?.controllers).toHaveLength(2);
    expect(tenantPlace("Worldwide", "contoso.com")).toEqual({ target: ["worldwide", "contoso.com"], directory: null });
  });
});
