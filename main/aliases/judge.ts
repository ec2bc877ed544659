/** The one judge of an alias: the command line, the bench and the form all say what it says. */
import type { AliasOutcome, AliasQuestion, AliasVerdict } from "../../shared/model/alias.ts";
import { aliasIssue } from "./address.ts";
import type { Span } from "./matching.ts";

/** `span` is undefined where no engine answered. Lengths of aliases are counted in UTF-16 units, as .NET counts them. */
export function judge(alias: string, span: Span | undefined, { maximumLength, domain }: Pick<AliasQuestion, "maximumLength" | "domain">): AliasVerdict {
  const matched = span == null ? null : alias.slice(span.start, span.end);
  const facts = {
    matches: span === undefined ? null : span !== null,
    partial: matched !== null && matched.length < alias.length,
    tooLong: maximumLength !== null && alias.length > maximumLength,
    addressIssue: aliasIssue(alias, domain),
  };
  return { alias, outcome: outcomeOf(facts), matched, length: alias.length, ...facts };
}

function outcomeOf({ matches, partial, tooLong, addressIssue }: Pick<AliasVerdict, "matches" | "partial" | "tooLong" | "addressIssue">): AliasOutcome {
  if (matches === null) return "unanswered";
  if (!matches) return "no-match";
  if (partial) return "partial";
  if (tooLong) return "too-long";
  return addressIssue === null ? "fits" : "address";
}
