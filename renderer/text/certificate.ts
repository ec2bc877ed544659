/** What is worth knowing of a certificate file besides what is in it, in words. */
import type { CertificateIdentity, CertificateProperty, CertificateSummary } from "../../shared/model/certificate.ts";
import { formatDate } from "./format.ts";
import { say } from "./text.ts";

export interface CertificateFact {
  readonly label: string;
  readonly lines: readonly string[];
}

/** Who reads the file, which of several certificates is meant, and what was skipped. */
export function certificateFacts(summary: CertificateSummary): readonly CertificateFact[] {
  const facts = [
    { label: say("certificate-bench.identities"), lines: identitiesInWords(summary) },
    { label: say("certificate-bench.read-by"), lines: readersInWords(summary) },
    { label: say("certificate-bench.remarks"), lines: summary.remarks.map(({ remark, detail }) => say(`certificate-bench.remark-${remark}`, { detail: detail ?? "" })) },
  ];
  return facts.filter(({ lines }) => lines.length > 0);
}

/** Nothing where there is nothing to choose. */
function identitiesInWords({ identities, thumbprintSha256, takenBy }: CertificateSummary): readonly string[] {
  if (identities.length < 2) return [];
  const short = new Map(identities.map((identity) => [identity.thumbprintSha256, identity.thumbprintSha1.toUpperCase()]));
  const listed = identities.map((each) => (each.thumbprintSha256 === thumbprintSha256 ? say("certificate-bench.identity-described", { identity: identityInWords(each) }) : identityInWords(each)));
  const taken = takenBy.map(({ reader, thumbprintSha256: theirs }) => say("certificate-bench.taken-by", { reader: say(`certificate-bench.reader-${reader}`), thumbprint: short.get(theirs) ?? theirs }));
  return [...listed, ...taken];
}

/** `CN=mail.contoso.com, 2026-01-04 to 2027-01-04, 5AD1…`: the thumbprint as Windows shows it. */
export function identityInWords({ subject, notBefore, notAfter, thumbprintSha1 }: CertificateIdentity): string {
  return say("certificate-bench.identity", { subject, from: formatDate(notBefore), to: formatDate(notAfter), thumbprint: thumbprintSha1.toUpperCase() });
}

function readersInWords({ readers }: CertificateSummary): readonly string[] {
  const reading = readers.filter(({ reads }) => reads === "yes").map(({ reader }) => say(`certificate-bench.reader-${reader}`));
  const others = readers.flatMap(({ reader, reads, because }) =>
    reads === "yes" ? [] : [say(`certificate-bench.reads-${reads}`, { reader: say(`certificate-bench.reader-${reader}`), why: because.map(propertyInWords).join(", ") })],
  );
  return [...(reading.length === 0 ? [] : [say("certificate-bench.reads-yes", { readers: reading.join(", ") })]), ...others];
}

function propertyInWords(property: CertificateProperty): string {
  return say(`certificate-bench.property-${property}`);
}
