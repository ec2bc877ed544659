/** Unsaved work: kept apart from the saved configuration, survives a killed process, one form for each provider tried. */
import { z } from "zod";
import { changedSchema, issueSchema } from "../fault.ts";
import { fieldValueSchema, messagingViewSchema, testedSchema } from "./messaging.ts";
import { providerChoiceSchema } from "./provider-choice.ts";

/** Which draft it is, and in which version: every write makes another one, and none is ever used again. */
export const draftMarkSchema = z.object({ id: z.string(), version: z.number() });
export type DraftMark = z.infer<typeof draftMarkSchema>;

/** What somebody had before their eyes when they changed something. */
export const draftSightSchema = z.object({
  /** The window whose page is open, whichever host shows it: two are told apart by it. */
  window: z.string(),
  /** The saved revision that was shown. */
  revision: z.number(),
  /** Null where no draft was shown. */
  draft: draftMarkSchema.nullable(),
});
export type DraftSight = z.infer<typeof draftSightSchema>;

/** `seen`: the version of the draft over which it was entered; 0 where there was none. */
const seen = { seen: z.number() };

/** One change of a draft. Secrets and certificates travel on their own. */
export const draftChangeSchema = z.discriminatedUnion("kind", [
  providerChoiceSchema.extend({ kind: z.literal("choice"), ...seen }),
  z.object({ kind: z.literal("value"), provider: z.string(), field: z.string(), value: fieldValueSchema, ...seen }),
  /**
   * `to`: the priority, `last` behind all ticked ones, `none` without a tick; `named` as `last`, and into the list where it is not there;
   * `unnamed` out of the list, where nothing but its name is known.
   */
  z.object({ kind: z.literal("server"), provider: z.string(), name: z.string(), to: z.union([z.number().int().min(1), z.enum(["last", "none", "named", "unnamed"])]), ...seen }),
]);
export type DraftChange = z.infer<typeof draftChangeSchema>;

/** The draft as main answers it: with secret states and what would change. */
const draftView = draftMarkSchema.extend({
  choice: providerChoiceSchema,
  forms: z.record(z.string(), messagingViewSchema),
  /** How the chosen form was tested. */
  tested: testedSchema,
  /** The revision the draft started from. */
  baseRevision: z.number(),
  updatedAt: z.number(),
  /** Fields that differ from the saved configuration. */
  changes: z.number(),
  /** What keeps the chosen form, as it stands, from being saved. */
  issues: z.array(issueSchema),
});
export type DraftView = z.infer<typeof draftView>;
type DraftViewShape = typeof draftView;
/** A name for the type: the contract holds it many times, and TypeScript would spell every reason of a fault out in each. */
export interface DraftViewSchema extends DraftViewShape {}
export const draftViewSchema: DraftViewSchema = draftView;

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

/** A field that two changed: `before` is theirs, `after` is one's own; who theirs is by and when, as far as that is known. */
export const differenceSchema = changeSchema.extend({ by: z.string().nullable(), at: z.number().nullable() });
export type Difference = z.infer<typeof differenceSchema>;

/** Which side of a difference shall stand, by its key. */
export const picksSchema = z.record(z.string(), z.enum(["mine", "theirs"]));
export type Picks = z.infer<typeof picksSchema>;

/** What came of changes. */
export const draftAnswerSchema = z.object({
  /** The draft as it stands; null where there is still none. */
  draft: draftViewSchema.nullable(),
  /** `forms` holds every form; else those alone that `changedForm` does not make of the forms that were seen. */
  whole: z.boolean(),
  /** Changes that were not made, because somebody else changed the same meanwhile. */
  refused: z.array(differenceSchema),
});
export type DraftAnswer = z.infer<typeof draftAnswerSchema>;

/** A draft over what was saved since it began. With differences it is as it was, and each wants an answer. */
export const rebasedSchema = z.object({
  draft: draftViewSchema,
  apart: z.array(differenceSchema),
  /** The newest revision, which it was held against. */
  over: z.object({ revision: z.number(), by: z.string(), at: z.number() }),
});
export type Rebased = z.infer<typeof rebasedSchema>;

/** What stops working with a save. */
export const stopSchema = z.discriminatedUnion("kind", [
  /** The provider in force is no longer used. */
  providerChoiceSchema.extend({ kind: z.literal("replaced") }),
  /** What the new provider prevents, by the name of its sentence. */
  z.object({ kind: z.literal("prevented"), provider: z.string(), name: z.string() }),
  z.object({ kind: z.literal("nothing-ticked") }),
]);
export type Stop = z.infer<typeof stopSchema>;

export const reviewSchema = z.object({
  changes: z.array(changeSchema),
  stops: z.array(stopSchema),
  /** What was reviewed, and is alone what a save saves; null where there is no draft. */
  draft: draftMarkSchema.nullable(),
});
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
