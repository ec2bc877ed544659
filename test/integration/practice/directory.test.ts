/** The practice directory, asked by the LDAP client of the product's kind and by OpenLDAP's programs. */
import { spawnSync } from "node:child_process";
import { ResultCodeError, type Client, type Entry } from "ldapts";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { PRACTICE_PASSWORD } from "../../../main/practice/directory/accounts.ts";
import { CONFIGURATION_DN, DOMAIN_DN, EXCHANGE_DN, ldapClient, ldapProgram, openPractice, SERVERS_FILTER, signedIn, type Practice } from "./support.ts";

let practice: Practice;
beforeAll(async () => {
  practice = await openPractice();
});
afterEach(() => practice.does("reset"));
afterAll(() => practice.stop());

const STAFF = `CN=All Staff,OU=Groups,${DOMAIN_DN}`;

/** Result code and text of a refused operation. */
async function refusal(operation: Promise<unknown>): Promise<{ code: number; text: string }> {
  try {
    await operation;
  } catch (error) {
    if (error instanceof ResultCodeError) return { code: error.code, text: error.message };
    throw error;
  }
  return { code: 0, text: "" };
}

async function withClient<T>(client: Client, job: (client: Client) => Promise<T>): Promise<T> {
  try {
    return await job(client);
  } finally {
    await client.unbind();
  }
}

const search = (base: string, filter: string, attributes: readonly string[] = ["cn"], scope: "base" | "one" | "sub" = "sub") =>
  signedIn(practice).then((client) => withClient(client, (it) => it.search(base, { filter, attributes: [...attributes], scope, paged: true })));
const names = (entries: readonly Entry[]) => entries.map((entry) => String(entry["cn"])).toSorted();

describe("signing in", () => {
  test.each(["svc-mail@contoso.lab", "CONTOSO\\svc-mail", "contoso.lab\\SVC-MAIL", `cn=svc-mail, ou=Service Accounts,${DOMAIN_DN}`])("%s is let in", async (name) => {
    expect(await refusal(withClient(await ldapClient(practice), (client) => client.bind(name, PRACTICE_PASSWORD)))).toEqual({ code: 0, text: "" });
  });

  test.each([
    ["svc-mail", "wrong", "52e"],
    ["nobody", PRACTICE_PASSWORD, "52e"],
    ["svc-expired", PRACTICE_PASSWORD, "532"],
    ["svc-disabled", PRACTICE_PASSWORD, "533"],
    ["svc-mustchange", PRACTICE_PASSWORD, "773"],
    ["svc-locked", PRACTICE_PASSWORD, "775"],
    ["svc-locked", "wrong", "775"],
    ["svc-ended", PRACTICE_PASSWORD, "701"],
    ["svc-disabled", "wrong", "52e"],
  ])("%s with %s is refused with data %s", async (name, password, data) => {
    const { code, text } = await refusal(withClient(await ldapClient(practice), (client) => client.bind(`${name}@contoso.lab`, password)));
    expect(code).toBe(49);
    expect(text).toContain(`80090308: LdapErr: DSID-0C090447, comment: AcceptSecurityContext error, data ${data}, v4563`);
  });

  test("a refused sign-in ends the one before", async () => {
    await withClient(await signedIn(practice), async (client) => {
      await refusal(client.bind("svc-mail@contoso.lab", "wrong"));
      expect((await refusal(client.search(DOMAIN_DN, { scope: "base" }))).code).toBe(1);
    });
  });

  test("nobody may read the rootDSE and nothing else", async () => {
    await withClient(await ldapClient(practice, "none"), async (client) => {
      const { searchEntries } = await client.search("", { scope: "base" });
      expect(searchEntries[0]).toMatchObject({ defaultNamingContext: DOMAIN_DN, configurationNamingContext: CONFIGURATION_DN, dnsHostName: "dc1.contoso.lab" });
      const { code, text } = await refusal(client.search(DOMAIN_DN, { scope: "base" }));
      expect(code).toBe(1);
      expect(text).toContain("In order to perform this operation a successful bind must be completed on the connection");
    });
  });

  test("without TLS it works, until the controller is hardened", async () => {
    const bind = async () => refusal(withClient(await ldapClient(practice, "none"), (client) => client.bind("svc-mail@contoso.lab", PRACTICE_PASSWORD)));
    expect((await bind()).code).toBe(0);
    await practice.does("hardened", "directory");
    const { code, text } = await bind();
    expect(code).toBe(8);
    expect(text).toContain("00002028: LdapErr");
    expect(await refusal(withClient(await ldapClient(practice), (client) => client.bind("svc-mail@contoso.lab", PRACTICE_PASSWORD)))).toMatchObject({ code: 0 });
  });

  test("StartTLS protects the connection, once", async () => {
    await practice.does("hardened", "directory");
    await withClient(await ldapClient(practice, "none"), async (client) => {
      const tls = { ca: [...practice.resolver.authorities], servername: "dc1.contoso.lab", host: "dc1.contoso.lab" };
      await client.startTLS(tls);
      await client.bind("svc-mail@contoso.lab", PRACTICE_PASSWORD);
      expect((await client.search(DOMAIN_DN, { scope: "base" })).searchEntries).toHaveLength(1);
      expect((await refusal(client.startTLS(tls))).code).toBe(1);
    });
  });

  test("an account without rights does not see that Exchange is there", async () => {
    await withClient(await signedIn(practice, "svc-unprivileged@contoso.lab"), async (client) => {
      expect((await refusal(client.search(EXCHANGE_DN, { filter: SERVERS_FILTER }))).code).toBe(32);
      expect((await client.search(CONFIGURATION_DN, { filter: SERVERS_FILTER })).searchEntries).toEqual([]);
      expect((await client.search(DOMAIN_DN, { scope: "base" })).searchEntries).toHaveLength(1);
    });
  });
});

