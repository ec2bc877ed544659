/** What the result of a carry-in probe says, server by server, for the page and the command line alike. */
import type { ProbedServer } from "../../../shared/contract/handover.ts";
import { formatDateTime } from "../format.ts";
import { probedState } from "../probed.ts";
import { say } from "../text.ts";

/** What is said of a server, and what becomes of it. */
export function probedServerWords({ state, probed, known }: ProbedServer): string {
  const words = probed === null ? "" : probedState(probed);
  return say(`probe.state-${state}`, { words, source: known?.source ?? "", time: known === null ? "" : formatDateTime(known.at) });
}

/** Minutes ahead of UTC as people write them, such as `+02:00`. */
export function offsetWords(minutes: number): string {
  const whole = Math.round(Math.abs(minutes));
  const two = (number: number) => String(number).padStart(2, "0");
  return `${minutes < 0 ? "-" : "+"}${two(Math.floor(whole / 60))}:${two(whole % 60)}`;
}
