/** Where this console and .NET's X509CertificateLoader answer differently about a file, and why each is meant to. */

/** What the two differ in: whether the file opens, which certificate is meant, or whether it has its key. */
export type Difference = "opens" | "certificate" | "key";

const noCertificate = "A key without a certificate is described here, as what it is; .NET asks for a certificate.";
const noKey = "Without a key .NET takes the file's last certificate; here it is the one that issued no other.";
const iterations = ".NET computes 300,000 rounds at most; Firefox and others write 600,000.";

export const DOTNET_DIFFERENCES: Readonly<Record<string, { readonly difference: Difference; readonly reason: string }>> = {
  "field/keyvault-base64.pfx": { difference: "opens", reason: ".NET takes bytes alone; base64 text is decoded here." },
  "field/ks-two-aliases.p12": { difference: "certificate", reason: ".NET takes the last certificate with a key; here it is the valid one that lasts longest." },
  "field/pbmac1.pfx": { difference: "opens", reason: ".NET does not know PBMAC1; it is verified here." },
  "field/two-passwords.pfx inner": { difference: "opens", reason: ".NET wants one password for the check and the contents; here the contents open and that the check does not agree is said." },
  "cryptography/no-cert-key-aes256cbc.p12": { difference: "opens", reason: noCertificate },
  "generated/key-without-certificate.p12": { difference: "opens", reason: noCertificate },
  "rustcrypto/example16.pfx": { difference: "opens", reason: noCertificate },
  "cryptography/no-cert-name-2-no-pwd.p12": { difference: "certificate", reason: noKey },
  "cryptography/no-cert-name-2-pwd.p12": { difference: "certificate", reason: noKey },
  "cryptography/no-cert-name-3-no-pwd.p12": { difference: "certificate", reason: noKey },
  "cryptography/no-cert-name-3-pwd.p12": { difference: "certificate", reason: noKey },
  "cryptography/no-cert-name-all-no-pwd.p12": { difference: "certificate", reason: noKey },
  "cryptography/no-cert-name-all-pwd.p12": { difference: "certificate", reason: noKey },
  "cryptography/no-cert-name-unicode-no-pwd.p12": { difference: "certificate", reason: noKey },
  "cryptography/no-cert-name-unicode-pwd.p12": { difference: "certificate", reason: noKey },
  "cryptography/no-cert-no-name-no-pwd.p12": { difference: "certificate", reason: noKey },
  "cryptography/no-cert-no-name-pwd.p12": { difference: "certificate", reason: noKey },
  "generated/key-mismatch.p12": { difference: "key", reason: ".NET believes the key's name in the file; here key and certificate are compared." },
  "rustcrypto/ValidCertificatePathTest1EE_firefox.p12": { difference: "opens", reason: iterations },
  "rustcrypto/example10.pfx": { difference: "opens", reason: iterations },
  "rustcrypto/example11.pfx": { difference: "opens", reason: ".NET does not know BLAKE2; where the crypto library has it, it is verified here." },
};
