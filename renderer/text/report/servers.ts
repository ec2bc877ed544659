/** The mail servers of a report. */
import type { ServerEntry } from "../../../shared/model/mail-server.ts";
import { findingsOf, findingSummary } from "../finding.ts";
import { formatDateTime } from "../format.ts";
import { healthReason, stateWord } from "../health.ts";
import { releaseName } from "../provider.ts";
import { say } from "../text.ts";
import { textBlock, type ReportBlock, type ReportSource } from "./content.ts";

/** In the order in which they are tried. */
export function serversInUse({ saved, provider }: ReportSource): readonly ServerEntry[] {
  const inUse = (saved?.servers ?? []).filter(({ ticked }) => ticked || provider?.servers === "single");
  return inUse.toSorted((one, other) => (one.priority ?? 0) - (other.priority ?? 0));
}

export function serverBlocks(source: ReportSource): readonly ReportBlock[] {
  const { saved, provider } = source;
  if (saved === null || provider?.servers === "none") return [textBlock(say("site-report.no-servers"))];
  const inUse = serversInUse(source);
  const others = saved.servers.filter((server) => !inUse.includes(server)).map(({ name }) => name);
  const listed = saved.syncedAt === null ? say("site-report.never-listed") : say("site-report.listed", { at: formatDateTime(saved.syncedAt) });
  return [
    inUse.length === 0 ? textBlock(say("site-report.none-in-use")) : serverTable(source, inUse),
    ...(others.length === 0 ? [] : [textBlock(say("site-report.not-in-use", { servers: others.join(", ") }))]),
    ...(provider?.servers === "single" ? [] : [textBlock(listed)]),
  ];
}

function serverTable(source: ReportSource, inUse: readonly ServerEntry[]): ReportBlock {
  const columns = ["column-priority", "column-server", "column-version", "column-status"] as const;
  return {
    kind: "table",
    headings: [...columns.map((column) => say(`servers.${column}`)), say("site-report.column-since")],
    rows: inUse.map((server) => {
      const release = [releaseName(source.saved?.provider ?? "", server.version), server.build].filter((part) => part !== null).join(", ");
      return [String(server.priority ?? ""), server.name, release, ...stateOf(source, server.name)];
    }),
  };
}

/** Its state with the reason or what was noticed, and when it was checked last. */
function stateOf({ statuses, at }: ReportSource, name: string): readonly [string, string] {
  const status = statuses.get(name);
  if (status === undefined || status.lastCheckAt === null) return [say("servers.state-unknown"), say("site-report.not-checked")];
  const reason = status.health.state === "online" ? findingSummary(findingsOf(status.lastCheck)) : healthReason(status.health, at);
  const word = stateWord(status);
  return [reason === null ? word : `${word} (${reason})`, formatDateTime(status.lastCheckAt)];
}
