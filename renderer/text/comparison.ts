/** A comparison in words: its sides, its differences as a table, and what could not be compared. */
import type { Fault } from "../../shared/fault.ts";
import type { ComparedSide, Comparison, NotCompared } from "../../shared/model/comparison.ts";
import type { Change } from "../../shared/model/draft.ts";
import type { Drift } from "../../shared/model/drift.ts";
import type { ProbedStore } from "../../shared/model/identity-store.ts";
import { changeKind } from "../../shared/rules/comparing.ts";
import { changeLabel, changeValue } from "./change.ts";
import { explain } from "./fault.ts";
import { formatDateTime } from "./format.ts";
import { shortReason } from "./health.ts";
import { listBlock, textBlock, type ReportBlock, type SiteReport } from "./report/content.ts";
import { say } from "./text.ts";

/** `Saved`, `Revision 7`, `Probe on JUMP01 at 2026-11-27 14:05`. `probed`: what was imported for the identity store. */
export function sideName(side: ComparedSide, probed: ProbedStore | null): string {
  if (side.kind === "revision") return say("comparison.side-revision", { number: side.number });
  if (side.kind !== "probe" || probed === null) return say(`comparison.side-${side.kind}`);
  const { source, sources } = probed;
  const [since, time] = [formatDateTime(probed.since), formatDateTime(probed.at)];
  if (sources > 1) return say("comparison.side-probes", { sources, source, since, time });
  return since === time ? say("comparison.side-probe-at", { source, time }) : say("comparison.side-probe-since", { source, since, time });
}

/** What could not be compared, a line for each reason: what is so of many servers is said once, with their names. */
export function notComparedLines(all: readonly NotCompared[]): string[] {
  const reasons = Map.groupBy(all, ({ what, subject, fault }) => JSON.stringify([what, what === "server" ? subject : null, fault === null ? null : reasonOf(what, fault)]));
  return [...reasons.values()].flatMap((same) => (same[0] === undefined ? [] : [notComparedWords(same[0], same.flatMap(({ subject }) => (subject === null ? [] : [subject])).join(", "))]));
}

function notComparedWords({ what, fault }: NotCompared, servers: string): string {
  if (what === "server") return fault === null ? say("comparison.not-compared-server", { server: servers }) : say("comparison.not-compared-server-because", { server: servers, reason: reasonOf(what, fault) });
  if (what === "probe-no-certificate" && fault !== null) return say("comparison.not-compared-probe-no-certificate-because", { servers, reason: reasonOf(what, fault) });
  return say(`comparison.not-compared-${what}`, { servers });
}

/** What a probe met is said as in its status: the sentence of a fault speaks of this computer. */
function reasonOf(what: NotCompared["what"], fault: Fault): string {
  return what === "server" ? explain(fault).sentence : shortReason(fault);
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
      ...(comparison.notCompared.length === 0 ? [] : [{ title: say("comparison.not-compared"), blocks: [listBlock(notComparedLines(comparison.notCompared), "")] }]),
    ],
  };
}

/** `2 servers vanished, 1 new`. */
export function driftWords(drift: Drift): string {
  const counted = (["vanished", "returned", "added", "changed", "certificates", "rights"] as const).flatMap((name) => (drift[name] === 0 ? [] : [say(`comparison.drift-${name}`, { count: drift[name] })]));
  return [...(drift.noneListed ? [say("comparison.drift-none-listed")] : []), ...counted].join(", ");
}
