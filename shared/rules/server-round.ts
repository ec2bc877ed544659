/** What one round of checks says: of each server, and of the store's mail as a whole. */
import type { Health } from "../model/mail-server.ts";

/** A server after a round. In use means that new mail objects may go to it: ticked, or the only one there is. */
export interface RoundEntry {
  readonly inUse: boolean;
  /** A check ended within the round. Without one, `health` is what was known before it. */
  readonly checked: boolean;
  readonly health: Health;
}

/**
 * `up`: online, or unstable, which is online until the last checks. `not-known`: not checked in the round, or this
 * machine could not look. A server that is not in use is shown and decides nothing.
 */
export type Standing = "up" | "down" | "not-known" | "not-in-use";

export function standingOf({ inUse, checked, health }: RoundEntry): Standing {
  if (!inUse) return "not-in-use";
  if (!checked) return "not-known";
  switch (health.state) {
    case "online":
    case "unstable":
      return "up";
    case "offline":
      return "down";
    case "unknown":
    case "unchecked":
      return "not-known";
    default:
      return health satisfies never;
  }
}

/** `down` when a server in use is down; else `not-known` when nothing is known of one in use; else `up`. */
export function roundOutcome(entries: readonly RoundEntry[]): "up" | "down" | "not-known" {
  const standings = new Set(entries.map(standingOf));
  return standings.has("down") ? "down" : standings.has("not-known") ? "not-known" : "up";
}
