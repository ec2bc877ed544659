/** Results of carry-in probes as the script writes them. */
import { X509Certificate } from "node:crypto";
import { rootCertificates } from "node:tls";
import { probeDigest } from "../../main/handover/probe-file.ts";
import type { Observed, ProbePayload } from "../../shared/model/probe.ts";

/** A server that was not reached: its name is known, and it refuses. */
export const REFUSED: Observed = {
  dns: { ms: 3, addresses: ["10.0.0.7"], error: null },
  tcp: { ms: 4, address: null, error: "ConnectionRefused" },
  tls: null,
  page: null,
};

/** A server that presents one of the certificates which Node brings along: real ones, told apart by their place. */
export function presenting(place: number): { readonly observed: Observed; readonly sha256: string; readonly expiresAt: number } {
  const certificate = new X509Certificate(rootCertificates[place] ?? "");
  const tls = { ms: 9, protocol: "Tls12", certificates: [certificate.raw.toString("base64")], chain: [], policy: "None", error: null };
  const observed = { ...REFUSED, tcp: { ms: 4, address: "10.0.0.7", error: null }, tls };
  return { observed, sha256: certificate.fingerprint256.replaceAll(":", "").toLowerCase(), expiresAt: certificate.validToDate.getTime() };
}

export function probePayload(servers: readonly Partial<ProbePayload["servers"][number]>[], more: Partial<ProbePayload> = {}): ProbePayload {
  const startedAt = more.startedAt ?? new Date().toISOString();
  return {
    computer: "JUMP01",
    fullName: "jump01.contoso.lab",
    system: "Microsoft Windows NT 10.0.20348.0",
    powershell: "5.1.20348.2849",
    edition: "Desktop",
    startedAt,
    offsetMinutes: 60,
    modules: [{ name: "ActiveDirectory", version: "1.0.1.0" }],
    exchange: null,
    unread: [],
    unasked: 0,
    ...more,
    servers: servers.map((server) => ({ storeId: "hq", storeName: "HQ", provider: "toy", server: "exa.contoso.lab", port: 443, page: "/PowerShell/healthcheck.htm", at: startedAt, ms: 7, observed: REFUSED, ...server })),
  };
}

/** The file, with the seal that belongs to it; `more` takes the place of fields around what is sealed. */
export function probeFile(payload: unknown, more: Readonly<Record<string, unknown>> = {}): Buffer {
  const text = JSON.stringify(payload);
  return Buffer.from(JSON.stringify({ format: "messaging-console-probe-result", version: 1, minimumReader: 1, application: "0.1.0", digest: probeDigest(text), payload: text, ...more }, null, 4));
}
