/** One HTTPS exchange through the resolver, with the ladder that led to it. Redirects are answers, not orders. */
import http from "node:http";
import { Duplex } from "node:stream";
import { fail, succeed, type Fault, type Result, type UnreachableReason } from "../../shared/fault.ts";
import type { RungResult } from "../../shared/model/mail-server.ts";
import type { Clock, NameResolver, ProxyFinder } from "../ports.ts";
import { dial, firstFailure } from "./dial.ts";
import { dialCloud } from "./dial-cloud.ts";
import { limit, type Limit } from "./limit.ts";
import { plainWords } from "./plain-words.ts";
import { socketFault, type CertificateFacts } from "./tls-verdict.ts";

export interface HttpsRequest {
  /** An `https:` address; it must hold no secret. */
  readonly url: string;
  readonly method: "GET" | "POST" | "PATCH" | "DELETE";
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  readonly resolver: NameResolver;
  /** For a host of a cloud, which may lie behind a web proxy. Everything else is reached directly. */
  readonly proxy?: ProxyFinder;
  /** A DNS server to ask instead of the system's. */
  readonly dnsServer?: string | null;
  /** Certificate authorities (PEM) trusted for this exchange besides the system's and the resolver's. */
  readonly authorities?: readonly string[];
  readonly clock: Clock;
  readonly signal: AbortSignal;
  /** For the whole exchange. */
  readonly timeoutMs: number;
  /** The largest body that is read; 1 MiB unless said otherwise. */
  readonly maxBytes?: number;
  /** Hears each rung as it ends. */
  readonly onRung?: (rung: RungResult) => void;
}

export interface HttpsResponse {
  readonly status: number;
  /** Names in lower case; repeated headers joined with a comma. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

export interface HttpsExchange extends CertificateFacts {
  /** dns, tcp, tls; through a proxy first proxy. */
  readonly rungs: readonly RungResult[];
  /**
   * Any status is a success here. Once the connection stands the faults are `timeout` (phase `response`), `cancelled`,
   * and `unreachable` on the rung `health-check`: `closed-without-answer` where not even a status came, `not-http` with
   * what came instead, `answer-broken-off`, and `answer-too-large`.
   */
  readonly response: Result<HttpsResponse>;
}

const DEFAULT_MAX_BYTES = 1024 * 1024;
/** Nothing is waited for in what is here already, in milliseconds. */
const RECORDED_MS = 2_000;

/** Sends one request and closes the connection. TLS is verified for the address's host name, or nothing is sent. */
export function httpsRequest(request: HttpsRequest): Promise<HttpsExchange> {
  return send(request, false);
}

/** A request that cannot carry a secret: it has neither headers nor a body of the caller's. */
export type PublicPageRequest = Omit<HttpsRequest, "method" | "headers" | "body" | "proxy">;

/**
 * Fetches a page that anybody may see. What is wrong with the server's certificate or its TLS is a finding on a rung that
 * passed: it decides whom one talks to, and here nothing is told.
 */
export function publicPage(request: PublicPageRequest): Promise<HttpsExchange> {
  return send({ ...request, method: "GET" }, true);
}

async function send(request: HttpsRequest, anonymous: boolean): Promise<HttpsExchange> {
  const url = new URL(request.url);
  const { clock, resolver, signal, timeoutMs } = request;
  const started = clock.elapsed();
  const way = {
    host: url.hostname.replace(/^\[|\]$/g, ""),
    port: url.port === "" ? 443 : Number(url.port),
    tls: { trust: { mode: "system" as const }, authorities: request.authorities ?? [], anonymous },
    resolver,
    dnsServer: request.dnsServer ?? null,
    clock,
    signal,
    timeoutMs,
    ...(request.onRung === undefined ? {} : { onRung: request.onRung }),
  };
  const dialled = await (request.proxy === undefined ? dial(way) : dialCloud({ ...way, proxy: request.proxy }));
  const { rungs, socket, ...certificate } = dialled;
  if (socket === null) {
    return { rungs, ...certificate, response: fail(firstFailure(rungs) ?? { kind: "cancelled" }) };
  }
  const bound = limit(signal, clock, Math.max(1, timeoutMs - (clock.elapsed() - started)));
  const response = await exchange(request, url, socket, bound);
  bound.dispose();
  socket.destroy();
  return { rungs, ...certificate, response };
}

