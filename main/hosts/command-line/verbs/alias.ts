import { z } from "zod";
import { patternErrorText } from "../../../../renderer/text/pattern-error.ts";
import { say, sayIfKnown } from "../../../../renderer/text/text.ts";
import { aliasQuestionSchema, type AliasAnswer, type AliasVerdict } from "../../../../shared/model/alias.ts";
import { evaluateAliases, matchOne, type AliasContext, type AliasLine } from "../../../aliases/index.ts";
import { PowerShellSession } from "../../../powershell/index.ts";
import { findPowerShell } from "../../shared/powershell.ts";
import { exitCodes, type ExitCode } from "../exit-codes.ts";
import { print, printable, table, writeLine } from "../output.ts";
import { inputLines, parseLine } from "../standard-input.ts";
import { take } from "../take.ts";
import { UsageError, type Verb, type VerbContext } from "../verb.ts";

const lineSchema = z.object({ pattern: z.string(), options: z.string().default("None"), input: z.string() });
const invalidLine = { engine: null, matches: null, value: null, differs: [], stopped: false, error: "the line is not {pattern, options, input}" };

const silent = { info: () => undefined, warn: () => undefined, error: () => undefined };

/** Tries aliases against a pattern on this machine; needs no data folder. */
export const alias: Verb = {
  name: "alias",
  forms: [
    {
      choice: null,
      meaning: "judge aliases by a .NET regular expression, a length and the rules of addresses",
      words: [{ name: "ALIAS", many: true }],
      options: {
        pattern: { value: "REGEX", meaning: "the .NET regular expression", required: true },
        max: { value: "LENGTH", meaning: "the longest alias, 1 to 1024 characters" },
        domain: { value: "DOMAIN", meaning: "the domain; its length counts towards the address" },
      },
      notes: ["Ends with 7 when one of them is refused."],
      examples: [{ line: 'messaging-console alias --pattern "^[a-z.]+$" --max 30 anna.berg bert', meaning: "try two aliases" }],
      run: (context) => withEngine(context, (around) => runOnce(context, around)),
    },
    {
      choice: "--batch",
      meaning: "match many, in order, a line each",
      words: [],
      options: {},
      notes: ['One {"pattern", "options", "input"} a line on standard input; one JSON answer a line.'],
      examples: [{ line: "messaging-console alias --batch < questions.jsonl > answers.jsonl", meaning: "many in one go" }],
      run: (context) => withEngine(context, (around) => runBatch(context, around)),
    },
  ],
};

async function withEngine(context: VerbContext, run: (around: AliasContext) => Promise<ExitCode>): Promise<ExitCode> {
  const location = findPowerShell();
  const session = location === null ? null : new PowerShellSession({ location, logger: silent });
  try {
    return await run({ powershell: session, signal: context.signal, logger: silent });
  } finally {
    session?.dispose();
  }
}

async function runOnce(context: VerbContext, around: AliasContext) {
  const { pattern, max, domain } = context.options;
  const question = aliasQuestionSchema.safeParse({
    pattern,
    maximumLength: typeof max === "string" ? Number(max) : null,
    domain: typeof domain === "string" ? domain : null,
    aliases: context.words,
  });
  if (!question.success) throw new UsageError("--max is a number from 1 to 1024; pattern and aliases have at most 4096 characters", ["alias"]);
  const answer = take(await evaluateAliases(question.data, around));
  print(context, answer, () => describe(question.data.pattern, answer));
  return answer.patternError === null && answer.verdicts.every(isAccepted) ? exitCodes.ok : exitCodes.invalid;
}

async function runBatch({ stdin, stdout, signal }: VerbContext, around: AliasContext) {
  for await (const line of inputLines(stdin, signal)) {
    const asked = lineSchema.safeParse(parseLine(line));
    await writeLine(stdout, JSON.stringify(asked.success ? lineOf(asked.data.pattern, take(await matchOne(asked.data, around))) : invalidLine));
  }
  return exitCodes.ok;
}

/** The refusal in words, and as data beside them. */
function lineOf(pattern: string, { error, ...answer }: AliasLine) {
  return error === null ? { ...answer, error } : { ...answer, ...error, error: patternErrorText(pattern, error) };
}

function isAccepted({ outcome }: AliasVerdict): boolean {
  return outcome === "fits";
}

function describe(pattern: string, answer: AliasAnswer): string {
  const { engine, patternError, stopped, unanchored, differences } = answer;
  const netOnly = differences.some(({ effect }) => effect === "error");
  const notes = [
    `Engine: ${engine}`,
    ...(patternError === null ? [] : [`${say("alias-bench.pattern-error")} ${patternErrorText(pattern, patternError)}`]),
    ...(netOnly ? [`${say("alias-bench.pattern-net-only")} ${say("alias-bench.pattern-net-only-next")}`] : []),
    ...(stopped ? [`${say("alias-bench.stopped")} ${say("alias-bench.stopped-next")}`] : []),
    ...(unanchored ? [`${say("alias-bench.unanchored")} ${say("alias-bench.unanchored-next")}`] : []),
    ...differences.map(({ construct, text, offset }) => {
      const sentence = sayIfKnown(`alias-dialect.${construct}`) ?? say("alias-dialect.other", { construct });
      return `${printable(say("alias-bench.difference-at", { text, position: offset + 1 }))}: ${sentence}`;
    }),
  ];
  const matched = ({ matches, matched: part }: AliasVerdict) => (matches === null ? say("alias-bench.verdict-unanswered") : matches ? part : say("alias-bench.matched-none"));
  const rows = answer.verdicts.map((verdict) => [
    verdict.alias,
    say(`alias-bench.verdict-${verdict.outcome}`),
    matched(verdict),
    `${verdict.length}${verdict.tooLong ? " (too long)" : ""}`,
    verdict.addressIssue === null ? null : (sayIfKnown(`alias-bench.address-${verdict.addressIssue}`) ?? verdict.addressIssue),
  ]);
  const headings = (["alias", "verdict", "matched", "length", "address"] as const).map((column) => say(`alias-bench.column-${column}`));
  return [table(headings, rows), "", ...notes].join("\n");
}
