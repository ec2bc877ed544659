/** Whatever comes of reaching a host: no socket, no timer and no listener is left, and the fault that says most is told. */
import dgram from "node:dgram";
import { getEventListeners, once } from "node:events";
import net from "node:net";
import tls from "node:tls";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { checkCloud } from "../../../../main/network/cloud-check.ts";
import { askByDatagram } from "../../../../main/network/datagram.ts";
import { dialCloud } from "../../../../main/network/dial-cloud.ts";
import { dial, type DialOptions } from "../../../../main/network/dial.ts";
import { httpsRequest } from "../../../../main/network/https.ts";
import { limit } from "../../../../main/network/limit.ts";
import { secure } from "../../../../main/network/tls-client.ts";
import type { Pki } from "../../../../main/practice/pki.ts";
import { succeed } from "../../../../shared/fault.ts";
import type { RungResult } from "../../../../shared/model/mail-server.ts";
import { countingClock, type CountingClock } from "../../../lab/counting-clock.ts";
import { HOST, neverAborted, outcomes, resolverTo, tcpServer, temporaryPki, tlsServer, tlsServerWith, type TestServer } from "./support.ts";

let pki: Pki;
let remove: () => Promise<void>;
beforeAll(async () => {
  ({ pki, remove } = await temporaryPki());
});
afterAll(() => remove());

afterEach(() => vi.restoreAllMocks());

let clock: CountingClock;
let signal: AbortSignal;
beforeEach(() => {
  clock = countingClock();
  ({ signal } = new AbortController());
});

const options = (port: number, changes: Partial<DialOptions> = {}): DialOptions => ({
  host: HOST,
  port: 443,
  tls: { trust: { mode: "system" } },
  resolver: resolverTo([{ address: "127.0.0.1", port }], [pki.authorityPem]),
  dnsServer: null,
  clock,
  signal,
  timeoutMs: 5000,
  ...changes,
});

/** No timer is set, nobody listens to the caller's signal, and the server has no connection. */
async function expectLetGo(...servers: readonly TestServer[]): Promise<void> {
  expect([clock.waiting(), getEventListeners(signal, "abort").length]).toEqual([0, 0]);
  await expect.poll(() => servers.map(({ connections }) => connections.size)).toEqual(servers.map(() => 0));
}

