import { describe, expect, it } from "vitest";
import { explainFinding } from "../../../../renderer/text/fault.ts";
import { arePressing, findingSummary, findingWords } from "../../../../renderer/text/finding.ts";
import type { Finding } from "../../../../shared/model/mail-server.ts";

const otherName: Finding = { reason: "name-mismatch", detail: "mail.contoso.lab" };
const expired: Finding = { reason: "certificate-expired", detail: "2026-01-31T00:00:00.000Z" };
const selfSigned: Finding = { reason: "certificate-self-signed", detail: "EXA" };

describe("findings in few words", () => {
  it("hold the fact where there is room for it", () => {
    expect(findingWords(otherName)).toBe("certificate for another name (mail.contoso.lab)");
    expect(findingWords(expired)).toBe("certificate expired");
  });

  it("are summed up with what presses first, wherever it stands", () => {
    expect(findingSummary([])).toBeNull();
    expect(findingSummary([otherName])).toBe("certificate for another name");
    expect(findingSummary([selfSigned, otherName])).toBe("self-signed certificate, and 1 more");
    expect(findingSummary([selfSigned, otherName, { reason: "tls-outdated", detail: "TLSv1" }])).toBe("outdated TLS, and 2 more");
  });

  it("press where something ends or is no longer safe, and not where sites have them for good", () => {
    const reasons = ["certificate-expired", "certificate-issuer-expired", "certificate-weak-key", "certificate-weak-signature", "tls-outdated"] as const;
    expect(reasons.filter((reason) => !arePressing([otherName, { reason, detail: null }]))).toEqual([]);
    expect(arePressing([otherName, selfSigned, { reason: "certificate-untrusted", detail: "Contoso CA" }, { reason: "certificate-issuer-unknown", detail: "Contoso CA" }])).toBe(false);
    expect(arePressing([])).toBe(false);
  });

  it("ask for nothing where nothing needs to be done, and for no directory's remedy", () => {
    for (const finding of [otherName, selfSigned, { reason: "certificate-untrusted", detail: "Contoso CA" }, { reason: "certificate-issuer-unknown", detail: "Contoso CA" }] as const) {
      expect(explainFinding(finding, "exa.contoso.lab").nextStep).toMatch(/Nothing needs to be done|the console needs no|The console needs nothing/);
    }
    expect(explainFinding(expired, "exa.contoso.lab").nextStep).toMatch(/^Renew the certificate/);
  });
});
