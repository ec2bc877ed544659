/** The verdicts of a list, as numbers: half a million objects would be hundreds of megabytes. */
import { aliasOutcomes, type AliasOutcome, type AliasVerdict } from "../../shared/model/alias.ts";
import type { AliasRule } from "../../shared/model/alias-list.ts";
import { judge } from "./judge.ts";
import type { ListVerdicts } from "./listed.ts";
import type { Span } from "./matching.ts";

const NONE = -1;
const NOT_ANSWERED = -2;

export class NumberedVerdicts implements ListVerdicts {
  readonly outcomes: Record<AliasOutcome, number> = { fits: 0, partial: 0, "no-match": 0, "too-long": 0, address: 0, unanswered: 0 };
  readonly addressIssues = new Map<string, number>();
  duplicates = 0;
  readonly #names: readonly string[];
  readonly #rule: AliasRule;
  readonly #spans: Int32Array;
  readonly #outcomes: Uint8Array;
  readonly #sameAs: Int32Array;
  /** The first name that gets an alias, by the alias in lower case. */
  readonly #firsts = new Map<string, number>();

  constructor(names: readonly string[], rule: AliasRule) {
    this.#names = names;
    this.#rule = rule;
    this.#spans = new Int32Array(2 * names.length).fill(NOT_ANSWERED);
    this.#outcomes = new Uint8Array(names.length);
    this.#sameAs = new Int32Array(names.length).fill(NONE);
  }

  /** Judges a name once and for all. `span` is undefined where no engine answered. */
  add(index: number, span: Span | undefined): void {
    if (span !== undefined) this.#spans.set([span?.start ?? NONE, span?.end ?? NONE], 2 * index);
    const { outcome, matched, addressIssue } = this.verdict(index);
    this.#outcomes[index] = aliasOutcomes.indexOf(outcome);
    this.outcomes[outcome] += 1;
    if (outcome === "address" && addressIssue !== null) this.addressIssues.set(addressIssue, (this.addressIssues.get(addressIssue) ?? 0) + 1);
    // Who fits in part gets the part that matched.
    if ((outcome === "fits" || outcome === "partial") && matched !== null) this.#compare(index, matched.toLowerCase());
  }

  verdict(index: number): AliasVerdict {
    return judge(this.#names[index] ?? "", this.#span(index), this.#rule);
  }

  outcome(index: number): AliasOutcome {
    return aliasOutcomes[this.#outcomes[index] ?? 0] ?? "unanswered";
  }

  sameAs(index: number): number | null {
    const first = this.#sameAs[index] ?? NONE;
    return first === NONE ? null : first;
  }

  #compare(index: number, alias: string): void {
    const first = this.#firsts.get(alias);
    if (first === undefined) {
      this.#firsts.set(alias, index);
      return;
    }
    this.#sameAs[index] = first;
    this.duplicates += 1;
  }

  #span(index: number): Span | undefined {
    const start = this.#spans[2 * index] ?? NOT_ANSWERED;
    if (start === NOT_ANSWERED) return undefined;
    return start === NONE ? null : { start, end: this.#spans[2 * index + 1] ?? NONE };
  }
}