describe("searching", () => {
  test("lists the servers with what discovery needs", async () => {
    const { searchEntries } = await search(EXCHANGE_DN, SERVERS_FILTER, ["cn", "serialNumber", "versionNumber", "networkAddress", "msExchCurrentServerRoles", "msExchServerSite"]);
    expect(names(searchEntries)).toEqual(["EDGE1", "EXA", "EXB", "EXC", "EXD", "EXS"]);
    expect(searchEntries.find(({ cn }) => cn === "EXB")).toMatchObject({
      serialNumber: "Version 15.0 (Build 31497.2)",
      versionNumber: "1941997017",
      msExchCurrentServerRoles: "16439",
      msExchServerSite: `CN=Default-First-Site-Name,CN=Sites,${CONFIGURATION_DN}`,
      networkAddress: expect.arrayContaining(["ncacn_ip_tcp:EXB.contoso.lab", "netbios:EXB"]) as unknown,
    });
  });

  test.each([
    [`(objectCategory=CN=ms-Exch-Exchange-Server,CN=Schema,${CONFIGURATION_DN})`, 6],
    ["(&(objectClass=server)(!(msExchCurrentServerRoles:1.2.840.113556.1.4.803:=64)))", 5],
    ["(msExchCurrentServerRoles:1.2.840.113556.1.4.804:=66)", 6],
    ["(&(objectClass=msExchExchangeServer)(versionNumber>=1942063563))", 4],
    ["(&(objectClass=msExchExchangeServer)(versionNumber<=1941997017))", 2],
    ["(&(cn=ex*)(serialNumber=*15.2*))", 2],
    ["(|(cn=exa)(CN=EXB))", 2],
    ["(cn~=exa)", 1],
    ["(&(objectClass=server)(unknownAttribute=1))", 0],
    ["(&(objectClass=server)(!(unknownAttribute=1)))", 0],
    ["(&(objectClass=server)(!(department=x)))", 6],
    ["(&(objectClass=server)(networkAddress=*))", 6],
  ])("%s finds %i", async (filter, count) => {
    expect((await search(EXCHANGE_DN, filter)).searchEntries).toHaveLength(count);
  });

  test("follows group membership in chains", async () => {
    expect((await search(DOMAIN_DN, `(memberOf:1.2.840.113556.1.4.1941:=${STAFF})`)).searchEntries).toHaveLength(1600);
  });

  test("base, one and sub reach as far as they say", async () => {
    const servers = `CN=Servers,CN=Exchange Administrative Group (FYDIBOHF23SPDLT),CN=Administrative Groups,CN=Contoso,${EXCHANGE_DN}`;
    expect((await search(servers, "(cn=*)", ["cn"], "base")).searchEntries).toHaveLength(1);
    expect((await search(servers, "(cn=*)", ["cn"], "one")).searchEntries).toHaveLength(6);
    expect((await search(servers, "(cn=*)", ["cn"], "sub")).searchEntries).toHaveLength(7);
  });

  test("another partition below is a reference, not searched", async () => {
    const { searchEntries, searchReferences } = await search(DOMAIN_DN, SERVERS_FILTER);
    expect(searchEntries).toEqual([]);
    expect(searchReferences).toEqual([`ldap://contoso.lab/${CONFIGURATION_DN}`]);
  });

  test("selects attributes, none with 1.1, and spells them as the schema does", async () => {
    const [some] = (await search(STAFF, "(cn=*)", ["SAMACCOUNTNAME", "mail"], "base")).searchEntries;
    expect(Object.keys(some ?? {}).toSorted()).toEqual(["dn", "mail", "sAMAccountName"]);
    const [none] = (await search(STAFF, "(cn=*)", ["1.1"], "base")).searchEntries;
    // The client lists what it asked for, even where nothing came.
    expect(none).toEqual({ dn: STAFF, "1.1": [] });
  });

  test("says what is nearest to an object that does not exist, where another domain is, and what is no name", async () => {
    await withClient(await signedIn(practice), async (client) => {
      const missing = await refusal(client.search(`OU=Gone,OU=People,${DOMAIN_DN}`));
      expect(missing).toMatchObject({ code: 32, text: expect.stringContaining(`'OU=People,${DOMAIN_DN}'`) as unknown });
      expect((await refusal(client.search("DC=fabrikam,DC=lab"))).code).toBe(10);
      expect((await refusal(client.search("nonsense"))).code).toBe(34);
    });
  });

  test("refuses changes where nobody was given rights, and critical controls it does not know", async () => {
    await withClient(await signedIn(practice), async (client) => {
      expect((await refusal(client.del(`CN=svc-mail,OU=Service Accounts,${DOMAIN_DN}`))).code).toBe(50);
      expect((await refusal(client.add(`CN=x,${DOMAIN_DN}`, { objectClass: ["user"] }))).code).toBe(50);
      expect((await refusal(client.exop("1.2.3.4"))).code).toBe(2);
      expect(await client.compare(STAFF, "cn", "ALL STAFF")).toBe(true);
    });
  });
});

