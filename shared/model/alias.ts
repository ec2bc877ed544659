/** The alias bench: a .NET regular expression against many aliases. */
import { z } from "zod";

/** Which engine gave the verdict. */
export const regexEngineSchema = z.enum([".NET", "JavaScript"]);
export type RegexEngine = z.infer<typeof regexEngineSchema>;

export const aliasQuestionSchema = z.object({
  pattern: z.string().max(4096),
  maximumLength: z.number().int().min(1).max(1024).nullable(),
  domain: z.string().max(255).nullable(),
  aliases: z.array(z.string().max(4096)).max(10000),
});
export type AliasQuestion = z.infer<typeof aliasQuestionSchema>;

/** A construct that .NET and JavaScript treat differently, at an offset into the pattern. */
export const dialectDifferenceSchema = z.object({
  /** Picks the sentence, such as `digit-class` or `dollar-before-newline`. */
  construct: z.string(),
  text: z.string(),
  offset: z.number(),
  /** `error`: JavaScript cannot run it. `meaning`: it runs and may mean something else. */
  effect: z.enum(["error", "meaning"]),
});
export type DialectDifference = z.infer<typeof dialectDifferenceSchema>;

export const aliasVerdictSchema = z.object({
  alias: z.string(),
  /** Null when the engine could not answer: stopped, or the pattern is not valid. */
  matches: z.boolean().nullable(),
  /** The matched part, null without a match. */
  matched: z.string().nullable(),
  /** The match covers only a part of the alias. */
  partial: z.boolean(),
  length: z.number(),
  tooLong: z.boolean(),
  /** Why the alias is not a usable local part: `empty`, `edge-dot`, `double-dot`, `character`, `too-long`, `reserved`. */
  addressIssue: z.string().nullable(),
});
export type AliasVerdict = z.infer<typeof aliasVerdictSchema>;

export const aliasAnswerSchema = z.object({
  engine: regexEngineSchema,
  /** The engine's own words when the pattern is not a valid regular expression. */
  patternError: z.string().nullable(),
  unanchored: z.boolean(),
  differences: z.array(dialectDifferenceSchema),
  /** A catastrophic pattern was stopped; verdicts after that are null. */
  stopped: z.boolean(),
  verdicts: z.array(aliasVerdictSchema),
});
export type AliasAnswer = z.infer<typeof aliasAnswerSchema>;
