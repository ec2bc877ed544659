/** Why the store does not do what it was asked: reasons of faults (`fault.ts`). */
import { z } from "zod";

/** Why nothing could be stored, or the store not be opened. `io-error` and the folders say nothing about the content. */
export const notStoredReasonSchema = z.enum([
  "disk-full",
  "read-only",
  "locked",
  "damaged",
  "io-error",
  "unsuitable-folder",
  "network-drive",
  "no-protection",
  "folder-not-made",
  "folder-of-another-account",
  "folder-shared",
  "unreachable",
  "no-rights",
]);
export type NotStoredReason = z.infer<typeof notStoredReasonSchema>;
