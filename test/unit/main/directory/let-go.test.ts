/** Whatever comes of reaching a controller: nobody hears more than he should, and nothing stays open or waiting. */
import net from "node:net";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { createDirectoryGateway } from "../../../../main/directory/gateway.ts";
import { operation } from "../../../../main/directory/operation.ts";
import { presentedCertificate } from "../../../../main/directory/presented-certificate.ts";
import type { NameResolver } from "../../../../main/ports.ts";
import { bindNeeded, credentialsRefused, success, tlsUnavailable } from "../../../../main/practice/directory/answers.ts";
import type { Pki } from "../../../../main/practice/pki.ts";
import { fail, succeed } from "../../../../shared/fault.ts";
import type { ActiveDirectoryConnection } from "../../../../shared/model/identity-store.ts";
import { countingClock, type CountingClock } from "../../../lab/counting-clock.ts";
import { domainController, littleDirectory } from "../../../lab/ldap-answers.ts";
import { silentLogger } from "../../../lab/loggers.ts";
import { HOST, neverAborted, tcpServer, temporaryPki, tlsServer, type TestServer } from "../network/support.ts";

let pki: Pki;
let removePki: () => Promise<void>;
beforeAll(async () => {
  ({ pki, remove: removePki } = await temporaryPki());
});
afterAll(() => removePki());

let clock: CountingClock;
const servers = new Map<string, TestServer>();
beforeEach(() => {
  clock = countingClock();
});
afterEach(async () => {
  for (const server of servers.values()) await server.close();
  servers.clear();
});

/** A server at a name. */
async function at(host: string, onConnection: (socket: net.Socket) => void): Promise<TestServer> {
  const server = await tcpServer(onConnection);
  servers.set(host, server);
  return server;
}

const resolver = (): NameResolver => ({
  authorities: [pki.authorityPem],
  service: (name) => Promise.resolve(name.includes("_sites") ? succeed([]) : succeed([...servers.keys()].map((host) => ({ host, port: 389, priority: 0, weight: 0 })))),
  connectTo: (host) => {
    const server = servers.get(host);
    return Promise.resolve(server === undefined ? fail({ kind: "unreachable", rung: "dns", reason: "name-not-found", host }) : succeed([{ address: "127.0.0.1", port: server.port }]));
  },
});

const deps = () => ({ resolver: resolver(), clock, logger: silentLogger });

function enter(changes: Partial<ActiveDirectoryConnection> = {}, signal: AbortSignal = neverAborted) {
  const connection: ActiveDirectoryConnection = { kind: "active-directory", domain: "contoso.lab", domainControllers: [...servers.keys()], dnsServer: null, username: "", security: "none", trust: { mode: "system" }, ...changes };
  return createDirectoryGateway(connection, deps()).open({ domain: "contoso.lab", username: "svc", password: "secret", signal });
}

/** No connection is open any more, and no timer is set. */
async function expectLetGo(): Promise<void> {
  await expect.poll(() => [...servers.values()].map(({ connections }) => connections.size)).toEqual([...servers.values()].map(() => 0));
  expect(clock.waiting()).toBe(0);
}

const controller = littleDirectory({ entries: [domainController], bind: success });

describe("a session", () => {
  test("that is closed leaves nothing", async () => {
    await at("dc1.contoso.lab", controller);
    const opened = await enter();
    expect(clock.waiting()).toBe(0);
    if (!opened.ok) throw new Error(JSON.stringify(opened.fault));
    await opened.value.close();
    await expectLetGo();
  });

  test("found by DNS leaves nothing of the questions for the way there", async () => {
    await at("dc1.contoso.lab", controller);
    await at("dc2.contoso.lab", controller);
    const opened = await enter({ domainControllers: [] });
    expect(clock.waiting()).toBe(0);
    if (!opened.ok) throw new Error(JSON.stringify(opened.fault));
    await opened.value.close();
    await expectLetGo();
  });

  test("with another controller leaves the one that was reached beside it", async () => {
    clock = countingClock(50);
    const waiting: net.Socket[] = [];
    await at("slow.contoso.lab", (socket) => void waiting.push(socket));
    const other = await at("other.contoso.lab", controller);
    const opening = enter();
    await expect.poll(() => other.connections.size).toBe(1);
    for (const socket of waiting) controller(socket);
    const opened = await opening;
    if (opened.ok) await opened.value.close();
    await expectLetGo();
  });
});

