/** What an alias's verdict comes to, and the words of its parts. */
import type { AliasVerdict, DialectDifference } from "../../../shared/model/alias.ts";
import { say, sayIfKnown } from "../../text/text.ts";

export const outcomes = ["fits", "partial", "no-match", "too-long", "address", "unanswered"] as const;
export type Outcome = (typeof outcomes)[number];

/** The first thing that is wrong; `fits` when nothing is. */
export function outcomeOf({ matches, partial, tooLong, addressIssue }: AliasVerdict): Outcome {
  if (matches === null) return "unanswered";
  if (!matches) return "no-match";
  if (partial) return "partial";
  if (tooLong) return "too-long";
  return addressIssue === null ? "fits" : "address";
}

/** How many aliases came to each outcome; those that none came to are left out. */
export function countsOf(verdicts: readonly AliasVerdict[]): readonly { readonly outcome: Outcome; readonly number: number }[] {
  const counts = new Map<Outcome, number>();
  for (const verdict of verdicts) {
    const outcome = outcomeOf(verdict);
    counts.set(outcome, (counts.get(outcome) ?? 0) + 1);
  }
  return outcomes.flatMap((outcome) => {
    const number = counts.get(outcome);
    return number === undefined ? [] : [{ outcome, number }];
  });
}

export function isProblem(verdict: AliasVerdict): boolean {
  return outcomeOf(verdict) !== "fits";
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

export function addressInWords({ addressIssue }: AliasVerdict): string {
  if (addressIssue === null) return say("alias-bench.address-fine");
  return sayIfKnown(`alias-bench.address-${addressIssue}`) ?? say("alias-bench.address-other", { issue: addressIssue });
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
