/** Whom a handshake trusts, with a machine that trusts an authority of its own. */
import tls from "node:tls";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { dial } from "../../../../main/network/dial.ts";
import { trustStore } from "../../../../main/network/trust-store.ts";
import type { Pki } from "../../../../main/practice/pki.ts";
import type { Trust } from "../../../../shared/model/identity-store.ts";
import { HOST, neverAborted, outcomes, resolverTo, systemClock, temporaryPki, tlsServer } from "./support.ts";

let machine: { readonly pki: Pki; readonly remove: () => Promise<void> };
let own: { readonly pki: Pki; readonly remove: () => Promise<void> };
beforeAll(async () => {
  machine = await temporaryPki();
  own = await temporaryPki();
  vi.spyOn(tls, "getCACertificates").mockImplementation((of) => (of === "system" ? [machine.pki.authorityPem] : []));
});
afterAll(async () => {
  vi.restoreAllMocks();
  await machine.remove();
  await own.remove();
});

test("an authority from a file trusts nobody whom the machine trusts", async () => {
  const server = await tlsServer(machine.pki, null, (socket) => socket.end());
  const reached = async (trust: Trust) => {
    const { rungs, socket } = await dial({
      host: HOST, port: 443, tls: { trust }, resolver: resolverTo([{ address: "127.0.0.1", port: server.port }]), dnsServer: null, clock: systemClock, signal: neverAborted, timeoutMs: 5000,
    });
    socket?.destroy();
    return outcomes(rungs)[2];
  };
  expect(await reached({ mode: "system" })).toBe("passed");
  expect(await reached({ mode: "authority-file", name: "ca.pem", pem: own.pki.authorityPem })).toBe("certificate-issuer-unknown");
  await server.close();
});

test("what speaks old TLS for a page that anybody may see is kept apart from everything else", () => {
  const anonymous = trustStore({ mode: "system" }, [own.pki.authorityPem], true);
  const verified = trustStore({ mode: "system" }, [own.pki.authorityPem], false);
  expect(anonymous).not.toBe(verified);
  expect(trustStore({ mode: "system" }, [own.pki.authorityPem], false)).toBe(verified);
});

test("no more than sixteen are kept, the newest", () => {
  const pems = Array.from({ length: 17 }, (_, index) => `${own.pki.authorityPem}\n# ${index}`);
  const made = pems.map((pem) => trustStore({ mode: "authority-file", name: "ca.pem", pem }, [], false));
  const again = pems.toReversed().map((pem) => trustStore({ mode: "authority-file", name: "ca.pem", pem }, [], false));
  expect(again.slice(0, 16)).toEqual(made.slice(1).toReversed());
  expect(again[0]).toBe(made[16]);
  expect(again[16]).not.toBe(made[0]);
});
