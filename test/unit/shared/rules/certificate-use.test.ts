import { describe, expect, it } from "vitest";
import { office365 } from "../../../../main/providers/office365/index.ts";
import { googleWorkspace } from "../../../../main/providers/google-workspace/index.ts";
import type { Fault } from "../../../../shared/fault.ts";
import { certificateVerdictSchema, type CertificateSummary, type CertificateVerdict } from "../../../../shared/model/certificate.ts";
import { heaviest, passwordRole, unusableCertificates, verdictsAt, weightOf } from "../../../../shared/rules/certificate-use.ts";
import { summaryWith } from "./support.ts";

const wrongPassword: Fault = { kind: "wrong-password", subject: "certificate" };
const known = (change: Partial<CertificateSummary>) => ({ summary: summaryWith(change), fault: null });
const refused = (fault: Fault) => ({ summary: null, fault });

/** What a form of Office 365 with this file would be refused for. */
function issuesOf(certificate: { readonly summary: CertificateSummary | null; readonly fault: Fault | null }, secrets: Readonly<Record<string, unknown>> = { certificatePassword: {} }) {
  return unusableCertificates(office365.descriptor, { secrets, certificates: { certificate } });
}

describe("the weight of a verdict", () => {
  it("is good for fine alone, and bad where nothing can use the file", () => {
    expect(certificateVerdictSchema.options.filter((verdict) => weightOf(verdict) === "good")).toEqual(["fine"]);
    expect(["expired", "not-yet-valid", "key-mismatch", "no-private-key"].map((verdict) => weightOf(certificateVerdictSchema.parse(verdict)))).toEqual(["bad", "bad", "bad", "bad"]);
    expect(weightOf("not-for-server-2016")).toBe("remark");
  });

  it("is bad where the field's service refuses what others take", () => {
    const field = office365.descriptor.fields.find(({ kind }) => kind === "certificate");
    if (field?.kind !== "certificate") throw new Error("there is no certificate field");
    expect(weightOf("refused-by-exchange-online")).toBe("remark");
    expect(weightOf("refused-by-exchange-online", field)).toBe("bad");
  });

  it("is the heaviest of all", () => {
    expect(heaviest([])).toBe("good");
    expect(heaviest(["good", "remark"])).toBe("remark");
    expect(heaviest(["remark", "bad", "good"])).toBe("bad");
  });
});

describe("verdicts of a file that was read a while ago", () => {
  const summary = summaryWith({ notBefore: 1000, notAfter: 2000 });
  it.each([
    [999, ["not-yet-valid"]],
    [1000, ["fine"]],
    [2000, ["fine"]],
    [2001, ["expired"]],
  ] as const)("at %i: %j", (now, verdicts) => expect(verdictsAt(summary, now)).toEqual(verdicts));

  it("lose what time has mended, keep the rest, in the order of the model", () => {
    const stale = summaryWith({ notBefore: 1000, notAfter: 2000, verdicts: ["not-yet-valid", "weak-key"] });
    expect(verdictsAt(stale, 1500)).toEqual(["weak-key"]);
    expect(verdictsAt(stale, 2500)).toEqual(["expired", "weak-key"]);
    expect(verdictsAt(summaryWith({ certificates: 0, notBefore: 0, notAfter: 0, verdicts: ["no-certificate"] }), 2500)).toEqual(["no-certificate"]);
  });
});

describe("a certificate in a form", () => {
  it.each(["no-private-key", "no-certificate", "key-mismatch"] as const)("with %s is refused in the words of its fault", (verdict) => {
    expect(issuesOf(known({ verdicts: ["expired", verdict] }))).toEqual([{ path: ["certificate"], code: "certificate-refused", facts: { why: `faults.unreadable-${verdict}` } }]);
  });

  it.each([[["fine"]], [["expired"]], [["not-yet-valid"]], [["weak-key", "not-for-server-2016"]], [["refused-by-exchange-online"]]] as const)(
    "with %j can be saved",
    (verdicts) => expect(issuesOf(known({ verdicts: [...verdicts] as CertificateVerdict[] }))).toEqual([]),
  );

  it("with a key that the service cannot sign with is refused, and taken where any key is", () => {
    for (const keyType of ["EC prime256v1 (P-256)", "Ed25519", "RSA-PSS 2048"]) {
      expect(issuesOf(known({ keyType, verdicts: ["refused-by-exchange-online"] }))).toEqual([{ path: ["certificate"], code: "certificate-refused", facts: { why: "faults.unsupported-key-type" } }]);
    }
    expect(unusableCertificates(googleWorkspace.descriptor, { secrets: {}, certificates: { certificate: known({ keyType: "EC prime256v1 (P-256)" }) } })).toEqual([]);
  });

  it("that does not open is refused: at its password where that is the reason", () => {
    expect(issuesOf(refused({ kind: "unreadable", what: "damaged" }))).toEqual([{ path: ["certificate"], code: "certificate-refused", facts: { why: "faults.unreadable-damaged" } }]);
    expect(issuesOf(refused(wrongPassword))).toEqual([{ path: ["certificatePassword"], code: "certificate-refused", facts: { why: "faults.wrong-password-certificate" } }]);
    expect(issuesOf(refused({ kind: "unreadable", what: "not-a-pfx", is: "google-key-json" }))).toEqual([{ path: ["certificate"], code: "certificate-refused", facts: { why: "other-files.google-key-json" } }]);
    expect(issuesOf(refused(wrongPassword), {})).toEqual([{ path: ["certificatePassword"], code: "required" }]);
  });

  it("that does not open with the issuer's own password says which that is", () => {
    const form = { secrets: {}, certificates: { certificate: refused(wrongPassword) } };
    expect(unusableCertificates(googleWorkspace.descriptor, form)).toEqual([{ path: ["certificate"], code: "certificate-refused", facts: { why: "faults.wrong-password-issued-certificate", password: "notasecret" } }]);
  });

  it("is not refused for what nobody knows, nor for not being there", () => {
    expect(issuesOf({ summary: null, fault: null })).toEqual([]);
    expect(unusableCertificates(office365.descriptor, { secrets: {}, certificates: {} })).toEqual([]);
  });
});

it("a password may open a file, may have been chosen besides a sealed one, or does not help", () => {
  expect(passwordRole({ fault: null })).toBe("opens");
  expect(passwordRole({ fault: wrongPassword })).toBe("opens");
  expect(passwordRole({ fault: { kind: "unreadable", what: "domain-protected" } })).toBe("sealed");
  expect(passwordRole({ fault: { kind: "unreadable", what: "not-a-pfx" } })).toBe("useless");
});
