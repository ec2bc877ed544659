import { createHash, X509Certificate } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { dial, firstFailure, type DialOptions } from "../../../../main/network/dial.ts";
import type { Pki } from "../../../../main/practice/pki.ts";
import type { RungResult } from "../../../../shared/model/mail-server.ts";
import { HOST, neverAborted, outcomes, resolverTo, systemClock, tcpServer, temporaryPki, tlsServer } from "./support.ts";

let pki: Pki;
let remove: () => Promise<void>;
beforeAll(async () => {
  ({ pki, remove } = await temporaryPki());
});
afterAll(() => remove());

function options(port: number, changes: Partial<DialOptions> = {}): DialOptions {
  return {
    host: HOST,
    port: 443,
    tls: { trust: { mode: "system" } },
    resolver: resolverTo([{ address: "127.0.0.1", port }], [pki.authorityPem]),
    dnsServer: null,
    clock: systemClock,
    signal: neverAborted,
    timeoutMs: 5000,
    ...changes,
  };
}

describe("reaching a host", () => {
  test("climbs dns, tcp and tls and hands back a verified socket and the certificate's end", async () => {
    const server = await tlsServer(pki, null, (socket) => socket.end("hello"));
    const heard: RungResult[] = [];
    const { rungs, socket, certificateExpiresAt } = await dial(options(server.port, { onRung: (rung) => heard.push(rung) }));
    expect(rungs.map(({ rung }) => rung)).toEqual(["dns", "tcp", "tls"]);
    expect(rungs.map(({ outcome }) => (outcome.state === "passed" ? outcome.answer : null))).toEqual(["127.0.0.1", `127.0.0.1:${server.port}`, "TLSv1.3"]);
    expect(heard).toEqual(rungs);
    expect(firstFailure(rungs)).toBeNull();
    expect(certificateExpiresAt).toBeGreaterThan(Date.now());
    socket?.destroy();
    await server.close();
  });

  test.each([
    ["expired", "certificate-expired"],
    ["not-yet-valid", "certificate-not-yet-valid"],
    ["wrong-name", "name-mismatch"],
    ["untrusted", "certificate-issuer-unknown"],
    ["no-intermediate", "certificate-issuer-unknown"],
    ["self-signed", "certificate-self-signed"],
    ["weak", "certificate-weak-key"],
    ["wrong-purpose", "certificate-wrong-purpose"],
  ] as const)("a certificate that is %s fails as %s, and its end is known all the same", async (flaw, reason) => {
    const server = await tlsServer(pki, flaw, (socket) => socket.end());
    const { rungs, socket, certificateExpiresAt } = await dial(options(server.port));
    expect(outcomes(rungs)).toEqual(["passed", "passed", reason]);
    expect(socket).toBeNull();
    expect(certificateExpiresAt === null ? null : certificateExpiresAt < Date.now()).toBe(flaw === "expired");
    await server.close();
  });

  test("an expired certificate tells its date, a wrong name the name presented", async () => {
    const expired = await tlsServer(pki, "expired", (socket) => socket.end());
    const first = await dial(options(expired.port));
    expect(firstFailure(first.rungs)).toMatchObject({ host: HOST, detail: new Date(first.certificateExpiresAt ?? 0).toISOString() });
    await expired.close();
    const misnamed = await tlsServer(pki, "wrong-name", (socket) => socket.end());
    const second = await dial(options(misnamed.port));
    expect(firstFailure(second.rungs)).toMatchObject({ detail: "retired.practice.example" });
    await misnamed.close();
  });

  test("an authority from a file stands alone: the machine's and the resolver's no longer count", async () => {
    const server = await tlsServer(pki, null, (socket) => socket.end());
    const other = await temporaryPki();
    const own = await dial(options(server.port, { resolver: resolverTo([{ address: "127.0.0.1", port: server.port }]), tls: { trust: { mode: "authority-file", name: "ca.pem", pem: pki.authorityPem } } }));
    const foreign = await dial(options(server.port, { tls: { trust: { mode: "authority-file", name: "ca.pem", pem: other.pki.authorityPem } } }));
    const damaged = await dial(options(server.port, { tls: { trust: { mode: "authority-file", name: "ca.pem", pem: "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n" } } }));
    expect([own, foreign, damaged].map(({ rungs }) => outcomes(rungs)[2])).toEqual(["passed", "certificate-issuer-unknown", "certificate-issuer-unknown"]);
    own.socket?.destroy();
    await other.remove();
    await server.close();
  });

  test("a pinned certificate is trusted whatever else is wrong with it, and no other is", async () => {
    const server = await tlsServer(pki, "untrusted", (socket) => socket.end());
    const bare = resolverTo([{ address: "127.0.0.1", port: server.port }]);
    const refused = await dial(options(server.port, { resolver: bare, tls: { trust: { mode: "pinned", sha256: "0".repeat(64) } } }));
    const fault = firstFailure(refused.rungs);
    expect(fault).toMatchObject({ kind: "unreachable", reason: "certificate-changed" });
    const sha256 = fault?.kind === "unreachable" ? (fault.detail ?? "") : "";
    const accepted = await dial(options(server.port, { resolver: bare, tls: { trust: { mode: "pinned", sha256 } } }));
    expect(outcomes(accepted.rungs)).toEqual(["passed", "passed", "passed"]);
    accepted.socket?.destroy();
    await server.close();
  });

  test("the fingerprint is the one every tool shows", async () => {
    const { certificatePem } = await pki.issue({ names: [HOST] });
    const certificate = new X509Certificate(certificatePem);
    expect(createHash("sha256").update(certificate.raw).digest("hex")).toBe(certificate.fingerprint256.replaceAll(":", "").toLowerCase());
  });
});

