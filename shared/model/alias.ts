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

/** A construct whose answer by JavaScript may not be .NET's, at an offset into the pattern. */
export const dialectDifferenceSchema = z.object({
  /** Picks the sentence, such as `unset-backreference` or `balancing-group`. */
  construct: z.string(),
  text: z.string(),
  offset: z.number(),
  /** `error`: JavaScript cannot run it. `meaning`: it runs and may mean something else. */
  effect: z.enum(["error", "meaning"]),
});
export type DialectDifference = z.infer<typeof dialectDifferenceSchema>;

/**
 * Why .NET refuses an expression: the names of its RegexParseError
 * (https://learn.microsoft.com/dotnet/api/system.text.regularexpressions.regexparseerror), a combination of options, and
 * what this console reads no further.
 */
export const patternReasons = [
  "unknown",
  "alternation-has-too-many-conditions",
  "alternation-has-malformed-condition",
  "invalid-unicode-property-escape",
  "malformed-unicode-property-escape",
  "unrecognized-escape",
  "unrecognized-control-character",
  "missing-control-character",
  "insufficient-or-invalid-hex-digits",
  "quantifier-or-capture-group-out-of-range",
  "undefined-named-reference",
  "undefined-numbered-reference",
  "malformed-named-reference",
  "unescaped-ending-backslash",
  "unterminated-comment",
  "invalid-grouping-construct",
  "alternation-has-named-capture",
  "alternation-has-comment",
  "alternation-has-malformed-reference",
  "alternation-has-undefined-reference",
  "capture-group-name-invalid",
  "capture-group-of-zero",
  "unterminated-bracket",
  "exclusion-group-not-last",
  "reversed-character-range",
  "shorthand-class-in-character-range",
  "insufficient-closing-parentheses",
  "reversed-quantifier-range",
  "nested-quantifiers-not-parenthesized",
  "quantifier-after-nothing",
  "insufficient-opening-parentheses",
  "unrecognized-unicode-property",
  "option-combination",
  "too-long",
  "too-deep",
] as const;
export type PatternReason = (typeof patternReasons)[number];

export const patternErrorSchema = z.object({
  reason: z.enum(patternReasons),
  /** How far .NET had read when it refused, in UTF-16 units from the start; null where no place is to blame. */
  offset: z.number().nullable(),
  /** .NET's own words, where .NET was asked. */
  words: z.string().nullable(),
});
export type PatternError = z.infer<typeof patternErrorSchema>;

/** What an alias's verdict comes to: the first thing that is wrong, `fits` when nothing is. */
export const aliasOutcomes = ["fits", "partial", "no-match", "too-long", "address", "unanswered"] as const;
export type AliasOutcome = (typeof aliasOutcomes)[number];

export const aliasVerdictSchema = z.object({
  alias: z.string(),
  outcome: z.enum(aliasOutcomes),
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
  /** Why .NET refuses the pattern; null for a valid one. */
  patternError: patternErrorSchema.nullable(),
  unanchored: z.boolean(),
  /** Where the answer may not be .NET's; empty when .NET itself answered. */
  differences: z.array(dialectDifferenceSchema),
  /** A catastrophic pattern was stopped; verdicts after that are null. */
  stopped: z.boolean(),
  verdicts: z.array(aliasVerdictSchema),
});
export type AliasAnswer = z.infer<typeof aliasAnswerSchema>;
