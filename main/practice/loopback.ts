/** Listeners of the practice organisation: on 127.0.0.1 alone, on ports the system chooses. */
import net from "node:net";

export const LOOPBACK = "127.0.0.1";

export interface Listener {
  /** The port last listened on; kept while closed, so that connecting to it is refused. */
  readonly port: number;
  readonly listening: boolean;
  /** Listens again, on the same port unless another program took it meanwhile. */
  open(): Promise<void>;
  /** Stops listening and drops every connection. */
  close(): Promise<void>;
  /** Drops every connection and keeps listening. */
  drop(): void;
}

function listenOn(server: net.Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen({ host: LOOPBACK, port, exclusive: true }, () => {
      server.removeListener("error", reject);
      const address = server.address();
      resolve(typeof address === "object" && address !== null ? address.port : port);
    });
  });
}

/**
 * Opens a listener. Connections are counted and dropped on close, as a stopped server's are. A connection's own errors
 * (a peer that goes away) end that connection and nothing else.
 */
export async function openListener(onConnection: (socket: net.Socket) => void): Promise<Listener> {
  const sockets = new Set<net.Socket>();
  const server = net.createServer((socket) => {
    sockets.add(socket);
    socket.on("error", () => socket.destroy());
    socket.on("close", () => sockets.delete(socket));
    socket.setNoDelay(true);
    onConnection(socket);
  });
  server.maxConnections = 512;
  const drop = () => {
    for (const socket of sockets) socket.destroy();
  };
  let port = await listenOn(server, 0);
  return {
    get port() {
      return port;
    },
    get listening() {
      return server.listening;
    },
    async open() {
      if (server.listening) return;
      port = await listenOn(server, port).catch(() => listenOn(server, 0));
    },
    async close() {
      if (!server.listening) return;
      const closed = new Promise<void>((resolve) => {
        server.close(() => resolve());
      });
      drop();
      await closed;
    },
    drop,
  };
}
