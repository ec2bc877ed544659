/** Builds X.509 version 3 certificates (RFC 5280) with pkijs. */
import { randomBytes, X509Certificate } from "node:crypto";
import * as asn1 from "asn1js";
import * as pkijs from "pkijs";

/** A key of the Web Cryptography API, as both of its type declarations name it. */
export type Key = Awaited<ReturnType<typeof crypto.subtle.importKey>>;

/** Who signs. `certificatePem` is null for a certificate that signs itself. */
export interface Issuer {
  readonly certificatePem: string | null;
  readonly privateKey: Key;
}

export interface CertificatePlan {
  readonly subject: string;
  /** DNS names for the subject alternative name. */
  readonly names: readonly string[];
  readonly authority: boolean;
  readonly publicKey: Key;
  readonly notBefore: Date;
  readonly notAfter: Date;
  readonly issuer: Issuer;
}

const OID = {
  commonName: "2.5.4.3",
  subjectKeyIdentifier: "2.5.29.14",
  keyUsage: "2.5.29.15",
  subjectAltName: "2.5.29.17",
  basicConstraints: "2.5.29.19",
  authorityKeyIdentifier: "2.5.29.35",
  extendedKeyUsage: "2.5.29.37",
  serverAuthentication: "1.3.6.1.5.5.7.3.1",
  clientAuthentication: "1.3.6.1.5.5.7.3.2",
};

function serialNumber(): asn1.Integer {
  const bytes = randomBytes(16);
  // Positive and without a leading zero octet, as DER wants it.
  bytes[0] = ((bytes[0] ?? 0) & 0x3f) | 0x40;
  return new asn1.Integer({ valueHex: new Uint8Array(bytes).buffer });
}

function commonName(value: string): pkijs.AttributeTypeAndValue {
  return new pkijs.AttributeTypeAndValue({ type: OID.commonName, value: new asn1.Utf8String({ value }) });
}

function extension(extnID: string, critical: boolean, value: asn1.BaseBlock): pkijs.Extension {
  return new pkijs.Extension({ extnID, critical, extnValue: value.toBER(false) });
}

async function keyIdentifier(certificate: pkijs.Certificate): Promise<ArrayBuffer> {
  return certificate.getKeyHash("SHA-1");
}

function parse(pem: string): pkijs.Certificate {
  return pkijs.Certificate.fromBER(new Uint8Array(new X509Certificate(pem).raw));
}

function usageBits(authority: boolean): asn1.BitString {
  // keyCertSign and cRLSign for an authority, digitalSignature for the others (RFC 5280, section 4.2.1.3).
  return authority
    ? new asn1.BitString({ valueHex: new Uint8Array([0x06]).buffer, unusedBits: 1 })
    : new asn1.BitString({ valueHex: new Uint8Array([0x80]).buffer, unusedBits: 7 });
}

function alternativeNames(names: readonly string[]): pkijs.Extension {
  const altNames = new pkijs.GeneralNames({ names: names.map((value) => new pkijs.GeneralName({ type: 2, value })) });
  return extension(OID.subjectAltName, false, altNames.toSchema());
}

/** Signs a certificate and returns it as PEM. */
export async function buildCertificate(plan: CertificatePlan): Promise<string> {
  const certificate = new pkijs.Certificate({ version: 2, serialNumber: serialNumber() });
  certificate.subject.typesAndValues.push(commonName(plan.subject));
  certificate.notBefore.value = plan.notBefore;
  certificate.notAfter.value = plan.notAfter;
  await certificate.subjectPublicKeyInfo.importKey(plan.publicKey);
  const signer = plan.issuer.certificatePem === null ? null : parse(plan.issuer.certificatePem);
  if (signer === null) certificate.issuer.typesAndValues.push(commonName(plan.subject));
  else certificate.issuer = signer.subject;

  const own = await keyIdentifier(certificate);
  const signers = signer === null ? own : await keyIdentifier(signer);
  const purposes = new pkijs.ExtKeyUsage({ keyPurposes: [OID.serverAuthentication, OID.clientAuthentication] });
  certificate.extensions = [
    extension(OID.basicConstraints, true, new pkijs.BasicConstraints({ cA: plan.authority }).toSchema()),
    extension(OID.keyUsage, true, usageBits(plan.authority)),
    extension(OID.subjectKeyIdentifier, false, new asn1.OctetString({ valueHex: own })),
    extension(
      OID.authorityKeyIdentifier,
      false,
      new pkijs.AuthorityKeyIdentifier({ keyIdentifier: new asn1.OctetString({ valueHex: signers }) }).toSchema(),
    ),
    ...(plan.authority ? [] : [extension(OID.extendedKeyUsage, false, purposes.toSchema())]),
    ...(plan.names.length === 0 ? [] : [alternativeNames(plan.names)]),
  ];
  await certificate.sign(plan.issuer.privateKey, "SHA-256");
  return new X509Certificate(Buffer.from(certificate.toSchema(true).toBER(false))).toString();
}
