/** .NET's regular expressions, asked through PowerShell. */
import { fail, succeed, type Result } from "../../shared/fault.ts";
import { patternReasons, type PatternError } from "../../shared/model/alias.ts";
import type { PowerShellSession } from "../powershell/index.ts";
import { dialectOf } from "./dialect.ts";
import { MATCH_LIMIT_MS, type MatchAnswer, type MatchQuestion, type Span } from "./matching.ts";
import type { PatternRefusal } from "./pattern-parser.ts";

/** Inputs and characters a call may carry: PowerShell reads the call as one line, and older ones refuse 2 MB of JSON. */
const INPUTS_A_CALL = 1_000;
const CHARACTERS_A_CALL = 100_000;
/** A call may be the first, which starts the child. One slow input is stopped by .NET itself. */
const CALL_LIMIT_MS = 30_000;

interface ScriptError {
  /** A name of RegexParseError; empty where .NET has none. */
  readonly reason: string;
  readonly offset: number | null;
  readonly words: string;
}

interface ScriptAnswer {
  readonly error: ScriptError | null;
  readonly spans: readonly number[];
  readonly stopped: boolean;
}

/** Matches with .NET, each input within 250 ms. Fails as {@link PowerShellSession.run} does. */
export async function matchWithDotNet(
  { pattern, options, inputs }: MatchQuestion,
  session: PowerShellSession,
  signal?: AbortSignal,
): Promise<Result<MatchAnswer>> {
  const { default: script } = await import("./match-aliases.ps1?raw");
  const spans: Span[] = [];
  for (const part of portions(inputs)) {
    const argument = { pattern: `=${pattern}`, options, limitMs: MATCH_LIMIT_MS, inputs: part.map((input) => `=${input}`) };
    const called = await session.run({ script, argument, timeoutMs: CALL_LIMIT_MS, signal });
    if (!called.ok) return called;
    const answer = called.value;
    if (!isScriptAnswer(answer)) return fail({ kind: "unsupported", why: "powershell-silent" });
    if (answer.error !== null) return succeed({ error: errorOf(answer.error, dialectOf(pattern, options).refusal), differences: [], spans: [], stopped: false });
    spans.push(...spansOf(answer.spans));
    if (answer.stopped) return succeed({ error: null, differences: [], spans, stopped: true });
  }
  return succeed({ error: null, differences: [], spans, stopped: false });
}

/** Where this .NET gives no reason, what is known of its syntax does. */
function errorOf({ reason, offset, words }: ScriptError, refusal: PatternRefusal | null): PatternError {
  const name = reason.replaceAll(/(?!^)\p{Lu}/gu, "-$&").toLowerCase();
  const known = patternReasons.find((candidate) => candidate === name);
  return { ...(known === undefined || known === "unknown" ? (refusal ?? { reason: "unknown", offset: null }) : { reason: known, offset }), words };
}

function* portions(inputs: readonly string[]): Generator<readonly string[]> {
  let portion: string[] = [];
  let size = 0;
  for (const input of inputs) {
    if (portion.length > 0 && (portion.length >= INPUTS_A_CALL || size + input.length > CHARACTERS_A_CALL)) {
      yield portion;
      portion = [];
      size = 0;
    }
    portion.push(input);
    size += input.length;
  }
  // Without inputs the pattern itself is still to be judged.
  yield portion;
}

function isScriptAnswer(value: unknown): value is ScriptAnswer {
  if (value === null || typeof value !== "object" || !("error" in value) || !("spans" in value) || !("stopped" in value)) return false;
  const { error, spans, stopped } = value;
  return (error === null || isScriptError(error)) && Array.isArray(spans) && spans.every(Number.isInteger) && typeof stopped === "boolean";
}

function isScriptError(value: unknown): value is ScriptError {
  if (value === null || typeof value !== "object" || !("reason" in value) || !("offset" in value) || !("words" in value)) return false;
  const { reason, offset, words } = value;
  return typeof reason === "string" && (offset === null || Number.isInteger(offset)) && typeof words === "string";
}

function spansOf(numbers: readonly number[]): readonly Span[] {
  return Array.from({ length: numbers.length / 2 }, (_none, i) => {
    const start = numbers[2 * i] ?? -1;
    return start === -1 ? null : { start, end: numbers[2 * i + 1] ?? -1 };
  });
}
