/** A connection as it was typed, read before it is saved or used. */
import { fail, succeed, type Issue, type Result } from "../fault.ts";
import type { ActiveDirectoryConnection, StoreConnection } from "../model/identity-store.ts";
import { formatHost, parseDnsServer, parseDomain, parseHost, splitHosts, type HostReading, type HostRefusal } from "./host-name.ts";
import { textIssue } from "./plain-text.ts";
import { readTyped } from "./typed-value.ts";

/** Domain controllers a connection may name. */
export const MOST_CONTROLLERS = 50;

/** An ID or a domain name: it stands in a URL. Which of them is a tenant only the cloud knows. */
const TENANT = /^[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?$/i;
/** One certificate at least; a file may hold several, and text between them (RFC 7468, 2). */
const PEM_CERTIFICATE = /-----BEGIN CERTIFICATE-----[\sA-Za-z0-9+/=]+-----END CERTIFICATE-----/;

/** The issue for a host that was refused. */
export function hostIssue(path: Issue["path"], { code, facts }: HostRefusal): Issue {
  return facts === undefined ? { path, code } : { path, code, facts };
}

/**
 * Brings every host of a connection into one form. Fails with `invalid` and one issue for each part that cannot be one;
 * paths begin with `connection`.
 */
export function readConnection(connection: StoreConnection): Result<StoreConnection> {
  if (connection.kind === "entra-id") {
    const tenant = readTyped(connection.tenant, "tenant");
    return TENANT.test(tenant) ? succeed({ ...connection, tenant }) : fail({ kind: "invalid", issues: [{ path: ["connection", "tenant"], code: "tenant" }] });
  }
  const issues: Issue[] = [];
  const take = <T>(path: Issue["path"], reading: HostReading<T>, otherwise: T): T => {
    if (reading.ok) return reading.value;
    issues.push(hostIssue(["connection", ...path], reading));
    return otherwise;
  };
  const { dnsServer, trust } = connection;
  const read: ActiveDirectoryConnection = {
    ...connection,
    username: readTyped(connection.username, "account"),
    domain: take(["domain"], parseDomain(connection.domain), ""),
    domainControllers: connection.domainControllers.flatMap(splitHosts).map((typed, index) => take(["domainControllers", index], formatted(typed), "")),
    dnsServer: dnsServer === null || dnsServer.trim() === "" ? null : take(["dnsServer"], parseDnsServer(dnsServer), ""),
  };
  if (read.domainControllers.length > MOST_CONTROLLERS) issues.push({ path: ["connection", "domainControllers"], code: "controllers-many" });
  const plain = (path: Issue["path"], text: string) => textIssue(["connection", ...path], text) ?? [];
  issues.push(
    // A line end in one entry of the list is none between two.
    ...connection.domainControllers.flatMap((typed, index) => plain(["domainControllers", index], readTyped(typed, "dns-name"))),
    ...[plain(["username"], read.username), plain(["trust", "name"], trust.mode === "authority-file" ? trust.name : "")].flat(),
  );
  if (trust.mode === "authority-file" && !PEM_CERTIFICATE.test(trust.pem)) issues.push({ path: ["connection", "trust", "pem"], code: "not-a-pem-certificate" });
  return issues.length === 0 ? succeed(read) : fail({ kind: "invalid", issues });
}

function formatted(typed: string): HostReading<string> {
  const read = parseHost(typed);
  return read.ok ? { ok: true, value: formatHost(read.value) } : read;
}
