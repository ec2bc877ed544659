/** From a controller's name to an LDAP conversation over a connection that is protected as the store says. */
import type net from "node:net";
import { ExtendedRequest } from "ldapts";
import { fail, succeed, type Result } from "../../shared/fault.ts";
import type { LdapSecurity, Trust } from "../../shared/model/identity-store.ts";
import { firstFailure, type Climb } from "../network/climb.ts";
import { dial } from "../network/dial.ts";
import { beginTls } from "../network/tls-client.ts";
import { judge } from "../network/tls-verdict.ts";
import type { Endpoint } from "../ports.ts";
import { explainHandshake, explainSilence, START_TLS, type DiagnosisContext } from "./diagnosis.ts";
import { operation, type DirectoryDeps } from "./operation.ts";
import { demandSuccess, openWire, type Wire } from "./wire.ts";

/** For name, connection and handshake together. */
const CONNECT_TIMEOUT_MS = 8000;

export interface ReachRequest {
  readonly controller: Endpoint;
  readonly security: LdapSecurity;
  readonly trust: Trust;
  readonly dnsServer: string | null;
  readonly signal: AbortSignal;
}

/** Climbs dns, tcp and tls on the given ladder. */
export async function reach(request: ReachRequest, deps: DirectoryDeps, ladder: Climb): Promise<Result<Wire>> {
  const { controller, security, dnsServer, signal } = request;
  const context: DiagnosisContext = { controller, dnsServer, signal, deps };
  const dialled = await dial({
    ...controller,
    tls: null,
    resolver: deps.resolver,
    dnsServer,
    clock: deps.clock,
    signal,
    timeoutMs: CONNECT_TIMEOUT_MS,
    onRung: ladder.record,
  });
  const { socket } = dialled;
  if (socket !== null && security === "none") {
    ladder.record({ rung: "tls", ms: 0, outcome: { state: "skipped", why: "not-needed" } });
    return succeed(openWire(socket));
  }
  const secured = await ladder.step(
    "tls",
    async () => {
      if (socket === null) return fail(firstFailure(dialled.rungs) ?? { kind: "cancelled" });
      const upgraded = await protect(socket, request, deps);
      if (upgraded.ok) return upgraded;
      socket.destroy();
      return fail(await (security === "ldaps" ? explainHandshake(upgraded.fault, context) : explainSilence(upgraded.fault, context)));
    },
    (protectedSocket) => protectedSocket.getProtocol(),
  );
  return secured.ok ? succeed(openWire(secured.value)) : secured;
}

/** LDAPS from the first byte, or StartTLS (RFC 4511, 4.14): a request on the plain connection, then the handshake on it. */
async function protect(socket: net.Socket, request: ReachRequest, deps: DirectoryDeps): Promise<Result<ReturnType<typeof beginTls>>> {
  const { host } = request.controller;
  const options = { socket, host, rung: "tls", signal: request.signal, clock: deps.clock, timeoutMs: CONNECT_TIMEOUT_MS } as const;
  const shaken = await operation(options, async () => {
    if (request.security === "starttls") await startTls(socket);
    const secured = beginTls({ socket, host, trust: request.trust, authorities: deps.resolver.authorities });
    await handshake(secured);
    return secured;
  });
  if (!shaken.ok) return shaken;
  const fault = judge(shaken.value, host, request.trust);
  if (fault === null) return shaken;
  shaken.value.destroy();
  return fail(fault);
}

/** Asks for TLS on a plain connection, and leaves it ready for the handshake. Throws the directory's refusal. */
export async function startTls(socket: net.Socket): Promise<void> {
  const wire = openWire(socket);
  demandSuccess(await wire.ask((messageId) => new ExtendedRequest({ messageId, oid: START_TLS })));
  wire.release();
}

/** Waits for a handshake's end. The error listener stays: after an abort a late error must not become an uncaught one. */
export function handshake(secured: ReturnType<typeof beginTls>): Promise<void> {
  return new Promise((resolve, reject) => {
    secured.on("error", reject);
    secured.once("secureConnect", resolve);
  });
}
