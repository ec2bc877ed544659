/** The alias bench: many aliases against one pattern, with the engine that can be had here. */
import { fail, succeed, type Result } from "../../shared/fault.ts";
import type { AliasAnswer, AliasQuestion, DialectDifference, PatternError, RegexEngine } from "../../shared/model/alias.ts";
import type { AliasRule } from "../../shared/model/alias-list.ts";
import type { Logger, PowerShellLocation } from "../ports.ts";
import { PowerShellSession } from "../powershell/index.ts";
import { dialectOf } from "./dialect.ts";
import { matchWithDotNet } from "./dotnet-engine.ts";
import { matchWithJavaScript, restEngine } from "./javascript-engine.ts";
import { judge } from "./judge.ts";
import { judgeNames, type EngineAnswer, type ListOptions } from "./list.ts";
import type { MatchQuestion } from "./matching.ts";
import { readNames } from "./name-list.ts";

export interface AliasContext {
  /** Null where this machine has no PowerShell: JavaScript answers then. */
  readonly powershell: PowerShellSession | null;
  readonly signal?: AbortSignal | undefined;
  readonly logger: Logger;
}

/** .NET where it can be asked, else JavaScript. Fails with `cancelled` alone. */
async function match(question: MatchQuestion, { powershell, signal, logger }: AliasContext): Promise<Result<EngineAnswer>> {
  if (powershell !== null) {
    const answer = await matchWithDotNet(question, powershell, signal);
    if (answer.ok) return succeed({ engine: ".NET", ...answer.value });
    if (answer.fault.kind === "cancelled") return answer;
    logger.warn("JavaScript matches aliases because PowerShell did not answer", { fault: answer.fault });
  }
  const answer = await matchWithJavaScript(question, signal);
  return answer.ok ? succeed({ engine: "JavaScript", ...answer.value }) : answer;
}

/** Judges every alias: pattern, length and address rule. Fails with `cancelled` alone; a bad pattern is an answer. */
export async function evaluateAliases(question: AliasQuestion, context: AliasContext): Promise<Result<AliasAnswer>> {
  const { pattern, aliases, maximumLength, domain } = question;
  const matched = await match({ pattern, options: "None", inputs: aliases }, context);
  if (!matched.ok) return matched;
  const { engine, error, differences, spans, stopped } = matched.value;
  return succeed({
    engine,
    patternError: error,
    unanchored: pattern !== "" && error === null && !dialectOf(pattern).anchored,
    differences: [...differences],
    stopped,
    verdicts: aliases.map((alias, i) => judge(alias, spans[i], { maximumLength, domain })),
  });
}

/** What the services see of this room. `dispose` ends the PowerShell and the threads that were kept. */
export function createAliasBench({ powershell, logger }: { readonly powershell: PowerShellLocation | null; readonly logger: Logger }) {
  const session = powershell === null ? null : new PowerShellSession({ location: powershell, logger });
  return {
    evaluate: (question: AliasQuestion, signal: AbortSignal) => evaluateAliases(question, { powershell: session, signal, logger }),
    readNames,
    judgeNames: (names: readonly string[], rule: AliasRule, options: Omit<ListOptions, "match">) =>
      judgeNames(names, rule, { ...options, match: (question) => match(question, { powershell: session, signal: options.signal, logger }) }),
    refusal: (pattern: string) => dialectOf(pattern).refusal,
    dispose: async () => {
      session?.dispose();
      await restEngine();
    },
  };
}

/** One line of the command line's batch. */
export interface AliasLine {
  readonly engine: RegexEngine;
  /** Null when the engine could not tell: the pattern is not valid, JavaScript cannot run it, or it was stopped. */
  readonly matches: boolean | null;
  /** The matched part, empty without a match. */
  readonly value: string | null;
  /** Why JavaScript's answer may not be .NET's; empty when .NET answered. */
  readonly differs: readonly DialectDifference[];
  readonly stopped: boolean;
  readonly error: PatternError | null;
}

/** Matches one input. `options` are .NET's RegexOptions names, joined by commas. */
export async function matchOne(
  { pattern, options, input }: { readonly pattern: string; readonly options: string; readonly input: string },
  context: AliasContext,
): Promise<Result<AliasLine>> {
  const matched = await match({ pattern, options: options === "" ? "None" : options, inputs: [input] }, context);
  if (!matched.ok) return fail(matched.fault);
  const { engine, error, differences, spans, stopped } = matched.value;
  const [span] = spans;
  return succeed({
    engine,
    matches: span === undefined ? null : span !== null,
    // As .NET's Match.Value: empty when nothing matched.
    value: span === undefined ? null : input.slice(span?.start ?? 0, span?.end ?? 0),
    differs: differences,
    stopped,
    error,
  });
}
