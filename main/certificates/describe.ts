/** From an opened container to the facts and verdicts a person reads. */
import type { KeyObject, X509Certificate } from "node:crypto";
import type { CertificateIdentity, CertificateSummary, CertificateVerdict } from "../../shared/model/certificate.ts";
import { hex, type Contents, type Identity } from "./contents.ts";
import type { ContainerFacts } from "./refusal.ts";

/** Windows names its newer key stores so; Exchange Online's app-only sign-in takes keys of the older ones alone. */
const NEWER_KEY_STORE = /Key Storage Provider/i;
const MAC_HASHES_ALL_TOOLS_KNOW = ["sha1", "sha256", "sha384", "sha512"];
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
  const { leaf, key, hasKey } = contents;
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
    certificates: contents.certificates.length,
    chain: [...(leaf === null ? [] : [leaf]), ...contents.others].map(link),
    verdicts: verdictsOf(contents, facts, now),
    certificatePem: leaf?.toString() ?? null,
    identities: contents.identities.map(identityOf),
  };
}

/** In the order of the model; `fine` alone when there is nothing to say. */
function verdictsOf({ leaf, key, hasKey, keyMatches, provider }: Contents, facts: ContainerFacts, now: number): CertificateVerdict[] {
  const judged = key ?? leaf?.publicKey ?? null;
  const isRsa = judged?.asymmetricKeyType === "rsa";
  const rules: readonly (readonly [CertificateVerdict, boolean])[] = [
    ["no-private-key", !hasKey],
    ["no-certificate", leaf === null],
    ["key-mismatch", leaf !== null && key !== null && !keyMatches],
    ["expired", leaf !== null && leaf.validToDate.getTime() < now],
    ["not-yet-valid", leaf !== null && leaf.validFromDate.getTime() > now],
    ["not-for-server-2016", facts.cipherNames.some((name) => name.startsWith("AES"))],
    ["not-for-current-openssl", facts.cipherNames.some((name) => /RC[24]/.test(name))],
    ["unusual-mac", facts.mac === null || !MAC_HASHES_ALL_TOOLS_KNOW.includes(facts.mac.hash)],
    ["refused-by-exchange-online", judged !== null && (!isRsa || NEWER_KEY_STORE.test(provider ?? ""))],
    ["weak-key", isRsa && (judged?.asymmetricKeyDetails?.modulusLength ?? 0) < 2048],
    ["unsupported", hasKey && key === null],
  ];
  const found = rules.filter(([, holds]) => holds).map(([verdict]) => verdict);
  return found.length === 0 ? ["fine"] : found;
}
