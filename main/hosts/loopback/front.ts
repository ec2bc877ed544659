/**
 * What stands before a console: a listener that serves the pages and swaps the one-time code for a token. It needs none of the
 * console, so a page is on its way while the console itself is still being read; the token is handed out once there is one.
 */
import http, { type IncomingMessage, type ServerResponse } from "node:http";
import type { Duplex } from "node:stream";
import { LOOPBACK_EXCHANGE_PATH, LOOPBACK_PROTOCOL, LOOPBACK_SOCKET_PATH } from "../../../shared/channel.ts";
import type { Fault } from "../../../shared/fault.ts";
import { parseJson } from "../../../shared/json.ts";
import type { Clock, Logger } from "../../ports.ts";
import { securityHeaders } from "../shared/page-headers.ts";
import type { PageTheme } from "../shared/page-theme.ts";
import { createDoor } from "./door.ts";
import { createGate, type Gate } from "./origin.ts";
import { serveFile } from "./static-files.ts";

const bodyLimit = 512;
/** A page has asked for all its files by then. Whoever goes on asking holds nothing up. */
const mostWaits = 4;

export interface FrontOptions {
  readonly rendererDirectory: string;
  /** What pages are drawn in from the first moment; null leaves it to the system. */
  readonly theme?: () => PageTheme | null;
  readonly clock: Clock;
  readonly logger: Logger;
}

/** Takes a WebSocket's handshake that was let in. */
export type Admit = (request: IncomingMessage, socket: Duplex, head: Buffer) => void;

export interface Front {
  readonly port: number;
  /** The address to open, with a code that works once. A later call makes a new code. */
  url(): string;
  /** A further code that works once, for a tab that a page inside lets in. */
  invite(): string;
  /** A token that needs no code, for the command line beside a practice console. */
  grantToken(): string;
  /** Resolves once a first page asks to be let in, which it does when its frame is drawn. Waits `limitMs` for that and again for each file, four times that at most. */
  pageDrawn(limitMs: number): Promise<void>;
  /** There is a console: who waits gets the token, and connections go to `admit`. */
  open(admit: Admit): void;
  /** There will be none: who waits, and who comes, is told why. Resolves once the first has been told. */
  refuse(fault: Fault): Promise<void>;
  close(): Promise<void>;
}

/** Listens on 127.0.0.1 with a port the system chooses. */
export async function openFront({ rendererDirectory, theme = () => null, clock, logger }: FrontOptions): Promise<Front> {
  const door = createDoor(clock);
  const drawn = Promise.withResolvers<void>();
  const told = Promise.withResolvers<void>();
  const outcome = Promise.withResolvers<Fault | null>();
  let coming: NodeJS.Timeout | undefined;
  let admit: Admit = (_request, socket) => refuseHandshake(socket);
  const server = http.createServer({ maxHeaderSize: 16 * 1024, requestTimeout: 30_000 });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen({ host: "127.0.0.1", port: 0, exclusive: true }, resolve);
  });
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("The listener has no port.");
  const { port } = address;
  const gate = createGate(port);

  server.on("request", (request, response) => {
    answer(request, response).catch((error: unknown) => {
      logger.warn("a request could not be answered", { error });
      response.destroy();
    });
  });
  server.on("upgrade", (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    socket.on("error", () => socket.destroy());
    if (mayConnect(request, gate, (token) => door.admits(token))) return admit(request, socket, head);
    logger.warn("a connection was refused");
    refuseHandshake(socket);
  });

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    for (const [name, value] of Object.entries(securityHeaders)) response.setHeader(name, value);
    if (!gate.knowsHost(request) || !gate.noForeignOrigin(request)) return refuseRequest(response, 403);
    const target = request.url ?? "/";
    if (target === LOOPBACK_EXCHANGE_PATH) return exchange(request, response);
    if (request.method !== "GET" && request.method !== "HEAD") return refuseRequest(response, 405, { Allow: "GET, HEAD" });
    if (!serveFile(rendererDirectory, theme, request, response)) return refuseRequest(response, 404);
    coming?.refresh();
  }

  async function exchange(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (request.method !== "POST") return refuseRequest(response, 405, { Allow: "POST" });
    if (!gate.knowsOrigin(request)) return refuseRequest(response, 403);
    const code = await readCode(request);
    if (code === null) return refuseRequest(response, 400);
    const swapped = door.swap(code);
    if ("refused" in swapped) {
      logger.warn("a one-time code was refused", { because: swapped.refused });
      return refuseRequest(response, swapped.refused === "too-many" ? 429 : 403);
    }
    drawn.resolve();
    const fault = await outcome.promise;
    if (fault === null) return answerJson(response, 200, { token: swapped.token });
    response.on("close", told.resolve);
    answerJson(response, 503, { fault });
  }

  let handedOut = false;
  return {
    port,
    url() {
      const code = handedOut ? door.renew() : door.code;
      handedOut = true;
      return `http://127.0.0.1:${port}/#code=${code}`;
    },
    invite: () => door.invite(),
    grantToken: () => door.grant(),
    async pageDrawn(limitMs) {
      coming = setTimeout(drawn.resolve, limitMs);
      const last = setTimeout(drawn.resolve, limitMs * mostWaits);
      await drawn.promise;
      clearTimeout(coming);
      clearTimeout(last);
      coming = undefined;
    },
    open(to) {
      admit = to;
      outcome.resolve(null);
    },
    refuse(fault) {
      outcome.resolve(fault);
      return told.promise;
    },
    async close() {
      server.closeAllConnections();
      await new Promise<void>((resolve) => {
        server.close(() => resolve());
      });
    },
  };
}

function refuseRequest(response: ServerResponse, status: number, headers: Readonly<Record<string, string>> = {}): void {
  response.writeHead(status, { "Cache-Control": "no-store", "Content-Length": 0, Connection: "close", ...headers }).end();
}

function refuseHandshake(socket: Duplex): void {
  socket.end("HTTP/1.1 403 Forbidden\r\nConnection: close\r\nContent-Length: 0\r\n\r\n");
}

function answerJson(response: ServerResponse, status: number, content: unknown): void {
  const body = JSON.stringify(content);
  response.writeHead(status, { "Content-Type": "application/json", "Content-Length": Buffer.byteLength(body), "Cache-Control": "no-store" }).end(body);
}

/** `[LOOPBACK_PROTOCOL, token]`, from a page of this listener, on the contract's path. */
function mayConnect(request: IncomingMessage, gate: Gate, admits: (token: string) => boolean): boolean {
  if (request.method !== "GET" || request.url !== LOOPBACK_SOCKET_PATH) return false;
  if (!gate.knowsHost(request) || !gate.knowsOrigin(request)) return false;
  const [protocol, token, ...more] = (request.headers["sec-websocket-protocol"] ?? "").split(",").map((part) => part.trim());
  return protocol === LOOPBACK_PROTOCOL && token !== undefined && more.length === 0 && admits(token);
}

/** The body `{ "code": "…" }`; null for anything else. */
async function readCode(request: IncomingMessage): Promise<string | null> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > bodyLimit) return null;
    chunks.push(chunk);
  }
  const body = parseJson(Buffer.concat(chunks).toString("utf8"));
  return typeof body === "object" && body !== null && "code" in body && typeof body.code === "string" ? body.code : null;
}
