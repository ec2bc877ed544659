/** What is read out of a PFX or P12 file on this machine. Public data only. */
import { z } from "zod";
import { faultSchema } from "../fault.ts";

/** Verdicts in the order they are shown. `fine` stands alone. */
export const certificateVerdictSchema = z.enum([
  "fine",
  "wrong-password",
  /** The password is in the file, sealed for accounts of a domain. */
  "domain-protected",
  "damaged",
  "not-a-pfx",
  "too-large",
  "no-private-key",
  "no-certificate",
  "key-mismatch",
  "expired",
  "not-yet-valid",
  /** The contents open, and their integrity check does not agree: it has another password, or the file was changed. */
  "integrity-unconfirmed",
  /** Base64 text, which others do not decode. */
  "as-text",
  "not-for-server-2012-r2",
  /** Nor for older ones. */
  "not-for-server-2016",
  /** RC2 and RC4 need OpenSSL's legacy provider. */
  "not-for-current-openssl",
  "not-for-dotnet",
  /** MAC that Windows and most tools cannot verify. */
  "unusual-mac",
  /** Elliptic curve keys and other keys that Exchange Online's app-only sign-in refuses. */
  "refused-by-exchange-online",
  "weak-key",
  /** Nobody states that Windows reads such a file, and nobody that it does not. */
  "unproven",
  "unsupported",
]);
export type CertificateVerdict = z.infer<typeof certificateVerdictSchema>;

/** Who may be meant to read a file besides this console. Windows Server 2019 stands for the later ones too. */
export const certificateReaderSchema = z.enum(["windows-server-2012-r2", "windows-server-2016", "windows-server-2019", "openssl", "dotnet", "exchange-online"]);
export type CertificateReader = z.infer<typeof certificateReaderSchema>;

/** What of a file or its key can keep a reader from it. */
export const certificatePropertySchema = z.enum([
  "as-text",
  "pbes2",
  "pbes2-other",
  "rc2",
  "rc4",
  "mac-not-sha1",
  "mac-long-sha2",
  "mac-unusual",
  "mac-md5",
  "mac-absent",
  "two-passwords",
  "iterations",
  "secret-bag",
  "key-not-rsa",
  "key-edwards",
  "key-curve",
  "key-short",
  "key-storage-provider",
]);
export type CertificateProperty = z.infer<typeof certificatePropertySchema>;

/** What a reader makes of a file, and every property that decides it. */
export const readerVerdictSchema = z.object({
  reader: certificateReaderSchema,
  reads: z.enum(["yes", "no", "unknown"]),
  because: z.array(certificatePropertySchema),
});
export type ReaderVerdict = z.infer<typeof readerVerdictSchema>;

/** Facts of a file that change nothing about what is in it. */
export const certificateRemarkSchema = z.enum(["as-text", "no-password", "domain-protected", "skipped-crl", "skipped-secret", "skipped-bag", "skipped-part"]);
export type CertificateRemark = z.infer<typeof certificateRemarkSchema>;

/** A certificate whose private key is in the file as well. Most files hold one; renewed ones and Java's hold several. */
export const certificateIdentitySchema = z.object({
  /** RFC 2253 order, most specific part first. */
  subject: z.string(),
  /** Epoch milliseconds. */
  notBefore: z.number(),
  notAfter: z.number(),
  /** Lower-case hex. */
  thumbprintSha1: z.string(),
  thumbprintSha256: z.string(),
  keyType: z.string(),
});
export type CertificateIdentity = z.infer<typeof certificateIdentitySchema>;

export const certificateSummarySchema = z.object({
  /** RFC 2253 order, most specific part first. */
  subject: z.string(),
  issuer: z.string(),
  serialNumber: z.string(),
  /** Lower-case hex. */
  thumbprintSha1: z.string(),
  thumbprintSha256: z.string(),
  /** Epoch milliseconds. */
  notBefore: z.number(),
  notAfter: z.number(),
  /** `RSA 2048`, `EC prime256v1 (P-256)`. */
  keyType: z.string(),
  hasPrivateKey: z.boolean(),
  /** Container encryption: `legacy` PKCS#12 PBE, `modern` PBES2, `none`. */
  cipher: z.enum(["legacy", "modern", "none"]),
  cipherNames: z.array(z.string()),
  /** `sha256, 2048 iterations` or `absent`. */
  mac: z.string(),
  /**
   * Whether the file is as it was made: `verified` by the password, `unconfirmed` where the check does not agree with it,
   * `unverified` where the check is of a kind not computed here. Null in what earlier versions stored.
   */
  integrity: z.enum(["verified", "unconfirmed", "unverified", "absent"]).nullable().default(null),
  certificates: z.number(),
  chain: z.array(z.object({ subject: z.string(), issuer: z.string(), notAfter: z.number() })),
  verdicts: z.array(certificateVerdictSchema),
  /** The leaf in PEM, for export as .cer. Null without a certificate. */
  certificatePem: z.string().nullable(),
  /** In the file's order; the summary describes one of them. Empty without a key that fits, and in what earlier versions stored. */
  identities: z.array(certificateIdentitySchema).default([]),
  /** Which of several identities others use who are not asked: SHA-256 thumbprints. Empty where there is nothing to choose. */
  takenBy: z.array(z.object({ reader: certificateReaderSchema, thumbprintSha256: z.string() })).default([]),
  readers: z.array(readerVerdictSchema).default([]),
  /** `detail` is an object identifier or a number of parts. */
  remarks: z.array(z.object({ remark: certificateRemarkSchema, detail: z.string().nullable() })).default([]),
});
export type CertificateSummary = z.infer<typeof certificateSummarySchema>;

/** What the certificate bench answers: a description, or the fault that kept it from one. */
export const certificateInspectionSchema = z.discriminatedUnion("opens", [
  z.object({ opens: z.literal(true), summary: certificateSummarySchema }),
  z.object({ opens: z.literal(false), fault: faultSchema, verdict: certificateVerdictSchema }),
]);
export type CertificateInspection = z.infer<typeof certificateInspectionSchema>;
