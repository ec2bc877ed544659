/** The contract over a WebSocket, behind a front. */
import type { AnyRouter } from "@orpc/server";
import { RPCHandler } from "@orpc/server/ws";
import { WebSocketServer } from "ws";
import { LOOPBACK_PROTOCOL } from "../../../shared/channel.ts";
import type { Clock, Logger } from "../../ports.ts";
import { refuseTooLate } from "../../router/lateness.ts";
import { ContractSocket } from "./contract-socket.ts";
import { rehearse } from "./rehearsal.ts";
import type { Front } from "./front.ts";

/** Above the largest call, a certificate file of 1 MiB in base64. */
const messageLimit = 2 * 1024 * 1024;

export interface ServerOptions {
  /** The contract, implemented; needs no context. */
  readonly router: AnyRouter;
  readonly front: Front;
  /** The one that the router beats by. */
  readonly clock: Clock;
  readonly logger: Logger;
  /** Called after each change in the number of open connections. */
  readonly onConnections?: (open: number) => void;
}

export interface ContractServer {
  /** Ends every connection, and refuses new ones until there is something to {@link serve}. */
  pause(): void;
  /** Answers new connections with this one. */
  serve(router: AnyRouter): void;
  /** Ends every connection, and the front. */
  close(): Promise<void>;
}

/** Opens the front to the contract's calls. */
export function startServer({ router, front, clock, logger, onConnections }: ServerOptions): ContractServer {
  const handlerOf = (answering: AnyRouter) => new RPCHandler(answering, { interceptors: [refuseTooLate(clock)] });
  let handler: ReturnType<typeof handlerOf> | null = handlerOf(router);
  const sockets = new WebSocketServer({
    noServer: true,
    WebSocket: ContractSocket,
    maxPayload: messageLimit,
    perMessageDeflate: false,
    handleProtocols: (offered) => (offered.has(LOOPBACK_PROTOCOL) ? LOOPBACK_PROTOCOL : false),
  });
  const accept = (connection: ContractSocket) => {
    connection.on("error", (error) => logger.warn("a connection failed", { error }));
    connection.on("close", () => onConnections?.(sockets.clients.size));
    onConnections?.(sockets.clients.size);
    if (handler === null) connection.terminate();
    else void handler.upgrade(connection, { context: {} });
  };
  front.open((request, socket, head) => sockets.handleUpgrade(request, socket, head, accept));
  // After who waits has been let in: his page has no questions before its script has been read.
  setImmediate(() => rehearse((nobody) => void handler?.upgrade(nobody, { context: {} })));
  const endAll = () => {
    for (const connection of sockets.clients) connection.terminate();
  };
  return {
    pause() {
      handler = null;
      endAll();
    },
    serve(next) {
      handler = handlerOf(next);
    },
    close() {
      endAll();
      return front.close();
    },
  };
}
