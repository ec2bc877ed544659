/** JavaScript's own regular expressions, for where no .NET is at hand. */
import { setImmediate } from "node:timers/promises";
import { fail, succeed, type Result } from "../../shared/fault.ts";
import type { DialectDifference } from "../../shared/model/alias.ts";
import { WorkerLine, workerUrl } from "../workers.ts";
import { dialectOf, type Dialect } from "./dialect.ts";
import { MATCH_LIMIT_MS, type MatchAnswer, type MatchQuestion, type Span } from "./matching.ts";

/** One message to the worker: the inputs as one text, since ten thousand small ones cost more to hand over than to match. */
export interface RegexTask {
  /** For a `RegExp` without flags. */
  readonly source: string;
  readonly text: string;
  /** Where each input ends in the text. */
  readonly ends: Uint32Array;
  /** How many inputs are done, then start and end of each match, -1 without one. */
  readonly spans: SharedArrayBuffer;
}

/** All inputs together, in milliseconds: patterns that stay just below the limit of each are stopped by this one. */
const ALL_INPUTS_LIMIT_MS = 10_000;

/** From this many inputs on the later ones go to a thread of their own. */
const INPUTS_FOR_TWO = 2_000;
/** The first thread's share is larger, because it begins while the other's is still put together: so both end together. */
const FIRST_SHARE = 5 / 8;

const newLine = () => new WorkerLine<RegexTask, true>(workerUrl("aliases", "regex"), { maxOldGenerationSizeMb: 128, stackSizeMb: 4 });
const [firstLine, secondLine] = [newLine(), newLine()];

/**
 * Matches as .NET would, in threads that are killed when one input takes longer than 250 ms. What cannot be said for
 * JavaScript is not asked; differences tell why. Fails with `cancelled` alone.
 */
export async function matchWithJavaScript({ pattern, options, inputs }: MatchQuestion, signal?: AbortSignal): Promise<Result<MatchAnswer>> {
  const dialect = dialectOf(pattern, options);
  if (dialect.refusal !== null) return succeed({ error: { ...dialect.refusal, words: null }, differences: [], spans: [], stopped: false });
  if (inputs.length < INPUTS_FOR_TWO) return matchPortion(firstLine, dialect, inputs, signal);
  const share = Math.ceil(inputs.length * FIRST_SHARE);
  const giveUp = new AbortController();
  const either = AbortSignal.any(signal === undefined ? [giveUp.signal] : [giveUp.signal, signal]);
  const begun = matchPortion(firstLine, dialect, inputs.slice(0, share), signal).then((answer) => {
    // What follows an input that was stopped is not judged.
    if (answer.ok && answer.value.stopped) giveUp.abort();
    return answer;
  });
  // The first share is under way while the second is put together.
  await setImmediate();
  const [first, second] = await Promise.all([begun, matchPortion(secondLine, dialect, inputs.slice(share), either)]);
  if (!first.ok || first.value.stopped) return first;
  return second.ok ? succeed(joined(first.value, second.value)) : second;
}

/** Ends the threads that nobody waits for; the next question starts them again. */
export async function restEngine(): Promise<void> {
  await Promise.all([firstLine.rest(), secondLine.rest()]);
}

async function matchPortion(line: WorkerLine<RegexTask, true>, dialect: Dialect, inputs: readonly string[], signal?: AbortSignal): Promise<Result<MatchAnswer>> {
  const text = inputs.join("");
  const { source, differences } = dialect.translate(text);
  if (source === null) return succeed({ error: null, differences, spans: [], stopped: false });
  const spans = new SharedArrayBuffer(4 * (1 + 2 * inputs.length));
  const found = new Int32Array(spans);
  const ends = new Uint32Array(inputs.length);
  let end = 0;
  for (let i = 0; i < inputs.length; i += 1) {
    end += inputs[i]?.length ?? 0;
    ends[i] = end;
  }
  const stall = { progress: () => found[0] ?? 0, forMs: MATCH_LIMIT_MS };
  const outcome = await line.ask({ source, text, ends, spans }, { signal, timeoutMs: ALL_INPUTS_LIMIT_MS, stall });
  if (outcome.kind === "cancelled") return fail({ kind: "cancelled" });
  return succeed({ error: null, differences, spans: spansOf(found), stopped: outcome.kind !== "answered" });
}

/** Each share has the differences that its own inputs show. */
function joined(first: MatchAnswer, second: MatchAnswer): MatchAnswer {
  const isKnown = ({ construct, offset }: DialectDifference) => first.differences.some((known) => known.construct === construct && known.offset === offset);
  const differences = [...first.differences, ...second.differences.filter((difference) => !isKnown(difference))].toSorted((a, b) => a.offset - b.offset);
  const isRun = differences.every(({ effect }) => effect !== "error");
  return { error: null, differences, spans: isRun ? [...first.spans, ...second.spans] : [], stopped: isRun && second.stopped };
}

function spansOf(found: Int32Array): readonly Span[] {
  const spans: Span[] = [];
  const count = found[0] ?? 0;
  for (let i = 0; i < count; i += 1) {
    const start = found[2 * i + 1] ?? -1;
    spans.push(start === -1 ? null : { start, end: found[2 * i + 2] ?? -1 });
  }
  return spans;
}