describe("a controller", () => {
  test("that refuses the account is let go of", async () => {
    await at("dc1.contoso.lab", littleDirectory({ entries: [domainController], bind: credentialsRefused("52e") }));
    expect(await enter()).toMatchObject({ ok: false, fault: { kind: "sign-in", reason: "wrong-credentials" } });
    await expectLetGo();
  });

  test("that tells nobody anything, and turns out to be another directory, is not searched", async () => {
    const entries = [bindNeeded, { vendorName: "389 Project" }];
    await at("dc1.contoso.lab", littleDirectory({ entries, bind: success }));
    expect(await enter()).toEqual(fail({ kind: "unsupported", why: "other-directory", detail: "389 Project" }));
    await expectLetGo();
  });

  test("that is called off while it takes its time says so, and is let go of at once", async () => {
    const server = await at("dc1.contoso.lab", (socket) => socket.resume());
    const stop = new AbortController();
    const opening = enter({ domainControllers: ["gone.contoso.lab", "dc1.contoso.lab"] }, stop.signal);
    await expect.poll(() => server.connections.size).toBe(1);
    stop.abort();
    expect(await opening).toEqual(fail({ kind: "cancelled" }));
    await expectLetGo();
  });

  test("that never answers is given up, and let go of", async () => {
    clock = countingClock(200);
    await at("dc1.contoso.lab", (socket) => socket.resume());
    expect(await enter({ security: "starttls" })).toMatchObject({ ok: false, fault: { kind: "unreachable", reason: "timed-out" } });
    await expectLetGo();
  });

  test("whose certificate is not trusted hears nothing", async () => {
    const heard: string[] = [];
    const server = await tlsServer(pki, "untrusted", (socket) => socket.on("data", (bytes) => heard.push(bytes.toString("latin1"))));
    servers.set(HOST, server);
    expect(await enter({ security: "ldaps" })).toMatchObject({ ok: false, fault: { kind: "unreachable", rung: "tls", reason: "certificate-issuer-unknown" } });
    await expectLetGo();
    expect(heard).toEqual([]);
  });

  test.each(["ldaps", "starttls", "none"] as const)("that was asked once more over %s to learn what it is, is hung up on", async (security) => {
    // It ends the first conversation, and keeps every later one open without a word that anybody understands.
    let first = true;
    await at("dc1.contoso.lab", (socket) => {
      const isFirst = first;
      first = false;
      socket.once("data", () => (isFirst && security !== "ldaps" ? socket.destroy() : socket.write("HELLO\r\n")));
    });
    expect(await enter({ security })).toMatchObject({ ok: false, fault: { kind: "unreachable" } });
    await expectLetGo();
  });

  test("that knows StartTLS and cannot start it says so, and is hung up on", async () => {
    await at("dc1.contoso.lab", littleDirectory({ entries: [domainController], extended: tlsUnavailable }));
    expect(await enter({ security: "starttls" })).toMatchObject({ ok: false, fault: { kind: "unreachable", rung: "tls", reason: "no-certificate" } });
    await expectLetGo();
  });

  test("of plain LDAP that was asked over TLS is hung up on", async () => {
    await at("dc1.contoso.lab", (socket) => {
      const speak = littleDirectory({ entries: [domainController] });
      socket.once("data", (bytes) => {
        // Not a message: the hello of TLS, at which it closes nothing.
        if (bytes[0] === 0x30) {
          speak(socket);
          socket.emit("data", bytes);
        } else socket.write(Buffer.from("300c02010161070a010104000400", "hex"));
      });
    });
    expect(await enter({ security: "ldaps" })).toMatchObject({ ok: false, fault: { reason: "speaks-plain-ldap" } });
    await expectLetGo();
  });
});

describe("the certificate that a controller presents", () => {
  const request = { host: HOST, domain: "contoso.lab", dnsServer: null, security: "ldaps" } as const;

  test("is shown with what is wrong with it, and the connection hung up", async () => {
    servers.set(HOST, await tlsServer(pki, "expired", () => undefined));
    const shown = await presentedCertificate(request, deps(), neverAborted);
    expect(shown).toMatchObject({ ok: true, value: { host: HOST, problem: { reason: "certificate-expired" } } });
    await expectLetGo();
  });

  test("is not looked for where there is none", async () => {
    const server = await at(HOST, (socket) => socket.resume());
    expect(await presentedCertificate({ ...request, security: "none" }, deps(), neverAborted)).toEqual(fail({ kind: "unsupported", why: "no-certificate-without-tls" }));
    expect(server.connections.size).toBe(0);
  });
});

test("an operation is not begun for a caller who has left", async () => {
  const socket = new net.Socket();
  const asked = await operation({ socket, host: "dc1", rung: "sign-in", signal: AbortSignal.abort(), clock, timeoutMs: 60_000 }, () => new Promise(() => undefined));
  expect(asked).toEqual(fail({ kind: "cancelled" }));
  expect([socket.destroyed, clock.waiting()]).toEqual([true, 0]);
});
