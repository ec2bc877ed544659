/** What the word of a carry-in probe is worth, beside that of another one and beside what this console finds out itself. */
import type { CheckResult, Probed, ServerStatus } from "../model/mail-server.ts";
import { hasPassed, verdictOf } from "./health.ts";

/** Rungs that are climbed before a server itself was met. */
const BEFORE_THE_SERVER = new Set(["proxy", "dns"]);

/** A check that had an answer of the server itself, and not only of DNS or a proxy. */
function hasMet({ rungs }: Pick<CheckResult, "rungs">): boolean {
  return rungs.some((rung) => !BEFORE_THE_SERVER.has(rung.rung) && hasPassed(rung));
}

/**
 * What a probe found: `unknown` where its computer could not look, because it had no network or no DNS that knows the name. The console asks
 * a witness in such a case; a probe has none, so that a laptop outside would call every server Offline.
 */
export function probedVerdict({ result }: Pick<Probed, "result">): "up" | "down" | "unknown" {
  const { verdict } = verdictOf(result);
  if (verdict !== "down") return verdict === "up" ? "up" : "unknown";
  return hasMet(result) || !result.rungs.some(couldNotLook) ? "down" : "unknown";
}

function couldNotLook({ rung, outcome }: CheckResult["rungs"][number]): boolean {
  return outcome.state === "failed" && (rung === "dns" || (outcome.fault.kind === "unreachable" && outcome.fault.reason === "no-network"));
}

/** Whether a word takes the place of the one before: the newer of two, but none that could not look takes the place of one that could. */
export function takesPlace(word: Pick<Probed, "result" | "at">, before: Pick<Probed, "result" | "at">): boolean {
  const [looks, looked] = [probedVerdict(word) !== "unknown", probedVerdict(before) !== "unknown"];
  return looks === looked ? word.at > before.at : looks;
}

/** The probe's word; null where there is none, and where a newer check of this console met the server: its own word is the better one. */
export function probedBeside({ probed, lastCheck, lastCheckAt }: Pick<ServerStatus, "probed" | "lastCheck" | "lastCheckAt">): Probed | null {
  if (probed === null || lastCheck === null) return probed;
  return (lastCheckAt ?? 0) > probed.at && hasMet(lastCheck) ? null : probed;
}
