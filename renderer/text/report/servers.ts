/** The mail servers of a report. */
import type { ServerEntry, ServerStatus } from "../../../shared/model/mail-server.ts";
import { serversInUse } from "../../../shared/rules/servers-in-use.ts";
import { formatDateTime } from "../format.ts";
import { statusReason, stateWord } from "../health.ts";
import { probedWords } from "../probed.ts";
import { releaseName } from "../provider.ts";
import { say } from "../text.ts";
import { textBlock, type ReportBlock, type ReportSource } from "./content.ts";

export function serverBlocks(source: ReportSource): readonly ReportBlock[] {
  const { saved, provider } = source;
  if (saved === null || provider?.servers === "none") return [textBlock(say("site-report.no-servers"))];
  const inUse = serversInUse(saved, provider);
  const others = saved.servers.filter((server) => !inUse.includes(server)).map(({ name }) => name);
  const listed = saved.syncedAt === null ? say("site-report.never-listed") : say("site-report.listed", { at: formatDateTime(saved.syncedAt) });
  return [
    inUse.length === 0 ? textBlock(say("site-report.none-in-use")) : serverTable(source, inUse),
    ...(others.length === 0 ? [] : [textBlock(say("site-report.not-in-use", { servers: others.join(", ") }))]),
    ...(provider?.servers === "single" ? [] : [textBlock(listed)]),
  ];
}

function serverTable({ saved, statuses, at }: ReportSource, inUse: readonly ServerEntry[]): ReportBlock {
  const columns = ["column-priority", "column-server", "column-version", "column-status", "column-last-check"] as const;
  return {
    kind: "table",
    headings: columns.map((column) => say(`servers.${column}`)),
    rows: inUse.map(({ name, priority, version, build }) => {
      const release = [releaseName(saved?.provider ?? "", version), build].filter((part) => part !== null).join(", ");
      const status = checkedStatus(statuses, name);
      const state = status === null ? [uncheckedWords(statuses.get(name), at), say("site-report.not-checked")] : [statusWords(status, at), formatDateTime(status.lastCheckAt)];
      return [String(priority ?? ""), name, release, ...state];
    }),
  };
}

/** Of a server that was not checked from here a probe may know something. */
function uncheckedWords(status: ServerStatus | undefined, now: number): string {
  const probed = status === undefined ? null : probedWords(status, now);
  return [say("servers.state-unknown"), probed].filter((part) => part !== null).join(". ");
}

/** The status of a server that was checked; null for any other. */
export function checkedStatus(statuses: ReportSource["statuses"], name: string): (ServerStatus & { readonly lastCheckAt: number }) | null {
  const status = statuses.get(name);
  return status === undefined || status.lastCheckAt === null ? null : { ...status, lastCheckAt: status.lastCheckAt };
}

/** `Offline (TCP: connection refused)`; with the word of a probe, whose it is and of when. */
export function statusWords(status: ServerStatus, now: number): string {
  const [word, reason] = [stateWord(status), statusReason(status, now)];
  return [reason === null ? word : `${word} (${reason})`, probedWords(status, now)].filter((part) => part !== null).join(". ");
}
