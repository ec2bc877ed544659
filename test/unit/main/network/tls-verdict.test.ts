import { X509Certificate } from "node:crypto";
import tls from "node:tls";
import { describe, expect, test } from "vitest";
import { limit } from "../../../../main/network/limit.ts";
import { codeOf, distrust, reasonOf, socketFault } from "../../../../main/network/tls-verdict.ts";
import { HOST, systemClock, temporaryPki } from "./support.ts";

describe("error codes", () => {
  test.each([
    ["ECONNREFUSED", "refused"],
    ["EHOSTUNREACH", "host-unreachable"],
    ["ENETUNREACH", "no-network"],
    ["ETIMEDOUT", "timed-out"],
    ["ECONNRESET", "connection-reset"],
    ["CERT_HAS_EXPIRED", "certificate-expired"],
    ["CERT_NOT_YET_VALID", "certificate-not-yet-valid"],
    ["CERT_REVOKED", "certificate-revoked"],
    ["DEPTH_ZERO_SELF_SIGNED_CERT", "certificate-self-signed"],
    ["SELF_SIGNED_CERT_IN_CHAIN", "certificate-untrusted"],
    ["UNABLE_TO_VERIFY_LEAF_SIGNATURE", "certificate-issuer-unknown"],
    ["UNABLE_TO_GET_ISSUER_CERT", "certificate-issuer-unknown"],
    ["UNABLE_TO_GET_ISSUER_CERT_LOCALLY", "certificate-issuer-unknown"],
    ["INVALID_PURPOSE", "certificate-wrong-purpose"],
    ["ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION", "tls-outdated"],
    ["ERR_SSL_WRONG_VERSION_NUMBER", "not-tls"],
    ["ERR_TLS_CERT_ALTNAME_INVALID", "name-mismatch"],
    ["ENOTFOUND", "name-not-found"],
    ["ENODATA", "no-records"],
    ["ESERVFAIL", "dns-failed"],
  ] as const)("%s is %s", (code, reason) => {
    expect(reasonOf(code, "bad-status")).toBe(reason);
  });

  test("an unknown code asserts nothing and is shown", () => {
    const error = Object.assign(new Error("secret text of a library"), { code: "ERR_SSL_SSLV3_ALERT_HANDSHAKE_FAILURE" });
    expect(codeOf(error)).toBe("ERR_SSL_SSLV3_ALERT_HANDSHAKE_FAILURE");
    expect(socketFault(error, "tls", "dc1")).toEqual({ kind: "unreachable", rung: "tls", reason: "tls-failed", host: "dc1", detail: "ERR_SSL_SSLV3_ALERT_HANDSHAKE_FAILURE" });
    expect(socketFault(error, "tcp", "dc1")).toMatchObject({ reason: "connection-failed", detail: "ERR_SSL_SSLV3_ALERT_HANDSHAKE_FAILURE" });
    expect(socketFault("not an error", "sign-in", "dc1")).toEqual({ kind: "unreachable", rung: "sign-in", reason: "connection-reset", host: "dc1" });
  });
});

describe("an objection", () => {
  test("that the certificate does not explain refuses it all the same", async () => {
    const { pki, remove } = await temporaryPki();
    const leaf = new X509Certificate((await pki.issue({ names: [HOST] })).certificatePem);
    const trusted = { context: tls.createSecureContext(), vouchesFor: () => true };
    const presented = { leaf, chain: [leaf], host: HOST, trusted, now: Date.now() };
    expect(distrust({ ...presented, code: "CERT_REVOKED" })).toEqual({ reason: "certificate-revoked", detail: "CERT_REVOKED" });
    expect(distrust({ ...presented, code: "SOMETHING_NEW" })).toEqual({ reason: "certificate-refused", detail: "SOMETHING_NEW" });
    expect(distrust({ ...presented, code: null })).toBeNull();
    await remove();
  });
});

describe("a limit", () => {
  test("tells the caller's abort from running out of time", async () => {
    const stop = new AbortController();
    const aborted = limit(stop.signal, systemClock, 60_000);
    stop.abort();
    expect(aborted.signal.aborted).toBe(true);
    expect(aborted.fault("tcp", "dc1")).toEqual({ kind: "cancelled" });
    aborted.dispose();

    const late = limit(new AbortController().signal, systemClock, 5);
    await expect.poll(() => late.signal.aborted).toBe(true);
    expect(late.fault("tcp", "dc1")).toEqual({ kind: "unreachable", rung: "tcp", reason: "timed-out", host: "dc1" });
  });

  test("does nothing after it was disposed of", async () => {
    const stop = new AbortController();
    const done = limit(stop.signal, systemClock, 5);
    done.dispose();
    stop.abort();
    await new Promise((resolve) => {
      setTimeout(resolve, 20);
    });
    expect(done.signal.aborted).toBe(false);
  });
});
