/** From what is typed to a question that main can be asked. */
import type { AliasQuestion } from "../../../shared/model/alias.ts";
import { formatCount } from "../../text/format.ts";
import { say } from "../../text/text.ts";

/** Limits of the contract. */
export const MOST_ALIASES = 10_000;
const LONGEST_ALIAS = 4096;
const LONGEST_LIMIT = 1024;

export interface BenchForm {
  readonly pattern: string;
  readonly maximumLength: string;
  readonly domain: string;
  readonly aliases: string;
}

/** Sentences beside the fields they belong to. */
export type BenchProblems = { readonly [Field in "pattern" | "maximumLength" | "aliases"]?: string };

/** One alias a line; empty lines and white space around an alias do not count. */
export function aliasesOf(text: string): readonly string[] {
  return text
    .split(/\r\n|[\n\r]/)
    .map((line) => line.trim())
    .filter((line) => line !== "");
}

function maximumOf(text: string): number | null | undefined {
  const typed = text.trim();
  if (typed === "") return null;
  const limit = /^\d{1,5}$/.test(typed) ? Number(typed) : 0;
  return limit >= 1 && limit <= LONGEST_LIMIT ? limit : undefined;
}

function aliasProblem(aliases: readonly string[]): string | null {
  if (aliases.length > MOST_ALIASES) return say("alias-bench.aliases-too-many", { count: aliases.length, most: formatCount(MOST_ALIASES) });
  const long = aliases.findIndex((alias) => alias.length > LONGEST_ALIAS);
  const length = aliases[long]?.length ?? 0;
  return long === -1 ? null : say("alias-bench.aliases-too-long", { line: formatCount(long + 1), length: formatCount(length), most: formatCount(LONGEST_ALIAS) });
}

/** The question, or what to correct first. */
export function questionOf(form: BenchForm): { readonly question: AliasQuestion } | { readonly problems: BenchProblems } {
  const aliases = aliasesOf(form.aliases);
  const maximumLength = maximumOf(form.maximumLength);
  const problem = aliasProblem(aliases);
  if (form.pattern === "" || maximumLength === undefined || problem !== null) {
    return {
      problems: {
        ...(form.pattern === "" && { pattern: say("alias-bench.pattern-required") }),
        ...(maximumLength === undefined && { maximumLength: say("alias-bench.maximum-wrong") }),
        ...(problem !== null && { aliases: problem }),
      },
    };
  }
  const domain = form.domain.trim();
  return { question: { pattern: form.pattern, maximumLength, domain: domain === "" ? null : domain, aliases: [...aliases] } };
}
