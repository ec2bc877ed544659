/** Which domain controllers to try, and in which order. */
import { fail, succeed, type Fault, type Result } from "../../shared/fault.ts";
import type { ActiveDirectoryConnection, LdapSecurity } from "../../shared/model/identity-store.ts";
import { hostIssue } from "../../shared/rules/connection.ts";
import { formatHost, isAddress, parseDomain, parseHost, type Host } from "../../shared/rules/host-name.ts";
import type { Endpoint } from "../ports.ts";
import type { DirectoryDeps } from "./operation.ts";
import { findSite } from "./site.ts";

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
  const read = parseDomain(domain);
  if (!read.ok) return fail({ kind: "invalid", issues: [hostIssue(["domain"], read)] });
  const name = read.value;
  const registered = await deps.resolver.service(`_ldap._tcp.dc._msdcs.${name}`, { server: dnsServer, signal });
  // A DNS server that cannot be asked will not be better at the second name.
  const ask = (registered.ok && registered.value.length === 0) || isMissing(registered);
  const found = ask ? await deps.resolver.service(`_ldap._tcp.${name}`, { server: dnsServer, signal }) : registered;
  if (!found.ok) return withDomain(found, name);
  if (found.value.length === 0) return fail(noRecords(name));
  return succeed(found.value.map(endpointOf));
}

function noRecords(host: string): Fault {
  return { kind: "unreachable", rung: "dns", reason: "no-records", host };
}

function endpointOf({ host, port }: Endpoint): Endpoint {
  return { host: host.replace(/\.$/, "").toLowerCase(), port };
}

function isMissing(result: Result<unknown>): boolean {
  return !result.ok && result.fault.kind === "unreachable" && (result.fault.reason === "name-not-found" || result.fault.reason === "no-records");
}

/** People know the domain they typed, not the record that was asked for. */
function withDomain<T>(result: Result<T>, domain: string): Result<T> {
  if (result.ok || result.fault.kind !== "unreachable") return result;
  return fail({ ...result.fault, host: domain });
}

/**
 * The controllers to try for `domain`: the typed ones where they are this domain's, else what DNS says, those of this
 * computer's own site first. Fails with `invalid` for a name that cannot be a host's.
 */
export async function candidates(
  connection: ActiveDirectoryConnection,
  domain: string,
  deps: DirectoryDeps,
  signal: AbortSignal,
): Promise<Result<readonly Endpoint[]>> {
  const { dnsServer, security } = connection;
  const typed = connection.domain.trim().toLowerCase() === domain.trim().toLowerCase() ? connection.domainControllers : [];
  if (typed.length > 0) return typedControllers(typed, domain, security);
  const found = await findControllers(domain, dnsServer, deps, signal);
  if (!found.ok) return found;
  const nearest = await ofOwnSite(domain, dnsServer, found.value, deps, signal);
  const near = new Set(nearest.map(({ host }) => host));
  const ordered = [...nearest, ...found.value.filter(({ host }) => !near.has(host))];
  return succeed(security === "ldaps" ? ordered.map(({ host }) => ({ host, port: LDAPS_PORT })) : ordered);
}

/** `_ldap._tcp.<site>._sites.dc._msdcs.<domain>` (MS-ADTS 6.3.2.3); empty where one controller leaves no choice, or no site is known. */
async function ofOwnSite(domain: string, dnsServer: string | null, all: readonly Endpoint[], deps: DirectoryDeps, signal: AbortSignal): Promise<readonly Endpoint[]> {
  if (all.length < 2) return [];
  const site = await findSite(domain, all, dnsServer, deps, signal);
  if (site === null) return [];
  const registered = await deps.resolver.service(`_ldap._tcp.${site}._sites.dc._msdcs.${domain}`, { server: dnsServer, signal });
  return registered.ok ? registered.value.map(endpointOf) : [];
}

function typedControllers(typed: readonly string[], domain: string, security: LdapSecurity): Result<readonly Endpoint[]> {
  const endpoints: Endpoint[] = [];
  for (const [index, text] of typed.entries()) {
    const read = parseHost(text);
    if (!read.ok) return fail({ kind: "invalid", issues: [hostIssue(["connection", "domainControllers", index], read)] });
    endpoints.push({ host: qualified(read.value, domain), port: read.value.port ?? defaultPort(security) });
  }
  return succeed(endpoints);
}

/** How a controller of the store's domain that answered is named, so that it alone is found again: with its port where another than usual was typed. */
export function controllerName({ domain, domainControllers, security }: ActiveDirectoryConnection, host: string): string {
  const typed = typedControllers(domainControllers, domain, security);
  const found = typed.ok ? typed.value.find((endpoint) => endpoint.host === host) : undefined;
  return found === undefined || found.port === defaultPort(security) ? host : formatHost(found);
}

/** A short name is one of the domain's: certificates and DNS servers outside the domain know the full name alone. */
function qualified({ host }: Host, domain: string): string {
  return host.includes(".") || isAddress(host) || host === "localhost" ? host : `${host}.${domain.trim().replace(/\.$/, "").toLowerCase()}`;
}

/** LDAPS has a port of its own; StartTLS and plain LDAP share the other. */
export function defaultPort(security: LdapSecurity): number {
  return security === "ldaps" ? LDAPS_PORT : LDAP_PORT;
}
