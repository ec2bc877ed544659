/** Unsaved work: kept apart from the saved configuration, survives a killed process, one form for each provider tried. */
import { z } from "zod";
import { changedSchema, issueSchema } from "../fault.ts";
import { messagingConfigurationSchema, messagingViewSchema } from "./messaging.ts";
import { providerChoiceSchema } from "./provider-choice.ts";

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
  /** What keeps the chosen form, as it stands, from being saved. */
  issues: z.array(issueSchema),
});
export type DraftView = z.infer<typeof draftViewSchema>;

/**
 * One difference as values. Null is nothing; a secret carries `set`, `changed` or `cleared` instead of a value, the
 * provider is as `choiceValue` writes it, and a long list of servers ends in `+` and how many it leaves out.
 */
export const changeSchema = changedSchema.extend({
  before: z.string().nullable(),
  after: z.string().nullable(),
  secret: z.boolean(),
});
export type Change = z.infer<typeof changeSchema>;

/** What stops working with a save. */
export const stopSchema = z.discriminatedUnion("kind", [
  /** The provider in force is no longer used. */
  providerChoiceSchema.extend({ kind: z.literal("replaced") }),
  /** What the new provider prevents, by the name of its sentence. */
  z.object({ kind: z.literal("prevented"), provider: z.string(), name: z.string() }),
  z.object({ kind: z.literal("nothing-ticked") }),
]);
export type Stop = z.infer<typeof stopSchema>;

export const reviewSchema = z.object({ changes: z.array(changeSchema), stops: z.array(stopSchema) });
export type Review = z.infer<typeof reviewSchema>;

/** One saved revision of an identity store. */
export const revisionSchema = z.object({
  number: z.number(),
  at: z.number(),
  who: z.string(),
  /** `created`, `saved`, `renamed`, `connection`, `restored` (with the number gone back to), `duplicated`, `imported`, `applied` (a document). */
  action: z.string(),
  restoredFrom: z.number().nullable(),
  changes: z.array(changeSchema),
  tested: z.enum(["untested", "passed", "failed"]),
});
export type Revision = z.infer<typeof revisionSchema>;

export const revisionPageSchema = z.object({
  revisions: z.array(revisionSchema),
  /** What the next page comes before; null at the end. */
  next: z.number().nullable(),
  /** The store's newest revision, whichever are on the page. */
  newest: z.number(),
});
export type RevisionPage = z.infer<typeof revisionPageSchema>;
