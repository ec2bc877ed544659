/** The practice organisation's names. Nothing outside it resolves, so that practice never touches a real network. */
import { isIP } from "node:net";
import { fail, succeed, type Result, type UnreachableReason } from "../../shared/fault.ts";
import type { NameResolver } from "../ports.ts";
import { LOOPBACK } from "./loopback.ts";

/** A port on which nothing listens, for ports of known hosts that no part serves: connecting is refused there. */
const CLOSED_PORT = 1;

/** A domain of the practice organisation and its controller. */
export interface PracticeDomain {
  readonly domain: string;
  readonly controller: string;
}

export interface ResolverOptions {
  /** Whether nobody answers for names: a system's look-up then ends with EAI_AGAIN, a query with ECONNREFUSED or silence. */
  readonly namesAway?: () => boolean;
  readonly domains: readonly PracticeDomain[];
  /** The loopback port behind a host (lower case) and port; null when nothing serves it. */
  readonly route: (host: string, port: number) => number | null;
  /** Whether a host (lower case) exists at all. */
  readonly knows: (host: string) => boolean;
  readonly authorities: readonly string[];
}

function unknown(host: string, reason: UnreachableReason): Result<never> {
  return fail({ kind: "unreachable", rung: "dns", reason, host });
}

function plain(name: string): string {
  return name.trim().toLowerCase().replace(/\.$/, "");
}

/** Makes the resolver. Its DNS server answers by the controllers' names and at any loopback address. */
export function createPracticeResolver(options: ResolverOptions): NameResolver {
  const { namesAway = () => false, domains, route, knows, authorities } = options;
  const answers = (server: string | null) => {
    if (namesAway()) return false;
    if (server === null) return true;
    const host = plain(server).replace(/:\d+$/, "");
    return (isIP(host) === 4 && host.startsWith("127.")) || domains.some(({ controller }) => controller === host);
  };

  return {
    authorities,
    service(name, { server, signal }) {
      const wanted = plain(name);
      if (signal.aborted) return Promise.resolve(fail({ kind: "cancelled" }));
      if (!answers(server)) return Promise.resolve(unknown(wanted, "dns-failed"));
      for (const { domain, controller } of domains) {
        if (wanted === `_ldap._tcp.dc._msdcs.${domain}` || wanted === `_ldap._tcp.${domain}`) {
          return Promise.resolve(succeed([{ host: controller, port: 389, priority: 0, weight: 100 }]));
        }
        if (wanted.endsWith(`.${domain}`)) return Promise.resolve(unknown(wanted, "no-records"));
      }
      return Promise.resolve(unknown(wanted, "name-not-found"));
    },
    connectTo(host, port, { server, signal }) {
      const wanted = plain(host);
      if (signal.aborted) return Promise.resolve(fail({ kind: "cancelled" }));
      if (!answers(server)) return Promise.resolve(unknown(wanted, "dns-failed"));
      const target = route(wanted, port);
      if (target !== null) return Promise.resolve(succeed([{ address: LOOPBACK, port: target }]));
      if (!knows(wanted)) return Promise.resolve(unknown(wanted, "name-not-found"));
      return Promise.resolve(succeed([{ address: LOOPBACK, port: CLOSED_PORT }]));
    },
  };
}
