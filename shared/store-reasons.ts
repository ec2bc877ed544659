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

/**
 * Why what a team's database says of its members is not believed. `rogue-entry`: written by none of them. `another-team`: the first
 * entry is not the one that this console knows. `rewritten` and `rolled-back`: what it saw is not there any more. `codes-differ`: the two
 * people did not read the same. `not-enrolled`: who is spoken of is not in the team. `revision-…`: the same of one identity store.
 */
export const rosterRefusalSchema = z.enum([
  "gap",
  "unreadable",
  "rogue-entry",
  "not-enrolled",
  "signature",
  "rewritten",
  "rolled-back",
  "another-team",
  "no-team",
  "codes-differ",
  "no-request",
  "no-key",
  "revision-unsigned",
  "revision-rogue",
  "revision-signature",
  "revision-altered",
  "revision-rewritten",
  "revision-rolled-back",
  "revision-gap",
]);
export type RosterRefusal = z.infer<typeof rosterRefusalSchema>;
