/** What a script saw of a host where no console reaches, as the rungs that the console would have climbed: .NET's facts, judged as the console judges its own. */
import { X509Certificate } from "node:crypto";
import type { Fault, Result, RungName, UnreachableReason } from "../../shared/fault.ts";
import type { Trust } from "../../shared/model/identity-store.ts";
import type { Finding, RungResult } from "../../shared/model/mail-server.ts";
import type { Observed } from "../../shared/model/probe.ts";
import type { Presented } from "./certificate-findings.ts";
import { recordedAnswer, type HttpsRequest, type HttpsResponse } from "./https.ts";
import { plainWords } from "./plain-words.ts";
import { distrustFault, factsOf, NO_CERTIFICATE, noticedOf, type CertificateFacts } from "./tls-verdict.ts";
import { trustStore } from "./trust-store.ts";

export interface ObservedHost {
  readonly host: string;
  readonly port: number;
  readonly observed: Observed;
  /** When it was seen, epoch milliseconds by the other computer's clock. */
  readonly at: number;
  readonly trust: Trust;
  /** PEM; trusted besides what the other computer trusts. */
  readonly authorities: readonly string[];
  /** The certificate is a finding and decides nothing. */
  readonly anonymous: boolean;
}

export interface ObservedRungs {
  /** dns, tcp, tls. */
  readonly rungs: readonly RungResult[];
  readonly certificate: CertificateFacts;
}

/** Names of .NET's SocketError (System.Net.Sockets) and of exceptions where no socket failed. */
const reasons: Readonly<Record<string, UnreachableReason>> = {
  HostNotFound: "name-not-found",
  NoData: "no-records",
  TryAgain: "dns-failed",
  NoRecovery: "dns-failed",
  ConnectionRefused: "refused",
  HostUnreachable: "host-unreachable",
  HostDown: "host-unreachable",
  NetworkUnreachable: "no-network",
  NetworkDown: "no-network",
  TimedOut: "timed-out",
  ConnectionReset: "connection-reset",
  ConnectionAborted: "connection-reset",
  // SslStream, of a connection that ended while it shook hands.
  IOException: "connection-reset",
};

/** As Node calls the values of .NET's SslProtocols. */
const protocols: Readonly<Record<string, string>> = { Tls: "TLSv1", Tls11: "TLSv1.1", Tls12: "TLSv1.2", Tls13: "TLSv1.3" };

/** What another computer does not find fault with: revocation is not asked for, and no chain is judged twice. */
const HARMLESS = new Set(["NoError", "RevocationStatusUnknown", "OfflineRevocation"]);

/** A step that failed elsewhere as a fault; `error` is the name of .NET's error. */
export function observedFault(error: string, rung: RungName, host: string): Fault {
  const otherwise = rung === "tls" ? "tls-failed" : rung === "dns" ? "dns-failed" : "connection-failed";
  return { kind: "unreachable", rung, reason: reasons[error] ?? otherwise, host, detail: plainWords(error) };
}

/** The rungs, as they would have been climbed here. */
export function observedRungs(seen: ObservedHost): ObservedRungs {
  const { host, port, observed } = seen;
  const { dns, tcp, tls } = observed;
  const presented = presentedIn(seen);
  const rungs = [
    rungOf("dns", dns, () => (dns.error === null && dns.addresses.length === 0 ? refused("dns", "no-records", host) : null), dns.addresses.slice(0, 3).map((address) => plainWords(address)).join(", "), host),
    rungOf("tcp", tcp, () => null, `${plainWords(tcp?.address ?? host)}:${port}`, host),
    tlsRung(seen, presented),
  ];
  const certificate = presented === null ? NO_CERTIFICATE : factsOf(presented.leaf);
  return { rungs: tls === null && rungs.every(({ outcome }) => outcome.state !== "failed") ? cutOff(rungs, host) : rungs, certificate };
}

function refused(rung: RungName, reason: UnreachableReason, host: string): Fault {
  return { kind: "unreachable", rung, reason, host };
}

