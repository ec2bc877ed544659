import type net from "node:net";
import { afterEach, expect, it } from "vitest";
import { explainHandshake, explainSilence } from "../../../../main/directory/diagnosis.ts";
import { succeed, type Fault } from "../../../../shared/fault.ts";
import { silentLogger } from "../../../lab/loggers.ts";
import { namelessResolver } from "../../../lab/ports.ts";
import { HOST, neverAborted, systemClock, tcpServer, type TestServer } from "../network/support.ts";

let server: TestServer | null = null;
afterEach(() => server?.close());

const failed = (reason: "tls-failed" | "connection-reset"): Fault => ({ kind: "unreachable", rung: "tls", reason, host: HOST });

async function context(onConnection: (socket: net.Socket) => void) {
  server = await tcpServer(onConnection);
  const { port } = server;
  const resolver = { ...namelessResolver, connectTo: () => Promise.resolve(succeed([{ address: "127.0.0.1", port }])) };
  return { controller: { host: HOST, port: 636 }, dnsServer: null, signal: neverAborted, deps: { resolver, clock: systemClock, logger: silentLogger } };
}

// RFC 8446, 6: a fatal alert, handshake_failure or unexpected_message, in a record of its own.
const alert = (description: number) => Buffer.from([0x15, 3, 3, 0, 2, 2, description]);

it("an alert comes from a peer that does speak TLS: the handshake failed for its own reason, which stays", async () => {
  const where = await context((socket) => void socket.once("data", () => socket.end(alert(10))));
  expect(await explainHandshake(failed("tls-failed"), where)).toEqual(failed("tls-failed"));
});

it("of a connection that ended in silence nothing is asserted where nobody shakes hands", async () => {
  const where = await context((socket) => void socket.once("data", () => socket.end(alert(10))));
  expect(await explainSilence(failed("connection-reset"), where)).toEqual(failed("connection-reset"));
});

it("what failed for a reason of its own is asked nothing more", async () => {
  let connections = 0;
  const where = await context(() => (connections += 1));
  const expired: Fault = { kind: "unreachable", rung: "tls", reason: "certificate-expired", host: HOST };
  expect([await explainHandshake(expired, where), await explainSilence(expired, where)]).toEqual([expired, expired]);
  expect(connections).toBe(0);
});
