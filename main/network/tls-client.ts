/** TLS over a connected socket, measured against the trust the caller chose. */
import net from "node:net";
import tls from "node:tls";
import { fail, succeed, type Fault, type Result } from "../../shared/fault.ts";
import type { Trust } from "../../shared/model/identity-store.ts";
import type { Finding } from "../../shared/model/mail-server.ts";
import type { Limit } from "./limit.ts";
import { certificateFacts, judge, NO_CERTIFICATE, noticed, socketFault, type CertificateFacts } from "./tls-verdict.ts";
import { measureBy, trustStore, type TrustStore } from "./trust-store.ts";

export interface TlsRequest {
  readonly socket: net.Socket;
  /** The name the certificate must be for; it is also what the server is told (SNI). */
  readonly host: string;
  readonly trust: Trust;
  /** Authorities trusted besides the system's. */
  readonly authorities: readonly string[];
  /**
   * For an exchange that carries no secret: the certificate is a finding and decides nothing, and old TLS is spoken too.
   */
  readonly anonymous?: boolean;
}

/**
 * Starts a handshake. Verification does not end it, because an expired certificate's dates must still be read:
 * whoever calls this must ask {@link judge} before sending anything.
 */
export function beginTls(request: TlsRequest): tls.TLSSocket {
  const store = trustStore(request.trust, request.authorities, request.anonymous ?? false);
  const socket = tls.connect({ socket: request.socket, ...optionsFor(store, request.host) });
  return measureBy(store, socket);
}

function optionsFor(store: TrustStore, host: string): tls.ConnectionOptions {
  return { host, ...(net.isIP(host) === 0 ? { servername: host } : {}), secureContext: store.context, rejectUnauthorized: false };
}

/** TLS that a library begins over the socket it was given. */
export interface LentTls {
  /** For the library's `tls.connect`. Verification does not end the handshake, as in {@link beginTls}. */
  readonly options: tls.ConnectionOptions;
  /** Why the socket that came of it is not to be trusted; null where it is. To be asked before anything but a greeting is sent. */
  judge(socket: unknown): Fault | null;
}

/** For a library that speaks a protocol whose TLS begins in the middle of it. Throws on unreadable PEM. */
export function lendTls({ host, trust, authorities }: Pick<TlsRequest, "host" | "trust" | "authorities">): LentTls {
  const store = trustStore(trust, authorities, false);
  return {
    options: optionsFor(store, host),
    judge: (socket) => (socket instanceof tls.TLSSocket ? judge(measureBy(store, socket), host, trust) : { kind: "unreachable", rung: "tls", reason: "tls-failed", host }),
  };
}

/** A handshake's end: the socket when it is trusted, and what the certificate is either way. */
export interface TlsOutcome {
  readonly result: Result<tls.TLSSocket>;
  readonly certificate: CertificateFacts;
  /** What is worth mending although the socket is handed back; of an anonymous exchange only. */
  readonly findings: readonly Finding[];
}

function refused(fault: Fault, certificate = NO_CERTIFICATE): TlsOutcome {
  return { result: fail(fault), certificate, findings: [] };
}

/** Hands back a socket that may be used for what the request is for; every other end destroys it. */
export async function secure(request: TlsRequest, bound: Limit): Promise<TlsOutcome> {
  let socket: tls.TLSSocket;
  try {
    socket = beginTls(request);
  } catch (error) {
    request.socket.destroy();
    return refused(socketFault(error, "tls", request.host));
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
    return refused(bound.signal.aborted ? bound.fault("tls", request.host) : socketFault(failure, "tls", request.host));
  }
  const certificate = certificateFacts(socket);
  if (request.anonymous === true) return { result: succeed(socket), certificate, findings: noticed(socket, request.host) };
  const fault = judge(socket, request.host, request.trust);
  if (fault === null) return { result: succeed(socket), certificate, findings: [] };
  socket.destroy();
  return refused(fault, certificate);
}
