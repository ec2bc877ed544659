/** When the word of a carry-in probe stands beside what this console finds out itself. */
import type { CheckResult, Probed, ServerStatus } from "../model/mail-server.ts";
import { hasPassed } from "./health.ts";

/** Rungs that are climbed before a server itself was met. */
const BEFORE_THE_SERVER = new Set(["proxy", "dns"]);

/** A check that had an answer of the server itself, and not only of DNS or a proxy. */
function hasMet({ rungs }: Pick<CheckResult, "rungs">): boolean {
  return rungs.some((rung) => !BEFORE_THE_SERVER.has(rung.rung) && hasPassed(rung));
}

/** The probe's word; null where there is none, and where a newer check of this console met the server: its own word is the better one. */
export function probedBeside({ probed, lastCheck, lastCheckAt }: Pick<ServerStatus, "probed" | "lastCheck" | "lastCheckAt">): Probed | null {
  if (probed === null || lastCheck === null) return probed;
  return (lastCheckAt ?? 0) > probed.at && hasMet(lastCheck) ? null : probed;
}
