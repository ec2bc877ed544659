/** What both engines are asked and answer. */
import type { DialectDifference, PatternError } from "../../shared/model/alias.ts";

export interface MatchQuestion {
  readonly pattern: string;
  /** RegexOptions names joined by commas. */
  readonly options: string;
  readonly inputs: readonly string[];
}

/** Where the first match lies, in UTF-16 units; null without a match. */
export type Span = { readonly start: number; readonly end: number } | null;

export interface MatchAnswer {
  /** Why .NET does not take the pattern; then there are no spans. */
  readonly error: PatternError | null;
  /** Where the answer may not be .NET's. With one whose effect is `error` there are no spans. */
  readonly differences: readonly DialectDifference[];
  /** One an input, up to where the engine was stopped. */
  readonly spans: readonly Span[];
  /** True when an input took longer than the limit. */
  readonly stopped: boolean;
}

/** How long one input may take, in milliseconds, in either engine. */
export const MATCH_LIMIT_MS = 250;
