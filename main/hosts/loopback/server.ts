/** The HTTP side: pages, the exchange of the one-time code, and the contract over a WebSocket. */
import http, { type IncomingMessage, type ServerResponse } from "node:http";
import type { Duplex } from "node:stream";
import type { AnyRouter } from "@orpc/server";
import { RPCHandler } from "@orpc/server/ws";
import { WebSocketServer } from "ws";
import { z } from "zod";
import { LOOPBACK_EXCHANGE_PATH, LOOPBACK_PROTOCOL, LOOPBACK_SOCKET_PATH } from "../../../shared/channel.ts";
import { parseJson } from "../../../shared/json.ts";
import type { Clock, Logger } from "../../ports.ts";
import { securityHeaders } from "../shared/page-headers.ts";
import { ContractSocket } from "./contract-socket.ts";
import { createDoor } from "./door.ts";
import { createGate, type Gate } from "./origin.ts";
import { serveFile } from "./static-files.ts";

const bodyLimit = 512;
const exchangeSchema = z.object({ code: z.string() });
/** Above the largest call, a certificate file of 1 MiB in base64. */
const messageLimit = 2 * 1024 * 1024;

export interface ServerOptions {
  /** The contract, implemented; needs no context. */
  readonly router: AnyRouter;
  readonly rendererDirectory: string;
  readonly clock: Clock;
  readonly logger: Logger;
  /** Called after each change in the number of open connections. */
  readonly onConnections?: (open: number) => void;
}

export interface LoopbackServer {
  readonly port: number;
  /** The address to open, with a code that works once. A later call makes a new code. */
  url(): string;
  /** A token that needs no code, for the command line beside a practice console. */
  grantToken(): string;
  close(): Promise<void>;
}

/** Listens on 127.0.0.1 with a port the system chooses. */
export async function startServer(options: ServerOptions): Promise<LoopbackServer> {
  const { clock, logger } = options;
  const door = createDoor(clock);
  const handler = new RPCHandler(options.router);
  const sockets = new WebSocketServer({
    noServer: true,
    WebSocket: ContractSocket,
    maxPayload: messageLimit,
    perMessageDeflate: false,
    handleProtocols: (offered) => (offered.has(LOOPBACK_PROTOCOL) ? LOOPBACK_PROTOCOL : false),
  });
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
    if (!mayConnect(request, gate, (token) => door.admits(token))) {
      logger.warn("a connection was refused");
      socket.end("HTTP/1.1 403 Forbidden\r\nConnection: close\r\nContent-Length: 0\r\n\r\n");
      return;
    }
    sockets.handleUpgrade(request, socket, head, (connection) => accept(connection));
  });

  function accept(connection: ContractSocket): void {
    connection.on("error", (error) => logger.warn("a connection failed", { error }));
    connection.on("close", () => options.onConnections?.(sockets.clients.size));
    options.onConnections?.(sockets.clients.size);
    void handler.upgrade(connection, { context: {} });
  }

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    for (const [name, value] of Object.entries(securityHeaders)) response.setHeader(name, value);
    if (!gate.knowsHost(request) || !gate.noForeignOrigin(request)) return refuse(response, 403);
    const target = request.url ?? "/";
    if (target === LOOPBACK_EXCHANGE_PATH) return exchange(request, response);
    if (request.method !== "GET" && request.method !== "HEAD") return refuse(response, 405, { Allow: "GET, HEAD" });
    if (!(await serveFile(options.rendererDirectory, request, response))) refuse(response, 404);
  }

  async function exchange(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (request.method !== "POST") return refuse(response, 405, { Allow: "POST" });
    if (!gate.knowsOrigin(request)) return refuse(response, 403);
    const code = await readCode(request);
    if (code === null) return refuse(response, 400);
    const swapped = door.swap(code);
    if ("refused" in swapped) {
      logger.warn("a one-time code was refused", { because: swapped.refused });
      return refuse(response, swapped.refused === "too-many" ? 429 : 403);
    }
    const body = JSON.stringify({ token: swapped.token });
    response.writeHead(200, { "Content-Type": "application/json", "Content-Length": Buffer.byteLength(body), "Cache-Control": "no-store" }).end(body);
  }

  let handedOut = false;
  return {
    port,
    url() {
      const code = handedOut ? door.renew() : door.code;
      handedOut = true;
      return `http://127.0.0.1:${port}/#code=${code}`;
    },
    grantToken: () => door.grant(),
    async close() {
      for (const connection of sockets.clients) connection.terminate();
      server.closeAllConnections();
      await new Promise<void>((resolve) => {
        server.close(() => resolve());
      });
    },
  };
}

function refuse(response: ServerResponse, status: number, headers: Readonly<Record<string, string>> = {}): void {
  response.writeHead(status, { "Cache-Control": "no-store", "Content-Length": 0, Connection: "close", ...headers }).end();
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
  return exchangeSchema.safeParse(parseJson(Buffer.concat(chunks).toString("utf8"))).data?.code ?? null;
}
