/**
 * The HTTPS front ends of the mail servers. Each server a person knows by name has a listener of its own; generated ones
 * share one, told apart by the name in the TLS hello, until one of them is broken and gets its own to be broken on.
 */
import { constants } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import https from "node:https";
import tls from "node:tls";
import type { Clock } from "../ports.ts";
import { openListener, type Listener } from "./loopback.ts";
import type { CertificateFlaw, Pki } from "./pki.ts";

/** The failure in force; `up` is none. */
export const frontEndStates = ["up", "down", "drain", "slow", "refuse", "hang", "expired", "wrong-name", "untrusted"] as const;
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
  /** Adds servers; those already there stay as they are. */
  add(servers: readonly FrontEnd[]): Promise<void>;
  remove(host: string): Promise<void>;
  /** Breaks or mends. `seconds` is for `slow`: how long an answer takes. Nothing happens for an unknown host. */
  set(host: string, state: FrontEndState, seconds?: number): Promise<void>;
  dispose(): Promise<void>;
}

const virtualDirectories = ["owa", "ecp", "ews", "oab", "autodiscover", "mapi", "rpc", "microsoft-server-activesync", "powershell"];

interface Standing {
  readonly server: FrontEnd;
  state: FrontEndState;
  delayMs: number;
  listener: Listener | null;
}

function flawOf(state: FrontEndState): CertificateFlaw | null {
  return state === "expired" || state === "wrong-name" || state === "untrusted" ? state : null;
}

function respond(request: IncomingMessage, response: ServerResponse, standing: Standing): void {
  // Cut by hand: what a client sends as its target need not be a valid URL.
  const path = (request.url ?? "/").split("?", 1)[0] ?? "/";
  const [directory = "", file = "", ...more] = path.toLowerCase().slice(1).split("/");
  response.setHeader("Server", "Microsoft-IIS/10.0");
  response.setHeader("X-FEServer", standing.server.name.split(".", 1)[0] ?? "");
  if (!virtualDirectories.includes(directory)) {
    response.writeHead(404).end();
  } else if (file !== "healthcheck.htm" || more.length > 0) {
    response.writeHead(401, { "WWW-Authenticate": "Negotiate" }).end();
  } else if (standing.state === "drain" && directory === "powershell") {
    response.writeHead(503, { "Content-Type": "text/html; charset=us-ascii" }).end("<h2>Service Unavailable</h2>");
  } else {
    response.writeHead(200, { "Content-Type": "text/html", "Cache-Control": "private" }).end(`200 OK<br/>${standing.server.name}`);
  }
}

/** Starts the front ends; servers are added afterwards. */
export async function startFrontEnds(options: { readonly pki: Pki; readonly clock: Clock }): Promise<FrontEnds> {
  const { pki, clock } = options;
  const standings = new Map<string, Standing>();
  const contexts = new Map<string, Promise<tls.SecureContext>>();

  // No resumption: a client must see the certificate of this moment, not of an earlier session.
  const secureOptions = constants.SSL_OP_NO_TICKET;
  const contextOf = ({ server, state }: Standing): Promise<tls.SecureContext> => {
    const flaw = flawOf(state);
    const key = `${server.host} ${flaw ?? ""}`;
    const known = contexts.get(key);
    if (known !== undefined) return known;
    const made = pki.issue({ names: [server.host], flaw }).then((identity) => tls.createSecureContext({ cert: identity.certificatePem, key: identity.keyPem, secureOptions }));
    contexts.set(key, made);
    return made;
  };

  const answerHello = async (standing: Standing, done: (error: Error | null, context?: tls.SecureContext) => void) => {
    let context: tls.SecureContext;
    try {
      context = await contextOf(standing);
    } catch (error) {
      done(error instanceof Error ? error : new Error(String(error)));
      return;
    }
    done(null, context);
  };

  const nameless = await pki.issue({ names: ["mail.invalid"] });
  const engine = https.createServer(
    {
      cert: nameless.certificatePem,
      key: nameless.keyPem,
      secureOptions,
      SNICallback(name, done) {
        const standing = standings.get(name.toLowerCase());
        if (standing === undefined) return done(new Error("no such server"));
        void answerHello(standing, done);
      },
    },
    (request, response) => {
      const name = request.socket instanceof tls.TLSSocket ? request.socket.servername : null;
      const standing = typeof name === "string" ? standings.get(name.toLowerCase()) : undefined;
      if (standing === undefined) {
        response.writeHead(404).end();
        return;
      }
      const stop = clock.after(standing.delayMs, () => respond(request, response, standing));
      response.on("close", stop);
    },
  );
  engine.on("tlsClientError", (_error, socket) => socket.destroy());
  engine.on("clientError", (_error, socket) => socket.destroy());

  const openFor = (standing: Standing | null) =>
    openListener((socket) => {
      // At the first byte of TLS, so that the connection itself has certainly stood.
      if (standing?.state === "refuse") socket.once("data", () => socket.resetAndDestroy());
      else if (standing?.state === "hang") socket.resume();
      else engine.emit("connection", socket);
    });
  const common = await openFor(null);

  const set = async (standing: Standing, state: FrontEndState, delayMs: number) => {
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
