/** Exact lists of hosts and origins: what keeps other pages, other programs' pages and rebound names out. */
import type { IncomingMessage } from "node:http";

export interface Gate {
  /** The Host header names this listener. */
  knowsHost(request: IncomingMessage): boolean;
  /** The Origin header is this listener's own. A missing one is refused: browsers send it where it counts. */
  knowsOrigin(request: IncomingMessage): boolean;
  /** A request may carry no Origin (a page being opened), but never a foreign one. */
  noForeignOrigin(request: IncomingMessage): boolean;
}

export function createGate(port: number): Gate {
  const hosts: ReadonlySet<string> = new Set([`127.0.0.1:${port}`, `localhost:${port}`]);
  const single = (request: IncomingMessage, name: "host" | "origin") => {
    const values = request.headersDistinct[name];
    return values?.length === 1 ? (values[0] ?? null) : null;
  };
  const knowsHost = (request: IncomingMessage) => hosts.has(single(request, "host") ?? "");
  // The origin must be that of the very host that was asked, so that one name's page cannot use the other's.
  const knowsOrigin = (request: IncomingMessage) => knowsHost(request) && single(request, "origin") === `http://${single(request, "host")}`;
  return {
    knowsHost,
    knowsOrigin,
    noForeignOrigin: (request) => request.headersDistinct["origin"] === undefined || knowsOrigin(request),
  };
}
