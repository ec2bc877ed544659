/** Speaks HTTP by hand, to send what no well-behaved client sends. */
import { connect } from "node:net";

export interface RawAnswer {
  /** 0 when the connection was closed without an answer. */
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

export interface RawRequest {
  readonly method?: string;
  readonly target?: string;
  /** As they go over the wire, duplicates included. */
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly body?: string;
}

/** Sends one request and reads what comes back until the connection ends, or until an upgrade was accepted. */
export function send(port: number, request: RawRequest): Promise<RawAnswer> {
  const { method = "GET", target = "/", headers, body = "" } = request;
  const length: readonly (readonly [string, string])[] = body === "" ? [] : [["Content-Length", String(Buffer.byteLength(body))]];
  const upgrade = headers.some(([name]) => name.toLowerCase() === "upgrade");
  const close: readonly (readonly [string, string])[] = upgrade ? [] : [["Connection", "close"]];
  const lines = [...headers, ...length, ...close].map(([name, value]) => `${name}: ${value}\r\n`).join("");
  return new Promise((resolve) => {
    const socket = connect(port, "127.0.0.1");
    let received = "";
    const finish = () => {
      socket.destroy();
      resolve(parse(received));
    };
    socket.setTimeout(5_000, finish);
    socket.on("data", (chunk) => {
      received += chunk.toString("latin1");
      if (received.startsWith("HTTP/1.1 101")) finish();
    });
    socket.on("error", finish);
    socket.on("close", finish);
    socket.write(`${method} ${target} HTTP/1.1\r\n${lines}\r\n${body}`);
  });
}

function parse(received: string): RawAnswer {
  const [head = "", ...rest] = received.split("\r\n\r\n");
  const [first = "", ...lines] = head.split("\r\n");
  const headers = Object.fromEntries(
    lines.map((line) => {
      const colon = line.indexOf(":");
      return [line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim()];
    }),
  );
  return { status: Number(first.split(" ")[1] ?? 0), headers, body: rest.join("\r\n\r\n") };
}

/** The headers of a WebSocket handshake with these subprotocols. */
export function handshake(protocols: string): readonly (readonly [string, string])[] {
  return [
    ["Upgrade", "websocket"],
    ["Connection", "Upgrade"],
    ["Sec-WebSocket-Version", "13"],
    ["Sec-WebSocket-Key", "dGhlIHNhbXBsZSBub25jZQ=="],
    ["Sec-WebSocket-Protocol", protocols],
  ];
}
