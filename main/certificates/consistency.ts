/**
 * Whether the parts of a container bear each other out. Asked where an integrity check does not agree although everything
 * opens: damage in an encrypted part garbles a certificate or a key, another password of the check garbles nothing.
 */
import { createPrivateKey, sign, verify, X509Certificate, type KeyObject } from "node:crypto";

interface Parts {
  readonly certificates: readonly Uint8Array[];
  readonly keys: readonly { readonly der: Uint8Array }[];
}

/**
 * False when something in the contents is disproved by something else in them. What changes nothing about the use of a key,
 * such as one of its two private forms, and a certificate whose issuer is not in the file, are not disproved.
 */
export function isConsistent({ certificates, keys }: Parts): boolean {
  try {
    const read = certificates.map((der) => new X509Certificate(der));
    return read.every((certificate) => isSignatureRight(certificate, read)) && keys.every(({ der }) => isKeyRight(der, read));
  } catch {
    return false;
  }
}

/** Of a certificate without an issuer in the file nothing is known: it counts as right. */
function isSignatureRight(certificate: X509Certificate, all: readonly X509Certificate[]): boolean {
  const issuers = all.filter((candidate) => certificate.checkIssued(candidate));
  return issuers.length === 0 || issuers.some(({ publicKey }) => certificate.verify(publicKey));
}

function isKeyRight(der: Uint8Array, certificates: readonly X509Certificate[]): boolean {
  const key = createPrivateKey({ key: Buffer.from(der), format: "der", type: "pkcs8" });
  return certificates.length === 0 || certificates.some(({ publicKey }) => signsFor(key, publicKey));
}

function signsFor(privateKey: KeyObject, publicKey: KeyObject): boolean {
  if (privateKey.asymmetricKeyType !== publicKey.asymmetricKeyType) return false;
  const probe = Buffer.from("probe");
  const hash = privateKey.asymmetricKeyType?.startsWith("ed") === true ? null : "sha256";
  try {
    return verify(hash, probe, publicKey, sign(hash, probe, privateKey));
  } catch {
    return false;
  }
}
