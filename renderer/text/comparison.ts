/** A comparison in words: its sides, its differences as a table, and what could not be compared. */
import type { ComparedSide, Comparison, NotCompared } from "../../shared/model/comparison.ts";
import type { Change } from "../../shared/model/draft.ts";
import type { Drift } from "../../shared/model/drift.ts";
import { changeKind } from "../../shared/rules/comparing.ts";
import { changeLabel, changeValue } from "./change.ts";
import { explain } from "./fault.ts";
import { formatDateTime } from "./format.ts";
import { listBlock, textBlock, type ReportBlock, type SiteReport } from "./report/content.ts";
import { say } from "./text.ts";

/** `Saved`, `Revision 7`. */
export function sideName(side: ComparedSide): string {
  return side.kind === "revision" ? say("comparison.side-revision", { number: side.number }) : say(`comparison.side-${side.kind}`);
}

export function kindWords(change: Change): string {
  return say(`comparison.kind-${changeKind(change)}`);
}

interface ChangeSides {
  readonly before: string | null;
  readonly after: string | null;
}

/** Both sides of a change, null for nothing. Of a secret there is one word for both: set, changed or cleared. */
export function changeSides(change: Change): ChangeSides {
  return { before: change.secret ? "" : changeValue(change, "before"), after: changeValue(change, "after") };
}

export function notComparedWords({ what, subject, fault }: NotCompared): string {
  if (what !== "server") return say(`comparison.not-compared-${what}`);
  const server = subject ?? "";
  return fault === null ? say("comparison.not-compared-server", { server }) : say("comparison.not-compared-server-because", { server, reason: explain(fault).sentence });
}

/** `3 differences`, `No difference.` */
export function sumOf({ changes, notCompared }: Comparison): string {
  if (changes.length > 0) return say("comparison.differences", { count: changes.length });
  return say(notCompared.length === 0 ? "comparison.same" : "comparison.same-as-far");
}

interface Sided {
  readonly left: string;
  readonly right: string;
}

export function comparisonHeadings({ left, right }: Sided): readonly string[] {
  return [say("comparison.column-field"), left, right, say("comparison.column-kind")];
}

export function comparisonRows({ changes }: Comparison): readonly (readonly string[])[] {
  return changes.map((change) => {
    const { before, after } = changeSides(change);
    return [changeLabel(change), before ?? say("changes.empty"), after ?? say("changes.empty"), kindWords(change)];
  });
}

/** The same for people to keep. */
export function comparisonReport(comparison: Comparison, { name, left, right, at }: Sided & { readonly name: string; readonly at: number }): SiteReport {
  const table: readonly ReportBlock[] = comparison.changes.length === 0 ? [] : [{ kind: "table", headings: comparisonHeadings({ left, right }), rows: comparisonRows(comparison) }];
  return {
    title: say("comparison.title-of", { name, left, right }),
    about: say("comparison.about", { at: formatDateTime(at) }),
    sections: [
      { title: say("comparison.result"), blocks: [textBlock(sumOf(comparison)), ...table] },
      ...(comparison.notCompared.length === 0 ? [] : [{ title: say("comparison.not-compared"), blocks: [listBlock(comparison.notCompared.map(notComparedWords), "")] }]),
    ],
  };
}

/** `2 servers vanished, 1 new`. */
export function driftWords(drift: Drift): string {
  const counted = (["vanished", "returned", "added", "changed", "certificates", "rights"] as const).flatMap((name) => (drift[name] === 0 ? [] : [say(`comparison.drift-${name}`, { count: drift[name] })]));
  return [...(drift.noneListed ? [say("comparison.drift-none-listed")] : []), ...counted].join(", ");
}
