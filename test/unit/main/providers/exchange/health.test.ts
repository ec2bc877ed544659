import type tls from "node:tls";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Clock } from "../../../../../main/ports.ts";
import type { Pki } from "../../../../../main/practice/pki.ts";
import { firstFailure } from "../../../../../main/network/dial.ts";
import { health } from "../../../../../main/providers/exchange/health.ts";
import type { ProviderContext } from "../../../../../main/providers/provider.ts";
import { succeed } from "../../../../../shared/fault.ts";
import { verdictOf } from "../../../../../shared/rules/health.ts";
import type { StoreConnection } from "../../../../../shared/model/identity-store.ts";
import { silentLogger } from "../../../../lab/loggers.ts";
import { HOST, neverAborted, outcomes, resolverTo, systemClock, temporaryPki, tlsServer } from "../../network/support.ts";

let pki: Pki;
let remove: () => Promise<void>;
beforeAll(async () => {
  ({ pki, remove } = await temporaryPki());
});
afterAll(() => remove());

const configuration = { variant: "2013", domain: "contoso.lab", username: "svc", authentication: "kerberos" } as const;
const checkServer = (server: string, context: ProviderContext) => health.check(configuration, server, context);

/** Timers run a hundred times faster; nothing else does. */
const hurriedClock: Clock = { ...systemClock, after: (ms, callback) => systemClock.after(ms / 100, callback) };

const store: StoreConnection = { kind: "active-directory", domain: "contoso.lab", domainControllers: [], dnsServer: null, username: "", security: "ldaps", trust: { mode: "system" } };

