/** What happens to a new mail object: which server is asked first, and which go last. */
import type { Health, ServerEntry } from "../model/mail-server.ts";
import { lastKnown } from "./health.ts";
import { rankedNames } from "./priority.ts";

/** The facts of the sentence above the grid. */
export interface FailoverPlan {
  /** Ticked servers that are asked, in order. */
  readonly order: readonly string[];
  /**
   * Ticked servers that are asked after those, in priority order: offline since so many epoch milliseconds, or null for one that
   * was offline when this machine could last look. They go last, not away: a check can be wrong, or old.
   */
  readonly last: readonly { readonly name: string; readonly since: number | null }[];
}

/** Reads the plan off the ticks and the newest health by server name. */
export function failoverPlan(entries: readonly ServerEntry[], health: ReadonlyMap<string, Health>): FailoverPlan {
  const order: string[] = [];
  const last: { name: string; since: number | null }[] = [];
  for (const name of rankedNames(entries)) {
    const current = health.get(name);
    // Nothing speaks for a server that was last seen offline until it is seen again.
    if (current === undefined || lastKnown(current) !== "offline") order.push(name);
    else last.push({ name, since: current.state === "offline" ? current.since : null });
  }
  return { order, last };
}
