/** What happens to a new mail object: which server is asked first, and which are left out. */
import type { Fault } from "../fault.ts";
import type { Health, ServerEntry } from "../model/mail-server.ts";
import { rankedNames } from "./priority.ts";

/** The facts of the sentence above the grid. */
export interface FailoverPlan {
  /** Ticked servers that are asked, in order. */
  readonly order: readonly string[];
  /** Ticked servers that are left out, in priority order. `since` in epoch milliseconds. */
  readonly skipped: readonly { readonly name: string; readonly since: number; readonly reason: Fault }[];
  /** Those in `order` whose last check failed or could not be made. */
  readonly doubtful: readonly string[];
}

/** Reads the plan off the ticks and the newest health by server name. */
export function failoverPlan(entries: readonly ServerEntry[], health: ReadonlyMap<string, Health>): FailoverPlan {
  const order: string[] = [];
  const skipped: { name: string; since: number; reason: Fault }[] = [];
  const doubtful: string[] = [];
  for (const name of rankedNames(entries)) {
    const current = health.get(name);
    if (current?.state === "offline") {
      skipped.push({ name, since: current.since, reason: current.reason });
      continue;
    }
    order.push(name);
    if (current?.state === "unstable" || current?.state === "unknown") doubtful.push(name);
  }
  return { order, skipped, doubtful };
}
