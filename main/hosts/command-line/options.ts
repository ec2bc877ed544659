/** Options that every verb takes. */
import type { OptionHelp } from "./verb.ts";

export const everywhere = {
  data: { value: "DIR", meaning: "the data folder; without it the one the console uses", completes: "folder" },
  json: { value: null, meaning: "JSON on standard output, one document a line; a failure as JSON on standard error" },
  practice: { value: null, meaning: "the running practice console instead of this machine's configuration" },
  help: { value: null, meaning: "this help, or that of the verb before it" },
  version: { value: null, meaning: "the version" },
} as const satisfies Record<string, OptionHelp>;

/** The option that names an identity store. */
export const storeOption: OptionHelp = { value: "NAME", meaning: "the identity store, as `stores` lists it; case does not matter", required: true, completes: "store" };

/** The option that leaves other identity stores out. */
export const storeFilter: OptionHelp = { value: "NAME", meaning: "of this identity store alone", completes: "store" };

/** Options of forms that take secrets. */
export const secretsOptions = {
  secrets: { value: null, meaning: "refuse to go on when no secret comes on standard input" },
  "no-secrets": { value: null, meaning: "read nothing from standard input" },
} as const satisfies Record<string, OptionHelp>;

/** How secrets are handed over; for the notes of forms that take them. */
export const secretsNotes: readonly string[] = [
  "Secrets come on standard input, as a JSON object or one name=value a line:",
  "  directory.password   the password of the identity store's own account",
  "  messaging.FIELD      a secret field of the messaging provider, such as messaging.password",
  "An empty value clears a secret; what is not named stays as it is. UTF-8 and UTF-16 are read. A pipe is read",
  "to its end, a terminal is not read.",
  "Windows PowerShell 5.1 pipes letters outside ASCII as ? unless it is told: $OutputEncoding = [Text.UTF8Encoding]::new()",
];
