/** The rootDSE: what a directory says about itself before anyone has signed in. */
import type { Entry, Tree } from "./tree.ts";

export const START_TLS = "1.3.6.1.4.1.1466.20037";
export const WHO_AM_I = "1.3.6.1.4.1.4203.1.11.3";
export const PAGED_RESULTS = "1.2.840.113556.1.4.319";
export const DOMAIN_SCOPE = "1.2.840.113556.1.4.1339";

/** Controls that are honoured, or harmless to accept. */
export const supportedControls: readonly string[] = [
  PAGED_RESULTS,
  DOMAIN_SCOPE,
  // Security descriptor flags and show deleted: there is neither here.
  "1.2.840.113556.1.4.801",
  "1.2.840.113556.1.4.417",
];

// Active Directory on LDAP version 3, Windows 2000, 2003, 2008, 2008 R2 and 2012 levels ([MS-ADTS] 3.1.1.3.4.3).
const capabilities = ["800", "1670", "1791", "1935", "2080", "2237"].map((last) => `1.2.840.113556.1.4.${last}`);

/** Generalized time, such as `20260105093000.0Z`. */
export function generalizedTime(at: number): string {
  return `${new Date(at).toISOString().replaceAll(/[-:T]/g, "").slice(0, 14)}.0Z`;
}

/** Makes the rootDSE of a controller. `now` is epoch milliseconds. */
export function rootDse(tree: Tree, controller: { readonly host: string; readonly domain: string }, now: number): Entry {
  const [domain = "", configuration = "", schema = ""] = tree.contexts;
  const computer = controller.host.split(".", 1)[0]?.toUpperCase() ?? "";
  const server = `CN=${computer},CN=Servers,CN=Default-First-Site-Name,CN=Sites,${configuration}`;
  const facts: readonly (readonly [string, readonly string[]])[] = [
    ["currentTime", [generalizedTime(now)]],
    ["subschemaSubentry", [`CN=Aggregate,${schema}`]],
    ["dsServiceName", [`CN=NTDS Settings,${server}`]],
    ["namingContexts", tree.contexts],
    ["defaultNamingContext", [domain]],
    ["schemaNamingContext", [schema]],
    ["configurationNamingContext", [configuration]],
    ["rootDomainNamingContext", [domain]],
    ["supportedControl", supportedControls],
    ["supportedLDAPVersion", ["3"]],
    ["highestCommittedUSN", ["12345"]],
    ["supportedExtension", [START_TLS, WHO_AM_I]],
    ["dnsHostName", [controller.host]],
    ["ldapServiceName", [`${controller.domain}:${computer.toLowerCase()}$@${controller.domain.toUpperCase()}`]],
    ["serverName", [server]],
    ["supportedCapabilities", capabilities],
    ["isSynchronized", ["TRUE"]],
    ["isGlobalCatalogReady", ["TRUE"]],
    ["domainFunctionality", ["7"]],
    ["forestFunctionality", ["7"]],
    ["domainControllerFunctionality", ["7"]],
  ];
  const values = new Map(facts.map(([name, texts]) => [name.toLowerCase(), texts.map((text) => Buffer.from(text))]));
  // Every rootDSE answers (objectClass=*), though it lists no class.
  values.set("objectclass", [Buffer.from("top")]);
  return { dn: "", names: facts.map(([name]) => name), values: (attribute) => values.get(attribute) ?? [] };
}
