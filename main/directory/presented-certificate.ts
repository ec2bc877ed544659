/** Shows the certificate a controller presents, before anybody trusts it. Nothing is sent but the handshake. */
import type net from "node:net";
import type tls from "node:tls";
import { fail, succeed, type Result } from "../../shared/fault.ts";
import type { LdapSecurity } from "../../shared/model/identity-store.ts";
import type { PresentedCertificate } from "../../shared/contract/stores.ts";
import { dial, firstFailure } from "../network/dial.ts";
import { presentedOn } from "../network/certificate-findings.ts";
import { beginTls } from "../network/tls-client.ts";
import { distrust } from "../network/tls-verdict.ts";
import { trustOf } from "../network/trust-store.ts";
import type { Endpoint } from "../ports.ts";
import { candidates } from "./controllers.ts";
import { explainHandshake, explainSilence } from "./diagnosis.ts";
import { operation, type DirectoryDeps } from "./operation.ts";
import { handshake, startTls } from "./reach.ts";

const TIMEOUT_MS = 8000;

export interface PresentedCertificateRequest {
  /** `host` or `host:port`; empty asks the domain's first controller. */
  readonly host: string;
  readonly domain: string;
  readonly dnsServer: string | null;
  readonly security: LdapSecurity;
}

/** Reads the end-entity certificate and why the system does not trust it, if so. `unsupported` for a connection without TLS. */
export async function presentedCertificate(
  request: PresentedCertificateRequest,
  deps: DirectoryDeps,
  signal: AbortSignal,
): Promise<Result<PresentedCertificate>> {
  if (request.security === "none") return fail({ kind: "unsupported", why: "no-certificate-without-tls" });
  const controller = await pickController(request, deps, signal);
  if (!controller.ok) return controller;
  const { host } = controller.value;
  const { clock, resolver } = deps;
  const dialled = await dial({ ...controller.value, tls: null, resolver, dnsServer: request.dnsServer, clock, signal, timeoutMs: TIMEOUT_MS });
  const { socket } = dialled;
  if (socket === null) return fail(firstFailure(dialled.rungs) ?? { kind: "cancelled" });
  try {
    const options = { socket, host, rung: "tls", signal, clock, timeoutMs: TIMEOUT_MS } as const;
    const shaken = await operation(options, () => shake(socket, host, request.security, resolver.authorities));
    if (shaken.ok) return describe(shaken.value, host);
    const context = { controller: controller.value, dnsServer: request.dnsServer, signal, deps };
    return fail(await (request.security === "ldaps" ? explainHandshake(shaken.fault, context) : explainSilence(shaken.fault, context)));
  } finally {
    socket.destroy();
  }
}

async function pickController(request: PresentedCertificateRequest, deps: DirectoryDeps, signal: AbortSignal): Promise<Result<Endpoint>> {
  const { security, domain, dnsServer } = request;
  const typed = request.host.trim() === "" ? [] : [request.host];
  const connection = { kind: "active-directory", domain, domainControllers: typed, dnsServer, username: "", security, trust: { mode: "system" } } as const;
  const found = await candidates(connection, domain, deps, signal);
  if (!found.ok) return found;
  const [first] = found.value;
  return first === undefined ? fail({ kind: "unreachable", rung: "dns", reason: "no-records", host: domain }) : succeed(first);
}

async function shake(socket: net.Socket, host: string, security: LdapSecurity, authorities: readonly string[]): Promise<tls.TLSSocket> {
  if (security === "starttls") await startTls(socket);
  const secured = beginTls({ socket, host, trust: { mode: "system" }, authorities });
  await handshake(secured);
  return secured;
}

function describe(socket: tls.TLSSocket, host: string): Result<PresentedCertificate> {
  const presented = presentedOn(socket, host, trustOf(socket));
  if (presented === null) return fail({ kind: "unreachable", rung: "tls", reason: "tls-failed", host });
  const { leaf } = presented;
  return succeed({
    host,
    subject: rfc2253(leaf.subject),
    issuer: rfc2253(leaf.issuer),
    names: alternativeNames(leaf.subjectAltName),
    sha256: leaf.fingerprint256.replaceAll(":", "").toLowerCase(),
    notBefore: leaf.validFromDate.getTime(),
    notAfter: leaf.validToDate.getTime(),
    problem: distrust(presented),
  });
}

/** OpenSSL's multi-line form, general part first, as one line with the most specific part first. Null for an empty name. */
function rfc2253(name: string | undefined): string | null {
  return name === undefined || name === "" ? null : name.split("\n").toReversed().join(",");
}

/** The names of Node's `DNS:dc1.contoso.lab, IP Address:10.0.0.1`; one that holds odd characters stands in quotation marks. */
export function alternativeNames(text: string | undefined): string[] {
  const parts = text?.match(/(?:[^,"]|"(?:\\.|[^"\\])*")+/g) ?? [];
  return parts.flatMap((part) => /^\s*(?:DNS|IP Address):(.+)$/.exec(part)?.[1] ?? []);
}
