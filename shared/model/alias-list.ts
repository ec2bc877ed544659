/** A list of names, such as all users of a domain, judged by an alias rule. */
import { z } from "zod";
import { aliasOutcomes, aliasQuestionSchema, aliasVerdictSchema, dialectDifferenceSchema, patternErrorSchema, regexEngineSchema } from "./alias.ts";

export const aliasRuleSchema = aliasQuestionSchema.omit({ aliases: true });
export type AliasRule = z.infer<typeof aliasRuleSchema>;

/** How many names came to something, and what it was. */
export const aliasListSummarySchema = z.object({
  /** What pages of the result are asked for by. */
  list: z.string(),
  /** The column of a CSV that the names are in, as its first line calls it; null where it calls it nothing. */
  column: z.string().nullable(),
  engine: regexEngineSchema,
  patternError: patternErrorSchema.nullable(),
  unanchored: z.boolean(),
  differences: z.array(dialectDifferenceSchema),
  /** The line of the name on which the expression ran away, after which nothing was judged. */
  stoppedAt: z.number().nullable(),
  names: z.number(),
  outcomes: z.record(z.enum(aliasOutcomes), z.number()),
  /** How many names of the outcome `address` have which issue. */
  addressIssues: z.array(z.object({ issue: z.string(), count: z.number() })),
  /** Names that would get an alias that a name before them gets. */
  duplicates: z.number(),
});
export type AliasListSummary = z.infer<typeof aliasListSummarySchema>;

/** `duplicate`: what would get an alias that a name before it gets. */
export const aliasListFilterSchema = z.enum(["all", "duplicate", ...aliasOutcomes]);
export type AliasListFilter = z.infer<typeof aliasListFilterSchema>;

export const aliasListRowSchema = aliasVerdictSchema.extend({
  /** Where the name stands in the file, from 1. */
  line: z.number(),
  /** The line of the first name that gets the same alias; null for that name itself and for those that get none. */
  sameAs: z.number().nullable(),
});
export type AliasListRow = z.infer<typeof aliasListRowSchema>;

export const aliasListPageSchema = z.object({
  rows: z.array(aliasListRowSchema),
  /** Where the next page begins; null at the end. */
  next: z.number().nullable(),
});
export type AliasListPage = z.infer<typeof aliasListPageSchema>;
