/** Servers on loopback and a resolver that leads to them. */
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import net from "node:net";
import os from "node:os";
import path from "node:path";
import tls from "node:tls";
import { systemClock as runningClock } from "../../../../main/hosts/shared/clock.ts";
import type { Clock, NameResolver } from "../../../../main/ports.ts";
import { openPki, type CertificateFlaw, type Pki } from "../../../../main/practice/pki.ts";
import { fail, succeed } from "../../../../shared/fault.ts";
import type { RungResult } from "../../../../shared/model/mail-server.ts";

export const HOST = "mail.contoso.lab";
export const neverAborted = new AbortController().signal;

export const systemClock: Clock = { ...runningClock, random: () => 0 };

/** Leads every port of {@link HOST} to the addresses; other names are unknown. */
export function resolverTo(addresses: readonly { readonly address: string; readonly port: number }[], authorities: readonly string[] = []): NameResolver {
  return {
    authorities,
    service: (name) => Promise.resolve(fail({ kind: "unreachable", rung: "dns", reason: "name-not-found", host: name })),
    connectTo: (host) =>
      Promise.resolve(host === HOST ? succeed(addresses) : fail({ kind: "unreachable", rung: "dns", reason: "name-not-found", host })),
  };
}

/** Rung states in short: `passed`, `finding`, `skipped`, or the reason of the failure. */
export function outcomes(rungs: readonly RungResult[]): readonly string[] {
  return rungs.map(({ outcome }) => {
    if (outcome.state !== "failed") return outcome.state;
    return outcome.fault.kind === "unreachable" ? outcome.fault.reason : outcome.fault.kind;
  });
}

export interface TestServer {
  readonly port: number;
  readonly connections: ReadonlySet<net.Socket>;
  close(): Promise<void>;
}

async function listening(server: net.Server): Promise<TestServer> {
  const connections = new Set<net.Socket>();
  server.on("connection", (socket: net.Socket) => {
    connections.add(socket);
    socket.on("error", () => undefined);
    socket.on("close", () => connections.delete(socket));
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  return {
    port: typeof address === "object" && address !== null ? address.port : 0,
    connections,
    close: async () => {
      for (const socket of connections) socket.destroy();
      server.close();
      await once(server, "close");
    },
  };
}

/** A plain TCP server. */
export function tcpServer(onConnection: (socket: net.Socket) => void): Promise<TestServer> {
  return listening(net.createServer(onConnection));
}

/** A TLS server with a certificate of the authority, or a flawed one. */
export async function tlsServer(pki: Pki, flaw: CertificateFlaw | null, onSecure: (socket: tls.TLSSocket) => void): Promise<TestServer> {
  const identity = await pki.issue({ names: [HOST], flaw });
  return tlsServerWith({ cert: identity.certificatePem, key: identity.keyPem }, onSecure);
}

/** A TLS server as old and weak as its options ask for. */
export function tlsServerWith(options: tls.TlsOptions, onSecure: (socket: tls.TLSSocket) => void): Promise<TestServer> {
  // OpenSSL 3 lets a server be weak at security level 0 only.
  const server = tls.createServer({ ciphers: "DEFAULT@SECLEVEL=0", ...options }, (socket) => {
    socket.on("error", () => undefined);
    onSecure(socket);
  });
  server.on("tlsClientError", () => undefined);
  return listening(server);
}

/** An authority in a folder of its own. */
export async function temporaryPki(): Promise<{ readonly pki: Pki; readonly remove: () => Promise<void> }> {
  const folder = await mkdtemp(path.join(os.tmpdir(), "pki-"));
  return { pki: await openPki(folder), remove: () => rm(folder, { recursive: true }) };
}
