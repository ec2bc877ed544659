/** One `msExchExchangeServer` object of the configuration partition as a mail server. */
import type { DiscoveredServer } from "../../../shared/model/mail-server.ts";
import { parseHost } from "../../../shared/rules/host-name.ts";
import type { DirectoryEntry } from "../../directory/types.ts";
import { formatBuild, parseSerialNumber, releaseOf, unpackVersionNumber, variantOf, type Build, type Variant } from "./version.ts";

/**
 * Bits of `msExchCurrentServerRoles`, after the ServerRole values of Exchange's own scripts (github.com/microsoft/CSS-Exchange).
 * Real values carry further bits, so that they are tested one by one. Since 2013 there are two roles: 2 is a mailbox server,
 * which brings along what used to be the roles 4, 16 and 32; 1 is a client access server, which brings along Frontend
 * Transport, 16384. Hence 54 is a mailbox server, 16385 a client access server and 16439 both.
 */
const roles = [
  [2, "mailbox"],
  [1, "client-access"],
] as const;
const rolesBefore2013 = [
  [2, "mailbox"],
  [4, "client-access"],
  [16, "unified-messaging"],
  [32, "hub-transport"],
] as const;
const FIRST_MAJOR_WITH_TWO_ROLES = 15;
const EDGE = 64;

/**
 * When two controllers create an object of one name, one of the two gets a line feed, `CNF:` and its GUID behind its
 * name (MS-DRSR 5.26, MakeConflictDN).
 */
const CONFLICT = /\nCNF:[0-9a-f-]{36}$/i;

export const serverAttributes = ["cn", "networkAddress", "serialNumber", "versionNumber", "msExchCurrentServerRoles", "msExchServerSite"] as const;

export interface ServerObject {
  readonly server: DiscoveredServer;
  /** Null for a release that the drop-down does not name. */
  readonly variant: Variant | null;
  /** What replication made of a second object of the same name: what it says may be out of date. */
  readonly conflict: boolean;
  /** Edge servers stand outside the domain and take no management commands. */
  readonly edge: boolean;
}

/** Reads an entry; `domain` completes the name of a server whose address is not registered. Null where no name can be a host's. */
export function readServer(entry: DirectoryEntry, domain: string): ServerObject | null {
  const name = nameOf(entry, domain);
  if (name === null) return null;
  const first = (name: string) => entry.attributes[name.toLowerCase()]?.[0] ?? null;
  const build = readBuild(first("serialNumber"), first("versionNumber"));
  const variant = build === null ? null : variantOf(build);
  const bits = Number(first("msExchCurrentServerRoles") ?? "0");
  const site = first("msExchServerSite");
  return {
    server: {
      name,
      version: build === null ? null : releaseOf(build),
      build: build === null ? null : formatBuild(build),
      roles: rolesOf(build).filter(([bit]) => (bits & bit) !== 0).map(([, name]) => name),
      site: site === null ? null : firstName(site),
    },
    variant,
    conflict: CONFLICT.test(firstName(entry.dn)),
    edge: (bits & EDGE) !== 0,
  };
}

function readBuild(serialNumber: string | null, versionNumber: string | null): Build | null {
  const fromText = serialNumber === null ? null : parseSerialNumber(serialNumber);
  return fromText ?? (versionNumber === null ? null : unpackVersionNumber(Number(versionNumber)));
}

function rolesOf(build: Build | null) {
  return build !== null && build.major < FIRST_MAJOR_WITH_TWO_ROLES ? rolesBefore2013 : roles;
}

/** `networkAddress` holds one value per protocol; the TCP one is the fully qualified name. */
function nameOf(entry: DirectoryEntry, domain: string): string | null {
  const addresses = entry.attributes["networkaddress"] ?? [];
  const prefix = "ncacn_ip_tcp:";
  const names = addresses.filter((address) => address.toLowerCase().startsWith(prefix)).map((address) => address.slice(prefix.length));
  const full = names.map(hostOf).find((name) => name?.includes("."));
  const short = names[0]?.trim() ?? (entry.attributes["cn"]?.[0] ?? firstName(entry.dn)).replace(CONFLICT, "");
  return full ?? hostOf(`${short}.${domain}`);
}

function hostOf(name: string): string | null {
  const read = parseHost(name);
  return read.ok && read.value.port === null ? read.value.host : null;
}

/** The value of a distinguished name's first part, with RFC 4514's escapes undone. */
export function firstName(dn: string): string {
  const value = /^[^=]+=((?:\\.|[^,\\])*)/.exec(dn)?.[1] ?? dn;
  const bytes = value.replaceAll(/(?:\\[0-9a-f]{2})+/gi, (run) => Buffer.from(run.replaceAll("\\", ""), "hex").toString("utf8"));
  return bytes.replaceAll(/\\(.)/g, "$1");
}
