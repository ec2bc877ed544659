/** What a carry-in probe said of a server: always with whose word it is, and of when. */
import type { Probed, ServerStatus } from "../../shared/model/mail-server.ts";
import { probedBeside, probedVerdict } from "../../shared/rules/probed.ts";
import { findingSummary, findingsOf } from "./finding.ts";
import { formatMoment } from "./format.ts";
import { firstFault, shortReason } from "./health.ts";
import { say } from "./text.ts";

/** As what the probe found the server, such as `Offline (TCP: connection refused)`; Unknown where its computer could not look. */
export function probedState({ result }: Pick<Probed, "result">): string {
  const verdict = probedVerdict({ result });
  if (verdict === "up") return withReason(say("servers.state-online"), findingSummary(findingsOf(result)));
  if (verdict === "unknown") return withReason(say("servers.state-unknown"), say("servers.probed-not-looked"));
  const fault = firstFault(result);
  return withReason(say("servers.state-offline"), fault === null ? null : shortReason(fault));
}

function withReason(word: string, reason: string | null): string {
  return reason === null ? word : `${word} (${reason})`;
}

/** A probe's word on its own, whatever this console found out since. */
export function probedFact(probed: Probed, now: number): string {
  const words = say("servers.probed", { source: probed.source, state: probedState(probed), time: formatMoment(probed.at, now) });
  return probed.build === null ? words : say("servers.probed-build", { words, build: probed.build });
}

/** The whole word beside a server's own status; null where there is none, or a better one. `now` in epoch milliseconds. */
export function probedWords(status: Pick<ServerStatus, "probed" | "lastCheck" | "lastCheckAt">, now: number): string | null {
  const probed = probedBeside(status);
  return probed === null ? null : say("servers.probed", { source: probed.source, state: probedState(probed), time: formatMoment(probed.at, now) });
}
