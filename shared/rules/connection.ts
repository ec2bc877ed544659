/** A connection as it was typed, read before it is saved or used. */
import { fail, succeed, type Issue, type Result } from "../fault.ts";
import type { ActiveDirectoryConnection, StoreConnection } from "../model/identity-store.ts";
import { formatHost, parseDnsServer, parseDomain, parseHost, splitHosts, type HostReading, type HostRefusal } from "./host-name.ts";

/** Domain controllers a connection may name. */
export const MOST_CONTROLLERS = 50;

/** The issue for a host that was refused. */
export function hostIssue(path: Issue["path"], { code, facts }: HostRefusal): Issue {
  return facts === undefined ? { path, code } : { path, code, facts };
}

/**
 * Brings every host of a connection into one form. Fails with `invalid` and one issue for each that cannot be one; paths
 * begin with `connection`.
 */
export function readConnection(connection: StoreConnection): Result<StoreConnection> {
  if (connection.kind === "entra-id") return succeed(connection);
  const issues: Issue[] = [];
  const take = <T>(path: Issue["path"], reading: HostReading<T>, otherwise: T): T => {
    if (reading.ok) return reading.value;
    issues.push(hostIssue(["connection", ...path], reading));
    return otherwise;
  };
  const { dnsServer } = connection;
  const read: ActiveDirectoryConnection = {
    ...connection,
    domain: take(["domain"], parseDomain(connection.domain), ""),
    domainControllers: connection.domainControllers.flatMap(splitHosts).map((typed, index) => take(["domainControllers", index], formatted(typed), "")),
    dnsServer: dnsServer === null || dnsServer.trim() === "" ? null : take(["dnsServer"], parseDnsServer(dnsServer), ""),
  };
  if (read.domainControllers.length > MOST_CONTROLLERS) issues.push({ path: ["connection", "domainControllers"], code: "controllers-many" });
  return issues.length === 0 ? succeed(read) : fail({ kind: "invalid", issues });
}

function formatted(typed: string): HostReading<string> {
  const read = parseHost(typed);
  return read.ok ? { ok: true, value: formatHost(read.value) } : read;
}
