/** Unsaved work: kept apart from the saved configuration, survives a killed process, one form for each provider tried. */
import { z } from "zod";
import { messagingConfigurationSchema, messagingViewSchema, providerChoiceSchema } from "./messaging.ts";

/** What the renderer autosaves. `forms` is keyed by provider id, so that switching keeps each provider's values. */
export const draftContentSchema = z.object({
  choice: providerChoiceSchema,
  forms: z.record(z.string(), messagingConfigurationSchema),
});
export type DraftContent = z.infer<typeof draftContentSchema>;

/** The draft as main answers it: with secret states and what would change. */
export const draftViewSchema = z.object({
  choice: providerChoiceSchema,
  forms: z.record(z.string(), messagingViewSchema),
  /** The revision the draft started from. */
  baseRevision: z.number(),
  updatedAt: z.number(),
  /** Fields that differ from the saved configuration. */
  changes: z.number(),
});
export type DraftView = z.infer<typeof draftViewSchema>;

/** One difference, ready for a person: secrets carry no values. */
export const changeSchema = z.object({
  /** Stable key such as `values.domain`, `secrets.password`, `servers.exa.contoso.lab.priority`, `name`. */
  key: z.string(),
  label: z.string(),
  before: z.string().nullable(),
  after: z.string().nullable(),
  secret: z.boolean(),
});
export type Change = z.infer<typeof changeSchema>;

export const reviewSchema = z.object({
  changes: z.array(changeSchema),
  /** Sentences on what stops working, such as a provider that is replaced. */
  stops: z.array(z.string()),
});
export type Review = z.infer<typeof reviewSchema>;

/** One saved revision of an identity store. */
export const revisionSchema = z.object({
  number: z.number(),
  at: z.number(),
  who: z.string(),
  /** `created`, `saved`, `renamed`, `connection`, `restored` (with the number gone back to), `duplicated`, `imported`. */
  action: z.string(),
  restoredFrom: z.number().nullable(),
  changes: z.array(changeSchema),
  tested: z.enum(["untested", "passed", "failed"]),
});
export type Revision = z.infer<typeof revisionSchema>;
