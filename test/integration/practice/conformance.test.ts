/** The practice directory, held to what Samba is held to: the product's own client and ldapsearch. */
import { spawnSync } from "node:child_process";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { gather } from "../../../main/directory/gather.ts";
import { PRACTICE_PASSWORD } from "../../../main/practice/directory/accounts.ts";
import { largeGroupDn, LARGE_GROUP_MEMBERS } from "../../../main/practice/directory/entries.ts";
import { directoryConformance } from "../directory/directory-conformance.ts";
import { ldapSearch } from "../directory/ldapsearch.ts";
import { namesConformance } from "../directory/names-conformance.ts";
import { objectsConformance } from "../directory/objects-conformance.ts";
import { connectionTo, listExchange, open, type Account, type Subject } from "../directory/subject.ts";
import { writesConformance } from "../directory/writes-conformance.ts";
import { DOMAIN_DN, EXCHANGE_DN, openPractice, SERVERS_FILTER, type Practice } from "./support.ts";

const account = (name: string): Account => ({ username: `${name}@contoso.lab`, password: PRACTICE_PASSWORD });
const authorityOf = (practice: Practice) => practice.resolver.authorities[0] ?? "";

async function urlsOf(practice: Practice) {
  const [ldap, ldaps] = [await practice.portOf("dc1.contoso.lab", 389), await practice.portOf("dc1.contoso.lab", 636)];
  return { ldap: `ldap://127.0.0.1:${ldap}`, ldaps: `ldaps://127.0.0.1:${ldaps}` };
}

async function practiceSubject(hardened: boolean): Promise<Subject> {
  const practice = await openPractice();
  if (hardened) await practice.does("hardened");
  const { resolver } = practice;
  return {
    domain: "contoso.lab",
    resolver,
    dnsServer: null,
    netbios: "CONTOSO",
    controller: "dc1.contoso.lab",
    authorityPem: authorityOf(practice),
    urls: await urlsOf(practice),
    hardened,
    accounts: {
      mail: account("svc-mail"),
      mailDn: `CN=svc-mail,OU=Service Accounts,${DOMAIN_DN}`,
      unprivileged: account("svc-unprivileged"),
      passwordExpired: account("svc-expired"),
      disabled: account("svc-disabled"),
      mustChange: account("svc-mustchange"),
      locked: account("svc-locked"),
      expired: account("svc-ended"),
    },
    withoutExchange: () => Promise.resolve({ domain: "noexchange.lab", resolver, dnsServer: null, dispose: () => Promise.resolve() }),
    dispose: () => practice.stop(),
  };
}

const missing = spawnSync("ldapsearch", ["-VV"]).error !== undefined;

if (!missing) {
  directoryConformance("the practice directory", () => practiceSubject(false));
  directoryConformance("the hardened practice directory", () => practiceSubject(true));
  writesConformance("the practice directory", () => practiceSubject(false));
  objectsConformance("the practice directory", () => practiceSubject(false));
  namesConformance("the practice directory", () => practiceSubject(false));
  writesConformance("the hardened practice directory", () => practiceSubject(true));
}

describe.skipIf(missing)("a large organisation in the practice directory (skipped where ldapsearch is not installed)", () => {
  let practice: Practice;
  beforeAll(async () => {
    practice = await openPractice();
    await practice.does("thousand");
  });
  afterAll(() => practice.stop());
  const site = () => ({ domain: "contoso.lab", resolver: practice.resolver, dnsServer: null });

  test("1,002 servers are listed completely, which takes pages", async () => {
    const listing = await listExchange(site(), authorityOf(practice), account("svc-mail"), "2016");
    if (!listing.ok) throw new Error(JSON.stringify(listing.fault));
    expect(new Set(listing.value.servers.map(({ name }) => name)).size).toBe(1002);
    expect(listing.value.notShown.map(({ count }) => count)).toEqual([2, 1, 1]);
    const question = { url: (await urlsOf(practice)).ldaps, account: account("svc-mail"), base: EXCHANGE_DN, filter: SERVERS_FILTER, attributes: ["cn"] };
    const whole = await ldapSearch(question);
    expect([whole.code, whole.entries.length]).toEqual([0, 1007]);
    const atOnce = await ldapSearch({ ...question, page: null });
    expect([atOnce.code, atOnce.entries.length]).toEqual([4, 1000]);
  });

  test("a group of more than 1,500 members is read whole, range by range", async () => {
    const { opened } = await open(site(), connectionTo(site(), authorityOf(practice)), account("svc-mail"));
    if (!opened.ok) throw new Error(JSON.stringify(opened.fault));
    const found = await gather(opened.value.search({ base: largeGroupDn("contoso.lab"), filter: "(objectClass=group)", attributes: ["member"] }));
    await opened.value.close();
    const members = found.ok ? (found.value.entries[0]?.attributes["member"] ?? []) : [];
    expect(new Set(members).size).toBe(LARGE_GROUP_MEMBERS);
  });
});
