/** What is read out of a PFX or P12 file on this machine. Public data only. */
import { z } from "zod";
import { faultSchema } from "../fault.ts";

/** Verdicts in the order they are shown. `fine` stands alone. */
export const certificateVerdictSchema = z.enum([
  "fine",
  "wrong-password",
  "damaged",
  "not-a-pfx",
  "too-large",
  "no-private-key",
  "no-certificate",
  "key-mismatch",
  "expired",
  "not-yet-valid",
  /** AES containers cannot be imported by Windows Server 2016 and older. */
  "not-for-server-2016",
  /** RC2-40 needs OpenSSL's legacy provider. */
  "not-for-current-openssl",
  /** MAC that Windows and most tools cannot verify. */
  "unusual-mac",
  /** Elliptic curve keys and other keys that Exchange Online's app-only sign-in refuses. */
  "refused-by-exchange-online",
  "weak-key",
  "unsupported",
]);
export type CertificateVerdict = z.infer<typeof certificateVerdictSchema>;

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
  certificates: z.number(),
  chain: z.array(z.object({ subject: z.string(), issuer: z.string(), notAfter: z.number() })),
  verdicts: z.array(certificateVerdictSchema),
  /** The leaf in PEM, for export as .cer. Null without a certificate. */
  certificatePem: z.string().nullable(),
  /** In the file's order; the summary describes one of them. Empty without a key that fits, and in what earlier versions stored. */
  identities: z.array(certificateIdentitySchema).default([]),
});
export type CertificateSummary = z.infer<typeof certificateSummarySchema>;

/** What the certificate bench answers: a description, or the fault that kept it from one. */
export const certificateInspectionSchema = z.discriminatedUnion("opens", [
  z.object({ opens: z.literal(true), summary: certificateSummarySchema }),
  z.object({ opens: z.literal(false), fault: faultSchema, verdict: certificateVerdictSchema }),
]);
export type CertificateInspection = z.infer<typeof certificateInspectionSchema>;

/** The largest certificate file that is read, in bytes. */
export const CERTIFICATE_FILE_LIMIT = 1024 * 1024;
