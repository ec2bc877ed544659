/** A list of names, and what became of it: what the services see of judging one. */
import type { AliasOutcome, AliasVerdict, DialectDifference, PatternError, RegexEngine } from "../../shared/model/alias.ts";

export interface NameList {
  readonly names: readonly string[];
  /** The line of each name, from 1. */
  readonly lines: readonly number[];
  /** What the first line calls the column; null where it calls it nothing. */
  readonly column: string | null;
}

/** Verdicts by the place of a name in its list. */
export interface ListVerdicts {
  /** How many names came to each outcome. */
  readonly outcomes: Readonly<Record<AliasOutcome, number>>;
  /** How many names of the outcome `address` have which issue. */
  readonly addressIssues: ReadonlyMap<string, number>;
  /** How many names would get an alias that a name before them gets. Names that differ in case alone get the same. */
  readonly duplicates: number;
  /** The whole verdict, as the form and the command line have it. */
  verdict(index: number): AliasVerdict;
  outcome(index: number): AliasOutcome;
  /** The first name that gets the same alias; null for that name itself and for those that get none. */
  sameAs(index: number): number | null;
}

export interface JudgedList {
  readonly engine: RegexEngine;
  readonly patternError: PatternError | null;
  readonly unanchored: boolean;
  readonly differences: readonly DialectDifference[];
  /** The name on which the expression ran away; null where it did not. */
  readonly stoppedAt: number | null;
  readonly verdicts: ListVerdicts;
}
