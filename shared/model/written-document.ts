/**
 * An identity store as the JSON document that people and scripts write: what `stores get` prints is what `stores set`
 * takes. Strict at every depth. Secrets are not in it, only that they are set.
 */
import { z } from "zod";
import { activeDirectoryConnectionSchema, entraConnectionSchema, storeNameSchema, trustSchema } from "./identity-store.ts";
import { fieldValueSchema } from "./messaging.ts";

/** Stands for a secret or a certificate that is stored: it stays as it is. */
export const STORED = "set";

/** The name of the secret of the identity store's own account. */
export const DIRECTORY_SECRET = "directory.password";

/** The name of a secret field of the messaging provider. */
export function messagingSecret(field: string): string {
  return `messaging.${field}`;
}

const [systemTrust, authorityTrust, pinnedTrust] = trustSchema.options;
const writtenConnectionSchema = z.discriminatedUnion("kind", [
  activeDirectoryConnectionSchema.extend({ trust: z.discriminatedUnion("mode", [systemTrust.strict(), authorityTrust.strict(), pinnedTrust.strict()]) }).strict(),
  entraConnectionSchema.strict(),
]);

const writtenServerSchema = z.strictObject({
  name: z.string().min(1).max(255),
  priority: z.number().int().min(1).nullable().describe("from 1, which is tried first, without gaps; null leaves the server unticked"),
});
export type WrittenServer = z.infer<typeof writtenServerSchema>;

const writtenFile = z.string().describe('the path of a PFX or P12 file, or "set" for the stored one');
/** A certificate file, or one with the certificate that is to be used of several. */
const writtenCertificateSchema = z.union([
  writtenFile,
  z.strictObject({
    file: writtenFile,
    thumbprint: z
      .string()
      .nullable()
      .describe("SHA-1 or SHA-256 of the certificate that is used, where the file holds several with a private key; null leaves the choice to the console"),
  }),
]);
export type WrittenCertificate = z.infer<typeof writtenCertificateSchema>;

export const writtenMessagingSchema = z.strictObject({
  provider: z.string().describe("exchange, office365, google-workspace, other or none"),
  variant: z.string().nullable().optional().describe("which entry of the provider, such as the Exchange version; null where there is one"),
  values: z.record(z.string(), fieldValueSchema).optional().describe("the provider's fields by name; what is left out keeps its value"),
  servers: z.array(writtenServerSchema).max(5000).optional().describe("the whole list; without it the list stays"),
  certificates: z.record(z.string(), writtenCertificateSchema).optional().describe("certificate fields by name; a path alone leaves a stored choice among several certificates"),
});
export type WrittenMessaging = z.infer<typeof writtenMessagingSchema>;

/** For a new identity store. */
export const newDocumentSchema = z.strictObject({
  name: storeNameSchema,
  connection: writtenConnectionSchema,
  secrets: z
    .record(z.string(), z.literal(STORED))
    .optional()
    .describe('"set" for each secret that is stored, by its name on standard input: directory.password, messaging.FIELD'),
  messaging: writtenMessagingSchema.optional(),
});

/** For one that exists: every part may be left out and stays then. */
export const documentChangeSchema = newDocumentSchema.partial();
export type DocumentChange = z.infer<typeof documentChangeSchema>;
export type NewDocument = z.infer<typeof newDocumentSchema>;
