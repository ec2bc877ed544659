/** The words of an alias's verdict. */
import { aliasOutcomes, type AliasOutcome, type AliasVerdict, type DialectDifference } from "../../../shared/model/alias.ts";
import type { AliasListRow } from "../../../shared/model/alias-list.ts";
import { formatCount } from "../../text/format.ts";
import { say, sayIfKnown } from "../../text/text.ts";

/** How many aliases came to each outcome; those that none came to are left out. */
export function countsOf(verdicts: readonly AliasVerdict[]): readonly { readonly outcome: AliasOutcome; readonly number: number }[] {
  const counts = new Map<AliasOutcome, number>();
  for (const { outcome } of verdicts) {
    counts.set(outcome, (counts.get(outcome) ?? 0) + 1);
  }
  return aliasOutcomes.flatMap((outcome) => {
    const number = counts.get(outcome);
    return number === undefined ? [] : [{ outcome, number }];
  });
}

export function isProblem({ outcome }: AliasVerdict): boolean {
  return outcome !== "fits";
}

/** The matched part in words where words are clearer; null when the matched text itself is to be shown. */
export function matchedInWords({ matches, matched, partial }: AliasVerdict): string | null {
  if (matches === null) return "–";
  if (!matches || matched === null) return say("alias-bench.matched-none");
  if (matched === "") return say("alias-bench.matched-empty");
  return partial ? null : say("alias-bench.matched-all");
}

export function lengthInWords({ length, tooLong }: AliasVerdict, most: number | null): string {
  if (most === null) return String(length);
  return say(tooLong ? "alias-bench.length-over" : "alias-bench.length-of", { length, most });
}

export function addressIssueInWords(issue: string): string {
  return sayIfKnown(`alias-bench.address-${issue}`) ?? say("alias-bench.address-other", { issue });
}

export function addressInWords({ addressIssue }: AliasVerdict): string {
  return addressIssue === null ? say("alias-bench.address-fine") : addressIssueInWords(addressIssue);
}

/** What a name of a list becomes; empty where it is refused. */
export function aliasOfRow({ outcome, matched }: AliasListRow): string {
  return outcome === "fits" || outcome === "partial" ? (matched ?? "") : "";
}

/** Why a name of a list is refused, or that another gets its alias; empty where there is nothing to say. */
export function reasonOfRow(row: AliasListRow, most: number | null): string {
  if (row.sameAs !== null) return say("alias-bench.same-as", { line: formatCount(row.sameAs) });
  if (row.outcome === "too-long") return lengthInWords(row, most);
  return row.outcome === "address" ? addressInWords(row) : "";
}

export interface DifferenceGroup {
  readonly construct: string;
  readonly effect: DialectDifference["effect"];
  readonly sentence: string;
  readonly places: readonly DialectDifference[];
}

/** One entry a construct and effect, in the order they first appear. */
export function groupedDifferences(differences: readonly DialectDifference[]): readonly DifferenceGroup[] {
  const groups = new Map<string, DialectDifference[]>();
  for (const difference of differences) {
    const key = `${difference.effect} ${difference.construct}`;
    groups.set(key, [...(groups.get(key) ?? []), difference]);
  }
  return [...groups.values()].flatMap((places) => {
    const [first] = places;
    if (first === undefined) return [];
    const { construct, effect } = first;
    return [{ construct, effect, sentence: sayIfKnown(`alias-dialect.${construct}`) ?? say("alias-dialect.other", { construct }), places }];
  });
}
