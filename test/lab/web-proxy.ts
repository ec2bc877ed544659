/** A web proxy on loopback that speaks CONNECT (RFC 9110, 9.3.6), as Squid answers, with the ways in which one fails. */
import { once } from "node:events";
import http from "node:http";
import net, { type Socket } from "node:net";
import type { Duplex } from "node:stream";

export type ProxyState = "up" | "refuses" | "cannot-reach" | "hangs" | "not-http" | "breaks-tls";

export interface LabProxy {
  readonly port: number;
  /** `host:port` of every CONNECT, in order. */
  readonly asked: string[];
  state: ProxyState;
  /** `name:password` that it wants (Basic); null lets everybody through. */
  credentials: string | null;
  /** Where the tunnels of `breaks-tls` end: a server with a certificate of its own. */
  impostorPort: number;
  stop(): Promise<void>;
}

/** `connectTo` finds the far side for the proxy, which looks names up itself. */
export async function openLabProxy(connectTo: (host: string, port: number) => Promise<{ readonly address: string; readonly port: number } | null>): Promise<LabProxy> {
  const sockets = new Set<Duplex>();
  const server = http.createServer((_request, response) => response.writeHead(400).end());
  const proxy: LabProxy & { port: number } = {
    port: 0,
    asked: [],
    state: "up",
    credentials: null,
    impostorPort: 0,
    stop: async () => {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, "close");
    },
  };
  const end = (socket: Duplex, status: string, header = "") => socket.end(`HTTP/1.1 ${status}\r\n${header}Content-Length: 0\r\n\r\n`);
  const answer = async (request: http.IncomingMessage, socket: Duplex): Promise<void> => {
    const authority = request.url ?? "";
    proxy.asked.push(authority);
    const wanted = proxy.credentials === null ? undefined : `Basic ${Buffer.from(proxy.credentials).toString("base64")}`;
    if (wanted !== undefined && request.headers["proxy-authorization"] !== wanted) {
      end(socket, "407 Proxy Authentication Required", 'Proxy-Authenticate: Negotiate\r\nProxy-Authenticate: Basic realm="lab"\r\n');
      return;
    }
    if (proxy.state === "hangs") return;
    if (proxy.state === "not-http") {
      socket.end("220 mail.contoso.lab ESMTP ready\r\n");
      return;
    }
    if (proxy.state === "refuses") {
      end(socket, "403 Forbidden");
      return;
    }
    const [host = "", port = "443"] = authority.split(":");
    const target = proxy.state === "breaks-tls" ? { address: "127.0.0.1", port: proxy.impostorPort } : await connectTo(host, Number(port));
    if (target === null || proxy.state === "cannot-reach") {
      // Squid's answer to a name that it cannot resolve.
      end(socket, "503 Service Unavailable", "X-Squid-Error: ERR_DNS_FAIL 0\r\n");
      return;
    }
    const far = net.connect(target.port, target.address);
    sockets.add(far);
    far.on("error", () => socket.destroy());
    socket.on("error", () => far.destroy());
    socket.on("close", () => far.destroy());
    far.once("connect", () => {
      socket.write("HTTP/1.1 200 Connection established\r\n\r\n");
      far.pipe(socket).pipe(far);
    });
  };
  server.on("connection", (socket: Socket) => {
    sockets.add(socket);
    socket.on("close", () => sockets.delete(socket));
    socket.on("error", () => socket.destroy());
  });
  server.on("connect", (request, socket) => void answer(request, socket));
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  proxy.port = typeof address === "object" ? (address?.port ?? 0) : 0;
  return proxy;
}
