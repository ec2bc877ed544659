/** JavaScript's own regular expressions, for where no .NET is at hand. */
import { fail, succeed, type Result } from "../../shared/fault.ts";
import { WorkerLine, workerUrl } from "../workers.ts";
import { dialectOf } from "./dialect.ts";
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

const line = new WorkerLine<RegexTask, true>(workerUrl("aliases", "regex"), {
  maxOldGenerationSizeMb: 128,
  stackSizeMb: 4,
});

/**
 * Matches as .NET would, in a thread that is killed when one input takes longer than 250 ms. What cannot be said for
 * JavaScript is not asked; differences tell why. Fails with `cancelled` alone.
 */
export async function matchWithJavaScript({ pattern, options, inputs }: MatchQuestion, signal?: AbortSignal): Promise<Result<MatchAnswer>> {
  const dialect = dialectOf(pattern, options);
  if (dialect.refusal !== null) return succeed({ error: { ...dialect.refusal, words: null }, differences: [], spans: [], stopped: false });
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

function spansOf(found: Int32Array): readonly Span[] {
  const spans: Span[] = [];
  const count = found[0] ?? 0;
  for (let i = 0; i < count; i += 1) {
    const start = found[2 * i + 1] ?? -1;
    spans.push(start === -1 ? null : { start, end: found[2 * i + 2] ?? -1 });
  }
  return spans;
}
