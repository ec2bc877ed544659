/** What opening a certificate container gives. */

/** An opened certificate container, private key included. Lives in main's memory only. */
export interface OpenedCertificate {
  readonly certificatePem: string;
  readonly chainPem: readonly string[];
  /** PKCS#8. */
  readonly privateKeyPem: string;
  readonly thumbprintSha256: string;
  readonly thumbprintSha1: string;
  /** Epoch milliseconds. */
  readonly notAfter: number;
}
