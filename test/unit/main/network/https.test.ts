import https from "node:https";
import { once } from "node:events";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { httpsRequest, type HttpsRequest } from "../../../../main/network/https.ts";
import type { Pki } from "../../../../main/practice/pki.ts";
import { HOST, neverAborted, outcomes, resolverTo, systemClock, temporaryPki, tlsServer } from "./support.ts";

let pki: Pki;
let remove: () => Promise<void>;
let server: https.Server;
let port: number;
const seen: { readonly method: string | undefined; readonly url: string | undefined; readonly headers: Readonly<Record<string, unknown>>; readonly body: string }[] = [];

beforeAll(async () => {
  ({ pki, remove } = await temporaryPki());
  const identity = await pki.issue({ names: [HOST] });
  server = https.createServer({ cert: identity.certificatePem, key: identity.keyPem }, (request, response) => {
    let body = "";
    request.setEncoding("utf8");
    request.on("data", (chunk: string) => {
      body += chunk;
    });
    request.on("end", () => {
      seen.push({ method: request.method, url: request.url, headers: request.headers, body });
      if (request.url === "/silent") return;
      if (request.url === "/cut") {
        response.writeHead(200, { "content-length": 100 });
        response.write("part");
        setTimeout(() => request.socket.destroy(), 20);
        return;
      }
      if (request.url === "/large") {
        response.end("x".repeat(5000));
        return;
      }
      response.setHeader("x-answer", "yes");
      if (request.url === "/moved") response.writeHead(302, { location: "https://elsewhere.example/" });
      response.end("body");
    });
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  port = typeof address === "object" && address !== null ? address.port : 0;
});
afterAll(async () => {
  server.closeAllConnections();
  server.close();
  await remove();
});

function ask(path: string, changes: Partial<HttpsRequest> = {}) {
  return httpsRequest({
    url: `https://${HOST}${path}`,
    method: "GET",
    resolver: resolverTo([{ address: "127.0.0.1", port }], [pki.authorityPem]),
    clock: systemClock,
    signal: neverAborted,
    timeoutMs: 5000,
    ...changes,
  });
}

describe("an HTTPS exchange", () => {
  test("answers status, headers and body", async () => {
    const { rungs, response, certificateExpiresAt } = await ask("/page?a=1");
    expect(outcomes(rungs)).toEqual(["passed", "passed", "passed"]);
    expect(response).toMatchObject({ ok: true, value: { status: 200, headers: { "x-answer": "yes" }, body: "body" } });
    expect(certificateExpiresAt).toBeGreaterThan(Date.now());
    expect(seen.at(-1)).toMatchObject({ method: "GET", url: "/page?a=1", headers: { host: HOST } });
  });

  test("sends a body and headers", async () => {
    await ask("/token", { method: "POST", body: "grant=ä", headers: { "content-type": "application/x-www-form-urlencoded" } });
    expect(seen.at(-1)).toMatchObject({ method: "POST", body: "grant=ä", headers: { "content-type": "application/x-www-form-urlencoded", "content-length": "8" } });
  });

  test("does not follow a redirect", async () => {
    expect((await ask("/moved")).response).toMatchObject({ ok: true, value: { status: 302, headers: { location: "https://elsewhere.example/" } } });
  });

  test("gives up on silence, on a cut answer and on a flood", async () => {
    expect((await ask("/silent", { timeoutMs: 150 })).response).toEqual({ ok: false, fault: { kind: "timeout", phase: "response", afterMs: 150 } });
    expect((await ask("/cut")).response).toMatchObject({ ok: false, fault: { kind: "unreachable", rung: "health-check", reason: "answer-broken-off" } });
    expect((await ask("/large", { maxBytes: 1000 })).response).toMatchObject({ ok: false, fault: { kind: "unreachable", reason: "answer-too-large" } });
  });

  test("is called off", async () => {
    const stop = new AbortController();
    const asking = ask("/silent", { signal: stop.signal });
    const before = seen.length;
    await expect.poll(() => seen.length).toBeGreaterThan(before);
    stop.abort();
    expect((await asking).response).toEqual({ ok: false, fault: { kind: "cancelled" } });
  });

  test("an authority handed along is trusted for that exchange", async () => {
    const resolver = resolverTo([{ address: "127.0.0.1", port }]);
    expect((await ask("/", { resolver })).response).toMatchObject({ ok: false, fault: { reason: "certificate-issuer-unknown" } });
    expect((await ask("/", { resolver, authorities: [pki.authorityPem] })).response.ok).toBe(true);
  });

  test("nothing is sent to a server whose certificate is refused", async () => {
    const heard: string[] = [];
    const impostor = await tlsServer(pki, "untrusted", (socket) => socket.on("data", (chunk) => heard.push(chunk.toString("latin1"))));
    const resolver = resolverTo([{ address: "127.0.0.1", port: impostor.port }], [pki.authorityPem]);
    const { response } = await ask("/secret", { resolver, method: "POST", body: "secret" });
    expect(response).toMatchObject({ ok: false, fault: { kind: "unreachable", rung: "tls", reason: "certificate-issuer-unknown" } });
    await expect.poll(() => impostor.connections.size).toBe(0);
    expect(heard).toEqual([]);
    await impostor.close();
  });
});
