/** From a controller's name to an LDAP client over a connection that is protected as the store says. */
import type net from "node:net";
import { Client } from "ldapts";
import { fail, succeed, type Result } from "../../shared/fault.ts";
import type { LdapSecurity, Trust } from "../../shared/model/identity-store.ts";
import type { Climb } from "../network/climb.ts";
import { dial } from "../network/dial.ts";
import { beginTls } from "../network/tls-client.ts";
import { judge } from "../network/tls-verdict.ts";
import type { Endpoint } from "../ports.ts";
import { operation, type DirectoryDeps } from "./operation.ts";

/** For name, connection and handshake together. */
const CONNECT_TIMEOUT_MS = 8000;

export interface Line {
  readonly client: Client;
  readonly socket: net.Socket;
}

export interface ReachRequest {
  readonly controller: Endpoint;
  readonly security: LdapSecurity;
  readonly trust: Trust;
  readonly dnsServer: string | null;
  readonly signal: AbortSignal;
}

/** A client over a socket that already stands. It never connects by itself: a lost connection is a fault. */
export function clientOver(socket: net.Socket, secureSocket?: () => ReturnType<typeof beginTls>): Client {
  let used = false;
  return new Client({
    url: "ldap://directory",
    createConnection: () => {
      if (used) throw new Error("The connection to the directory was lost");
      used = true;
      return socket;
    },
    ...(secureSocket === undefined ? {} : { createSecureConnection: secureSocket }),
  });
}

/** Climbs dns, tcp and tls on the given ladder. */
export async function reach(request: ReachRequest, deps: DirectoryDeps, ladder: Climb): Promise<Result<Line>> {
  const { controller, security, trust, dnsServer, signal } = request;
  const dialled = await dial({
    ...controller,
    tls: security === "ldaps" ? { trust } : null,
    resolver: deps.resolver,
    dnsServer,
    clock: deps.clock,
    signal,
    timeoutMs: CONNECT_TIMEOUT_MS,
    onRung: ladder.record,
  });
  const { socket } = dialled;
  if (security === "starttls") return ladder.step("tls", () => startTls(request, deps, socket), ({ protocol }) => protocol);
  if (security === "none" && socket !== null) ladder.record({ rung: "tls", ms: 0, outcome: { state: "skipped", why: "not-needed" } });
  if (socket !== null) return succeed({ client: clientOver(socket), socket });
  for (const { outcome } of dialled.rungs) if (outcome.state === "failed") return fail(outcome.fault);
  return fail({ kind: "cancelled" });
}

/** RFC 4511, 4.14: an extended request on the plain connection, then the handshake on the same one. */
async function startTls(request: ReachRequest, deps: DirectoryDeps, socket: net.Socket | null): Promise<Result<Line & { readonly protocol: string | null }>> {
  if (socket === null) return fail({ kind: "cancelled" });
  const { host } = request.controller;
  let secured: ReturnType<typeof beginTls> | null = null;
  const client = clientOver(socket, () => {
    secured = beginTls({ socket, host, trust: request.trust, authorities: deps.resolver.authorities });
    return secured;
  });
  const options = { socket, host, rung: "tls", signal: request.signal, clock: deps.clock, timeoutMs: CONNECT_TIMEOUT_MS } as const;
  const upgraded = await operation(options, async () => {
    await client.startTLS();
    if (secured === null) throw new Error("The directory did not start TLS");
    return secured;
  });
  if (!upgraded.ok) {
    socket.destroy();
    return upgraded;
  }
  const fault = judge(upgraded.value, host, request.trust);
  if (fault === null) return succeed({ client, socket: upgraded.value, protocol: upgraded.value.getProtocol() });
  upgraded.value.destroy();
  socket.destroy();
  return fail(fault);
}
