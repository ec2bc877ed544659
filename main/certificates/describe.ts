/** From an opened container to the facts and verdicts a person reads. */
import type { KeyObject, X509Certificate } from "node:crypto";
import { certificateVerdictSchema, type CertificateIdentity, type CertificateRemark, type CertificateSummary, type CertificateVerdict } from "../../shared/model/certificate.ts";
import { hex, type Contents, type Identity } from "./contents.ts";
import { readersOf, readerVerdicts, type Judged } from "./reader-rules.ts";
import type { ContainerFacts } from "./refusal.ts";

const CURVES: Readonly<Record<string, string>> = { prime256v1: "P-256", secp384r1: "P-384", secp521r1: "P-521" };

/**
 * A name in RFC 2253 order and escaping, UTF-8 as it is. The library prints one line a part, the least specific first,
 * with " + " between the values of one part.
 */
function nameOf(lines: string | undefined): string {
  if (lines === undefined) return "";
  const parts = lines.split("\n").toReversed();
  return parts.map((part) => part.replaceAll(/(?<!\\) \+ /g, "+")).join(",");
}

/** `RSA 2048`, `EC prime256v1 (P-256)`. */
export function keyTypeOf(key: KeyObject): string {
  const type = key.asymmetricKeyType ?? "unknown";
  const { modulusLength, namedCurve } = key.asymmetricKeyDetails ?? {};
  if (type === "ec") {
    const nist = CURVES[namedCurve ?? ""];
    return nist === undefined ? `EC ${namedCurve ?? ""}`.trim() : `EC ${namedCurve ?? ""} (${nist})`;
  }
  if (type === "ed25519" || type === "ed448") return type.replace("ed", "Ed");
  return modulusLength === undefined ? type.toUpperCase() : `${type.toUpperCase()} ${modulusLength}`;
}

function identityOf({ certificate, key }: Identity): CertificateIdentity {
  return {
    subject: nameOf(certificate.subject),
    notBefore: certificate.validFromDate.getTime(),
    notAfter: certificate.validToDate.getTime(),
    thumbprintSha1: hex(certificate.fingerprint),
    thumbprintSha256: hex(certificate.fingerprint256),
    keyType: keyTypeOf(key),
  };
}

/** `now` is epoch milliseconds. Throws when a certificate has a key that cannot be read. */
export function describe(contents: Contents, facts: ContainerFacts, now: number): CertificateSummary {
  const { leaf, key, hasKey, provider } = contents;
  const judged = { facts, key: key ?? leaf?.publicKey ?? null, provider };
  const described = key ?? (hasKey ? null : (leaf?.publicKey ?? null));
  const link = (certificate: X509Certificate) => ({
    subject: nameOf(certificate.subject),
    issuer: nameOf(certificate.issuer),
    notAfter: certificate.validToDate.getTime(),
  });
  return {
    subject: nameOf(leaf?.subject),
    issuer: nameOf(leaf?.issuer),
    serialNumber: leaf?.serialNumber.toLowerCase() ?? "",
    thumbprintSha1: hex(leaf?.fingerprint ?? ""),
    thumbprintSha256: hex(leaf?.fingerprint256 ?? ""),
    notBefore: leaf?.validFromDate.getTime() ?? 0,
    notAfter: leaf?.validToDate.getTime() ?? 0,
    keyType: described === null ? "unknown" : keyTypeOf(described),
    hasPrivateKey: hasKey,
    cipher: facts.cipher,
    cipherNames: [...facts.cipherNames],
    mac: facts.mac === null ? "absent" : `${facts.mac.hash}, ${facts.mac.iterations} iterations`,
    integrity: facts.integrity,
    certificates: contents.certificates.length,
    chain: [...(leaf === null ? [] : [leaf]), ...contents.others].map(link),
    verdicts: verdictsOf(contents, judged, now),
    certificatePem: leaf?.toString() ?? null,
    identities: contents.identities.map(identityOf),
    takenBy: takenBy(contents),
    readers: readersOf(judged),
    remarks: remarksOf(facts),
  };
}

/** In the order of the model; `fine` alone when there is nothing to say. */
function verdictsOf(contents: Contents, judged: Judged, now: number): CertificateVerdict[] {
  const { leaf, key, hasKey, keyMatches } = contents;
  const rules: readonly (readonly [CertificateVerdict, boolean])[] = [
    ["no-private-key", !hasKey],
    ["no-certificate", leaf === null],
    ["key-mismatch", leaf !== null && key !== null && !keyMatches],
    ["expired", leaf !== null && leaf.validToDate.getTime() < now],
    ["not-yet-valid", leaf !== null && leaf.validFromDate.getTime() > now],
    ["unsupported", hasKey && key === null],
  ];
  const found = new Set([...rules.filter(([, holds]) => holds).map(([verdict]) => verdict), ...readerVerdicts(judged)]);
  return found.size === 0 ? ["fine"] : certificateVerdictSchema.options.filter((verdict) => found.has(verdict));
}

/**
 * Which of several identities those take who let nobody choose. .NET takes the last certificate with a key
 * (X509CertificateLoader.Unix.cs of dotnet/runtime, which follows Windows there; measured with .NET 10), OpenSSL's
 * PKCS12_parse, and with it Node, the first key (crypto/pkcs12/p12_kiss.c; measured with OpenSSL 3.5). Windows imports all.
 */
function takenBy({ identities }: Contents): CertificateSummary["takenBy"] {
  if (identities.length < 2) return [];
  const [ofFirstKey] = identities.toSorted((a, b) => a.keyPlace - b.keyPlace);
  const taken = [["openssl", ofFirstKey], ["dotnet", identities.at(-1)]] as const;
  return taken.flatMap(([reader, identity]) => (identity === undefined ? [] : [{ reader, thumbprintSha256: hex(identity.certificate.fingerprint256) }]));
}

function remarksOf({ asText, isOpenedUntyped, domainPassword, skipped, encryptions }: ContainerFacts): CertificateSummary["remarks"] {
  const facts: readonly (readonly [CertificateRemark, boolean])[] = [
    ["as-text", asText],
    ["no-password", isOpenedUntyped && encryptions.length > 0],
    ["domain-protected", domainPassword],
  ];
  const kinds = [...new Set(skipped.map(({ what, id }) => (what === "crl" || what === "secret" ? what : id)))];
  const named = kinds.map((kind) => {
    const same = skipped.filter(({ what, id }) => what === kind || id === kind);
    const [{ what } = { what: "bag" as const }] = same;
    return { remark: `skipped-${what}` as const, detail: kind === what ? String(same.length) : kind };
  });
  return [...facts.filter(([, holds]) => holds).map(([remark]) => ({ remark, detail: null })), ...named];
}
