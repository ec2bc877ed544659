/** A server as the monitor keeps it, and what it is told to watch. */
import { HISTORY_LENGTH, type CheckResult, type Probed, type ServerStatus } from "../../shared/model/mail-server.ts";
import { UNCHECKED, type CheckVerdict, type HealthTrack } from "../../shared/rules/health.ts";
import { bounded } from "./bounded.ts";
import type { ServerCheck } from "./run-check.ts";

/** A server to watch. */
export interface MonitorServer {
  readonly name: string;
  /** Ticked servers go first and are checked at once when the tick is set. */
  readonly ticked: boolean;
  /** Belongs to what is saved; the others are of a draft, watched for whoever edits it. */
  readonly inForce: boolean;
  /** Whose check it is. What another one found out about a server of this name does not count. */
  readonly provider: string;
  /** Null when the configuration is too incomplete to check anything: the server stays as it is. */
  readonly check: ServerCheck | null;
  /** Another console checks it and tells what it found; here it is checked when a person wants it. */
  readonly leftToOthers?: boolean;
  /** Nothing is asked of it, whoever wants it: its identity store is prepared only. */
  readonly held?: boolean;
  /** The newest word of a carry-in probe; null, or absent, where there is none. */
  readonly probed?: Probed | null;
}

export interface Watched {
  readonly storeId: string;
  readonly name: string;
  /** As it was told last. */
  told: MonitorServer;
  paused: boolean;
  track: HealthTrack;
  status: ServerStatus;
  running: AbortController | null;
  /** A person wants it looked at afresh; a check that runs already does not answer that. */
  asked: boolean;
  /** The last check held its slot for long, and for nothing. */
  slow: boolean;
  /** Before this moment of the monotonic clock only a person has it checked. */
  notBefore: number;
  cancelTimer: (() => void) | null;
}

/** A server that nothing is known of yet. */
export function unknownServer(storeId: string, told: MonitorServer): Watched {
  const { name, inForce, probed = null } = told;
  const status: ServerStatus = {
    name,
    inForce,
    health: UNCHECKED.health,
    activity: "idle",
    history: [],
    certificateExpiresAt: null,
    lastCheckAt: null,
    nextCheckAt: null,
    lastCheck: null,
    probed,
  };
  return { storeId, name, told, paused: false, track: UNCHECKED, status, running: null, asked: false, slow: false, notBefore: 0, cancelTimer: null };
}

/** The row after a check that ended `at` (epoch milliseconds); `server` has the health that follows from it already. */
export function statusAfter({ status, track }: Watched, check: CheckResult, verdict: CheckVerdict, at: number): ServerStatus {
  // A check that never came to looking leaves the last one that did on the row.
  if (verdict.verdict === "none") return status;
  const point = { at, ms: verdict.verdict === "up" ? verdict.ms : null };
  return {
    ...status,
    health: track.health,
    history: [...status.history, point].slice(-HISTORY_LENGTH),
    certificateExpiresAt: check.certificateExpiresAt ?? status.certificateExpiresAt,
    lastCheckAt: at,
    lastCheck: bounded(check),
  };
}

/** Whether nothing is asked of it unless a person wants it. */
export function isQuiet({ paused, told }: Watched): boolean {
  return paused || told.check === null || told.leftToOthers === true || told.held === true;
}
