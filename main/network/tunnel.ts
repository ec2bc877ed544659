/** A way through a web proxy: CONNECT (RFC 9110, 9.3.6). What it carries is TLS from end to end; the proxy sees the name only. */
import http, { type IncomingMessage } from "node:http";
import type { Socket } from "node:net";
import { fail, succeed, type Fault, type Result, type UnreachableReason } from "../../shared/fault.ts";
import type { Endpoint, WebProxy } from "../ports.ts";
import type { Limit } from "./limit.ts";
import { socketFault } from "./tls-verdict.ts";

const LONGEST_DETAIL = 120;

export interface Tunnel {
  readonly socket: Socket;
  /** The proxy's own words, such as `200 Connection established`. */
  readonly answer: string;
}

/** Asks a connected proxy for a way to `target`. Every other end destroys the socket. Faults are on the rung `proxy`. */
export function openTunnel(socket: Socket, proxy: WebProxy, target: Endpoint, bound: Limit): Promise<Result<Tunnel>> {
  const authority = `${target.host}:${target.port}`;
  return new Promise((resolve) => {
    const refuse = (fault: Fault) => {
      socket.destroy();
      resolve(fail(fault));
    };
    const stop = () => refuse(bound.fault("proxy", proxy.host));
    if (bound.signal.aborted) return stop();
    bound.signal.addEventListener("abort", stop, { once: true });
    const call = http.request({
      createConnection: () => socket,
      method: "CONNECT",
      path: authority,
      headers: { host: authority, ...(proxy.authorization === null ? {} : { "proxy-authorization": proxy.authorization() }) },
    });
    call.once("connect", (answer, tunnel, head) => {
      bound.signal.removeEventListener("abort", stop);
      const status = answer.statusCode ?? 0;
      if (status < 200 || status > 299) return refuse(refusal(answer, status, proxy));
      if (head.length > 0) tunnel.unshift(head);
      resolve(succeed({ socket, answer: `${status} ${answer.statusMessage ?? ""}`.trim().slice(0, LONGEST_DETAIL) }));
      return undefined;
    });
    call.on("error", (error) => refuse(socketFault(error, "proxy", proxy.host)));
    call.end();
    return undefined;
  });
}

function refusal(answer: IncomingMessage, status: number, { host }: WebProxy): Fault {
  const reason: UnreachableReason = status === 407 ? "proxy-sign-in" : status >= 500 ? "proxy-no-way" : "proxy-refused";
  // A proxy says which ways of signing in it takes: Basic is the one that the environment can hold.
  const schemes = status === 407 ? (answer.headersDistinct["proxy-authenticate"] ?? []).map((each) => each.split(" ")[0]).join(", ") : "";
  const detail = [`${status} ${answer.statusMessage ?? ""}`.trim(), schemes].filter((part) => part !== "").join(": ").slice(0, LONGEST_DETAIL);
  return { kind: "unreachable", rung: "proxy", reason, host, detail };
}
