/** Handing identity stores over from one console to another, as one file. */
import { oc } from "@orpc/contract";
import { z } from "zod";
import { faultSchema, resultSchema } from "../fault.ts";
import { BUNDLE_RECIPIENTS, BUNDLE_STORES, bundleSealSchema } from "../model/bundle.ts";
import { changeSchema } from "../model/draft.ts";
import { storeKindSchema } from "../model/identity-store.ts";
import { probedSchema } from "../model/mail-server.ts";
import { probePlaceSchema, probePlanSchema } from "../model/probe.ts";
import { shellStoreSchema } from "../model/management-shell.ts";
import { providerChoiceSchema } from "../model/provider-choice.ts";
import { work } from "./progress.ts";

/** One store as it would go into a bundle. Secrets and certificates by name: `directory.password`, `messaging.FIELD`. */
const handedStoreSchema = z.object({
  id: z.string(),
  name: z.string(),
  kind: storeKindSchema,
  messaging: providerChoiceSchema.nullable(),
  servers: z.number(),
  secrets: z.array(z.string()),
  /** Of those, what cannot be opened on this computer, and is left out of any bundle. */
  unreadable: z.array(z.string()),
  /** There is unsaved work, which does not go in. */
  hasDraft: z.boolean(),
});
export type HandedStore = z.infer<typeof handedStoreSchema>;

const storeIds = z.array(z.string()).min(1).max(BUNDLE_STORES).nullable();

export const exportedSchema = z.object({
  fileName: z.string(),
  /** Sealed, or without any secret. */
  base64: z.string(),
  stores: z.number(),
  /** What was left out, by store. */
  missing: z.array(z.object({ name: z.string(), secrets: z.array(z.string()) })),
});
export type Exported = z.infer<typeof exportedSchema>;

/** What importing a store of a bundle would do. */
const comparedStoreSchema = z.object({
  /** Its place in the bundle, from 0. */
  place: z.number(),
  name: z.string(),
  kind: storeKindSchema,
  messaging: providerChoiceSchema.nullable(),
  /** The identity store that it is here; null where there is none yet. */
  match: z.object({ id: z.string(), name: z.string(), by: z.enum(["id", "name"]) }).nullable(),
  /** `same`: importing it changes nothing. */
  state: z.enum(["added", "changed", "same", "refused"]),
  changes: z.array(changeSchema),
  /** Secrets that are neither in the bundle nor here: with any, it is imported as a draft, and nothing uses it until they are entered and it is saved. */
  missing: z.array(z.string()),
  /** Why it cannot be imported, where it is `refused`. */
  fault: faultSchema.nullable(),
  /** Unsaved work here that importing it would have to throw away. */
  hasDraft: z.boolean(),
});
export type ComparedStore = z.infer<typeof comparedStoreSchema>;

export const openedBundleSchema = z.object({
  /** What `apply` takes; held for ten minutes after its last use. */
  bundle: z.string(),
  sealed: bundleSealSchema,
  createdAt: z.string(),
  createdBy: z.string(),
  application: z.string(),
  stores: z.array(comparedStoreSchema),
});
export type OpenedBundle = z.infer<typeof openedBundleSchema>;

const importedStoreSchema = z.object({
  place: z.number(),
  name: z.string(),
  /** Null where it was refused. */
  id: z.string().nullable(),
  /** `draft`: secrets are missing, the messaging part waits as unsaved work. */
  outcome: z.enum(["created", "saved", "draft", "same", "refused"]),
  revision: z.number().nullable(),
  missing: z.array(z.string()),
  fault: faultSchema.nullable(),
});
export type ImportedStore = z.infer<typeof importedStoreSchema>;

/** A server of a probe's result. */
const probedServerSchema = z.object({
  place: z.number(),
  /** The identity store that it belongs to here; null where there is none. */
  storeId: z.string().nullable(),
  storeName: z.string(),
  server: z.string(),
  /** Only `news` is kept. `same` and `older` than what is here, and `not-looked`, of a computer that could not look where another one could, take the place of nothing. */
  state: z.enum(["news", "same", "older", "not-looked", "unknown-store", "unknown-server", "other-provider"]),
  /** What the result says; null where nobody here asks for that. */
  probed: probedSchema.nullable(),
  /** The word of a probe that is here already. */
  known: z.object({ source: z.string(), at: z.number() }).nullable(),
});
export type ProbedServer = z.infer<typeof probedServerSchema>;

