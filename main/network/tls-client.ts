/** TLS over a connected socket, measured against the trust the caller chose. */
import net from "node:net";
import tls from "node:tls";
import { fail, succeed, type Result } from "../../shared/fault.ts";
import type { Trust } from "../../shared/model/identity-store.ts";
import type { Limit } from "./limit.ts";
import { certificateExpiry, judge, socketFault } from "./tls-verdict.ts";

const CONTEXTS_KEPT = 16;
const contexts = new Map<string, tls.SecureContext>();
let machineAuthorities: readonly string[] | null = null;

/** The machine's own certificate authorities and the ones Node brings along; read once. */
function systemAuthorities(): readonly string[] {
  machineAuthorities ??= [...new Set([...tls.getCACertificates("system"), ...tls.getCACertificates("bundled")])];
  return machineAuthorities;
}

/** Parsing hundreds of authorities takes tens of milliseconds, so that contexts are kept. Throws on unreadable PEM. */
function contextFor(trust: Trust, authorities: readonly string[]): tls.SecureContext {
  const chosen = trust.mode === "authority-file" ? [trust.pem] : trust.mode === "pinned" ? [] : authorities;
  const key = `${trust.mode}\n${chosen.join("\n")}`;
  const kept = contexts.get(key);
  if (kept !== undefined) return kept;
  const ca = trust.mode === "system" ? [...systemAuthorities(), ...chosen] : [...chosen];
  const context = tls.createSecureContext({ ca });
  const oldest = contexts.size >= CONTEXTS_KEPT ? contexts.keys().next().value : undefined;
  if (oldest !== undefined) contexts.delete(oldest);
  contexts.set(key, context);
  return context;
}

export interface TlsRequest {
  readonly socket: net.Socket;
  /** The name the certificate must be for; it is also what the server is told (SNI). */
  readonly host: string;
  readonly trust: Trust;
  /** Authorities trusted besides the system's. */
  readonly authorities: readonly string[];
}

/**
 * Starts a handshake. Verification does not end it, because an expired certificate's dates must still be read:
 * whoever calls this must ask {@link judge} before sending anything.
 */
export function beginTls(request: TlsRequest): tls.TLSSocket {
  return tls.connect({
    socket: request.socket,
    host: request.host,
    ...(net.isIP(request.host) === 0 ? { servername: request.host } : {}),
    secureContext: contextFor(request.trust, request.authorities),
    rejectUnauthorized: false,
  });
}

/** A handshake's end: the socket when it is trusted, and the certificate's last moment either way. */
export interface TlsOutcome {
  readonly result: Result<tls.TLSSocket>;
  readonly certificateExpiresAt: number | null;
}

/** Hands back a verified socket; every other end destroys it. */
export async function secure(request: TlsRequest, bound: Limit): Promise<TlsOutcome> {
  let socket: tls.TLSSocket;
  try {
    socket = beginTls(request);
  } catch (error) {
    request.socket.destroy();
    return { result: fail(socketFault(error, "tls", request.host)), certificateExpiresAt: null };
  }
  const failure = await new Promise<Error | null>((resolve) => {
    const stop = () => resolve(new Error("stopped"));
    bound.signal.addEventListener("abort", stop, { once: true });
    if (bound.signal.aborted) stop();
    socket.once("secureConnect", () => {
      bound.signal.removeEventListener("abort", stop);
      resolve(null);
    });
    // Stays for the socket's life: after an abort a late error must not become an uncaught one.
    socket.on("error", resolve);
  });
  if (failure !== null) {
    socket.destroy();
    request.socket.destroy();
    const fault = bound.signal.aborted ? bound.fault("tls", request.host) : socketFault(failure, "tls", request.host);
    return { result: fail(fault), certificateExpiresAt: null };
  }
  const certificateExpiresAt = certificateExpiry(socket);
  const fault = judge(socket, request.host, request.trust);
  if (fault === null) return { result: succeed(socket), certificateExpiresAt };
  socket.destroy();
  return { result: fail(fault), certificateExpiresAt };
}
