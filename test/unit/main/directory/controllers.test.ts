import { describe, expect, test } from "vitest";
import { candidates, findControllers } from "../../../../main/directory/controllers.ts";
import { bindName } from "../../../../main/directory/gateway.ts";
import { systemClock } from "../../../../main/hosts/shared/clock.ts";
import type { NameResolver, ServiceRecord } from "../../../../main/ports.ts";
import { fail, succeed, type UnreachableReason } from "../../../../shared/fault.ts";
import type { ActiveDirectoryConnection } from "../../../../shared/model/identity-store.ts";
import { openPingListener } from "../../../../main/practice/directory/ping.ts";
import { silentLogger } from "../../../lab/loggers.ts";
import { tcpServer } from "../network/support.ts";

const deps = (resolver: NameResolver) => ({ resolver, clock: systemClock, logger: silentLogger });
const signal = new AbortController().signal;

/** Answers questions from a table and remembers them. */
function resolverWith(records: Readonly<Record<string, readonly ServiceRecord[] | UnreachableReason>>) {
  const asked: [name: string, server: string | null][] = [];
  const resolver: NameResolver = {
    authorities: [],
    service: (name, { server }) => {
      asked.push([name, server]);
      const found = records[name] ?? "name-not-found";
      return Promise.resolve(typeof found === "string" ? fail({ kind: "unreachable", rung: "dns", reason: found, host: name }) : succeed(found));
    },
    connectTo: () => Promise.resolve(succeed([])),
  };
  return { resolver, asked };
}

const dc1 = { host: "DC1.contoso.lab.", port: 389, priority: 0, weight: 100 };
const connection: ActiveDirectoryConnection = {
  kind: "active-directory",
  domain: "contoso.lab",
  domainControllers: [],
  dnsServer: "10.0.0.1",
  username: "",
  security: "ldaps",
  trust: { mode: "system" },
};

describe("controllers through DNS", () => {
  test("Active Directory's own record comes first", async () => {
    const { resolver, asked } = resolverWith({ "_ldap._tcp.dc._msdcs.contoso.lab": [dc1] });
    expect(await findControllers("contoso.lab.", "10.0.0.1", { resolver }, signal)).toEqual({ ok: true, value: [{ host: "dc1.contoso.lab", port: 389 }] });
    expect(asked).toEqual([["_ldap._tcp.dc._msdcs.contoso.lab", "10.0.0.1"]]);
  });

  test("then the plain one", async () => {
    const { resolver } = resolverWith({ "_ldap._tcp.contoso.lab": [dc1] });
    expect(await findControllers("contoso.lab", null, { resolver }, signal)).toMatchObject({ ok: true, value: [{ host: "dc1.contoso.lab" }] });
  });

  test("a DNS server that fails is not asked again, and the fault names the domain", async () => {
    const { resolver, asked } = resolverWith({ "_ldap._tcp.dc._msdcs.contoso.lab": "timed-out" });
    expect(await findControllers("contoso.lab", null, { resolver }, signal)).toEqual({ ok: false, fault: { kind: "unreachable", rung: "dns", reason: "timed-out", host: "contoso.lab" } });
    expect(asked).toHaveLength(1);
  });

  test("no record at all", async () => {
    const { resolver } = resolverWith({ "_ldap._tcp.dc._msdcs.contoso.lab": [], "_ldap._tcp.contoso.lab": [] });
    expect(await findControllers("contoso.lab", null, { resolver }, signal)).toMatchObject({ ok: false, fault: { reason: "no-records" } });
  });
});

