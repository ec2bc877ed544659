/** A whole list of names by one rule, in batches: the engines' threads match, this thread judges, and the event loop turns. */
import { setImmediate } from "node:timers/promises";
import { fail, succeed, type Result } from "../../shared/fault.ts";
import type { DialectDifference, RegexEngine } from "../../shared/model/alias.ts";
import type { AliasRule } from "../../shared/model/alias-list.ts";
import { dialectOf } from "./dialect.ts";
import { NumberedVerdicts } from "./list-verdicts.ts";
import type { JudgedList } from "./listed.ts";
import type { MatchAnswer, MatchQuestion, Span } from "./matching.ts";

/** Names in one batch: judged in a few milliseconds, and enough for both threads of the engine. */
export const LIST_BATCH = 2_000;

export interface EngineAnswer extends MatchAnswer {
  readonly engine: RegexEngine;
}

export interface ListOptions {
  /** Asks whichever engine answers. */
  readonly match: (question: MatchQuestion) => Promise<Result<EngineAnswer>>;
  readonly signal: AbortSignal;
  /** Hears how many names have been judged. */
  readonly onJudged: (names: number) => void;
}

/** Judges every name; what follows a name on which the expression ran away has no answer. Fails with `cancelled` alone. */
export async function judgeNames(names: readonly string[], rule: AliasRule, { match, signal, onJudged }: ListOptions): Promise<Result<JudgedList>> {
  const { pattern } = rule;
  const verdicts = new NumberedVerdicts(names, rule);
  const heard: EngineAnswer[] = [];
  let stoppedAt: number | null = null;
  for (let from = 0; from < names.length; from += LIST_BATCH) {
    const batch = names.slice(from, from + LIST_BATCH);
    const isOver: boolean = stoppedAt !== null || heard.some(({ error }) => error !== null);
    const answer: Result<EngineAnswer> | null = isOver ? null : await match({ pattern, options: "None", inputs: batch });
    if (answer?.ok === false) return answer;
    const spans: readonly Span[] = answer?.value.spans ?? [];
    if (answer !== null) heard.push({ ...answer.value, spans: [] });
    if (answer?.value.stopped === true) stoppedAt = from + spans.length;
    batch.forEach((_name, i) => verdicts.add(from + i, spans[i]));
    onJudged(from + batch.length);
    await setImmediate();
    if (signal.aborted) return fail({ kind: "cancelled" });
  }
  const patternError = heard.find(({ error }) => error !== null)?.error ?? null;
  return succeed({
    engine: heard.some(({ engine }) => engine === "JavaScript") ? "JavaScript" : ".NET",
    patternError,
    unanchored: patternError === null && !dialectOf(pattern).anchored,
    differences: allDifferences(heard),
    stoppedAt,
    verdicts,
  });
}

/** Each batch has the differences that its own names show. */
function allDifferences(heard: readonly EngineAnswer[]): readonly DialectDifference[] {
  const known = new Map(heard.flatMap(({ differences }) => differences.map((difference) => [`${difference.construct} ${difference.offset}`, difference])));
  return [...known.values()].toSorted((a, b) => a.offset - b.offset);
}
