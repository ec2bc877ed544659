/**
 * Why a connection to a directory ended before anything was said: the same host is asked once more in another way, and
 * what it answers there decides. Nothing secret is sent.
 */
import { ExtendedRequest } from "ldapts";
import type { Fault, UnreachableReason } from "../../shared/fault.ts";
import { beginTls } from "../network/tls-client.ts";
import { dial } from "../network/dial.ts";
import type { Endpoint } from "../ports.ts";
import { foreignFault } from "./foreign.ts";
import { operation, type DirectoryDeps } from "./operation.ts";
import { readAnonymously } from "./search.ts";
import { ForeignProtocolError, openWire, type Wire } from "./wire.ts";

/** For each question. */
const TIMEOUT_MS = 3000;
const LDAP_PORT = 389;
/** RFC 4511, 4.14.1. */
export const START_TLS = "1.3.6.1.4.1.1466.20037";
const UNAVAILABLE = 52;

export interface DiagnosisContext {
  readonly controller: Endpoint;
  readonly dnsServer: string | null;
  readonly signal: AbortSignal;
  readonly deps: DirectoryDeps;
}

/** Connects without TLS, asks, and hangs up. Null when it could not connect or nothing came. */
async function question<T>(context: DiagnosisContext, port: number, ask: (wire: Wire) => Promise<T>): Promise<T | null> {
  const { deps, dnsServer, signal } = context;
  const { host } = context.controller;
  const { socket } = await dial({ host, port, tls: null, resolver: deps.resolver, dnsServer, clock: deps.clock, signal, timeoutMs: TIMEOUT_MS });
  if (socket === null) return null;
  const wire = openWire(socket);
  const answer = await operation({ socket, host, rung: "tls", signal, clock: deps.clock, timeoutMs: TIMEOUT_MS }, () => ask(wire));
  socket.destroy();
  return answer.ok ? answer.value : null;
}

function heard(error: unknown): Buffer | null {
  if (error instanceof ForeignProtocolError) return error.said;
  throw error;
}

/** What a handshake ends with for no reason of the certificate's. */
const WITHOUT_HANDSHAKE: readonly UnreachableReason[] = ["tls-failed", "not-tls", "connection-reset"];

/** A handshake that failed for no reason of the certificate's: what is on the port? */
export async function explainHandshake(fault: Fault, context: DiagnosisContext): Promise<Fault> {
  if (fault.kind !== "unreachable" || fault.rung !== "tls" || !WITHOUT_HANDSHAKE.includes(fault.reason)) return fault;
  const { host, port } = context.controller;
  const said = await question(context, port, (wire) => readAnonymously(wire, ["supportedCapabilities"]).then(() => "ldap" as const, heard));
  if (said === "ldap") return { ...fault, reason: "speaks-plain-ldap" };
  const foreign = said === null ? null : foreignFault(said, "tls", host);
  // An alert comes from a peer that does speak TLS: the handshake failed for another reason.
  if (foreign !== null && foreign.kind === "unreachable" && foreign.reason !== "speaks-tls") return foreign;
  return fault.reason === "connection-reset" ? explainReset(fault, context) : fault;
}

/**
 * A controller without a certificate listens on 636 all the same and resets every connection at the hello; a firewall may
 * do so, too. The plain port tells: StartTLS answers "unavailable" there when there is no certificate.
 */
async function explainReset(fault: Fault & { kind: "unreachable" }, context: DiagnosisContext): Promise<Fault> {
  const status = await question(context, LDAP_PORT, async (wire) => {
    const { result } = await wire.ask((messageId) => new ExtendedRequest({ messageId, oid: START_TLS }));
    return result.status;
  });
  if (status === UNAVAILABLE) return { ...fault, reason: "no-certificate" };
  return { ...fault, reason: status === 0 ? "connection-reset" : "reset-at-hello" };
}

/** A plain connection that ended without an answer: does the port expect TLS? */
export async function explainSilence(fault: Fault, context: DiagnosisContext): Promise<Fault> {
  if (fault.kind !== "unreachable" || fault.reason !== "connection-reset") return fault;
  const { controller, deps, dnsServer, signal } = context;
  const { host } = controller;
  const { socket } = await dial({ ...controller, tls: null, resolver: deps.resolver, dnsServer, clock: deps.clock, signal, timeoutMs: TIMEOUT_MS });
  if (socket === null) return fault;
  const shaken = await operation({ socket, host, rung: "tls", signal, clock: deps.clock, timeoutMs: TIMEOUT_MS }, async () => {
    const secured = beginTls({ socket, host, trust: { mode: "system" }, authorities: deps.resolver.authorities });
    await new Promise((resolve, reject) => secured.once("secureConnect", resolve).on("error", reject));
    secured.destroy();
  });
  socket.destroy();
  return shaken.ok ? { ...fault, reason: "speaks-tls" } : fault;
}
