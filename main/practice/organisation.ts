/** The servers of the practice organisation, contoso.lab, and how Active Directory writes them down. */

export interface ExchangeVersion {
  /** What a person types after `add <name>`. */
  readonly id: "2013" | "2016" | "2019" | "se";
  readonly major: number;
  readonly minor: number;
  readonly build: number;
  readonly revision: number;
}

/** Builds of the last cumulative updates. */
export const exchangeVersions: readonly ExchangeVersion[] = [
  { id: "2013", major: 15, minor: 0, build: 1497, revision: 2 },
  { id: "2016", major: 15, minor: 1, build: 2507, revision: 6 },
  { id: "2019", major: 15, minor: 2, build: 1544, revision: 4 },
  { id: "se", major: 15, minor: 2, build: 2562, revision: 17 },
];

/** `msExchCurrentServerRoles` of a server that setup gave both roles of 2013, as every server has them since 2016. */
export const MAILBOX_ROLES = 16_439;
/** `msExchCurrentServerRoles` of an Edge Transport server. */
export const EDGE_ROLES = 64;

export interface MailServer {
  /** Computer name in upper case, as Active Directory keeps it. */
  readonly name: string;
  /** Fully qualified, lower case. */
  readonly host: string;
  readonly version: ExchangeVersion;
  readonly roles: number;
  readonly site: string;
  /** One of the thousand rather than one a person knows by name. */
  readonly generated: boolean;
}

/** `serialNumber` in the directory's form, where the build carries 30000 more. */
export function serialNumberOf(version: ExchangeVersion): string {
  return `Version ${version.major}.${version.minor} (Build ${version.build + 30_000}.${version.revision})`;
}

/** `versionNumber`: constant 7 in 4 bits, 6 bits major, 6 bits minor, a set flag bit, 15 bits build. */
export function versionNumberOf(version: ExchangeVersion): number {
  return (7 << 28) | (version.major << 22) | (version.minor << 16) | (1 << 15) | version.build;
}

export interface Organisation {
  /** DNS name of the domain. */
  readonly domain: string;
  readonly netbios: string;
  /** The Exchange organisation's name; null for a directory without Exchange. */
  readonly exchange: string | null;
  /** The same list until something changes, then another one. */
  servers(): readonly MailServer[];
  /** Finds by computer name or host name, in any case. */
  find(name: string): MailServer | null;
  /** False when a server of that name exists. */
  add(name: string, version: ExchangeVersion): boolean;
  remove(name: string): boolean;
  /** Adds Exchange 2016 servers ex0001, ex0002 and so on until `total` of that version stand. */
  fill(total: number): void;
  reset(): void;
}

function versionOf(id: ExchangeVersion["id"]): ExchangeVersion {
  const found = exchangeVersions.find((version) => version.id === id);
  if (found === undefined) throw new Error("unknown Exchange version");
  return found;
}

/** The site of most servers, and of whoever connects. */
export const MAIN_SITE = "Default-First-Site-Name";

const firstServers: readonly (readonly [string, ExchangeVersion["id"], number, string])[] = [
  ["EXA", "2013", MAILBOX_ROLES, MAIN_SITE],
  ["EXB", "2013", MAILBOX_ROLES, MAIN_SITE],
  ["EXC", "2016", MAILBOX_ROLES, MAIN_SITE],
  ["EXD", "2019", MAILBOX_ROLES, "Branch-Office"],
  ["EXS", "se", MAILBOX_ROLES, "Branch-Office"],
  ["EDGE1", "2016", EDGE_ROLES, MAIN_SITE],
];

/** The sites servers stand in. */
export const siteNames: readonly string[] = [MAIN_SITE, "Branch-Office"];

/** Makes an organisation; `exchange: null` has no mail servers and none can be added. */
export function createOrganisation(facts: { readonly domain: string; readonly netbios: string; readonly exchange: string | null }): Organisation {
  let servers = new Map<string, MailServer>();
  let list: readonly MailServer[] | null = null;

  const put = (name: string, version: ExchangeVersion, roles: number, site: string, generated: boolean) => {
    list = null;
    servers.set(name.toLowerCase(), { name, host: `${name.toLowerCase()}.${facts.domain}`, version, roles, site, generated });
  };
  const begin = () => {
    list = null;
    servers = new Map();
    if (facts.exchange === null) return;
    for (const [name, version, roles, site] of firstServers) put(name, versionOf(version), roles, site, false);
  };
  const keyOf = (name: string) => {
    const lower = name.toLowerCase();
    return lower.endsWith(`.${facts.domain}`) ? lower.slice(0, -facts.domain.length - 1) : lower;
  };
  begin();

  return {
    ...facts,
    servers: () => (list ??= [...servers.values()]),
    find: (name) => servers.get(keyOf(name)) ?? null,
    add(name, version) {
      const key = keyOf(name);
      if (facts.exchange === null || servers.has(key)) return false;
      put(key.toUpperCase(), version, MAILBOX_ROLES, MAIN_SITE, false);
      return true;
    },
    remove(name) {
      const removed = servers.delete(keyOf(name));
      if (removed) list = null;
      return removed;
    },
    fill(total) {
      const version = versionOf("2016");
      const standing = () => [...servers.values()].filter((server) => server.version.id === version.id && server.roles !== EDGE_ROLES).length;
      let missing = total - standing();
      for (let number = 1; missing > 0; number += 1) {
        const name = `EX${String(number).padStart(4, "0")}`;
        if (servers.has(name.toLowerCase())) continue;
        put(name, version, MAILBOX_ROLES, MAIN_SITE, true);
        missing -= 1;
      }
    },
    reset: begin,
  };
}
