/** The entries of a practice domain: accounts, people, a large group, sites, and the Exchange organisation. */
import { createHash } from "node:crypto";
import { exchangeVersions, serialNumberOf, siteNames, versionNumberOf, type MailServer, type Organisation } from "../organisation.ts";
import { accountPlans } from "./accounts.ts";
import { domainDn, escapeValue } from "./names.ts";
import { attributeSchemas, objectClasses } from "./schema.ts";
import { buildTree, type NewEntry, type Tree } from "./tree.ts";

/** Members of the large group: more than one range of 1,500 values, and more people than one page of 1,000. */
export const LARGE_GROUP_MEMBERS = 1600;

/** The DN below which Exchange keeps its organisation. */
function exchangeRoot(domain: string): string {
  return `CN=Microsoft Exchange,CN=Services,CN=Configuration,${domainDn(domain)}`;
}

/** The DN of the group whose members need a second range. */
export function largeGroupDn(domain: string): string {
  return `CN=All Staff,OU=Groups,${domainDn(domain)}`;
}

function sid(dn: string): Buffer {
  // S-1-5-21-x-y-z-rid, with the numbers out of the DN's digest.
  const digest = createHash("sha256").update(dn.toLowerCase()).digest();
  return Buffer.concat([Buffer.from([1, 5, 0, 0, 0, 0, 0, 5, 21, 0, 0, 0]), digest.subarray(0, 16)]);
}

const containers = (root: string): readonly NewEntry[] => [
  { dn: root, class: "domainDNS" },
  { dn: `CN=Users,${root}`, class: "container" },
  { dn: `OU=Domain Controllers,${root}`, class: "organizationalUnit" },
  { dn: `OU=Service Accounts,${root}`, class: "organizationalUnit" },
  { dn: `OU=People,${root}`, class: "organizationalUnit" },
  { dn: `OU=Groups,${root}`, class: "organizationalUnit" },
];

function people(domain: string): readonly NewEntry[] {
  const root = domainDn(domain);
  const names = Array.from({ length: LARGE_GROUP_MEMBERS }, (_, index) => `person${String(index + 1).padStart(4, "0")}`);
  const dnOf = (name: string) => `CN=${name},OU=People,${root}`;
  const group = largeGroupDn(domain);
  return [
    ...names.map((name, index): NewEntry => ({
      dn: dnOf(name),
      class: "user",
      attributes: {
        sAMAccountName: name,
        userPrincipalName: `${name}@${domain}`,
        displayName: `Person ${index + 1}`,
        mail: `${name}@${domain}`,
        userAccountControl: 512,
        memberOf: group,
        objectSid: sid(dnOf(name)),
      },
    })),
    {
      dn: group,
      class: "group",
      attributes: { sAMAccountName: "All Staff", groupType: -2_147_483_640, mail: `staff@${domain}`, member: names.map(dnOf), objectSid: sid(group) },
    },
  ];
}

function accounts(organisation: Organisation): readonly NewEntry[] {
  const root = domainDn(organisation.domain);
  return accountPlans.map((account): NewEntry => {
    const dn = `CN=${account.name},OU=Service Accounts,${root}`;
    return {
      dn,
      class: "user",
      attributes: {
        sAMAccountName: account.name,
        userPrincipalName: `${account.name}@${organisation.domain}`,
        displayName: account.description,
        description: account.description,
        userAccountControl: account.state === "disabled" ? 514 : 512,
        objectSid: sid(dn),
      },
    };
  });
}

function sites(configuration: string): readonly NewEntry[] {
  return [
    { dn: configuration, class: "configuration" },
    { dn: `CN=Services,${configuration}`, class: "container" },
    { dn: `CN=Sites,${configuration}`, class: "sitesContainer" },
    ...siteNames.map((name): NewEntry => ({ dn: siteDn(name, configuration), class: "site" })),
  ];
}

function siteDn(name: string, configuration: string): string {
  return `CN=${escapeValue(name)},CN=Sites,${configuration}`;
}

