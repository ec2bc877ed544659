/**
 * A messaging configuration in the form every provider shares: values by field name. What a provider's fields are, and
 * what is valid, is the provider's own schema in main; the renderer draws from the descriptors it sends. There is no
 * union over providers here, so that a new provider stays one folder and one array line.
 */
import { z } from "zod";
import { faultSchema, rungNameSchema } from "../fault.ts";
import { typedFormats } from "../rules/typed-value.ts";
import { secretStateSchema } from "./secret.ts";
import { storeKindSchema } from "./identity-store.ts";
import { providerChoiceSchema } from "./provider-choice.ts";
import { completenessSchema, notShownSchema, serverEntrySchema } from "./mail-server.ts";
import { certificateSummarySchema, certificateVerdictSchema } from "./certificate.ts";

export const fieldValueSchema = z.union([z.string(), z.number(), z.boolean(), z.null()]);
export type FieldValue = z.infer<typeof fieldValueSchema>;

/** A certificate file in a configuration: its public description; the file itself is sealed in the vault. */
export const certificateStateSchema = z.discriminatedUnion("state", [
  z.object({ state: z.literal("not-set") }),
  z.object({
    state: z.enum(["set", "changed"]),
    at: z.number(),
    fileName: z.string(),
    /** Null when the file does not open. */
    summary: certificateSummarySchema.nullable(),
    /** Why it does not open; null where it does, and where an earlier version did not keep it. */
    fault: faultSchema.nullable(),
    /** SHA-256 thumbprint of the certificate that a person chose among several; null leaves it to the console. */
    identity: z.string().nullable(),
  }),
  z.object({ state: z.literal("unreadable"), at: z.number(), fileName: z.string() }),
]);
export type CertificateState = z.infer<typeof certificateStateSchema>;

/** A configuration without secrets: what is stored in a revision, exported and compared. */
export const messagingConfigurationSchema = z.object({
  provider: z.string(),
  variant: z.string().nullable(),
  values: z.record(z.string(), fieldValueSchema),
  servers: z.array(serverEntrySchema).max(5000),
  /** When Sync Again last succeeded, and what it left out. */
  syncedAt: z.number().nullable(),
  notShown: z.array(notShownSchema),
  /** Whether that listing was everything. What earlier versions stored does not say, and was shown as if it were. */
  complete: completenessSchema.default(true),
});
export type MessagingConfiguration = z.infer<typeof messagingConfigurationSchema>;

/** How the saved configuration was tested. `passed` and `failed` carry when. */
export const testedSchema = z.discriminatedUnion("state", [
  z.object({ state: z.literal("untested") }),
  z.object({ state: z.literal("passed"), at: z.number() }),
  z.object({ state: z.literal("failed"), at: z.number() }),
]);
export type Tested = z.infer<typeof testedSchema>;

/** A configuration as the editor shows it: values plus the state of each secret and certificate, by field name. */
export const messagingViewSchema = messagingConfigurationSchema.extend({
  secrets: z.record(z.string(), secretStateSchema),
  certificates: z.record(z.string(), certificateStateSchema),
  tested: testedSchema,
});
export type MessagingView = z.infer<typeof messagingViewSchema>;

const fieldBase = { name: z.string(), required: z.boolean() };

/**
 * How a field looks and what it accepts at a glance. Data only: the provider's schema has the last word, and the
 * renderer's `text/` has the words, by provider and field name.
 */
export const fieldDescriptorSchema = z.discriminatedUnion("kind", [
  z.object({
    kind: z.literal("text"),
    ...fieldBase,
    /** A value as one would type it. */
    placeholder: z.string().optional(),
    maxLength: z.number(),
    fixedPitch: z.boolean().optional(),
    /** How a typed value is read (shared/rules/typed-value.ts), `line` where it is absent; in a `dns-name` the case of letters means nothing. */
    format: z.enum(typedFormats).optional(),
  }),
  z.object({ kind: z.literal("number"), ...fieldBase, min: z.number(), max: z.number() }),
  z.object({ kind: z.literal("select"), ...fieldBase, options: z.array(z.string()) }),
  z.object({ kind: z.literal("date"), ...fieldBase }),
  z.object({ kind: z.literal("secret"), ...fieldBase, maxLength: z.number() }),
  /**
   * `passwordField` names the secret field that opens the file; null when the container's password is fixed by the
   * issuer. `fixedPassword` is that password: a constant from the vendor's documentation, no secret.
   */
  z.object({
    kind: z.literal("certificate"),
    ...fieldBase,
    extensions: z.array(z.string()),
    passwordField: z.string().nullable(),
    fixedPassword: z.string().optional(),
    /** The kinds of keys that the service signs in with, as a summary's key type begins; absent where it takes any. */
    keys: z.array(z.string()).optional(),
    /** Verdicts that are a remark elsewhere and keep the file from being used with this service. */
    refuses: z.array(certificateVerdictSchema).optional(),
  }),
  /** A .NET regular expression with its bench: an example to try, the number field that limits the length, and the domain's. */
  z.object({ kind: z.literal("pattern"), ...fieldBase, exampleField: z.string(), maxLengthField: z.string(), domainField: z.string().optional() }),
]);
export type FieldDescriptor = z.infer<typeof fieldDescriptorSchema>;

/** One entry of the provider drop-down. */
export const providerEntrySchema = providerChoiceSchema.extend({
  /** ISO date (yyyy-mm-dd) on which the vendor's support ended or ends; null when it has no end. */
  supportEnds: z.string().nullable(),
  /** False: shown disabled, "not available in this version". */
  available: z.boolean(),
});
export type ProviderEntry = z.infer<typeof providerEntrySchema>;

/** A notice shown with a provider's form. `storeKind` limits it to one kind of store. */
export const noticeSchema = z.object({
  tone: z.enum(["info", "warning"]),
  /** Picks the sentence among the provider's words. */
  name: z.string(),
  storeKind: storeKindSchema.optional(),
  /** What is to be entered elsewhere, where it is taken as one text with commas. */
  copies: z.array(z.string()).optional(),
});
export type Notice = z.infer<typeof noticeSchema>;

/** How often a rung may be climbed by itself, in milliseconds: after it passed, and after the far side refused. */
export const paceSchema = z.object({ passedMs: z.number().int().positive(), refusedMs: z.number().int().positive() });
export type Pace = z.infer<typeof paceSchema>;

/** Everything the renderer needs to draw a provider's form. */
export const providerDescriptorSchema = z.object({
  id: z.string(),
  entries: z.array(providerEntrySchema),
  storeKinds: z.array(storeKindSchema),
  fields: z.array(fieldDescriptorSchema),
  notices: z.array(noticeSchema),
  /** `none`: no server area. `single`: one server, priority does not apply. `priority`: the grid with ticks and priorities. */
  servers: z.enum(["none", "single", "priority"]),
  /** Whether Test connection exists for it. */
  testable: z.boolean(),
  /** Rungs that are not climbed at every check (shared/rules/pace.ts); a rung without a pace is. */
  paces: z.partialRecord(rungNameSchema, paceSchema),
  /** What stops working when this provider is chosen over another, each by the name of its sentence. */
  prevents: z.array(z.string()),
  /** Rights that the account needs at the far side, a feature each, by the name of its sentence. */
  rights: z.array(z.string()),
});
export type ProviderDescriptor = z.infer<typeof providerDescriptorSchema>;
