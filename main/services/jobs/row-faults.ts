/** What a fault that one row of a run met means for the others. */
import type { Fault } from "../../../shared/fault.ts";

/** About the account, its secrets, this machine, or the far side's patience: no other row would be spared it. */
const OF_ALL_ROWS: readonly Fault["kind"][] = ["sign-in", "forbidden", "unsupported", "unreadable", "not-stored", "cancelled", "throttled"];

export function endsRun({ kind }: Fault): boolean {
  return OF_ALL_ROWS.includes(kind);
}

/** After these nobody knows whether the far side did it. */
export function isUnanswered({ kind }: Fault): boolean {
  return kind === "unreachable" || kind === "timeout";
}

/** After these nothing was done, and the row is as good as not tried. */
export function isUntried({ kind }: Fault): boolean {
  return kind === "cancelled" || kind === "throttled";
}
