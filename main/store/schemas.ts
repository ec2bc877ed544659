/** What the JSON columns hold, decoded on the way out and checked on the way in, and the checksums over rows. */
import { crc32 } from "node:zlib";
import { z } from "zod";
import { faultSchema } from "../../shared/fault.ts";
import { certificateSummarySchema } from "../../shared/model/certificate.ts";
import { changeSchema } from "../../shared/model/draft.ts";
import { storeConnectionSchema } from "../../shared/model/identity-store.ts";
import { jobSchema } from "../../shared/model/job.ts";
import { messagingConfigurationSchema, testedSchema } from "../../shared/model/messaging.ts";
import { notificationSettingsSchema } from "../../shared/model/notification-mail.ts";
import { providerChoiceSchema } from "../../shared/model/provider-choice.ts";
import { secretPlaceSchema } from "../../shared/rules/lending.ts";
import type { SealedMessaging, StoreDocument, StoredDraft } from "./types.ts";

const secretReferenceSchema = z.object({ id: z.string(), at: z.number(), place: secretPlaceSchema.optional() });

const sealedMessagingSchema: z.ZodType<SealedMessaging> = z.object({
  configuration: messagingConfigurationSchema,
  secrets: z.record(z.string(), secretReferenceSchema),
  certificates: z.record(
    z.string(),
    z.object({
      secret: secretReferenceSchema,
      fileName: z.string(),
      // What was said of a file is never worth a document: another version may have said it in words unknown here.
      summary: certificateSummarySchema.nullable().catch(null),
      fault: faultSchema.nullable().default(null).catch(null),
      identity: z.string().nullable().default(null),
    }),
  ),
});

export const storeDocumentSchema: z.ZodType<StoreDocument> = z.object({
  name: z.string(),
  connection: storeConnectionSchema,
  directoryPassword: secretReferenceSchema.nullable(),
  messaging: sealedMessagingSchema.nullable(),
  // Absent where there are none: documents of before stay as they were written.
  jobs: z.array(jobSchema).optional(),
  notifications: z.object({ settings: notificationSettingsSchema, password: secretReferenceSchema.nullable() }).optional(),
  providerFor: z.object({ store: z.string(), job: z.string() }).optional(),
});

/** A document's name alone, for the check at open. */
export const namedSchema = z.object({ name: z.string() });

const draftTouchSchema = z.object({ after: z.number(), at: z.number(), by: z.string(), window: z.string() });

/** The version has a column of its own. */
export const storedDraftSchema: z.ZodType<Omit<StoredDraft, "version">> = z.object({
  id: z.string().default(""),
  touched: z.record(z.string(), draftTouchSchema).default({}),
  choice: providerChoiceSchema,
  forms: z.record(z.string(), sealedMessagingSchema),
  baseRevision: z.number(),
  tested: testedSchema,
  updatedAt: z.number(),
});

export const changesSchema = z.array(changeSchema);
export { testedSchema };

function secretsOfMessaging(messaging: SealedMessaging): readonly string[] {
  return [
    ...Object.values(messaging.secrets).map((secret) => secret.id),
    ...Object.values(messaging.certificates).map((certificate) => certificate.secret.id),
  ];
}

/** Ids of the sealed secrets a document refers to, each once. */
export function secretsOfDocument(document: StoreDocument): ReadonlySet<string> {
  const own = [document.directoryPassword, document.notifications?.password].flatMap((secret) => secret?.id ?? []);
  return new Set([...own, ...(document.messaging === null ? [] : secretsOfMessaging(document.messaging))]);
}

/** Ids of the sealed secrets a draft refers to, each once. */
export function secretsOfDraft(draft: Pick<StoredDraft, "forms">): ReadonlySet<string> {
  return new Set(Object.values(draft.forms).flatMap(secretsOfMessaging));
}

/** CRC-32 over a row's values, to find damage that keeps the file's structure whole. Who means harm can compute it too. */
export function checksum(values: readonly (string | number | null)[]): number {
  return crc32(values.join("\u0000"));
}