interface Recorded extends Pick<HttpsRequest, "url" | "clock" | "maxBytes"> {
  /** After so many milliseconds nobody waited for more; null where the far side had ended it. */
  readonly cutOffMs: number | null;
}

/**
 * Reads an answer from the octets that came of it elsewhere, as {@link publicPage} reads one that comes. `url` is what was asked for. What was
 * cut off is an answer where its head says that it is whole: not every server heeds `Connection: close`. Otherwise it fails with `timeout`.
 */
export async function recordedAnswer(octets: Uint8Array, { url, clock, maxBytes, cutOffMs }: Recorded): Promise<Result<HttpsResponse>> {
  const { signal } = new AbortController();
  const over = new AbortController();
  const parts: (() => void)[] = [
    () => recording.push(octets),
    // By then what is whole has been read.
    () => (cutOffMs === null ? recording.push(null) : setImmediate(() => over.abort())),
  ];
  const recording = new Duplex({ read: () => parts.shift()?.(), write: (_chunk, _encoding, done) => done() });
  const bound = limit(signal, clock, RECORDED_MS);
  const request = { method: "GET" as const, signal, timeoutMs: cutOffMs ?? RECORDED_MS, ...(maxBytes === undefined ? {} : { maxBytes }) };
  const response = await exchange(request, new URL(url), recording, { ...bound, signal: AbortSignal.any([bound.signal, over.signal]) });
  bound.dispose();
  recording.destroy();
  return response;
}

type Exchanged = Pick<HttpsRequest, "method" | "headers" | "body" | "signal" | "timeoutMs" | "maxBytes">;

function exchange(request: Exchanged, url: URL, socket: Duplex, bound: Limit): Promise<Result<HttpsResponse>> {
  return new Promise((resolve) => {
    const refuse = (fault: Fault) => resolve(fail(fault));
    const stop = () => {
      refuse(request.signal.aborted ? { kind: "cancelled" } : { kind: "timeout", phase: "response", afterMs: request.timeoutMs });
      socket.destroy();
    };
    const brokenOff = (reason: UnreachableReason) => refuse({ kind: "unreachable", rung: "health-check", reason, host: url.hostname });
    if (bound.signal.aborted) return stop();
    bound.signal.addEventListener("abort", stop, { once: true });
    const call = http.request({
      createConnection: () => socket,
      method: request.method,
      path: `${url.pathname}${url.search}`,
      headers: { host: url.host, connection: "close", ...request.headers, ...(request.body === undefined ? {} : { "content-length": Buffer.byteLength(request.body) }) },
    });
    call.once("response", (answer) => {
      const chunks: Buffer[] = [];
      let size = 0;
      answer.on("data", (chunk: Buffer) => {
        size += chunk.length;
        chunks.push(chunk);
        if (size <= (request.maxBytes ?? DEFAULT_MAX_BYTES)) return;
        brokenOff("answer-too-large");
        socket.destroy();
      });
      answer.once("end", () => resolve(succeed({ status: answer.statusCode ?? 0, headers: flatten(answer.headers), body: Buffer.concat(chunks).toString("utf8") })));
      answer.on("error", () => brokenOff("answer-broken-off"));
    });
    // Not asked for, and answered with neither a page nor an error.
    call.once("upgrade", () => brokenOff("closed-without-answer"));
    call.on("error", (error) => refuse(withoutAnswer(error, url.hostname)));
    call.end(request.body);
    return undefined;
  });
}

/** Why not even a status came. */
function withoutAnswer(error: Error, host: string): Fault {
  const fault = socketFault(error, "health-check", host);
  if (fault.kind !== "unreachable") return fault;
  // Node's HTTP parser keeps what it could not read.
  if ("rawPacket" in error && Buffer.isBuffer(error.rawPacket)) return { ...fault, reason: "not-http", detail: plainWords(error.rawPacket.toString("latin1")) };
  return fault.reason === "connection-reset" ? { ...fault, reason: "closed-without-answer" } : fault;
}

function flatten(headers: http.IncomingHttpHeaders): Record<string, string> {
  const flat: Record<string, string> = {};
  for (const [name, value] of Object.entries(headers)) if (value !== undefined) flat[name] = Array.isArray(value) ? value.join(", ") : value;
  return flat;
}