describe("limits", () => {
  test("1,002 servers: 1,000 and an error without paging, all with it", async () => {
    await practice.does("thousand");
    await withClient(await signedIn(practice), async (client) => {
      const filter = "(&(objectCategory=msExchExchangeServer)(versionNumber=1942063563)(!(msExchCurrentServerRoles=64)))";
      expect((await refusal(client.search(EXCHANGE_DN, { filter, attributes: ["cn"] }))).code).toBe(4);
      const { searchEntries } = await client.search(EXCHANGE_DN, { filter, attributes: ["cn"], paged: { pageSize: 400 } });
      expect(new Set(names(searchEntries)).size).toBe(1002);
    });
  });

  test("a page holds at most 1,000, whatever was asked for", async () => {
    await withClient(await signedIn(practice), async (client) => {
      const pages: number[] = [];
      for await (const { searchEntries } of client.searchPaginated(DOMAIN_DN, { filter: "(cn=person*)", attributes: ["cn"], paged: { pageSize: 5000 } })) pages.push(searchEntries.length);
      expect(pages).toEqual([1000, 600]);
    });
  });

  test("1,500 values of an attribute at a time", async () => {
    const read = async (attribute: string) => {
      const [entry] = (await search(STAFF, "(cn=*)", [attribute], "base")).searchEntries;
      return Object.entries(entry ?? {}).filter(([name, values]) => name !== "dn" && values.length > 0).map(([name, values]) => [name, values.length]);
    };
    expect(await read("member")).toEqual([["member;range=0-1499", 1500]]);
    expect(await read("member;range=1500-*")).toEqual([["member;range=1500-*", 100]]);
    expect(await read("member;range=10-19")).toEqual([["member;range=10-19", 10]]);
    expect(await read("member;range=0-*")).toEqual([["member;range=0-1499", 1500]]);
  });
});

