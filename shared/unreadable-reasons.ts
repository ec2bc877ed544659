/** Why something could not be read. */
import { z } from "zod";

/** A certificate container, a stored secret, a file, the database, a list. */
export const unreadableReasonSchema = z.enum([
  "not-a-pfx",
  "domain-protected",
  "damaged",
  "too-large",
  "unsupported-cipher",
  "unsupported-mac",
  "too-many-iterations",
  "no-private-key",
  "no-certificate",
  "key-mismatch",
  "timed-out",
  "secret-unreadable",
  "secret-elsewhere",
  "file-unreadable",
  "database-damaged",
  "database-newer",
  "not-json",
  "json-escape",
  "not-text",
  "not-csv",
  "no-column",
  "no-names",
  "too-many-names",
  "name-too-long",
  "not-a-bundle",
  "sealed-for-others",
  "sealed-to-another-key",
  "too-many-recipients",
  "own-key-unreadable",
  "not-a-probe-result",
]);
export type UnreadableReason = z.infer<typeof unreadableReasonSchema>;