function contextFor(port: number, changes: Partial<ProviderContext> = {}): ProviderContext {
  return {
    signal: neverAborted,
    progress: () => undefined,
    logger: silentLogger,
    clock: systemClock,
    resolver: resolverTo([{ address: "127.0.0.1", port }], [pki.authorityPem]),
    secrets: { isSet: () => false, text: () => Promise.resolve(succeed(null)), certificate: () => Promise.resolve(succeed(null)) },
    connection: store,
    proxy: () => succeed(null),
    memory: new Map(),
    asked: false,
    directory: null,
    remoting: null,
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

const page = (status: string, body: string, header = "Connection: close") => `HTTP/1.1 ${status}\r\nContent-Length: ${body.length}\r\n${header}\r\n\r\n${body}`;

const SHOUTED = HOST.toUpperCase();
const LOGON = "https://sso.contoso.lab/adfs/ls/";

/** What each answer is told as: `passed`, or the reason and the fact at hand. */
const answers: [name: string, answer: string, reason: string, detail?: string][] = [
  ["Exchange's page", page("200 OK", `200 OK<br/>${SHOUTED}`), "passed"],
  ["Exchange's page among white space", page("200 OK", `\r\n 200 OK<br/>${HOST}\r\n`), "passed"],
  ["a page that only holds the name", page("200 OK", `${HOST} is down for maintenance`), "another-page", `${HOST} is down for maintenance`],
  ["the form with more behind it", page("200 OK", `200 OK<br/>${HOST} is down`), "another-page", `200 OK ${HOST} is down`],
  ["the form with more before it", page("200 OK", `Last seen: 200 OK<br/>${HOST}`), "another-page", `Last seen: 200 OK ${HOST}`],
  ["the form with the beginning of the name", page("200 OK", "200 OK<br/>mail"), "another-server", "mail"],
  ["the form with a longer name", page("200 OK", `200 OK<br/>${HOST}.example`), "another-server", `${HOST}.example`],
  ["another server behind a load balancer", page("200 OK", "200 OK<br/>EX2.contoso.lab"), "another-server", "ex2.contoso.lab"],
  ["a web server's welcome", page("200 OK", "<html><title>Welcome to nginx!</title></html>"), "another-page", "Welcome to nginx!"],
  ["nothing at all", page("200 OK", ""), "another-page"],
  ["a sign-in page elsewhere", page("302 Found", "", `Location: ${LOGON}?wctx=secret#part`), "redirected", LOGON],
  ["a sign-in page of its own", page("302 Found", "", "Location: /owa/auth/logon.aspx?url=x"), "redirected", `https://${HOST}/owa/auth/logon.aspx`],
  ["a redirect that holds a password", page("301 Moved", "", "Location: https://anna:secret@sso.contoso.lab/"), "redirected", "https://sso.contoso.lab/"],
  ["a redirect to nowhere", page("302 Found", "", "Location: https://[?secret"), "redirected", "https://["],
  ["a redirect that keeps the method", page("308 Permanent Redirect", "", `Location: ${LOGON}`), "redirected", LOGON],
  ["a redirect without a place", page("304 Not Modified", ""), "bad-status", "304"],
  ["a question for a sign-in", page("401 Unauthorized", ""), "sign-in-asked", "401"],
  ["a refusal", page("403 Forbidden", ""), "access-forbidden", "403"],
  ["no such page", page("404 Not Found", ""), "page-not-found", "404"],
  ["an application pool that stopped", page("503 Service Unavailable", "<h2>Service Unavailable</h2>"), "service-unavailable", "503"],
  ["any other status", page("500 Internal Server Error", `200 OK<br/>${HOST}`), "bad-status", "500"],
  ["half an answer", "HTTP/1.1 200 OK\r\nContent-Length: 900\r\n\r\npart", "answer-broken-off"],
  ["another protocol's banner", "220 mail.contoso.lab ESMTP\r\n\r\n", "not-http", "220 mail.contoso.lab ESMTP"],
  ["a flood", page("200 OK", "x".repeat(100_000)), "answer-too-large"],
];

describe("a front end's health check", () => {
  test.each(answers)("%s", async (_name, answer, reason, detail) => {
    const server = await frontEnd(answer);
    const { rungs, certificateExpiresAt } = await checkServer(HOST, contextFor(server.port));
    await server.close();
    const rest = reason === "passed" ? "not-on-this-machine" : "earlier-rung";
    expect(rungs.map(({ rung }) => rung)).toEqual(["dns", "tcp", "tls", "health-check", "sign-in", "role"]);
    expect(outcomes(rungs).slice(0, 4)).toEqual(["passed", "passed", "passed", reason]);
    const fault = firstFailure(rungs);
    expect(fault?.kind === "unreachable" ? fault.detail : undefined).toBe(detail);
    expect(rungs.slice(4).map(({ outcome }) => outcome)).toEqual([
      { state: "skipped", why: rest },
      { state: "skipped", why: rest },
    ]);
    expect(certificateExpiresAt).toBeGreaterThan(Date.now());
  });

  test.each([
    ["closed", (socket: tls.TLSSocket) => socket.end()],
    ["cut", (socket: tls.TLSSocket) => socket.destroy()],
  ])("a connection that is %s without a status line is a server that is not in service", async (_how, close) => {
    const server = await tlsServer(pki, null, (socket) => socket.once("data", () => close(socket)));
    const { rungs } = await checkServer(HOST, contextFor(server.port));
    await server.close();
    expect(rungs[3]?.outcome).toMatchObject({ state: "failed", fault: { kind: "unreachable", rung: "health-check", reason: "not-in-service", host: HOST } });
  });

  test("a server in service is Online whatever its certificate, and is told nothing but the request", async () => {
    const heard: string[] = [];
    const server = await tlsServer(pki, "self-signed", (socket) => {
      socket.on("data", (chunk: Buffer) => {
        heard.push(chunk.toString("latin1"));
        socket.end(page("200 OK", `200 OK<br/>${HOST}`));
      });
    });
    const secrets = { isSet: () => true, text: () => Promise.resolve(succeed("secret")), certificate: () => Promise.resolve(succeed(null)) };
    const check = await checkServer(HOST, contextFor(server.port, { secrets, connection: { ...store, username: "CONTOSO\\svc-mail" } }));
    await server.close();
    expect(verdictOf(check)).toMatchObject({ verdict: "up", depth: "health-check" });
    expect(check.rungs[2]?.outcome).toEqual({ state: "finding", answer: "TLSv1.3", findings: [{ reason: "certificate-self-signed", detail: HOST }] });
    expect(heard.join("")).toBe(`GET /PowerShell/healthcheck.htm HTTP/1.1\r\nhost: ${HOST}\r\nconnection: close\r\n\r\n`);
  });

  test("takes as long as it takes, whatever somebody does to the wall clock meanwhile", async () => {
    const server = await frontEnd(page("200 OK", `200 OK<br/>${HOST}`));
    let now = systemClock.now();
    const { ms, rungs } = await checkServer(HOST, contextFor(server.port, { clock: { ...systemClock, now: () => (now -= 604_800_000) } }));
    await server.close();
    for (const each of [ms, ...rungs.map((rung) => rung.ms)]) expect(each >= 0 && each < 60_000).toBe(true);
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
    const server = await frontEnd(page("200 OK", `200 OK<br/>${HOST}`));
    const resolver = resolverTo([{ address: "127.0.0.1", port: server.port }]);
    const trusting: StoreConnection = { ...store, trust: { mode: "authority-file", name: "ca.pem", pem: pki.authorityPem } };
    expect(outcomes((await checkServer(HOST, contextFor(server.port, { resolver }))).rungs).slice(2, 4)).toEqual(["finding", "passed"]);
    expect(outcomes((await checkServer(HOST, contextFor(server.port, { resolver, connection: trusting }))).rungs).slice(2, 4)).toEqual(["passed", "passed"]);
    await server.close();
  });
});