/** Connection and sign-in of OpenLDAP's programs. */
async function login(security: "ldaps" | "starttls" = "ldaps"): Promise<string[]> {
  const port = await practice.portOf("dc1.contoso.lab", security === "ldaps" ? 636 : 389);
  return ["-x", "-LLL", "-o", "ldif-wrap=no", ...(security === "starttls" ? ["-ZZ"] : []), "-H", `${security === "ldaps" ? "ldaps" : "ldap"}://127.0.0.1:${port}`, "-D", "CONTOSO\\svc-mail", "-w", PRACTICE_PASSWORD];
}

const missing = spawnSync("ldapsearch", ["-VV"]).error !== undefined;
describe.skipIf(missing)("OpenLDAP's programs agree (skipped where ldapsearch is not installed)", () => {
  test.each(["ldaps", "starttls"] as const)("over %s", async (security) => {
    const { code, stdout } = await ldapProgram("ldapsearch", [...(await login(security)), "-b", EXCHANGE_DN, SERVERS_FILTER, "cn", "serialNumber"]);
    expect(code).toBe(0);
    expect(stdout.match(/^cn: .*/gm)).toHaveLength(6);
    expect(stdout).toContain("serialNumber: Version 15.2 (Build 32562.17)");
  });

  test("on the 1,000 entry limit, and on paging past it", async () => {
    await practice.does("thousand");
    const limited = await ldapProgram("ldapsearch", [...(await login()), "-b", EXCHANGE_DN, SERVERS_FILTER, "cn"]);
    expect([limited.code, limited.stdout.match(/^dn: /gm)?.length]).toEqual([4, 1000]);
    const paged = await ldapProgram("ldapsearch", [...(await login()), "-E", "pr=500/noprompt", "-b", EXCHANGE_DN, SERVERS_FILTER, "cn"]);
    expect([paged.code, paged.stdout.match(/^dn: /gm)?.length]).toEqual([0, 1007]);
  });

  test("on finding an object by its identifier", async () => {
    const client = await signedIn(practice);
    const read = await withClient(client, (it) => it.search(STAFF, { scope: "base", attributes: ["objectGUID"], explicitBufferAttributes: ["objectGUID"] }));
    const guid = read.searchEntries[0]?.["objectGUID"];
    const octets = Buffer.isBuffer(guid) ? guid.toString("hex").replaceAll(/../g, String.raw`\$&`) : "";
    const { stdout } = await ldapProgram("ldapsearch", [...(await login()), "-b", DOMAIN_DN, `(objectGUID=${octets})`, "cn"]);
    expect(stdout).toContain(`dn: ${STAFF}`);
  });

  test("on a wrong password", async () => {
    const args = (await login()).slice(0, -1);
    const { code, stderr } = await ldapProgram("ldapsearch", [...args, "wrong", "-b", DOMAIN_DN]);
    expect(code).toBe(49);
    expect(stderr).toContain("AcceptSecurityContext error, data 52e");
  });

  test("on a missing object", async () => {
    const { code, stderr, stdout } = await ldapProgram("ldapsearch", [...(await login()), "-b", `OU=Gone,${DOMAIN_DN}`]);
    expect(code).toBe(32);
    expect(stderr + stdout).toContain(`Matched DN: ${DOMAIN_DN}`);
  });

  test("on who is signed in", async () => {
    const args = (await login()).filter((each) => !each.startsWith("-L") && each !== "-o" && each !== "ldif-wrap=no");
    expect((await ldapProgram("ldapwhoami", args)).stdout.trim()).toBe("u:CONTOSO\\svc-mail");
  });
});

test("no request made the directory fail inside", () => {
  expect(practice.errors).toEqual([]);
});
