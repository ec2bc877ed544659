/** Listed work in words. */
import { timeLeft, type WorkEntry } from "../../stores/running-work.ts";
import { explain } from "../../text/fault.ts";
import { formatDuration } from "../../text/format.ts";
import { workProgress } from "../../text/progress.ts";
import { say } from "../../text/text.ts";
import { moment } from "../../ui/moment.ts";

/** Nobody needs to know less than a second. */
const SHORTEST_MS = 1_000;

export function nameOf({ kind, subject }: WorkEntry): string {
  return say(`running-work.kind-${kind}`, { subject });
}

/** How far it is, or how it ended. */
export function stateOf(entry: WorkEntry, now: number): string {
  const { progress, ended } = entry;
  if (ended === null) {
    const left = timeLeft(entry);
    return [workProgress(progress), ...(left === null ? [] : [say("running-work.time-left", { duration: formatDuration(Math.max(left, SHORTEST_MS)) })])].join(", ");
  }
  const time = moment(ended.at, now);
  if (ended.fault === null) return say("running-work.ended-done", { time });
  if (ended.fault.kind === "cancelled") return say("running-work.ended-cancelled", { time });
  return say("running-work.ended-failed", { time, reason: explain(ended.fault).sentence });
}
