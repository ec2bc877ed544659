/** The carry-in probe as a script for Windows PowerShell 5.1 or later: it looks, and writes its result file. Nothing secret is in what it is made from. */
import { PROBE_FORMAT, PROBE_VERSION, type ProbeTask } from "../../../shared/model/probe.ts";
import { formatDate } from "../format.ts";
import { comment, hashTableLine, quoted, scriptFile } from "../management-shell/powershell.ts";
import { say } from "../text.ts";

interface Making {
  readonly plan: { readonly tasks: readonly ProbeTask[] };
  /** Epoch milliseconds. */
  readonly at: number;
  readonly version: string;
}

/** What the script says while it runs. */
const WORDS = ["activity", "asked", "stopped", "failed", "mode", "nowhere", "folder", "exists", "unwritable", "partly", "done"] as const;

/** The whole file. Whatever is configured stands in it as literals that nothing is read into. */
export async function probeScript({ plan: { tasks }, at, version }: Making): Promise<string> {
  const { default: body } = await import("./probe.ps1?raw");
  return scriptFile([
    "#Requires -Version 5.1",
    comment(say("probe.about", { count: tasks.length })),
    comment(say("probe.made", { date: formatDate(at), version })),
    comment(say("probe.run")),
    "[CmdletBinding()]",
    "param([string]$Path = '', [switch]$Force)",
    "",
    `$format = ${quoted(PROBE_FORMAT)}`,
    `$version = ${PROBE_VERSION}`,
    `$application = ${quoted(version)}`,
    `$words = ${hashTableLine(Object.fromEntries(WORDS.map((key) => [key, quoted(say(`probe.${key}`))])))}`,
    "$tasks = @(",
    ...tasks.map((task) => `    ${taskLiteral(task)}`),
    ")",
    "",
    ...body.trimEnd().split(/\r?\n/),
  ]);
}

function taskLiteral({ storeId, storeName, provider, server, port, page }: ProbeTask): string {
  return hashTableLine({ storeId: quoted(storeId), storeName: quoted(storeName), provider: quoted(provider), server: quoted(server), port: String(port), page: page === null ? "$null" : quoted(page) });
}
