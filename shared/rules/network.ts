/** Whether a failed check speaks of the server or of this computer's own network. */
import type { Fault } from "../fault.ts";
import type { CheckResult } from "../model/mail-server.ts";
import type { NetworkLoss } from "../model/network.ts";

/** What is known besides the failed check. */
export interface NetworkEvidence {
  /** An interface other than loopback is up and has an address. */
  readonly hasInterface: boolean;
  /** Another name of the same identity store was found by a check that began after this server began to fail. */
  readonly foundSince: boolean;
  /** What came of looking up the store's own directory just now; null when it was found. */
  readonly witness: Fault | null;
}

const NAME_REASONS: readonly string[] = ["dns-failed", "timed-out", "name-not-found", "no-records"];
const PATH_REASONS: readonly string[] = ["timed-out", "host-unreachable"];

/**
 * Whether a missing network would explain why a check failed. That a name leads nowhere, or that there is no network to
 * connect over, would; a refused connection or a bad answer came from somewhere. Silence is explained only where no
 * interface is up: with one, it is the server's.
 */
export function mayBeNetwork(check: CheckResult, hasInterface: boolean): boolean {
  const failed = check.rungs.find(({ outcome }) => outcome.state === "failed");
  if (failed?.outcome.state !== "failed" || failed.outcome.fault.kind !== "unreachable") return false;
  const { reason } = failed.outcome.fault;
  if (reason === "no-network") return true;
  if (failed.rung === "dns") return NAME_REASONS.includes(reason);
  return failed.rung === "tcp" && !hasInterface && PATH_REASONS.includes(reason);
}

/**
 * Why this computer's network is away, or null when the failure is the server's own. A name that is really gone and a
 * network that is away look alike from one server. What tells them apart is a witness: another server of the store that
 * is found, or the store's own directory, which every domain and every cloud publishes in DNS. Where the witness
 * is found, the server is gone, even the only one of its site; where nobody answers for the witness either, the resolver
 * is away; where somebody answers and knows neither, it is the wrong network, as after a VPN dropped. A computer without
 * any interface but loopback may be a laboratory, so that its witness is asked as well.
 */
export function networkLoss({ hasInterface, foundSince, witness }: NetworkEvidence): NetworkLoss | null {
  if (foundSince || witness === null) return null;
  if (witness.kind !== "unreachable" || witness.rung !== "dns" || witness.reason === "no-records") return null;
  if (!hasInterface) return "no-interface";
  return witness.reason === "name-not-found" ? "names-unknown" : "resolver-away";
}
