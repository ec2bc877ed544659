/** Why a server is in its state, in the few words a table cell has room for. The ladder dialog tells the whole story. */
import type { Fault } from "../../shared/fault.ts";
import type { CheckResult, Health, ServerStatus } from "../../shared/model/mail-server.ts";
import { findingsOf, findingSummary, reachWords } from "./finding.ts";
import { formatRelative, formatTime } from "./format.ts";
import { say, sayIfKnown } from "./text.ts";

/** A fault in a few words, such as `TLS: certificate expired`. */
export function shortReason(fault: Fault): string {
  return fault.kind === "unreachable" ? `${say(`servers.rung-${fault.rung}`)}: ${reasonWords(fault)}` : reasonWords(fault);
}

/** The same without the rung, for where the rung is named already. */
export function reasonWords(fault: Fault): string {
  switch (fault.kind) {
    case "unreachable":
      return reachWords(fault.reason, fault.detail ?? null);
    case "timeout":
      return say("servers.short-timeout", { seconds: Math.round(fault.afterMs / 1000) });
    case "sign-in":
      return say(`servers.short-sign-in-${fault.reason}`);
    case "not-found":
    case "unsupported":
      return sayIfKnown(`servers.short-${fault.kind}-${fault.kind === "not-found" ? fault.what : fault.why}`) ?? say("servers.short-other");
    case "forbidden":
      return say(fault.needs.length === 0 ? "servers.short-forbidden-unknown" : "servers.short-forbidden");
    case "throttled":
      return say(fault.quota === "day" ? "servers.short-throttled-day" : "servers.short-throttled");
    case "not-stored":
      return sayIfKnown(`servers.short-not-stored-${fault.why}`) ?? say("servers.short-other");
    case "cancelled":
    case "conflict":
    case "draft-changed":
    case "internal":
    case "invalid":
    case "mail-refused":
    case "managed":
    case "no-connection":
    case "object-refused":
    case "roster-refused":
    case "unreadable":
    case "unsaved-work":
    case "wrong-password":
    default:
      return say("servers.short-other");
  }
}

/** The word for a server's state. */
export function stateWord(status: ServerStatus | undefined): string {
  if (status === undefined) return say("servers.state-unchecked");
  if (status.health.state === "unchecked" && status.activity === "checking") return say("servers.state-checking");
  return say(`servers.state-${status.health.state}`);
}

function unknownReason({ why, last, lastAt }: Extract<Health, { state: "unknown" }>, now: number): string {
  if (why === "signed-out" || last === null || lastAt === null) return say(`servers.reason-${why}`);
  return say("servers.reason-last-known", { state: say(`servers.state-${last}`), time: formatTime(lastAt), age: formatRelative(lastAt, now) });
}

/** The reason beside the word; null where the word says it all. `now` in epoch milliseconds, for how long ago something was known. */
export function healthReason(health: Health, now: number = Date.now()): string | null {
  switch (health.state) {
    case "unstable":
      return health.fails > 1 ? say("servers.reason-failed-checks", { fails: health.fails }) : say("servers.reason-failed-check");
    case "offline":
      return health.recovering > 0 ? say("servers.reason-recovering") : shortReason(health.reason);
    case "unknown":
      return unknownReason(health, now);
    case "online":
    case "unchecked":
    default:
      return null;
  }
}

/** What stands beside the word: why it is so, or what was noticed of a server that is online. */
export function statusReason({ health, lastCheck }: ServerStatus, now: number = Date.now()): string | null {
  return health.state === "online" ? findingSummary(findingsOf(lastCheck)) : healthReason(health, now);
}

/** The fault of the first rung that failed; null when none did. */
export function firstFault(check: Pick<CheckResult, "rungs">): Fault | null {
  for (const rung of check.rungs) if (rung.outcome.state === "failed") return rung.outcome.fault;
  return null;
}
