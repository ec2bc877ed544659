/** What `status` says of servers, in the words of the page. */
import { explain, type Explanation } from "../../../renderer/text/fault.ts";
import { statusReason, stateWord } from "../../../renderer/text/health.ts";
import { probedState } from "../../../renderer/text/probed.ts";
import { say } from "../../../renderer/text/text.ts";
import type { Health, ServerStatus } from "../../../shared/model/mail-server.ts";
import { probedBeside } from "../../../shared/rules/probed.ts";
import type { RoundEntry } from "../../../shared/rules/server-round.ts";
import { isoTime, printable, table } from "./output.ts";

/** A server's live row with its place in the saved configuration. */
export type Row = ServerStatus & RoundEntry & { readonly priority: number | null };

export interface Report {
  readonly rows: readonly Row[];
  /** Somebody's unsaved work lies beside what is saved. */
  readonly hasDraft: boolean;
  /** In seconds. */
  readonly limit: number;
}

export function reportText({ rows, hasDraft, limit }: Report): string {
  const draft = hasDraft ? [say("command-line.has-draft")] : [];
  if (rows.length === 0) return [say("command-line.no-servers"), ...draft].join("\n");
  const late = rows.filter(({ checked }) => !checked).map(({ name }) => name);
  return [
    statusTable(rows),
    ...rows.filter(({ inUse }) => inUse).flatMap(adviceFor),
    ...(rows.some(({ inUse }) => inUse) ? [] : [say("command-line.none-in-use")]),
    ...(late.length === 0 ? [] : [say("command-line.not-checked-in-time", { seconds: limit, servers: printable(late.join(", ")) })]),
    ...draft,
  ].join("\n");
}

function statusTable(rows: readonly Row[]): string {
  return table(
    [say("servers.column-priority"), say("servers.column-server"), say("servers.column-status"), say("servers.column-latency"), say("servers.column-last-check")],
    rows.map((row) => [
      row.inUse ? (row.priority ?? say("command-line.in-use")) : null,
      row.name,
      inWords(row),
      row.health.state === "online" ? say("servers.milliseconds", { ms: Math.round(row.health.ms) }) : null,
      isoTime(row.lastCheckAt),
    ]),
  );
}

/** One change of one server, as `--watch` prints it. */
export function changeText(row: Row, at: number): string {
  const parts = [isoTime(at), printable(row.name), row.inUse ? null : say("command-line.not-in-use"), printable(inWords(row))];
  return parts.filter((part) => part !== null).join("  ");
}

/** The state, and why, such as `Offline (TCP: connection refused)`; of one that is online, what was noticed. */
export function inWords(row: ServerStatus): string {
  const reasons = [statusReason(row), signedIn(row), probedIn(row)];
  const shown = reasons.filter((reason) => reason !== null).join("; ");
  return shown === "" ? stateWord(row) : `${stateWord(row)} (${shown})`;
}

/** The sentence and the next step for a server that is not well. */
function adviceFor({ name, health }: Row): readonly string[] {
  const advice = explanationOf(health);
  return advice === null ? [] : [printable(say("command-line.what-to-do-about", { server: name, sentence: advice.sentence, next: advice.nextStep }))];
}

function explanationOf(health: Health): Explanation | null {
  if (health.state === "offline" || health.state === "unstable") return explain(health.reason);
  return health.state === "unknown" && health.why === "no-network" ? explain({ kind: "unreachable", rung: "dns", reason: "no-network" }) : null;
}

/** What a probe said, with the moment as everywhere here. */
function probedIn(row: ServerStatus): string | null {
  const probed = probedBeside(row);
  return probed === null ? null : say("servers.probed", { source: probed.source, state: probedState(probed), time: isoTime(probed.at) ?? "" });
}

/** The newest sign-in that passed, where the provider signs in at a pace of its own. */
function signedIn({ lastCheck }: ServerStatus): string | null {
  const passed = (lastCheck?.rungs ?? []).filter(({ rung, outcome }) => rung.endsWith("sign-in") && outcome.state === "passed");
  return passed.length === 0 ? null : say("servers.rung-signed-in-at", { time: isoTime(Math.max(...passed.map(({ climbedAt }) => climbedAt ?? lastCheck?.at ?? 0))) ?? "" });
}
