/** One certificate file as one flat line, for checking a whole folder. */
import type { OtherFile } from "../../shared/model/other-file.ts";
import type { CertificateRemark, CertificateSummary, CertificateVerdict } from "../../shared/model/certificate.ts";
import type { ContainerFacts, Reading } from "./refusal.ts";

/** Null where there is nothing to say. `mac` is written as OpenSSL prints it. */
export interface CertificateLine {
  readonly opens: boolean;
  /** `wrong-password`, `damaged`, `not-a-pfx`, … when it does not open. */
  readonly reason: string | null;
  readonly subject: string | null;
  readonly thumbprintSha256: string | null;
  /** ISO 8601, UTC, to the second. */
  readonly notAfter: string | null;
  readonly keyType: string | null;
  readonly cipher: ContainerFacts["cipher"] | null;
  readonly mac: string | null;
  readonly certificates: number;
  readonly verdicts: readonly CertificateVerdict[];
  /** What a file that is no container is instead. */
  readonly is: OtherFile | null;
  readonly integrity: CertificateSummary["integrity"];
  /** SHA-256 thumbprints of the certificates with a private key, in the file's order. */
  readonly identities: readonly string[];
  readonly remarks: readonly CertificateRemark[];
}

function macText({ mac }: ContainerFacts): string {
  return mac === null ? "absent" : `${mac.hash}, Iteration ${mac.iterations}, length ${mac.length}, salt ${mac.salt}`;
}

export function certificateLine({ inspection, facts }: Reading): CertificateLine {
  const structure = { cipher: facts?.cipher ?? null, mac: facts === null ? null : macText(facts) };
  if (!inspection.opens) {
    const { fault, verdict } = inspection;
    const is = fault.kind === "unreadable" ? (fault.is ?? null) : null;
    const reason = fault.kind === "unreadable" ? fault.what : fault.kind;
    const nothing = { subject: null, thumbprintSha256: null, notAfter: null, keyType: null };
    return { opens: false, reason, ...nothing, ...structure, certificates: 0, verdicts: [verdict], is, integrity: null, identities: [], remarks: [] };
  }
  const { subject, thumbprintSha256, notAfter, keyType, certificates, verdicts, integrity, identities, remarks } = inspection.summary;
  const leaf = certificates > 0;
  return {
    opens: true,
    reason: null,
    subject: leaf ? subject : null,
    thumbprintSha256: leaf ? thumbprintSha256 : null,
    notAfter: leaf ? new Date(notAfter).toISOString().replace(".000Z", "Z") : null,
    keyType,
    ...structure,
    certificates,
    verdicts,
    is: null,
    integrity,
    identities: identities.map((identity) => identity.thumbprintSha256),
    remarks: remarks.map(({ remark }) => remark),
  };
}
