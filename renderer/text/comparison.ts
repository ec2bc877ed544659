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

export function notComparedWords({ what, subject, fault }: NotCompared): string {
  if (what !== "server") return say(`comparison.not-compared-${what}`);
  const server = subject ?? "";
  return fault === null ? say("comparison.not-compared-server", { server }) : say("comparison.not-compared-server-because", { server, reason: explain(fault).sentence });
}

/** What the two sides are called. */
export interface Sided {
  readonly left: string;
  readonly right: string;
}

/** `Saved, held against Draft: 3 differences.` */
export function sumOf({ changes, notCompared }: Comparison, { left, right }: Sided): string {
  if (changes.length > 0) return say("comparison.differences", { left, right, count: changes.length });
  return say(notCompared.length === 0 ? "comparison.same" : "comparison.same-as-far", { left, right });
}

/** Whose words say which side alone has something: those of two sides beside each other, or of a file beside what is here. */
export type KindWords = "comparison" | "handover";

export interface ChangeColumn {
  readonly id: "field" | "left" | "right" | "kind";
  readonly title: string;
  /** Null for nothing. */
  readonly cell: (change: Change) => string | null;
}

function kindWord(change: Change, words: KindWords): string {
  const kind = changeKind(change);
  return words === "handover" ? say(`handover.kind-${kind}`) : say(`comparison.kind-${kind}`);
}

/** A table of changes, wherever one is drawn or printed. Of a secret there is one word for both sides: set, changed or cleared. */
export function changeColumns({ left, right }: Sided, kinds: KindWords | null): readonly ChangeColumn[] {
  const kind: ChangeColumn[] = kinds === null ? [] : [{ id: "kind", title: say("comparison.column-kind"), cell: (change) => kindWord(change, kinds) }];
  return [
    { id: "field", title: say("comparison.column-field"), cell: changeLabel },
    { id: "left", title: left, cell: (change) => (change.secret ? "" : changeValue(change, "before")) },
    { id: "right", title: right, cell: (change) => changeValue(change, "after") },
    ...kind,
  ];
}

/** The differences as text, cell by cell. */
export function comparisonTable({ changes }: Comparison, sides: Sided): { readonly headings: readonly string[]; readonly rows: readonly (readonly string[])[] } {
  const columns = changeColumns(sides, "comparison");
  return { headings: columns.map(({ title }) => title), rows: changes.map((change) => columns.map(({ cell }) => cell(change) ?? say("changes.empty"))) };
}

/** The same for people to keep. */
export function comparisonReport(comparison: Comparison, { name, left, right, at }: Sided & { readonly name: string; readonly at: number }): SiteReport {
  const table: readonly ReportBlock[] = comparison.changes.length === 0 ? [] : [{ kind: "table", ...comparisonTable(comparison, { left, right }) }];
  return {
    title: say("comparison.title-of", { name, left, right }),
    about: say("comparison.about", { at: formatDateTime(at) }),
    sections: [
      { title: say("comparison.result"), blocks: [textBlock(sumOf(comparison, { left, right })), ...table] },
      ...(comparison.notCompared.length === 0 ? [] : [{ title: say("comparison.not-compared"), blocks: [listBlock(comparison.notCompared.map(notComparedWords), "")] }]),
    ],
  };
}

/** `2 servers vanished, 1 new`. */
export function driftWords(drift: Drift): string {
  const counted = (["vanished", "returned", "added", "changed", "certificates", "rights"] as const).flatMap((name) => (drift[name] === 0 ? [] : [say(`comparison.drift-${name}`, { count: drift[name] })]));
  return [...(drift.noneListed ? [say("comparison.drift-none-listed")] : []), ...counted].join(", ");
}
