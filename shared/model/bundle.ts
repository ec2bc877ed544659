/**
 * A handover bundle: identity stores as one console hands them to another. JSON, sealed in the age format (C2SP,
 * age-encryption.org/v1) with a passphrase or to consoles' public keys, or as it is and then without secrets. `digest` is over everything else.
 */
import { z } from "zod";
import { storeConnectionSchema, storeNameSchema } from "./identity-store.ts";
import { messagingConfigurationSchema } from "./messaging.ts";

export const BUNDLE_FORMAT = "messaging-console-bundle";
/** What this console writes, and the newest that it reads. */
export const BUNDLE_VERSION = 1;
/** The most identity stores in one. */
export const BUNDLE_STORES = 5_000;

/** The most public keys that one is sealed to. */
export const BUNDLE_RECIPIENTS = 20;

/** How a bundle is made safe; null for one that is plain. */
export const bundleSealSchema = z.enum(["passphrase", "key"]).nullable();
export type BundleSeal = z.infer<typeof bundleSealSchema>;

/** What is wrong with something that was to be a console's public key: codes of issues. */
export type RefusedRecipient =
  | "required"
  | "recipient-secret"
  | "recipient-ssh"
  | "recipient-other-kind"
  | "recipient-mixed-case"
  | "recipient-incomplete"
  | "recipient-mistyped"
  | "recipient-none";

const bundledCertificateSchema = z.object({
  fileName: z.string().max(255),
  identity: z.string().nullable().describe("thumbprint of the certificate that is used, where the file holds several; else null"),
  base64: z.string().nullable().describe("the PFX or P12 file; null where it was left out"),
});

export const bundledStoreSchema = z.object({
  id: z.string().min(1).max(64).describe("its identifier where it comes from, by which it is found again"),
  name: storeNameSchema.describe("as the list of identity stores shows it"),
  connection: storeConnectionSchema.describe("where its directory is and which account signs in"),
  messaging: messagingConfigurationSchema.nullable().describe("provider, values, servers with priorities and what was listed; null where no provider is saved"),
  secrets: z.record(z.string(), z.string().nullable()).describe("directory.password and messaging.FIELD by name; null where a secret is set that was left out"),
  certificates: z.record(z.string(), bundledCertificateSchema).describe("certificate files by field"),
});
export type BundledStore = z.infer<typeof bundledStoreSchema>;

export const bundleSchema = z.object({
  format: z.literal(BUNDLE_FORMAT).describe("what the file is"),
  version: z.number().int().min(1).describe("of the format"),
  minimumReader: z.number().int().min(1).describe("the lowest version of the format whose readers understand it"),
  application: z.string().max(64).describe("version of the console that wrote it"),
  createdAt: z.iso.datetime().describe("when it was made, UTC"),
  createdBy: z.string().max(255).describe("the account that made it, as its console knew it"),
  stores: z.array(bundledStoreSchema).min(1).max(BUNDLE_STORES).describe("the identity stores, each whole"),
  digest: z.string().describe("sha256: and the hexadecimal SHA-256 of the canonical JSON (RFC 8785) of all but itself"),
});
export type Bundle = z.infer<typeof bundleSchema>;

/** What any version says of itself, read before anything else. */
export const bundleHeadSchema = bundleSchema.pick({ format: true, version: true, minimumReader: true, application: true });
