/** Builds X.509 version 3 certificates (RFC 5280) with pkijs. */
import { randomBytes, X509Certificate } from "node:crypto";
import * as asn1 from "asn1js";
import * as pkijs from "pkijs";

/** A key of the Web Cryptography API, as both of its type declarations name it. */
export type Key = Awaited<ReturnType<typeof crypto.subtle.importKey>>;

/** A public key ready to be certified, prepared once for many certificates. */
export interface PreparedKey {
  readonly info: pkijs.PublicKeyInfo;
  readonly identifier: ArrayBuffer;
}

/** Who signs. */
export interface Issuer {
  readonly name: pkijs.RelativeDistinguishedNames;
  readonly identifier: ArrayBuffer;
  readonly privateKey: Key;
}

export interface CertificatePlan {
  /** Common name; null leaves the subject empty. */
  readonly subject: string | null;
  /** DNS names for the subject alternative name. */
  readonly names: readonly string[];
  readonly authority: boolean;
  readonly publicKey: Key | PreparedKey;
  readonly notBefore: Date;
  readonly notAfter: Date;
  /** Extended key usages of an end-entity certificate; server and client authentication unless said otherwise. */
  readonly purposes?: readonly string[];
  /** SHA-256 unless said otherwise. */
  readonly hash?: "SHA-1" | "SHA-256";
  /** Without a certificate, the new one signs itself. */
  readonly issuer: Issuer | { readonly certificatePem: null; readonly privateKey: Key };
}

const OID = {
  commonName: "2.5.4.3",
  subjectKeyIdentifier: "2.5.29.14",
  keyUsage: "2.5.29.15",
  subjectAltName: "2.5.29.17",
  basicConstraints: "2.5.29.19",
  authorityKeyIdentifier: "2.5.29.35",
  extendedKeyUsage: "2.5.29.37",
};

/** Extended key usages (RFC 5280, 4.2.1.12). */
export const PURPOSE = { serverAuthentication: "1.3.6.1.5.5.7.3.1", clientAuthentication: "1.3.6.1.5.5.7.3.2" } as const;

function serialNumber(): asn1.Integer {
  const bytes = randomBytes(16);
  // Positive and without a leading zero octet, as DER wants it.
  bytes[0] = ((bytes[0] ?? 0) & 0x3f) | 0x40;
  return new asn1.Integer({ valueHex: new Uint8Array(bytes).buffer });
}

function nameOf(value: string | null): pkijs.RelativeDistinguishedNames {
  if (value === null) return new pkijs.RelativeDistinguishedNames({ typesAndValues: [] });
  const typeAndValue = new pkijs.AttributeTypeAndValue({ type: OID.commonName, value: new asn1.Utf8String({ value }) });
  return new pkijs.RelativeDistinguishedNames({ typesAndValues: [typeAndValue] });
}

function extension(extnID: string, critical: boolean, value: asn1.BaseBlock): pkijs.Extension {
  return new pkijs.Extension({ extnID, critical, extnValue: value.toBER(false) });
}

async function identifierOf(key: pkijs.PublicKeyInfo): Promise<ArrayBuffer> {
  return crypto.subtle.digest("SHA-1", new Uint8Array(key.subjectPublicKey.valueBlock.valueHexView));
}

/** Prepares a public key. */
export async function prepareKey(publicKey: Key): Promise<PreparedKey> {
  const info = new pkijs.PublicKeyInfo();
  await info.importKey(publicKey);
  return { info, identifier: await identifierOf(info) };
}

/** Reads an authority's certificate, to sign in its name. */
export async function readIssuer(certificatePem: string, privateKey: Key): Promise<Issuer> {
  const { subject, subjectPublicKeyInfo } = pkijs.Certificate.fromBER(new Uint8Array(new X509Certificate(certificatePem).raw));
  return { name: subject, identifier: await identifierOf(subjectPublicKeyInfo), privateKey };
}

function usageBits(authority: boolean): asn1.BitString {
  // keyCertSign and cRLSign for an authority, digitalSignature for the others (RFC 5280, section 4.2.1.3).
  return authority
    ? new asn1.BitString({ valueHex: new Uint8Array([0x06]).buffer, unusedBits: 1 })
    : new asn1.BitString({ valueHex: new Uint8Array([0x80]).buffer, unusedBits: 7 });
}

/** Critical where there is no subject (RFC 5280, section 4.2.1.6). */
function alternativeNames(names: readonly string[], critical: boolean): pkijs.Extension {
  const altNames = new pkijs.GeneralNames({ names: names.map((value) => new pkijs.GeneralName({ type: 2, value })) });
  return extension(OID.subjectAltName, critical, altNames.toSchema());
}

/** Wraps DER as PEM (RFC 7468). */
export function pem(label: string, der: ArrayBuffer): string {
  const lines = Buffer.from(der).toString("base64").match(/.{1,64}/g) ?? [];
  return `-----BEGIN ${label}-----\n${lines.join("\n")}\n-----END ${label}-----\n`;
}

/** Signs a certificate and returns it as PEM. */
export async function buildCertificate(plan: CertificatePlan): Promise<string> {
  const { issuer } = plan;
  const key = "info" in plan.publicKey ? plan.publicKey : await prepareKey(plan.publicKey);
  const certificate = new pkijs.Certificate({ version: 2, serialNumber: serialNumber() });
  certificate.subject = nameOf(plan.subject);
  certificate.issuer = "name" in issuer ? issuer.name : certificate.subject;
  certificate.notBefore.value = plan.notBefore;
  certificate.notAfter.value = plan.notAfter;
  certificate.subjectPublicKeyInfo = key.info;

  const signer = "identifier" in issuer ? issuer.identifier : key.identifier;
  const purposes = new pkijs.ExtKeyUsage({ keyPurposes: [...(plan.purposes ?? Object.values(PURPOSE))] });
  certificate.extensions = [
    extension(OID.basicConstraints, true, new pkijs.BasicConstraints({ cA: plan.authority }).toSchema()),
    extension(OID.keyUsage, true, usageBits(plan.authority)),
    extension(OID.subjectKeyIdentifier, false, new asn1.OctetString({ valueHex: key.identifier })),
    extension(
      OID.authorityKeyIdentifier,
      false,
      new pkijs.AuthorityKeyIdentifier({ keyIdentifier: new asn1.OctetString({ valueHex: signer }) }).toSchema(),
    ),
    ...(plan.authority ? [] : [extension(OID.extendedKeyUsage, false, purposes.toSchema())]),
    ...(plan.names.length === 0 ? [] : [alternativeNames(plan.names, plan.subject === null)]),
  ];
  await certificate.sign(issuer.privateKey, plan.hash ?? "SHA-256");
  return pem("CERTIFICATE", certificate.toSchema(true).toBER(false));
}
