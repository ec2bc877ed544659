import { expect, test } from "vitest";
import { createPracticeResolver } from "../../../../main/practice/resolver.ts";

const resolver = createPracticeResolver({
  domains: [{ domain: "contoso.lab", controller: "dc1.contoso.lab" }],
  route: (host, port) => (host === "exa.contoso.lab" && port === 443 ? 50443 : null),
  knows: (host) => host === "exa.contoso.lab",
  authorities: ["PEM"],
});
const signal = new AbortController().signal;
const ask = { server: null, signal };
const unreachable = (reason: string, host: string) => ({ ok: false, fault: { kind: "unreachable", rung: "dns", reason, host } });

test("the controller is found through both records, in any case and with a final dot", async () => {
  for (const name of ["_ldap._tcp.dc._msdcs.contoso.lab", "_LDAP._tcp.Contoso.LAB."]) {
    expect(await resolver.service(name, ask)).toEqual({ ok: true, value: [{ host: "dc1.contoso.lab", port: 389, priority: 0, weight: 100 }] });
  }
});

test("other services of the domain have no records, other domains no name", async () => {
  expect(await resolver.service("_kerberos._tcp.contoso.lab", ask)).toEqual(unreachable("no-records", "_kerberos._tcp.contoso.lab"));
  expect(await resolver.service("_ldap._tcp.fabrikam.lab", ask)).toEqual(unreachable("name-not-found", "_ldap._tcp.fabrikam.lab"));
});

test("a served port leads to loopback, another port of the host to where nothing listens", async () => {
  expect(await resolver.connectTo("EXA.contoso.lab", 443, ask)).toEqual({ ok: true, value: [{ address: "127.0.0.1", port: 50443 }] });
  expect(await resolver.connectTo("exa.contoso.lab", 8443, ask)).toEqual({ ok: true, value: [{ address: "127.0.0.1", port: 1 }] });
});

test.each(["example.org", "localhost", "192.0.2.1", "127.0.0.1", "exa", "", "exa.contoso.lab.example.org"])("%j does not resolve", async (host) => {
  expect(await resolver.connectTo(host, 443, ask)).toEqual(unreachable("name-not-found", host));
});

test.each([
  ["dc1.contoso.lab", true],
  ["127.0.0.1", true],
  ["127.0.0.53:53", true],
  ["192.0.2.1", false],
  ["8.8.8.8:53", false],
  ["", false],
])("the DNS server %j answers: %s", async (server, answers) => {
  expect((await resolver.connectTo("exa.contoso.lab", 443, { server, signal })).ok).toBe(answers);
  expect((await resolver.service("_ldap._tcp.contoso.lab", { server, signal })).ok).toBe(answers);
});

test("an aborted question is cancelled", async () => {
  const aborted = { server: null, signal: AbortSignal.abort() };
  expect(await resolver.connectTo("exa.contoso.lab", 443, aborted)).toEqual({ ok: false, fault: { kind: "cancelled" } });
  expect(await resolver.service("_ldap._tcp.contoso.lab", aborted)).toEqual({ ok: false, fault: { kind: "cancelled" } });
});