describe("failing to reach a host", () => {
  test("an unknown name skips the rest", async () => {
    const { rungs } = await dial(options(1, { host: "unknown.contoso.lab" }));
    expect(outcomes(rungs)).toEqual(["name-not-found", "skipped", "skipped"]);
  });

  test("a closed port is refused, and the next address is tried", async () => {
    const closed = await tcpServer(() => undefined);
    await closed.close();
    const refused = await dial(options(closed.port));
    expect(outcomes(refused.rungs)).toEqual(["passed", "refused", "skipped"]);
    const open = await tlsServer(pki, null, (socket) => socket.end());
    const both = [closed.port, open.port].map((port) => ({ address: "127.0.0.1", port }));
    const reached = await dial(options(open.port, { resolver: resolverTo(both, [pki.authorityPem]) }));
    expect(outcomes(reached.rungs)).toEqual(["passed", "passed", "passed"]);
    reached.socket?.destroy();
    await open.close();
  });

  test("a server that hangs up during the handshake, and one that speaks no TLS", async () => {
    const rude = await tcpServer((socket) => socket.once("data", () => socket.resetAndDestroy()));
    expect(outcomes((await dial(options(rude.port))).rungs)[2]).toBe("connection-reset");
    await rude.close();
    for (const banner of ["220 mail.contoso.lab ESMTP\r\n", "HTTP/1.1 400 Bad Request\r\n\r\n"]) {
      const plain = await tcpServer((socket) => socket.end(banner));
      expect(outcomes((await dial(options(plain.port))).rungs)[2]).toBe("not-tls");
      await plain.close();
    }
  });

  test("a silent server is given up after the time-out, and its connection closed", async () => {
    const silent = await tcpServer((socket) => socket.resume());
    const { rungs } = await dial(options(silent.port, { timeoutMs: 100 }));
    expect(outcomes(rungs)).toEqual(["passed", "passed", "timed-out"]);
    await expect.poll(() => silent.connections.size).toBe(0);
    await silent.close();
  });

  test("aborting closes the connection at once", async () => {
    const silent = await tcpServer((socket) => socket.resume());
    const stop = new AbortController();
    const dialling = dial(options(silent.port, { signal: stop.signal }));
    await expect.poll(() => silent.connections.size).toBe(1);
    stop.abort();
    expect(outcomes((await dialling).rungs)).toEqual(["passed", "passed", "cancelled"]);
    await expect.poll(() => silent.connections.size).toBe(0);
    await silent.close();
  });

  test("nothing is tried for a caller who has already left", async () => {
    const { rungs } = await dial(options(1, { signal: AbortSignal.abort() }));
    expect(outcomes(rungs)).toEqual(["cancelled", "skipped", "skipped"]);
  });
});