/** A probe's result, held against what is here. Its digest shows damage, and not who wrote it. */
export const openedProbeSchema = probePlaceSchema.omit({ startedAt: true }).extend({
  /** Epoch milliseconds, by that computer's clock. */
  ranAt: z.number(),
  /** Version of the console that made the script. */
  application: z.string(),
  servers: z.array(probedServerSchema),
});
export type OpenedProbe = z.infer<typeof openedProbeSchema>;

/** Longer than any that a person types; scrypt takes any. */
export const PASSPHRASE_MOST = 1_024;
const passphrase = z.string().max(PASSPHRASE_MOST).nullable();

/** What keeps a bundle safe that is to be made. */
const protectionSchema = z.discriminatedUnion("by", [
  z.object({ by: z.literal("passphrase"), passphrase: z.string().max(PASSPHRASE_MOST) }),
  /** Public keys of the consoles that it is for, as they were pasted. */
  z.object({ by: z.literal("key"), recipients: z.array(z.string()).min(1).max(BUNDLE_RECIPIENTS) }),
  /** Plain, and without any secret. */
  z.object({ by: z.literal("nothing") }),
]);
export type Protection = z.infer<typeof protectionSchema>;

const publicKeySchema = resultSchema(z.object({ publicKey: z.string() }));

export const handoverContract = {
  /** What would go into a bundle of these stores, or of all. Fails with `not-found`. */
  contents: oc.input(z.object({ storeIds })).output(resultSchema(z.array(handedStoreSchema))),
  /** A passphrase of words that nobody guesses. */
  words: oc.output(resultSchema(z.object({ passphrase: z.string() }))),
  /** What the product's management shell would be told of each messaging system. Fails with `not-found`. */
  shell: oc.input(z.object({ storeIds })).output(resultSchema(z.array(shellStoreSchema))),
  /**
   * The public key of this console, `age1…`: what is sealed to it opens here alone. It is made when it is first asked for. Fails with
   * `unreadable: own-key-unreadable` where the platform does not open the secret half, and with `not-stored`.
   */
  key: oc.output(publicKeySchema),
  /** Makes a new key pair, also where the one before does not open: what was sealed to that opens nowhere any more. Fails with `not-stored`. */
  newKey: oc.output(publicKeySchema),
  /**
   * Makes a bundle. Fails with `not-found`, and with `invalid`: `passphrase` for one that is too short to seal anything, `recipients` for
   * what is no public key.
   */
  export: oc.input(z.object({ storeIds, protection: protectionSchema })).output(work(exportedSchema)),
  /**
   * Reads a held file (`handover`) and compares it with what is here; nothing is changed. What is sealed to this console's key needs no
   * passphrase. Fails with `invalid` (`passphrase`, `required`) for a file that is sealed with one, where none is given, with
   * `wrong-password: handover`, `unreadable` (`sealed-to-another-key` and others), or `unsupported: bundle-newer`.
   */
  open: oc.input(z.object({ file: z.string(), passphrase })).output(work(openedBundleSchema)),
  /**
   * Imports stores of an opened bundle, each in one revision, the others as they are where one is refused. `storeId`: what takes the store; null
   * makes a new one. Fails with `not-found: bundle` when its time is over.
   */
  apply: oc
    .input(z.object({ bundle: z.string(), stores: z.array(z.object({ place: z.number().int().min(0), storeId: z.string().nullable() })).min(1), discardDrafts: z.boolean() }))
    .output(work(z.array(importedStoreSchema))),
  /** What a carry-in probe would ask of the servers of these stores, or of all. No secret is in it. Fails with `not-found`. */
  probe: oc.input(z.object({ storeIds })).output(resultSchema(probePlanSchema)),
  /**
   * Reads a held result (`probe`) and holds it against what is here; nothing is kept. Fails with `unreadable`, with `unsupported`:
   * `probe-newer`, `probe-from-the-future`, and with `not-found: file`.
   */
  openProbe: oc.input(z.object({ file: z.string() })).output(resultSchema(openedProbeSchema)),
  /** Keeps what is news in it, in one transaction. Fails as `openProbe` does, and with `not-stored`. */
  applyProbe: oc.input(z.object({ file: z.string() })).output(resultSchema(z.object({ kept: z.number() }))),
  /** Forgets an opened bundle. */
  release: oc.input(z.object({ bundle: z.string() })).output(resultSchema(z.null())),
};
