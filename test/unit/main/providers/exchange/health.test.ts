import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Clock } from "../../../../../main/ports.ts";
import type { Pki } from "../../../../../main/practice/pki.ts";
import { checkServer } from "../../../../../main/providers/exchange/health.ts";
import type { ProviderContext } from "../../../../../main/providers/provider.ts";
import { succeed } from "../../../../../shared/fault.ts";
import type { StoreConnection } from "../../../../../shared/model/identity-store.ts";
import { HOST, neverAborted, outcomes, resolverTo, systemClock, temporaryPki, tlsServer } from "../../network/support.ts";

let pki: Pki;
let remove: () => Promise<void>;
beforeAll(async () => {
  ({ pki, remove } = await temporaryPki());
});
afterAll(() => remove());

/** Timers run a hundred times faster; nothing else does. */
const hurriedClock: Clock = { ...systemClock, after: (ms, callback) => systemClock.after(ms / 100, callback) };

const store: StoreConnection = { kind: "active-directory", domain: "contoso.lab", domainControllers: [], dnsServer: null, username: "", security: "ldaps", trust: { mode: "system" } };

function contextFor(port: number, changes: Partial<ProviderContext> = {}): ProviderContext {
  return {
    signal: neverAborted,
    progress: () => undefined,
    logger: { info: () => undefined, warn: () => undefined, error: () => undefined },
    clock: systemClock,
    resolver: resolverTo([{ address: "127.0.0.1", port }], [pki.authorityPem]),
    secrets: { isSet: () => false, text: () => Promise.resolve(succeed(null)), certificate: () => Promise.resolve(succeed(null)) },
    connection: store,
    proxy: () => succeed(null),
    memory: new Map(),
    asked: false,
    directory: null,
    ...changes,
  };
}

/** A front end that gives one raw answer to every request; empty text stays silent. */
function frontEnd(answer: string) {
  return tlsServer(pki, null, (socket) => {
    socket.on("data", () => {
      if (answer !== "") socket.end(answer);
    });
  });
}

const page = (status: string, body: string) => `HTTP/1.1 ${status}\r\nContent-Length: ${body.length}\r\nConnection: close\r\n\r\n${body}`;

describe("a front end's health check", () => {
  test.each([
    ["in service", page("200 OK", `200 OK<br/>${HOST.toUpperCase()}`), "passed"],
    ["another page than asked for", page("200 OK", "<h1>Welcome to nginx</h1>"), "bad-status"],
    ["in maintenance", page("503 Service Unavailable", "Service Unavailable"), "bad-status"],
    ["behind a login page", page("302 Found", ""), "bad-status"],
    ["breaking off", "HTTP/1.1 200 OK\r\nContent-Length: 900\r\n\r\npart", "connection-reset"],
    ["talking nonsense", "220 mail.contoso.lab ESMTP\r\n\r\n", "connection-reset"],
    ["flooding", page("200 OK", "x".repeat(100_000)), "unsupported"],
  ])("%s", async (_case, answer, expected) => {
    const server = await frontEnd(answer);
    const { rungs, certificateExpiresAt } = await checkServer(HOST, contextFor(server.port));
    const rest = expected === "passed" ? "not-on-this-machine" : "earlier-rung";
    expect(rungs.map(({ rung }) => rung)).toEqual(["dns", "tcp", "tls", "health-check", "sign-in", "role"]);
    expect(outcomes(rungs).slice(0, 4)).toEqual(["passed", "passed", "passed", expected]);
    expect(rungs.slice(4).map(({ outcome }) => outcome)).toEqual([
      { state: "skipped", why: rest },
      { state: "skipped", why: rest },
    ]);
    expect(certificateExpiresAt).toBeGreaterThan(Date.now());
    await server.close();
  });

  test("the status is the detail", async () => {
    const server = await frontEnd(page("503 Service Unavailable", ""));
    const { rungs } = await checkServer(HOST, contextFor(server.port));
    expect(rungs[3]?.outcome).toEqual({ state: "failed", fault: { kind: "unreachable", rung: "health-check", reason: "bad-status", host: HOST, detail: "503" } });
    await server.close();
  });

  test("silence is a time-out, an abort is not", async () => {
    const server = await frontEnd("");
    expect(outcomes((await checkServer(HOST, contextFor(server.port, { clock: hurriedClock }))).rungs)[3]).toBe("timed-out");
    const stop = new AbortController();
    const checking = checkServer(HOST, contextFor(server.port, { signal: stop.signal }));
    await expect.poll(() => server.connections.size).toBe(1);
    stop.abort();
    expect(outcomes((await checking).rungs)).toContain("cancelled");
    await expect.poll(() => server.connections.size).toBe(0);
    await server.close();
  });

  test("the store's own authority counts for its mail servers as well", async () => {
    const server = await frontEnd(page("200 OK", HOST));
    const resolver = resolverTo([{ address: "127.0.0.1", port: server.port }]);
    const trusting: StoreConnection = { ...store, trust: { mode: "authority-file", name: "ca.pem", pem: pki.authorityPem } };
    expect(outcomes((await checkServer(HOST, contextFor(server.port, { resolver }))).rungs)[2]).toBe("certificate-untrusted");
    expect(outcomes((await checkServer(HOST, contextFor(server.port, { resolver, connection: trusting }))).rungs)[3]).toBe("passed");
    await server.close();
  });
});