describe("controllers to try", () => {
  test("LDAPS has its own port, StartTLS the registered one", async () => {
    const { resolver } = resolverWith({ "_ldap._tcp.dc._msdcs.contoso.lab": [dc1] });
    expect(await candidates(connection, "contoso.lab", deps(resolver), signal)).toMatchObject({ value: [{ port: 636 }] });
    expect(await candidates({ ...connection, security: "starttls" }, "contoso.lab", deps(resolver), signal)).toMatchObject({ value: [{ port: 389 }] });
  });

  test("typed ones are tried as typed and without DNS, but only for their own domain", async () => {
    const { resolver, asked } = resolverWith({});
    const typed = { ...connection, domainControllers: ["dc2.contoso.lab", "10.1.1.1:3636", "[fd00::1]:636", "fd00::2"] };
    expect(await candidates(typed, "CONTOSO.lab", deps(resolver), signal)).toEqual({
      ok: true,
      value: [
        { host: "dc2.contoso.lab", port: 636 },
        { host: "10.1.1.1", port: 3636 },
        { host: "fd00::1", port: 636 },
        { host: "fd00::2", port: 636 },
      ],
    });
    expect(asked).toEqual([]);
    expect(await candidates(typed, "other.lab", deps(resolver), signal)).toMatchObject({ ok: false });
    expect(asked.map(([name]) => name)).toEqual(["_ldap._tcp.dc._msdcs.other.lab", "_ldap._tcp.other.lab"]);
  });

  test("one that was typed is the only one to get the password", async () => {
    const { resolver, asked } = resolverWith({ "_ldap._tcp.dc._msdcs.contoso.lab": [dc1] });
    const typed = { ...connection, domainControllers: ["dc2.contoso.lab"] };
    expect(await candidates(typed, "contoso.lab", deps(resolver), signal)).toEqual({ ok: true, value: [{ host: "dc2.contoso.lab", port: 636 }] });
    expect(asked).toEqual([]);
  });

  test("those of this computer's own site come first, and all others after them", async () => {
    const { port, close } = await tcpServer(() => undefined);
    const ping = await openPingListener(port, () => ({ host: "dc2.contoso.lab", domain: "contoso.lab", netbios: "CONTOSO", site: "Branch", clientSite: "Branch" }));
    const dc = (name: string) => ({ ...dc1, host: `${name}.contoso.lab` });
    const { resolver } = resolverWith({
      "_ldap._tcp.dc._msdcs.contoso.lab": [dc("dc1"), dc("dc2"), dc("dc3")],
      "_ldap._tcp.Branch._sites.dc._msdcs.contoso.lab": [dc("dc3")],
    });
    const near = { ...resolver, connectTo: () => Promise.resolve(succeed([{ address: "127.0.0.1", port }])) };
    const found = await candidates(connection, "contoso.lab", deps(near), signal);
    expect(found.ok ? found.value.map(({ host }) => host.slice(0, 3)) : found.fault).toEqual(["dc3", "dc1", "dc2"]);
    await ping.close();
    await close();
  });

  test("a short name is one of the domain's", async () => {
    const typed = { ...connection, domainControllers: ["dc1", "ldaps://DC2:3636/", "localhost"] };
    expect(await candidates(typed, "contoso.lab", deps(resolverWith({}).resolver), signal)).toMatchObject({
      value: [{ host: "dc1.contoso.lab", port: 636 }, { host: "dc2.contoso.lab", port: 3636 }, { host: "localhost" }],
    });
  });

  test.each([
    ["dc1:99999", "host-port"],
    ["https://ex1:8443", "host-scheme"],
    ["ex1/owa", "host-path"],
  ])("%s goes no further", async (name, code) => {
    const { resolver, asked } = resolverWith({});
    expect(await candidates({ ...connection, domainControllers: ["dc1", name] }, "contoso.lab", deps(resolver), signal)).toMatchObject({
      ok: false,
      fault: { kind: "invalid", issues: [{ path: ["connection", "domainControllers", 1], code }] },
    });
    expect(await candidates(connection, name, deps(resolver), signal)).toMatchObject({ ok: false, fault: { kind: "invalid", issues: [{ path: ["domain"] }] } });
    expect(asked).toEqual([]);
  });
});

test("a bare account name is completed with the domain; the other forms stay", () => {
  expect(bindName("svc", "contoso.lab")).toBe("svc@contoso.lab");
  for (const name of ["svc@contoso.lab", "CONTOSO\\svc", "CN=svc,DC=contoso,DC=lab"]) expect(bindName(name, "other.lab")).toBe(name);
});
