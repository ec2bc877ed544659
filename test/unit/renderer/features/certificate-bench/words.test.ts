import { X509Certificate } from "node:crypto";
import { rootCertificates } from "node:tls";
import { describe, expect, it } from "vitest";
import { cipherInWords, derOf, exportName, linkInWords, sizeInWords, validityInWords } from "../../../../../renderer/features/certificate-bench/words.ts";
import { say } from "../../../../../renderer/text/text.ts";
import { certificateVerdictSchema } from "../../../../../shared/model/certificate.ts";
import { DAY_MS } from "../../../../../shared/rules/expiry.ts";

const NOON = Date.UTC(2026, 10, 23, 12);

describe("the verdicts", () => {
  it("have a sentence and a next step each, and no two the same sentence", () => {
    const sentences = certificateVerdictSchema.options.map((verdict) => say(`certificate-bench.verdict-${verdict}`));
    expect(new Set(sentences).size).toBe(certificateVerdictSchema.options.length);
    for (const verdict of certificateVerdictSchema.options) expect(say(`certificate-bench.verdict-${verdict}-next`)).toMatch(/\w.*\.$/s);
  });
});

describe("validity in words", () => {
  it.each([
    [-10, 43.9, "43 days left"],
    [-10, 1, "1 day left"],
    [-10, 0.4, "ends today"],
    [-10, -0.4, "ended 1 day ago"],
    [-10, -3.2, "ended 3 days ago"],
    [2.1, 400, "begins in 3 days"],
    [0.2, 400, "begins in 1 day"],
  ])("from %f to %f days: %s", (from, to, words) => {
    const dates = { notBefore: NOON + from * DAY_MS, notAfter: NOON + to * DAY_MS };
    expect(validityInWords(dates, NOON)).toMatch(new RegExp(`^\\d{4}-\\d\\d-\\d\\d to \\d{4}-\\d\\d-\\d\\d, ${words}$`));
  });
});

describe("facts in words", () => {
  it("name each cipher once", () => {
    expect(cipherInWords({ cipher: "modern", cipherNames: ["AES-256-CBC", "AES-256-CBC"] })).toBe("AES-256-CBC (the current way, PBES2)");
    expect(cipherInWords({ cipher: "none", cipherNames: [] })).toBe("not encrypted");
  });

  it("say which certificate of a chain signed itself", () => {
    expect(linkInWords({ subject: "CN=a", issuer: "CN=b", notAfter: NOON })).toBe("CN=a, until 2026-11-23");
    expect(linkInWords({ subject: "CN=b", issuer: "CN=b", notAfter: NOON })).toBe("CN=b, until 2026-11-23 (signed by itself)");
  });

  it("give sizes in the unit that fits", () => {
    expect([sizeInWords(340), sizeInWords(2600), sizeInWords(1024 * 1024)]).toEqual(["340 bytes", "3 KiB", "1024 KiB"]);
  });
});

describe("the public part", () => {
  it.each([
    ["hq-mail.pfx", "hq-mail.cer"],
    ["HQ.Mail.P12", "HQ.Mail.cer"],
    ["mail", "mail.cer"],
    [".pfx", "certificate.cer"],
  ])("of %s is called %s", (file, name) => expect(exportName(file)).toBe(name));

  it.each(rootCertificates.slice(0, 5))("holds the same certificate in DER as in PEM, case %#", (pem) => {
    expect(Buffer.from(derOf(pem)).equals(new X509Certificate(pem).raw)).toBe(true);
  });
});