const earlier = (rung: RungName): RungResult => ({ rung, ms: 0, outcome: { state: "skipped", why: "earlier-rung" } });

function rungOf(rung: RungName, step: { readonly ms: number; readonly error: string | null } | null, objection: () => Fault | null, answer: string, host: string): RungResult {
  if (step === null) return earlier(rung);
  const fault = step.error === null ? objection() : observedFault(step.error, rung, host);
  return { rung, ms: step.ms, outcome: fault === null ? { state: "passed", answer } : { state: "failed", fault } };
}

/** A file that skips a step without a reason says nothing of what comes after it. */
function cutOff(rungs: readonly RungResult[], host: string): readonly RungResult[] {
  const first = rungs.findIndex(({ outcome }) => outcome.state === "skipped");
  return rungs.map((each, place): RungResult => (place === first ? { ...each, outcome: { state: "failed", fault: refused(each.rung, "connection-failed", host) } } : each));
}

function tlsRung({ observed: { tls }, host, anonymous }: ObservedHost, presented: Presented | null): RungResult {
  const rung = rungOf("tls", tls, () => (presented === null ? refused("tls", "no-certificate", host) : null), "", host);
  if (tls === null || presented === null || rung.outcome.state !== "passed") return rung;
  const answer = protocols[tls.protocol ?? ""] ?? plainWords(tls.protocol ?? "");
  if (!anonymous) {
    const fault = distrustFault(presented);
    return { ...rung, outcome: fault === null ? { state: "passed", answer } : { state: "failed", fault } };
  }
  const findings: readonly Finding[] = noticedOf(presented, answer);
  return { ...rung, outcome: findings.length === 0 ? { state: "passed", answer } : { state: "finding", answer, findings: [...findings] } };
}

/** What was presented there, measured by what both computers trust; null where no certificate can be read. */
function presentedIn({ observed: { tls }, host, at, trust, authorities }: ObservedHost): Presented | null {
  const chain = (tls?.certificates ?? []).map(certificateIn);
  const [leaf] = chain;
  if (tls === null || leaf === undefined || leaf === null) return null;
  const known = chain.filter((certificate) => certificate !== null);
  const isTrustedThere = tls.policy !== null && !tls.chain.some((flag) => flag === "UntrustedRoot" || flag === "PartialChain");
  const here = trustStore(trust, authorities, false);
  const vouchesFor = (certificate: X509Certificate) => isTrustedThere || here.vouchesFor(certificate);
  return { leaf, chain: known, host, trusted: { vouchesFor }, code: codeOf(tls.chain, tls.policy, known.some(vouchesFor)), now: at };
}

function certificateIn(base64: string): X509Certificate | null {
  try {
    return new X509Certificate(Buffer.from(base64, "base64"));
  } catch {
    return null;
  }
}

/** .NET's objection as OpenSSL would have put it; null where there is none. */
function codeOf(flags: readonly string[], policy: string | null, isVouchedFor: boolean): string | null {
  const objections = flags.flatMap((flags) => flags.split(",")).map((flag) => flag.trim()).filter((flag) => !HARMLESS.has(flag));
  if (objections.includes("NotTimeValid")) return "CERT_HAS_EXPIRED";
  if (objections.includes("Revoked")) return "CERT_REVOKED";
  if (!isVouchedFor) return "UNABLE_TO_GET_ISSUER_CERT_LOCALLY";
  if (policy?.includes("RemoteCertificateNameMismatch") === true) return "ERR_TLS_CERT_ALTNAME_INVALID";
  const further = objections.find((flag) => flag !== "UntrustedRoot" && flag !== "PartialChain");
  return further === undefined ? null : plainWords(further);
}

/** What a page answered, from the octets that came of it elsewhere. `url` is what was asked for. */
export function observedAnswer({ answer, error, ms }: NonNullable<Observed["page"]>, request: Pick<HttpsRequest, "url" | "clock" | "maxBytes">): Promise<Result<HttpsResponse>> {
  return recordedAnswer(Buffer.from(answer, "base64"), { ...request, cutOffMs: error === "TimedOut" ? ms : null });
}