function schemaEntries(schema: string): readonly NewEntry[] {
  return [
    { dn: schema, class: "dMD" },
    ...objectClasses.map((each): NewEntry => ({
      dn: `CN=${each.cn},${schema}`,
      class: "classSchema",
      attributes: { lDAPDisplayName: each.name, objectClassCategory: 1 },
    })),
    ...attributeSchemas.map(({ name, syntax }): NewEntry => ({
      dn: `CN=${name},${schema}`,
      class: "attributeSchema",
      attributes: { lDAPDisplayName: name, attributeSyntax: syntax },
    })),
  ];
}

function serverEntry(server: MailServer, domain: string, servers: string, configuration: string): NewEntry {
  const fqdn = `${server.name}.${domain}`;
  return {
    dn: `CN=${escapeValue(server.name)},${servers}`,
    class: "msExchExchangeServer",
    attributes: {
      serialNumber: serialNumberOf(server.version),
      versionNumber: versionNumberOf(server.version),
      msExchCurrentServerRoles: server.roles,
      msExchServerSite: siteDn(server.site, configuration),
      // The protocol sequences under which Exchange setup registers a server.
      networkAddress: [
        `ncacn_vns_spp:${server.name}`,
        `netbios:${server.name}`,
        `ncacn_np:${server.name}`,
        `ncacn_spx:${server.name}`,
        `ncacn_ip_tcp:${fqdn}`,
        `ncalrpc:${server.name}`,
      ],
      legacyExchangeDN: `/o=Contoso/ou=Exchange Administrative Group (FYDIBOHF23SPDLT)/cn=Configuration/cn=Servers/cn=${server.name}`,
      msExchVersion: "44220983382016",
    },
  };
}

function exchangeEntries(organisation: Organisation, configuration: string, conflict: boolean): readonly NewEntry[] {
  if (organisation.exchange === null) return [];
  const root = exchangeRoot(organisation.domain);
  const own = `CN=${escapeValue(organisation.exchange)},${root}`;
  const groups = `CN=Administrative Groups,${own}`;
  const group = `CN=Exchange Administrative Group (FYDIBOHF23SPDLT),${groups}`;
  const servers = `CN=Servers,${group}`;
  return [
    { dn: root, class: "msExchConfigurationContainer" },
    { dn: own, class: "msExchOrganizationContainer" },
    { dn: groups, class: "msExchAdminGroupContainer" },
    { dn: group, class: "msExchAdminGroup" },
    { dn: servers, class: "msExchServersContainer" },
    ...organisation.servers().map((server) => serverEntry(server, organisation.domain, servers, configuration)),
    ...(conflict ? organisation.servers().slice(0, 1).map((server) => conflictEntry(server, organisation.domain, servers, configuration)) : []),
  ];
}

/** What replication keeps when two controllers created a server of one name: it says what the server was then. */
function conflictEntry(server: MailServer, domain: string, servers: string, configuration: string): NewEntry {
  const [oldest] = exchangeVersions;
  const was = serverEntry({ ...server, version: { ...(oldest ?? server.version), build: 516, revision: 32 } }, domain, servers, configuration);
  return { ...was, dn: `CN=${escapeValue(server.name)}\\0ACNF:7d6b4e2a-1c7e-4a61-9a57-5c1a3f0f9f1e,${servers}` };
}

/**
 * Builds the tree of an organisation; `exchange: false` leaves the Exchange organisation out, `conflict` gives its first
 * server a conflict object besides.
 */
export function buildEntries(organisation: Organisation, options: { readonly exchange: boolean; readonly conflict?: boolean }): Tree {
  const root = domainDn(organisation.domain);
  const configuration = `CN=Configuration,${root}`;
  const schema = `CN=Schema,${configuration}`;
  return buildTree([root, configuration, schema], schema, [
    ...containers(root),
    ...accounts(organisation),
    ...people(organisation.domain),
    ...sites(configuration),
    ...schemaEntries(schema),
    ...(options.exchange ? exchangeEntries(organisation, configuration, options.conflict === true) : []),
  ]);
}
