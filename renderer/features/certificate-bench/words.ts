/** Facts of a certificate file as a person reads them. Times in epoch milliseconds. */
import type { CertificateSummary } from "../../../shared/model/certificate.ts";
import { DAY_MS } from "../../../shared/rules/expiry.ts";
import { formatDate } from "../../text/format.ts";
import { say } from "../../text/text.ts";
import { bytesOf } from "../../ui/download.ts";

function daysOf(notBefore: number, notAfter: number, now: number): string {
  if (notBefore > now) return say("certificate-bench.days-until", { count: Math.ceil((notBefore - now) / DAY_MS) });
  const left = Math.floor((notAfter - now) / DAY_MS);
  if (notAfter < now) return say("certificate-bench.days-over", { count: Math.max(1, -left - 1) });
  return left === 0 ? say("certificate-bench.days-last") : say("certificate-bench.days-left", { count: left });
}

/** `2026-01-04 to 2027-01-04, 43 days left`. */
export function validityInWords({ notBefore, notAfter }: Pick<CertificateSummary, "notBefore" | "notAfter">, now: number): string {
  return say("certificate-bench.validity-dates", { from: formatDate(notBefore), to: formatDate(notAfter), days: daysOf(notBefore, notAfter, now) });
}

export function cipherInWords({ cipher, cipherNames }: Pick<CertificateSummary, "cipher" | "cipherNames">): string {
  return say(`certificate-bench.cipher-${cipher}`, { names: [...new Set(cipherNames)].join(", ") });
}

/** What earlier versions described does not say whether the check was computed. */
export function macInWords({ mac, integrity }: Pick<CertificateSummary, "mac" | "integrity">): string {
  return integrity === null ? mac : say(`certificate-bench.integrity-${integrity}`, { mac });
}

export function linkInWords({ subject, issuer, notAfter }: CertificateSummary["chain"][number]): string {
  const facts = { subject, date: formatDate(notAfter) };
  return say(subject === issuer ? "certificate-bench.chain-self" : "certificate-bench.chain-entry", facts);
}

/** `12 KiB`, `340 bytes`. */
export function sizeInWords(bytes: number): string {
  return bytes < 1024 ? `${bytes} bytes` : `${Math.round(bytes / 1024)} KiB`;
}

/** `hq-mail.pfx` becomes `hq-mail.cer`. */
export function exportName(fileName: string): string {
  const base = fileName.replace(/\.(?:pfx|p12)$/i, "");
  return `${base === "" ? "certificate" : base}.cer`;
}

/** The bytes between the lines of a PEM text (RFC 7468). */
export function derOf(pem: string): Uint8Array<ArrayBuffer> {
  return bytesOf(pem.replaceAll(/-----[^-]+-----|\s/g, ""));
}
