/** The directory room and Sync Again against a real Active Directory, found through its own DNS server. */
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { systemClock } from "../../../main/hosts/shared/clock.ts";
import { createSystemResolver } from "../../../main/network/system-resolver.ts";
import { findControllers } from "../../../main/directory/index.ts";
import { ldapPing } from "../../../main/directory/ldap-ping.ts";
import { startLab, type Lab } from "../../lab/lab.ts";
import { reasonToSkip } from "../../lab/programs.ts";
import { directoryConformance } from "./directory-conformance.ts";
import { ldapSearch } from "./ldapsearch.ts";
import { namesConformance } from "./names-conformance.ts";
import { objectsConformance } from "./objects-conformance.ts";
import { listExchange, type Subject } from "./subject.ts";
import { writesConformance } from "./writes-conformance.ts";

const missing = await reasonToSkip();
const resolver = createSystemResolver({ clock: systemClock });

async function sambaSubject(): Promise<Subject> {
  const lab = await startLab({ frontEnds: false });
  return {
    domain: lab.domain,
    resolver,
    dnsServer: lab.dnsServer,
    netbios: lab.netbios,
    controller: lab.controller,
    authorityPem: lab.authorityPem,
    urls: { ldap: `ldap://${lab.address}`, ldaps: `ldaps://${lab.address}` },
    hardened: true,
    accounts: { ...lab.accounts, mailDn: "CN=svc-mail,OU=Service Accounts,DC=contoso,DC=lab" },
    withoutExchange: async () => {
      const bare = await startLab({ exchange: false, frontEnds: false });
      return { domain: bare.domain, resolver, dnsServer: bare.dnsServer, dispose: bare.dispose };
    },
    dispose: lab.dispose,
  };
}

/**
 * Names at whose end nothing but what is escaped follows a space: Samba 4.17 takes that space for a trailing one and cuts the name off there,
 * its own distinguished names included, or falls over it (`ldb_dn_explode` does not forget the space at an escaped character).
 */
const spoiledBySamba = / [\p{Cc} "+,;<=>\\]*["+,;<=>\\\p{Cc}] *$/u;

if (missing === null) {
  directoryConformance("Samba", sambaSubject);
  writesConformance("Samba", sambaSubject);
  objectsConformance("Samba", sambaSubject);
  namesConformance("Samba", sambaSubject, spoiledBySamba);
}

describe.skipIf(missing !== null)(`a large organisation in Samba${missing === null ? "" : ` (skipped: ${missing})`}`, () => {
  let lab: Lab;
  beforeAll(async () => {
    lab = await startLab({ frontEnds: false });
    await lab.addServers(1002);
  });
  afterAll(async () => {
    await lab.dispose();
  });

  test("1,002 servers are listed completely, and ldapsearch finds as many", async () => {
    const site = { domain: lab.domain, resolver, dnsServer: lab.dnsServer };
    const listing = await listExchange(site, lab.authorityPem, lab.accounts.mail, "2016");
    if (!listing.ok) throw new Error(JSON.stringify(listing.fault));
    expect(listing.value.servers).toHaveLength(1002);
    expect(new Set(listing.value.servers.map(({ name }) => name)).size).toBe(1002);
    expect(listing.value.notShown).toEqual([
      { version: "2013", count: 2 },
      { version: "2019", count: 1 },
      { version: "subscription", count: 1 },
    ]);
    const theirs = await ldapSearch({
      url: `ldaps://${lab.address}`,
      account: lab.accounts.mail,
      base: "CN=Microsoft Exchange,CN=Services,CN=Configuration,DC=contoso,DC=lab",
      filter: "(objectCategory=msExchExchangeServer)",
      attributes: ["cn"],
    });
    // Four of other releases, and the Edge server.
    expect(theirs.entries).toHaveLength(1002 + 4 + 1);
  });

  test("answers an LDAP ping with its site, which has records of its own", async () => {
    const signal = AbortSignal.timeout(5000);
    const pong = await ldapPing(lab.domain, { address: lab.address, port: 389 }, signal);
    // A fresh domain has no subnets, so that it does not know where this computer is.
    expect(pong).toEqual({ controllerSite: "Default-First-Site-Name", clientSite: null });
    const records = await resolver.service(`_ldap._tcp.${pong.controllerSite ?? ""}._sites.dc._msdcs.${lab.domain}`, { server: lab.dnsServer, signal });
    expect(records).toMatchObject({ ok: true, value: [{ host: lab.controller, port: 389 }] });
  });

  test("the controller is found through the lab's own DNS server", async () => {
    const found = await findControllers(lab.domain, lab.dnsServer, { resolver }, new AbortController().signal);
    expect(found).toEqual({ ok: true, value: [{ host: lab.controller, port: 389 }] });
  });
});
