/** What a failed request to a cloud means for the object it was about: whether the cloud can have done something. */
import type { Fault, RungName } from "../../shared/fault.ts";
import type { StepOutcome } from "../../shared/model/mail-object.ts";

/** Up to these, nothing of a request was sent. */
const BEFORE_SENDING: readonly RungName[] = ["proxy", "dns", "tcp", "tls"];

/** The far side refused before it did anything, and would not another time. */
function isPutOff(fault: Fault): boolean {
  if (fault.kind === "throttled") return true;
  if (fault.kind === "sign-in") return fault.reason === "temporarily-unavailable";
  return fault.kind === "unreachable" && BEFORE_SENDING.includes(fault.rung);
}

/** After a request that changes something. An answer of 500 and above is none: the change may have been made all the same. */
export function outcomeOfWrite(fault: Fault): StepOutcome {
  if (isPutOff(fault)) return { state: "not-reached", fault };
  return { state: fault.kind === "unreachable" || fault.kind === "timeout" || fault.kind === "cancelled" ? "unanswered" : "refused", fault };
}

/** After a request that changes nothing, before one that would. */
export function outcomeOfRead(fault: Fault): StepOutcome {
  const isSilent = isPutOff(fault) || fault.kind === "unreachable" || fault.kind === "timeout" || fault.kind === "cancelled";
  return { state: isSilent ? "not-reached" : "refused", fault };
}
