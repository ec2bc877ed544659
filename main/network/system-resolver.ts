/** Names through the system's resolver, or through a DNS server the administrator named. */
import { promises as dns } from "node:dns";
import net from "node:net";
import { fail, succeed, type Fault, type Result } from "../../shared/fault.ts";
import type { Clock, NameResolver, ServiceRecord } from "../ports.ts";
import { lookupThreads, Lookups } from "./lookups.ts";
import { queryService } from "./service-query.ts";
import { codeOf, reasonOf } from "./tls-verdict.ts";

/** One try of one query; a second follows. */
const QUERY_TIMEOUT_MS = 3000;

export interface SystemResolverOptions {
  readonly clock: Clock;
  /** The operating system's own look-up; replaceable in tests. */
  readonly look?: (host: string) => Promise<readonly string[]>;
}

/** The host's own resolver: no name is special. */
export function createSystemResolver({ clock, look = systemAddresses }: SystemResolverOptions): NameResolver {
  const lookups = new Lookups({ look, clock, threads: lookupThreads(process.env) });
  return {
    authorities: [],
    service: (name, { server, signal }) =>
      ask(name, server, signal, async (resolver) => {
        const records = await serviceRecords(resolver, name, signal);
        // A single record with the root as its target says that the service is decidedly not there (RFC 2782).
        return orderServiceRecords(records.filter(({ host }) => host !== "" && host !== "."), Math.random);
      }),
    connectTo: async (host, port, { server, signal }) => {
      if (net.isIP(host) !== 0) return succeed([{ address: host, port }]);
      const found = await ask(host, server, signal, (resolver) => (server === null ? lookups.find(host, signal) : askedAddresses(resolver, host)));
      return found.ok ? succeed(found.value.map((address) => ({ address, port }))) : found;
    },
  };
}

/**
 * RFC 2782: lowest priority number first; among equals, drawn by weight, with weight 0 drawn rarely.
 * `random` answers numbers in [0, 1).
 */
export function orderServiceRecords(records: readonly ServiceRecord[], random: () => number): readonly ServiceRecord[] {
  const ordered: ServiceRecord[] = [];
  for (const priority of [...new Set(records.map((record) => record.priority))].toSorted((a, b) => a - b)) {
    const group = records.filter((record) => record.priority === priority).toSorted((a, b) => a.weight - b.weight);
    while (group.length > 0) {
      const total = group.reduce((sum, record) => sum + record.weight, 0);
      let drawn = Math.floor(random() * (total + 1));
      const index = group.findIndex((record) => {
        drawn -= record.weight;
        return drawn <= 0;
      });
      ordered.push(...group.splice(Math.max(index, 0), 1));
    }
  }
  return ordered;
}

/** `address`, `address:port` or `[address]:port` in the form c-ares takes; null for anything else. */
export function dnsServerAddress(text: string): string | null {
  if (net.isIP(text) !== 0) return text;
  const match = /^(?:\[(?<six>[^\]]+)\]|(?<four>[^:]+))(?::(?<port>\d{1,5}))?$/.exec(text);
  const address = match?.groups?.["six"] ?? match?.groups?.["four"] ?? "";
  const port = Number(match?.groups?.["port"] ?? "53");
  const known = match?.groups?.["six"] === undefined ? net.isIPv4(address) : net.isIPv6(address);
  return known && port >= 1 && port <= 65_535 ? text : null;
}

/** Node's resolver first: it knows the system's servers, tries them in turn and caches nothing. */
async function serviceRecords(resolver: dns.Resolver, name: string, signal: AbortSignal): Promise<readonly ServiceRecord[]> {
  try {
    const records = await resolver.resolveSrv(name);
    return records.map(({ name: host, port, priority, weight }) => ({ host, port, priority, weight }));
  } catch (error) {
    const server = resolver.getServers()[0];
    if (codeOf(error) !== "EBADRESP" || server === undefined) throw error;
    return queryService(name, splitServer(server), AbortSignal.any([signal, AbortSignal.timeout(QUERY_TIMEOUT_MS)]));
  }
}

function splitServer(server: string): { readonly address: string; readonly port: number } {
  if (net.isIP(server) !== 0) return { address: server, port: 53 };
  const colon = server.lastIndexOf(":");
  return { address: server.slice(0, colon).replaceAll(/[[\]]/g, ""), port: Number(server.slice(colon + 1)) };
}

/** The operating system's own look-up, hosts file and all. It asks for both families and keeps the system's order. */
async function systemAddresses(host: string): Promise<readonly string[]> {
  const found = await dns.lookup(host, { all: true, order: "verbatim" });
  return found.map(({ address }) => address);
}

async function askedAddresses(resolver: dns.Resolver, host: string): Promise<readonly string[]> {
  const [four, six] = await Promise.allSettled([resolver.resolve4(host), resolver.resolve6(host)]);
  const found = [...(four.status === "fulfilled" ? four.value : []), ...(six.status === "fulfilled" ? six.value : [])];
  if (found.length === 0 && four.status === "rejected") throw four.reason;
  return found;
}

async function ask<T>(name: string, server: string | null, signal: AbortSignal, question: (resolver: dns.Resolver) => Promise<T>): Promise<Result<T>> {
  if (signal.aborted) return fail({ kind: "cancelled" });
  const resolver = new dns.Resolver({ timeout: QUERY_TIMEOUT_MS, tries: 2 });
  if (server !== null) {
    const address = dnsServerAddress(server);
    if (address === null) return fail({ kind: "invalid", issues: [{ path: ["dnsServer"], code: "not-an-address" }] });
    resolver.setServers([address]);
  }
  const { promise: aborted, reject } = Promise.withResolvers<never>();
  const stop = () => {
    resolver.cancel();
    reject(new Error("aborted"));
  };
  signal.addEventListener("abort", stop, { once: true });
  try {
    // The system's look-up cannot be called off, so that its late answer is left to itself.
    return succeed(await Promise.race([question(resolver), aborted]));
  } catch (error) {
    return fail(signal.aborted ? { kind: "cancelled" } : dnsFault(error, name));
  } finally {
    signal.removeEventListener("abort", stop);
  }
}

function dnsFault(error: unknown, host: string): Fault {
  const code = codeOf(error);
  // For a query, "refused" means that nothing listens at the DNS server's address.
  const reason = code === "ECONNREFUSED" ? "dns-failed" : reasonOf(code, "dns-failed");
  return { kind: "unreachable", rung: "dns", reason, host, ...(code === undefined ? {} : { detail: code }) };
}
