import { describe, expect, test } from "vitest";
import { readConnection } from "../../../../shared/rules/connection.ts";
import { plainConnection as typed } from "./support.ts";

describe("a connection as it was typed", () => {
  test("hosts get one form, and several in one entry are several", () => {
    const connection = { ...typed, domain: "Contoso.Lab.", domainControllers: ["dc1, dc2", "ldaps://DC3:636"], dnsServer: " " };
    expect(readConnection(connection)).toEqual({ ok: true, value: { ...typed, domainControllers: ["dc1", "dc2", "dc3:636"] } });
  });

  test("each host that cannot be one is named", () => {
    const connection = { ...typed, domain: "contoso", domainControllers: ["dc1, dc2:99999", "https://ex1/owa"], dnsServer: "dns" };
    expect(readConnection(connection)).toEqual({
      ok: false,
      fault: {
        kind: "invalid",
        issues: [
          { path: ["connection", "domain"], code: "host-single-label", facts: { name: "contoso" } },
          { path: ["connection", "domainControllers", 1], code: "host-port", facts: { port: "99999" } },
          { path: ["connection", "domainControllers", 2], code: "host-scheme", facts: { scheme: "https" } },
          { path: ["connection", "dnsServer"], code: "not-an-address" },
        ],
      },
    });
  });

  test("a line end in one entry is none between two hosts, and no other text holds what is not seen", () => {
    const connection = { ...typed, domainControllers: ["dc1.contos\no.lab"], username: "sv\u200Bc", trust: { mode: "authority-file", name: "ca\u202E.pem", pem: "none" } } as const;
    expect(readConnection({ ...connection, domainControllers: [...connection.domainControllers] })).toMatchObject({
      fault: {
        issues: [
          { path: ["connection", "domainControllers", 0], code: "control-character", facts: { character: "U+000A", position: 11 } },
          { path: ["connection", "username"], code: "invisible-character" },
          { path: ["connection", "trust", "name"], code: "invisible-character" },
          { path: ["connection", "trust", "pem"], code: "not-a-pem-certificate" },
        ],
      },
    });
  });

  test("at most 50 controllers, however they were written", () => {
    const named = (count: number) => readConnection({ ...typed, domainControllers: [Array.from({ length: count }, (_, index) => `dc${index}`).join(",")] });
    expect(named(50)).toMatchObject({ ok: true });
    expect(named(51)).toMatchObject({ ok: false, fault: { issues: [{ code: "controllers-many" }] } });
  });

  test("a tenant has no hosts", () => {
    const tenant = { kind: "entra-id", cloud: "worldwide", tenant: "contoso" } as const;
    expect(readConnection(tenant)).toEqual({ ok: true, value: tenant });
  });
});
