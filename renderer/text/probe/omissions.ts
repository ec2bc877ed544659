/** What a probe's script does not ask of, for the page and the command line alike. */
import { PROBE_SERVERS, type ProbePlan } from "../../../shared/model/probe.ts";
import { say } from "../text.ts";

/** A sentence for each kind of thing that is left out; none where all is asked. */
export function omissionWords({ nothing, leftOut }: Pick<ProbePlan, "nothing" | "leftOut">): readonly string[] {
  return [
    ...(nothing.length === 0 ? [] : [say("probe.nothing", { stores: nothing.join(", ") })]),
    ...(leftOut === 0 ? [] : [say("probe.left-out", { count: leftOut, most: PROBE_SERVERS })]),
  ];
}