describe("a host that was dialled", () => {
  test("leaves its connection alone", async () => {
    const server = await tlsServer(pki, null, (socket) => socket.resume());
    const { socket } = await dial(options(server.port));
    expect(server.connections.size).toBe(1);
    await expectLetGo();
    socket?.destroy();
    await expectLetGo(server);
    await server.close();
  });

  test("is told which of its names is meant", async () => {
    const { certificatePem: cert, keyPem: key } = await pki.issue({ names: [HOST] });
    const { promise, resolve } = Promise.withResolvers<string>();
    const server = await tlsServerWith({ cert, key, SNICallback: (name, done) => (resolve(name), done(null)) }, (socket) => {
      resolve("no name");
      socket.end();
    });
    const { socket } = await dial(options(server.port));
    expect(await promise).toBe(HOST);
    socket?.destroy();
    await server.close();
  });

  test("and does not answer leaves nothing, whether time is over or nobody waits any more", async () => {
    const silent = await tcpServer((socket) => socket.resume());
    const late = await dial(options(silent.port, { timeoutMs: 1500 }));
    expect(outcomes(late.rungs)).toEqual(["passed", "passed", "timed-out"]);
    await expectLetGo(silent);
    await silent.close();
  });

  test("by an address that leads nowhere leaves no attempt behind", async () => {
    const attempts: net.Socket[] = [];
    vi.spyOn(net, "connect").mockImplementation(() => {
      const never = new net.Socket();
      attempts.push(never);
      return never;
    });
    expect(outcomes((await dial(options(1, { timeoutMs: 50 }))).rungs)).toEqual(["passed", "timed-out", "skipped"]);
    expect(attempts.map(({ destroyed }) => destroyed)).toEqual([true]);
    await expectLetGo();
  });

  test("by several addresses is tried at no further one once nobody waits any more", async () => {
    const caller = new AbortController();
    const attempts: net.Socket[] = [];
    vi.spyOn(net, "connect").mockImplementation(() => {
      attempts.push(new net.Socket());
      queueMicrotask(() => caller.abort());
      return attempts.at(-1) ?? new net.Socket();
    });
    const addresses = ["127.0.0.1", "127.0.0.2"].map((address) => ({ address, port: 1 }));
    expect(outcomes((await dial(options(1, { signal: caller.signal, resolver: resolverTo(addresses) }))).rungs)).toEqual(["passed", "cancelled", "skipped"]);
    expect(attempts.map(({ destroyed }) => destroyed)).toEqual([true]);
    await expectLetGo();
  });

  test("by several addresses is told of by the one that says most", async () => {
    const closed = await tcpServer(() => undefined);
    await closed.close();
    const { connect } = net;
    // What a machine without IPv6 says of the first address; the refusal of the second comes from somewhere.
    vi.spyOn(net, "connect").mockImplementationOnce(() => new net.Socket().destroy(Object.assign(new Error("planted"), { code: "ENETUNREACH" }))).mockImplementation((...given) => Reflect.apply(connect, net, given));
    const addresses = ["2001:db8::1", "127.0.0.1"].map((address) => ({ address, port: closed.port }));
    expect(outcomes((await dial(options(1, { resolver: resolverTo(addresses) }))).rungs)[1]).toBe("refused");
  });

  test("without any address has no records", async () => {
    expect(outcomes((await dial(options(1, { resolver: resolverTo([]) }))).rungs)).toEqual(["no-records", "skipped", "skipped"]);
    await expectLetGo();
  });
});

describe("a caller who leaves between two rungs", () => {
  /** Aborts as soon as a rung has been climbed. */
  const leaving = (after: string) => {
    const caller = new AbortController();
    return { signal: caller.signal, timeoutMs: 60_000, onRung: ({ rung }: RungResult) => void (rung === after && caller.abort()) };
  };

  test.each(["dns", "tcp"])("after %s gets no connection, and none is left", async (rung) => {
    const silent = await tcpServer((socket) => socket.resume());
    const { socket, rungs } = await dial(options(silent.port, { ...leaving(rung), ...(rung === "dns" ? { tls: null } : {}) }));
    expect([socket, outcomes(rungs).includes("cancelled")]).toEqual([null, true]);
    await expectLetGo(silent);
    await silent.close();
  });

  test("after tls has nothing sent", async () => {
    const said: string[] = [];
    const server = await tlsServer(pki, null, (socket) => void socket.on("data", (bytes) => said.push(bytes.toString())));
    const { resolver } = options(server.port);
    const { response } = await httpsRequest({ url: `https://${HOST}/`, method: "POST", body: "secret", resolver, clock, ...leaving("tls") });
    expect(response).toEqual({ ok: false, fault: { kind: "cancelled" } });
    await expectLetGo(server);
    expect(said).toEqual([]);
    await server.close();
  });
});

describe("a handshake", () => {
  test("with an authority that this TLS library refuses to read lets go of the connection", async () => {
    const server = await tcpServer((socket) => socket.resume());
    const socket = net.connect(server.port, "127.0.0.1");
    await once(socket, "connect");
    const bound = limit(signal, clock, 60_000);
    vi.spyOn(tls, "createSecureContext").mockImplementationOnce(() => {
      throw Object.assign(new Error("bad base64 decode"), { code: "ERR_OSSL_PEM_BAD_BASE64_DECODE" });
    });
    const outcome = await secure({ socket, host: HOST, trust: { mode: "authority-file", name: "ca.pem", pem: "read by nobody" }, authorities: [] }, bound);
    expect(outcome.result.ok).toBe(false);
    expect(getEventListeners(bound.signal, "abort")).toEqual([]);
    bound.dispose();
    await expectLetGo(server);
    await server.close();
  });

  test("that has ended listens to nobody any more", async () => {
    const server = await tlsServer(pki, null, (socket) => socket.resume());
    const socket = net.connect(server.port, "127.0.0.1");
    await once(socket, "connect");
    const bound = limit(signal, clock, 5000);
    const { result } = await secure({ socket, host: HOST, trust: { mode: "system" }, authorities: [pki.authorityPem] }, bound);
    expect(getEventListeners(bound.signal, "abort")).toEqual([]);
    bound.dispose();
    if (result.ok) result.value.destroy();
    await expectLetGo(server);
    await server.close();
  });
});

