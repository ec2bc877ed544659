import { getEventListeners, once } from "node:events";
import net from "node:net";
import { expect, it } from "vitest";
import { limit } from "../../../../main/network/limit.ts";
import { openTunnel } from "../../../../main/network/tunnel.ts";
import { neverAborted, systemClock, tcpServer } from "./support.ts";

it.each([
  ["proxy-refused", "403 Forbidden", "", "403 Forbidden"],
  ["proxy-refused", "499 Client left", "", "499 Client left"],
  ["proxy-sign-in", "407 Proxy Authentication Required", "Proxy-Authenticate: Negotiate\r\nProxy-Authenticate: Basic realm=\"x\"\r\n", "407 Proxy Authentication Required: Negotiate, Basic"],
  ["proxy-no-way", "500 Internal Error", "", "500 Internal Error"],
  ["proxy-no-way", "503 Service Unavailable", "", "503 Service Unavailable"],
])("%s is what a proxy says with %s", async (reason, status, headers, detail) => {
  const server = await tcpServer((socket) => socket.once("data", () => socket.end(`HTTP/1.1 ${status}\r\n${headers}\r\n`)));
  const bound = limit(neverAborted, systemClock, 10_000);
  const socket = net.connect(server.port, "127.0.0.1");
  const proxy = { host: "proxy.contoso.lab", port: server.port, secure: false, authorization: null };
  const opened = await openTunnel(socket, proxy, { host: "graph.microsoft.com", port: 443 }, bound);
  expect(opened).toEqual({ ok: false, fault: { kind: "unreachable", rung: "proxy", reason, host: "proxy.contoso.lab", detail } });
  expect(socket.destroyed).toBe(true);
  bound.dispose();
  await server.close();
});

async function through(answer: string, signal: AbortSignal) {
  const heard: string[] = [];
  const server = await tcpServer((socket) => {
    socket.on("data", (bytes) => {
      heard.push(bytes.toString("latin1"));
      socket.write(answer);
    });
  });
  const bound = limit(signal, systemClock, 10_000);
  const socket = net.connect(server.port, "127.0.0.1");
  const proxy = { host: "proxy.contoso.lab", port: server.port, secure: false, authorization: () => "Basic c2VjcmV0" };
  const opened = await openTunnel(socket, proxy, { host: "graph.microsoft.com", port: 443 }, bound);
  const listeners = getEventListeners(bound.signal, "abort").length;
  bound.dispose();
  return { opened, socket, heard, listeners, server };
}

it("bytes that come right behind the proxy's answer belong to what it carries, and none is lost", async () => {
  const { opened, socket, listeners, server } = await through("HTTP/1.1 200 Connection established\r\n\r\nfirst words", neverAborted);
  expect(opened).toMatchObject({ ok: true, value: { answer: "200 Connection established" } });
  const [bytes] = opened.ok ? await once(opened.value.socket, "data") : [];
  expect(String(bytes)).toBe("first words");
  expect(listeners).toBe(0);
  socket.destroy();
  await server.close();
});

it("a proxy hears nothing, least of all its password, for a caller who has left", async () => {
  const { opened, socket, heard, server } = await through("HTTP/1.1 200 OK\r\n\r\n", AbortSignal.abort());
  expect(opened).toEqual({ ok: false, fault: { kind: "cancelled" } });
  expect([socket.destroyed, heard]).toEqual([true, []]);
  await server.close();
});
