/** The front ends' certificates and how they speak TLS. */
import { constants } from "node:crypto";
import tls from "node:tls";
import type { CertificateFlaw, Identity, Pki } from "./pki.ts";

/** A certificate other than the site's. */
export const oddCertificates = ["own-name", "expired", "untrusted", "self-signed", "weak", "wrong-purpose", "no-intermediate"] as const;
export type OddCertificate = (typeof oddCertificates)[number];

// No resumption: a client must see the certificate of this moment, not of an earlier session.
const secureOptions = constants.SSL_OP_NO_TICKET;
const ANY_KEY = "DEFAULT@SECLEVEL=0";

/** Keys and protocols of old are allowed at OpenSSL's security level 0 only; other TLS libraries have no levels. */
export function withoutSecurityLevel(options: tls.SecureContextOptions): tls.SecureContextOptions {
  const lowest = { ...options, secureOptions, ciphers: ANY_KEY };
  try {
    tls.createSecureContext(lowest);
    return lowest;
  } catch {
    return { ...options, secureOptions };
  }
}

export interface FrontEndCertificates {
  /** What a server shows whose name nobody asks for. */
  readonly site: Identity;
  /** The context for a server; made once. */
  contextOf(host: string, odd: OddCertificate | null): Promise<tls.SecureContext>;
}

/**
 * Issues them. A site has one certificate for the names that mail programs use, and the servers' own names are not among
 * them (practical365.com, "Avoiding server names in SSL certificates"); a new server has one that it signed itself.
 */
export async function issueFrontEndCertificates(pki: Pki, domain: string): Promise<FrontEndCertificates> {
  const site = await pki.issue({ names: [`mail.${domain}`, `autodiscover.${domain}`] });
  const contexts = new Map<string, Promise<tls.SecureContext>>();
  const identityFor = (host: string, odd: OddCertificate | null): Promise<Identity> | Identity => {
    if (odd === null) return site;
    const flaw: CertificateFlaw | null = odd === "own-name" ? null : odd;
    return pki.issue({ names: [host], flaw });
  };
  return {
    site,
    contextOf(host, odd) {
      const key = odd === null ? "" : `${odd} ${host}`;
      const known = contexts.get(key);
      if (known !== undefined) return known;
      const made = (async () => {
        const { certificatePem, keyPem } = await identityFor(host, odd);
        return tls.createSecureContext(withoutSecurityLevel({ cert: certificatePem, key: keyPem }));
      })();
      contexts.set(key, made);
      return made;
    },
  };
}