describe("an exchange", () => {
  test("leaves nothing", async () => {
    const server = await tlsServer(pki, null, (socket) => void socket.once("data", () => socket.write("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok")));
    const { response } = await httpsRequest({ url: `https://${HOST}/`, method: "GET", resolver: options(server.port).resolver, clock, signal, timeoutMs: 5000 });
    expect(response).toMatchObject({ ok: true, value: { body: "ok" } });
    await expectLetGo(server);
    await server.close();
  });

  test("with a cloud's front door leaves nothing, through a proxy or not", async () => {
    const cloud = await tlsServer(pki, null, (socket) => socket.resume());
    const proxy = await tcpServer((socket) => {
      socket.once("data", () => {
        socket.write("HTTP/1.1 200 Connection established\r\n\r\n");
        const onward = net.connect(cloud.port, "127.0.0.1").on("error", () => socket.destroy());
        socket.pipe(onward).pipe(socket);
      });
    });
    const { resolver } = options(cloud.port);
    const check = await checkCloud({ server: HOST, expected: [HOST], resolver, proxy: () => succeed(null), clock, signal, pacing: { paces: {}, memory: new Map(), asked: true }, further: () => Promise.resolve() });
    expect(outcomes(check.rungs)).toEqual(["passed", "passed", "passed"]);
    await expectLetGo(cloud);
    const toProxy = { host: HOST, port: proxy.port, secure: false, authorization: null };
    const { rungs, socket } = await dialCloud({ ...options(proxy.port), tls: { trust: { mode: "system" } }, proxy: () => succeed(toProxy) });
    expect(outcomes(rungs)).toEqual(["passed", "skipped", "skipped", "passed"]);
    socket?.destroy();
    await expectLetGo(proxy);
    await proxy.close();
    await cloud.close();
  });
});

describe("a question over UDP", () => {
  const udpSockets = () => process.getActiveResourcesInfo().filter((each) => each === "UDPWrap").length;

  test("leaves no socket, answered or called off", async () => {
    const far = dgram.createSocket("udp4").on("message", (_message, { port, address }) => far.send("pong", port, address));
    far.bind(0, "127.0.0.1");
    await once(far, "listening");
    const before = udpSockets();
    const ask = (asking: AbortSignal, read: (datagram: Buffer) => Buffer | null) => askByDatagram({ address: "127.0.0.1", port: far.address().port, question: Buffer.from("ping"), read, signal: asking });
    expect((await ask(neverAborted, (datagram) => datagram)).toString()).toBe("pong");
    await expect.poll(udpSockets).toBe(before);
    const stop = new AbortController();
    const asking = ask(stop.signal, () => null);
    stop.abort();
    await expect(asking).rejects.toMatchObject({ code: "ECANCELLED" });
    await expect.poll(udpSockets).toBe(before);
    far.close();
  });
});

test("a limit that is disposed of waits for nothing and listens to nobody", () => {
  const bound = limit(signal, clock, 60_000);
  expect([clock.waiting(), getEventListeners(signal, "abort").length]).toEqual([1, 1]);
  bound.dispose();
  expect([clock.waiting(), getEventListeners(signal, "abort").length]).toEqual([0, 0]);
});
