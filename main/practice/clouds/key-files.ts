/** Certificates with RSA keys for the clouds, as the PFX and P12 files a person would choose in the form. */
import { generateKeyPair, randomBytes } from "node:crypto";
import { promisify } from "node:util";
import forge from "node-forge";
import type { Pki, Identity } from "../pki.ts";

const DAY = 86_400_000;
const makeKeys = promisify(generateKeyPair);

/** As `New-SelfSignedCertificate` does: the cloud knows the certificate itself, so no authority is needed. */
async function newIdentity(subject: string, days: number): Promise<Identity> {
  const { publicKey, privateKey } = await makeKeys("rsa", {
    modulusLength: 2048,
    publicKeyEncoding: { type: "spki", format: "pem" },
    privateKeyEncoding: { type: "pkcs8", format: "pem" },
  });
  const now = Date.now();
  // The library that writes the container makes the certificate too: another one's encoding would not survive it byte by
  // byte, and the thumbprint is over the bytes.
  const certificate = forge.pki.createCertificate();
  certificate.publicKey = forge.pki.publicKeyFromPem(publicKey);
  certificate.serialNumber = `4a${randomBytes(15).toString("hex")}`;
  certificate.validity.notBefore = new Date(now - DAY);
  certificate.validity.notAfter = new Date(now + days * DAY);
  const name = [{ name: "commonName", value: subject }];
  certificate.setSubject(name);
  certificate.setIssuer(name);
  certificate.setExtensions([
    { name: "basicConstraints", cA: false, critical: true },
    { name: "keyUsage", digitalSignature: true, keyEncipherment: true, critical: true },
    { name: "extKeyUsage", clientAuth: true, serverAuth: true },
    { name: "subjectKeyIdentifier" },
  ]);
  certificate.sign(forge.pki.privateKeyFromPem(privateKey), forge.md.sha256.create());
  return { certificatePem: forge.pki.certificateToPem(certificate).replaceAll("\r", ""), keyPem: privateKey };
}

/** A self-signed certificate with an RSA 2048 key, the same one each time while it lasts. */
export function rsaIdentity(pki: Pki, name: string, subject: string, days: number): Promise<Identity> {
  return pki.keep(name, () => newIdentity(subject, days));
}

/** The identity as a PKCS#12 file (RFC 7292), base64. `3des` is what Google and Windows Server 2016 write, `aes256` what newer systems do. */
export function pkcs12(identity: Identity, password: string, algorithm: "3des" | "aes256", friendlyName: string): string {
  const key = forge.pki.privateKeyFromPem(identity.keyPem);
  const certificate = forge.pki.certificateFromPem(identity.certificatePem);
  const container = forge.pkcs12.toPkcs12Asn1(key, [certificate], password, { algorithm, friendlyName });
  return Buffer.from(forge.asn1.toDer(container).getBytes(), "binary").toString("base64");
}
