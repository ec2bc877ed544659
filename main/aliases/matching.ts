/** What both engines are asked and answer. */

export interface MatchQuestion {
  readonly pattern: string;
  /** RegexOptions names joined by commas. */
  readonly options: string;
  readonly inputs: readonly string[];
}

/** Where the first match lies, in UTF-16 units; null without a match. */
export type Span = { readonly start: number; readonly end: number } | null;

export interface MatchAnswer {
  /** The engine's own words when it does not accept the pattern; then there are no spans. */
  readonly error: string | null;
  /** One an input, up to where the engine was stopped. */
  readonly spans: readonly Span[];
  /** True when an input took longer than the limit. */
  readonly stopped: boolean;
}

/** How long one input may take, in milliseconds, in either engine. */
export const MATCH_LIMIT_MS = 250;
