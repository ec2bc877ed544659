/** Which domain controllers to try, and in which order. */
import { succeed, type Result } from "../../shared/fault.ts";
import type { ActiveDirectoryConnection, LdapSecurity } from "../../shared/model/identity-store.ts";
import type { Endpoint } from "../ports.ts";
import type { DirectoryDeps } from "./operation.ts";

const LDAP_PORT = 389;
const LDAPS_PORT = 636;

/**
 * Asks DNS for the domain's controllers: `_ldap._tcp.dc._msdcs.<domain>`, which every Active Directory registers
 * (MS-ADTS 6.3.2.3), then the plain `_ldap._tcp.<domain>`. Ports are those of plain LDAP, as registered.
 */
export async function findControllers(
  domain: string,
  dnsServer: string | null,
  deps: Pick<DirectoryDeps, "resolver">,
  signal: AbortSignal,
): Promise<Result<readonly Endpoint[]>> {
  const name = domain.trim().replace(/\.$/, "");
  const registered = await deps.resolver.service(`_ldap._tcp.dc._msdcs.${name}`, { server: dnsServer, signal });
  const found = registered.ok && registered.value.length > 0 ? registered : await fallback();
  if (!found.ok) return withDomain(found, name);
  if (found.value.length === 0) return { ok: false, fault: { kind: "unreachable", rung: "dns", reason: "no-records", host: name } };
  return succeed(found.value.map(({ host, port }) => ({ host: host.replace(/\.$/, "").toLowerCase(), port })));

  async function fallback() {
    // A DNS server that cannot be asked will not be better at the second name.
    if (!registered.ok && !isMissing(registered)) return registered;
    return deps.resolver.service(`_ldap._tcp.${name}`, { server: dnsServer, signal });
  }
}

function isMissing(result: Result<unknown>): boolean {
  return !result.ok && result.fault.kind === "unreachable" && (result.fault.reason === "name-not-found" || result.fault.reason === "no-records");
}

/** People know the domain they typed, not the record that was asked for. */
function withDomain<T>(result: Result<T>, domain: string): Result<T> {
  if (result.ok || result.fault.kind !== "unreachable") return result;
  return { ok: false, fault: { ...result.fault, host: domain } };
}

/** Reads `host`, `host:port`, `address` and `[address]:port`; the port is null where none was given. */
export function parseController(text: string): { readonly host: string; readonly port: number | null } {
  const match = /^\[(?<six>[^\]]+)\](?::(?<port>\d{1,5}))?$|^(?<host>[^:]+):(?<hostPort>\d{1,5})$/.exec(text.trim());
  const host = match?.groups?.["six"] ?? match?.groups?.["host"] ?? text.trim();
  const port = match?.groups?.["port"] ?? match?.groups?.["hostPort"];
  return { host, port: port === undefined ? null : Number(port) };
}

/** The controllers to try for `domain`: the typed ones where they are this domain's, else what DNS says. */
export async function candidates(
  connection: ActiveDirectoryConnection,
  domain: string,
  deps: Pick<DirectoryDeps, "resolver">,
  signal: AbortSignal,
): Promise<Result<readonly Endpoint[]>> {
  const typed = connection.domain.trim().toLowerCase() === domain.trim().toLowerCase() ? connection.domainControllers : [];
  if (typed.length > 0) {
    return succeed(typed.map(parseController).map(({ host, port }) => ({ host, port: port ?? defaultPort(connection.security) })));
  }
  const found = await findControllers(domain, connection.dnsServer, deps, signal);
  return found.ok ? succeed(found.value.map((each) => (connection.security === "ldaps" ? { host: each.host, port: LDAPS_PORT } : each))) : found;
}

/** LDAPS has a port of its own; StartTLS and plain LDAP share the other. */
export function defaultPort(security: LdapSecurity): number {
  return security === "ldaps" ? LDAPS_PORT : LDAP_PORT;
}
