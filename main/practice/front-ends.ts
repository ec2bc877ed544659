/**
 * The HTTPS front ends of the mail servers. Each server a person knows by name has a listener of its own; generated ones
 * share one, told apart by the name in the TLS hello, until one of them is broken and gets its own to be broken on.
 */
import https from "node:https";
import type net from "node:net";
import tls from "node:tls";
import { serverFailures } from "../../shared/model/mail-plan.ts";
import type { Clock } from "../ports.ts";
import { answer, oddAnswers, type OddAnswer } from "./front-end-answers.ts";
import { issueFrontEndCertificates, oddCertificates, withoutSecurityLevel, type OddCertificate } from "./front-end-certificates.ts";
import { openListener, type Listener } from "./loopback.ts";
import type { Pki } from "./pki.ts";

/** What is out of the ordinary; `up` is nothing. Failures of remote PowerShell alone leave the health page as it is. */
export const frontEndStates = ["up", "down", "slow", "refuse", "hang", "old-tls", ...oddAnswers, ...oddCertificates, ...serverFailures] as const;
export type FrontEndState = (typeof frontEndStates)[number];

/** A server to stand for: `name` as Exchange would print it, such as `EXA.contoso.lab`. */
export interface FrontEnd {
  readonly host: string;
  readonly name: string;
  /** Shares a listener while nothing is wrong with it. */
  readonly shared: boolean;
}

export interface FrontEnds {
  /** The loopback port of a host's HTTPS, null for a host that is not one of the servers. */
  portOf(host: string): number | null;
  stateOf(host: string): FrontEndState | null;
  /** How long an answer takes, in milliseconds. */
  delayOf(host: string): number;
  /** Adds servers; those already there stay as they are. */
  add(servers: readonly FrontEnd[]): Promise<void>;
  remove(host: string): Promise<void>;
  /** Breaks or mends. `seconds` is for `slow`: how long an answer takes. Nothing happens for an unknown host. */
  set(host: string, state: FrontEndState, seconds?: number): Promise<void>;
  dispose(): Promise<void>;
}

interface Standing {
  readonly server: FrontEnd;
  state: FrontEndState;
  delayMs: number;
  listener: Listener | null;
}

function oddAnswerOf(state: FrontEndState): OddAnswer | null {
  return oddAnswers.find((odd) => odd === state) ?? null;
}

function oddCertificateOf(state: FrontEndState): OddCertificate | null {
  return oddCertificates.find((odd) => odd === state) ?? null;
}

export interface FrontEndsOptions {
  readonly pki: Pki;
  readonly clock: Clock;
  /** DNS name of the domain; the site's certificate is for `mail` and `autodiscover` in it. */
  readonly domain: string;
}

/** Starts the front ends; servers are added afterwards. */
export async function startFrontEnds({ pki, clock, domain }: FrontEndsOptions): Promise<FrontEnds> {
  const certificates = await issueFrontEndCertificates(pki, domain);
  const standings = new Map<string, Standing>();
  /** Connections by the client's port: TLS cannot reset the one below it. */
  const wires = new Map<number, net.Socket>();

  const answerHello = async (standing: Standing, done: (error: Error | null, context?: tls.SecureContext) => void) => {
    let context: tls.SecureContext;
    try {
      context = await certificates.contextOf(standing.server.host, oddCertificateOf(standing.state));
    } catch (error) {
      done(error instanceof Error ? error : new Error(String(error)));
      return;
    }
    done(null, context);
  };

  const startEngine = (options: tls.SecureContextOptions) => {
    const engine = https.createServer(
      {
        ...withoutSecurityLevel({ cert: certificates.site.certificatePem, key: certificates.site.keyPem, ...options }),
        SNICallback(name, done) {
          const standing = standings.get(name.toLowerCase());
          if (standing === undefined) return done(new Error("no such server"));
          void answerHello(standing, done);
        },
      },
      (request, response) => {
        const { socket } = request;
        const name = socket instanceof tls.TLSSocket ? socket.servername : null;
        const standing = typeof name === "string" ? standings.get(name.toLowerCase()) : undefined;
        if (standing === undefined) {
          response.writeHead(404).end();
          return;
        }
        const reset = () => wires.get(socket.remotePort ?? 0)?.resetAndDestroy();
        const respond = () => answer({ request, response, name: standing.server.name, domain, odd: oddAnswerOf(standing.state), reset });
        const stop = clock.after(standing.delayMs, respond);
        response.on("close", stop);
      },
    );
    engine.on("tlsClientError", (_error, socket) => socket.destroy());
    engine.on("clientError", (_error, socket) => socket.destroy());
    return engine;
  };
  const engine = startEngine({});
  // Exchange 2013 on Windows Server 2008 R2 as it came out of the box.
  const oldEngine = startEngine({ minVersion: "TLSv1", maxVersion: "TLSv1" });

  const openFor = (standing: Standing | null) =>
    openListener((socket) => {
      const port = socket.remotePort ?? 0;
      wires.set(port, socket);
      socket.once("close", () => wires.delete(port));
      // At the first byte of TLS, so that the connection itself has certainly stood.
      if (standing?.state === "refuse") socket.once("data", () => socket.resetAndDestroy());
      else if (standing?.state === "hang") socket.resume();
      else (standing?.state === "old-tls" ? oldEngine : engine).emit("connection", socket);
    });
  const common = await openFor(null);

  const set = async (standing: Standing, state: FrontEndState, delayMs: number) => {
    // What stands as it should is not disturbed: a check under way would meet a reset from a server that is up.
    if (standing.state === state && standing.delayMs === delayMs) return;
    standing.state = state;
    standing.delayMs = delayMs;
    if (standing.server.shared && state === "up") {
      const own = standing.listener;
      standing.listener = null;
      await own?.close();
      return;
    }
    standing.listener ??= await openFor(standing);
    if (state === "down") {
      await standing.listener.close();
      return;
    }
    await standing.listener.open();
    // Connections kept alive from before would not meet the new failure.
    standing.listener.drop();
  };

  return {
    portOf(host) {
      const standing = standings.get(host.toLowerCase());
      return standing === undefined ? null : (standing.listener ?? common).port;
    },
    stateOf: (host) => standings.get(host.toLowerCase())?.state ?? null,
    delayOf: (host) => standings.get(host.toLowerCase())?.delayMs ?? 0,
    async add(servers) {
      for (const server of servers) {
        const key = server.host.toLowerCase();
        if (standings.has(key)) continue;
        const standing: Standing = { server, state: "up", delayMs: 0, listener: null };
        standings.set(key, standing);
        if (!server.shared) standing.listener = await openFor(standing);
      }
    },
    async remove(host) {
      const key = host.toLowerCase();
      const standing = standings.get(key);
      standings.delete(key);
      await standing?.listener?.close();
    },
    async set(host, state, seconds = 5) {
      const standing = standings.get(host.toLowerCase());
      if (standing !== undefined) await set(standing, state, state === "slow" ? seconds * 1000 : 0);
    },
    async dispose() {
      const own = [...standings.values()].map(({ listener }) => listener);
      standings.clear();
      await Promise.all([common, ...own].map(async (listener) => listener?.close()));
    },
  };
}
