/** What happens to a new mail object: which server is asked first, which are left out, and what a failure leads to. */
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

/** How a provisioning attempt on one server failed. */
export type FailureClass =
  /** Nothing was sent: no connection, no session, throttled, not in service. */
  | "not-sent"
  /** The command was sent and the answer never came. */
  | "outcome-unknown"
  /** The object already is what was asked for. */
  | "already-done"
  /** The server understood and refused: validation, a double address, a missing role. */
  | "refused"
  /** The account was not let in. */
  | "bad-credentials";

/** What follows a failure: another server, a look at what happened, a comparison, or an end with the reason. */
export type NextStep = "next-server" | "read-back" | "verify" | "stop";

/** The step a failure leads to. Bad credentials stop: repeating them on every server can lock the account. */
export function nextStep(failure: FailureClass): NextStep {
  switch (failure) {
    case "not-sent":
      return "next-server";
    case "outcome-unknown":
      return "read-back";
    case "already-done":
      return "verify";
    case "refused":
    case "bad-credentials":
      return "stop";
  }
}

/** The class of a fault, given whether the command had been sent when it came. */
export function failureClass(fault: Fault, sent: boolean): FailureClass {
  switch (fault.kind) {
    case "sign-in":
      return "bad-credentials";
    case "unreachable":
    case "timeout":
      return sent ? "outcome-unknown" : "not-sent";
    case "throttled":
      return "not-sent";
    case "cancelled":
    case "internal":
      return sent ? "outcome-unknown" : "refused";
    case "invalid":
    case "wrong-password":
    case "forbidden":
    case "conflict":
    case "not-found":
    case "unsupported":
    case "unreadable":
    case "not-stored":
      return "refused";
  }
}
