// @vitest-environment jsdom
/** The form, the bench and the command line on the same alias: one judge, so one answer. */
import { Readable, Writable } from "node:stream";
import { setTimeout } from "node:timers/promises";
import { act } from "react";
import { describe, expect, it } from "vitest";
import { evaluateAliases } from "../../../../../main/aliases/index.ts";
import { runCommandLine } from "../../../../../main/hosts/command-line/command-line.ts";
import { verbs } from "../../../../../main/hosts/command-line/verbs/index.ts";
import { AliasBenchPage } from "../../../../../renderer/features/alias-bench/alias-bench-page.tsx";
import { fillIn } from "../../../../../renderer/features/alias-bench/bench-state.ts";
import { PatternField } from "../../../../../renderer/features/messaging-system/fields/pattern-field.tsx";
import { provideClient } from "../../../../../renderer/host/client.ts";
import { aliasQuestionSchema, type AliasOutcome } from "../../../../../shared/model/alias.ts";
import { silentLogger } from "../../../../lab/loggers.ts";
import { click, render, type Rendered } from "../../render.tsx";
import { standInClient } from "../../stand-in-client.ts";

interface Case {
  readonly pattern: string;
  readonly alias: string;
  readonly max?: number;
  readonly domain?: string;
  readonly outcome: AliasOutcome;
  /** What the form says, from its beginning. */
  readonly form: string;
  /** What the bench says where it shows no verdicts. */
  readonly bench?: string;
}

const CASES: readonly Case[] = [
  { pattern: "^[a-z.]+$", alias: "john.doe", max: 12, domain: "contoso.com", outcome: "fits", form: "matches, 8 of 12 characters" },
  { pattern: "[a-z]+", alias: "john.doe", outcome: "partial", form: "only “john” matches" },
  { pattern: "[a-z]+", alias: "john.doe.the.second", max: 12, outcome: "partial", form: "only “john” matches" },
  { pattern: "^[a-z]+$", alias: "John", max: 3, outcome: "no-match", form: "does not match" },
  { pattern: "^[a-z.]+$", alias: "john.doe", max: 4, outcome: "too-long", form: "too long: 8 characters, 4 allowed" },
  { pattern: "^[a-z.]+$", alias: "postmaster", outcome: "address", form: "not usable before the @ of an address: a reserved name" },
  { pattern: "^[a-z.]+$", alias: "john..doe", outcome: "address", form: "not usable before the @ of an address: two dots in a row" },
  // 64 + 1 + 190: each part is within its limit, the whole is one too long.
  { pattern: "^a+$", alias: "a".repeat(64), domain: `${"b".repeat(60)}.${"c".repeat(60)}.${"d".repeat(60)}.example`, outcome: "address", form: "not usable before the @ of an address: too long" },
  { pattern: "^a+$", alias: "a".repeat(63), domain: `${"b".repeat(60)}.${"c".repeat(60)}.${"d".repeat(60)}.exampl`, outcome: "fits", form: "matches, 63 characters" },
  { pattern: "^(a\\_$", alias: "a", outcome: "unanswered", form: "Not a valid regular expression: A backslash before this letter means nothing.", bench: "Reading stopped at character 5." },
  { pattern: "^(?<o>a)(?<-o>b)$", alias: "ab", outcome: "unanswered", form: "Only .NET can run this expression" },
];

let answered: Promise<unknown> = Promise.resolve();
const evaluate = (input: unknown) => {
  const answer = evaluateAliases(aliasQuestionSchema.parse(input), { powershell: null, logger: silentLogger });
  answered = answer;
  return answer;
};

/** Validates, and waits until the answer has come through the client and is drawn. */
async function validate({ button }: Rendered): Promise<void> {
  await click(button("Validate"));
  await act(async () => {
    await answered;
    await setTimeout(0);
  });
}

async function atTheForm({ pattern, alias, max, domain }: Case): Promise<string> {
  const field = { kind: "pattern", name: "aliasPattern", required: false, exampleField: "example", maxLengthField: "max", domainField: "domain" } as const;
  const words = { label: "Expression", hint: null, option: (name: string) => name };
  const values = { example: alias, max: max ?? null, domain: domain ?? "" };
  const ignore = () => undefined;
  const rendered = await render(<PatternField field={field} words={words} value={pattern} problem={undefined} values={values} onChange={ignore} onExample={ignore} onPreset={ignore} />);
  await validate(rendered);
  const said = rendered.host.querySelector("[aria-live]")?.textContent ?? "";
  rendered.unmount();
  return said;
}

async function atTheBench({ pattern, alias, max, domain }: Case): Promise<string> {
  fillIn({ pattern, aliases: alias, maximumLength: max === undefined ? "" : String(max), domain: domain ?? "" });
  const rendered = await render(<AliasBenchPage />);
  await validate(rendered);
  const said = rendered.host.textContent;
  rendered.unmount();
  return said;
}

async function atTheCommandLine({ pattern, alias, max, domain }: Case) {
  let said = "";
  const stdout = new Writable({
    write(chunk, _encoding, done) {
      said += String(chunk);
      done();
    },
  });
  const options = [...(max === undefined ? [] : ["--max", String(max)]), ...(domain === undefined ? [] : ["--domain", domain])];
  const code = await runCommandLine(["alias", "--pattern", pattern, ...options, alias], {
    verbs,
    stdin: Readable.from([]),
    stdout,
    stderr: stdout,
    terminal: null,
    signal: new AbortController().signal,
    open: () => Promise.reject(new Error("the verb needs no data folder")),
  });
  return { code, said };
}

/** As the table of the bench and of the command line says it. */
const WORDS: Readonly<Record<AliasOutcome, string>> = {
  fits: "Fits",
  partial: "Fits in part",
  "no-match": "Does not fit",
  "too-long": "Fits, but too long",
  address: "Fits, but not usable",
  unanswered: "Not checked",
};

describe("one alias at three doors", () => {
  it.each(CASES)("$pattern on $alias (at most $max, below $domain) is $outcome at each", async (asked) => {
    provideClient(standInClient({ "aliases.evaluate": evaluate }));
    const form = await atTheForm(asked);
    expect(form.slice(0, asked.form.length)).toBe(asked.form);
    expect(await atTheBench(asked)).toContain(asked.bench ?? `${WORDS[asked.outcome]}: 1`);
    const { code, said } = await atTheCommandLine(asked);
    expect(said.split("\n")[1]).toMatch(new RegExp(` ${WORDS[asked.outcome]}  `));
    expect(code).toBe(asked.outcome === "fits" ? 0 : 7);
  });
});
