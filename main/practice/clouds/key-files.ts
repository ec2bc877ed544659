/** Certificates with RSA keys for the clouds, as the PFX and P12 files a person would choose in the form. */
import { createPrivateKey } from "node:crypto";
import forge from "node-forge";
import type { Pki, Identity } from "../pki.ts";
import { buildCertificate } from "../x509.ts";

const DAY = 86_400_000;

async function newIdentity(subject: string, days: number): Promise<Identity> {
  const algorithm = { name: "RSASSA-PKCS1-v1_5", modulusLength: 2048, publicExponent: new Uint8Array([1, 0, 1]), hash: "SHA-256" };
  const keys = await crypto.subtle.generateKey(algorithm, true, ["sign", "verify"]);
  const now = Date.now();
  const certificatePem = await buildCertificate({
    subject,
    names: [],
    authority: false,
    publicKey: keys.publicKey,
    notBefore: new Date(now - DAY),
    notAfter: new Date(now + days * DAY),
    // As `New-SelfSignedCertificate` does: the cloud knows the certificate itself, so no authority is needed.
    issuer: { certificatePem: null, privateKey: keys.privateKey },
  });
  const der = Buffer.from(await crypto.subtle.exportKey("pkcs8", keys.privateKey));
  return { certificatePem, keyPem: createPrivateKey({ key: der, format: "der", type: "pkcs8" }).export({ type: "pkcs8", format: "pem" }).toString() };
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
