/** Names of certificates as a person reads them. */

/** The common name of a subject in RFC 2253 order; the whole subject where it has none. */
export function commonName(subject: string): string {
  return /(?:^|,)\s*CN=((?:\\.|[^,])+)/i.exec(subject)?.[1] ?? subject;
}
