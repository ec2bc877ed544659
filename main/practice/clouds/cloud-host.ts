/** A host of a cloud: HTTPS on loopback with certificates of the practice authority, and the failures all hosts share. */
import { constants } from "node:crypto";
import type { IncomingMessage } from "node:http";
import https from "node:https";
import type { Clock } from "../../ports.ts";
import { openListener } from "../loopback.ts";
import type { Pki } from "../pki.ts";
import { readBody } from "../read-body.ts";

/** Failures below the cloud's own protocol. */
export const hostStates = ["up", "down", "slow", "failing", "overloaded", "throttled", "throttled-silently"] as const;
export type HostState = (typeof hostStates)[number];

/** Seconds that `slow` takes and that `throttled` and `overloaded` ask to wait. */
const SLOW_MS = 4_000;
const RETRY_AFTER_SECONDS = 30;
/** No request of the console's is larger. */
const MAX_BODY = 256 * 1024;

export interface CloudRequest {
  readonly host: string;
  readonly method: string;
  readonly url: URL;
  readonly headers: IncomingMessage["headers"];
  readonly body: string;
}

export interface CloudAnswer {
  readonly status: number;
  /** Sent as JSON, text as it is. */
  readonly body: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  /** What was asked is done, and the connection breaks off before a word of it. */
  readonly isLost?: boolean;
}

export interface CloudHost {
  readonly port: number;
  set(state: HostState): Promise<void>;
  dispose(): Promise<void>;
}

export interface CloudHostOptions {
  /** DNS names of the certificate. */
  readonly names: readonly string[];
  readonly pki: Pki;
  readonly clock: Clock;
  readonly answer: (request: CloudRequest) => CloudAnswer | Promise<CloudAnswer>;
}

function isHostState(state: string): state is HostState {
  return (hostStates as readonly string[]).includes(state);
}

/** The host's own failure for a component's state: a failure of the cloud's protocol leaves the host up. */
export function hostStateOf(state: string): HostState {
  return isHostState(state) ? state : "up";
}

/** Opens the host's listener. */
export async function openCloudHost(options: CloudHostOptions): Promise<CloudHost> {
  const { pki, clock } = options;
  const identity = await pki.issue({ names: options.names });
  let state: HostState = "up";

  const answerTo = async (request: IncomingMessage): Promise<CloudAnswer> => {
    if (state === "failing") return { status: 503, body: { error: { code: "ServiceUnavailable", message: "The service is unavailable." } } };
    // Microsoft: "Microsoft Graph throttling guidance": 429 and 503 come with Retry-After, and sometimes without.
    const wait = { "retry-after": String(RETRY_AFTER_SECONDS) };
    if (state === "overloaded") return { status: 503, body: { error: { code: "serviceNotAvailable", message: "The service is temporarily overloaded." } }, headers: wait };
    if (state === "throttled") return { status: 429, body: { error: { code: "TooManyRequests", message: "Too many requests." } }, headers: wait };
    if (state === "throttled-silently") return { status: 429, body: { error: { code: "TooManyRequests", message: "Too many requests." } } };
    const body = await readBody(request, MAX_BODY);
    if (body === null) return { status: 413, body: { error: { code: "RequestEntityTooLarge", message: "The request is too large." } } };
    const host = request.headers.host?.replace(/:\d+$/, "") ?? "";
    return options.answer({ host, method: request.method ?? "GET", url: new URL(request.url ?? "/", `https://${host}`), headers: request.headers, body });
  };

  const engine = https.createServer({ cert: identity.certificatePem, key: identity.keyPem, secureOptions: constants.SSL_OP_NO_TICKET }, (request, response) => {
    const respond = async () => {
      const { status, body, headers, isLost = false } = await answerTo(request).catch(() => ({ status: 400, body: { error: { code: "BadRequest", message: "Bad request." } }, headers: {}, isLost: false }));
      if (isLost) {
        response.destroy();
        return;
      }
      response.writeHead(status, { "content-type": "application/json; charset=utf-8", "cache-control": "no-store", ...headers }).end(typeof body === "string" ? body : JSON.stringify(body));
    };
    const stop = clock.after(state === "slow" ? SLOW_MS : 0, () => void respond());
    response.on("close", stop);
  });
  engine.on("tlsClientError", (_error, socket) => socket.destroy());
  engine.on("clientError", (_error, socket) => socket.destroy());
  const listener = await openListener((socket) => engine.emit("connection", socket));

  return {
    get port() {
      return listener.port;
    },
    async set(next) {
      // What stands as it should is not disturbed: a request under way would meet a reset from a host that is up.
      if (state === next) return undefined;
      state = next;
      if (next === "down") return listener.close();
      await listener.open();
      listener.drop();
      return undefined;
    },
    dispose: () => listener.close(),
  };
}
