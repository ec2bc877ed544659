/** What the tests of the rules share. */
import type { CertificateSummary } from "../../../../shared/model/certificate.ts";
import type { ActiveDirectoryConnection } from "../../../../shared/model/identity-store.ts";

/** A connection as it is when nothing special was chosen. */
export const plainConnection: ActiveDirectoryConnection = {
  kind: "active-directory",
  domain: "contoso.lab",
  domainControllers: [],
  dnsServer: null,
  username: "svc",
  security: "ldaps",
  trust: { mode: "system" },
};

/** A certificate file that is fine, with a change. */
export function summaryWith(change: Partial<CertificateSummary> = {}): CertificateSummary {
  return {
    subject: "CN=mail.contoso.com,O=Contoso",
    issuer: "CN=Contoso CA",
    serialNumber: "01",
    thumbprintSha1: "aa".repeat(20),
    thumbprintSha256: "bb".repeat(32),
    notBefore: Date.UTC(2026, 0, 1),
    notAfter: Date.UTC(2099, 0, 1),
    keyType: "RSA 2048",
    hasPrivateKey: true,
    cipher: "modern",
    cipherNames: [],
    mac: "sha256, 2048 iterations",
    certificates: 1,
    chain: [],
    verdicts: ["fine"],
    certificatePem: null,
    integrity: "verified",
    identities: [],
    takenBy: [],
    readers: [],
    remarks: [],
    ...change,
  };
}
