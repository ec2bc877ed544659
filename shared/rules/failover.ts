/** What happens to a new mail object: which server is asked first, which are left out, and what a failure leads to. */
import type { Fault, FaultKind } from "../fault.ts";
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

const STEPS: Readonly<Record<FailureClass, NextStep>> = {
  "not-sent": "next-server",
  "outcome-unknown": "read-back",
  "already-done": "verify",
  refused: "stop",
  "bad-credentials": "stop",
};

/** The step a failure leads to. Bad credentials stop: repeating them on every server can lock the account. */
export function nextStep(failure: FailureClass): NextStep {
  return STEPS[failure];
}

/** By kind of fault: the class before and after the command was sent. */
const CLASSES: Readonly<Record<FaultKind, readonly [before: FailureClass, after: FailureClass]>> = {
  "sign-in": ["bad-credentials", "bad-credentials"],
  unreachable: ["not-sent", "outcome-unknown"],
  timeout: ["not-sent", "outcome-unknown"],
  throttled: ["not-sent", "not-sent"],
  cancelled: ["refused", "outcome-unknown"],
  internal: ["refused", "outcome-unknown"],
  invalid: ["refused", "refused"],
  "wrong-password": ["refused", "refused"],
  forbidden: ["refused", "refused"],
  conflict: ["refused", "refused"],
  "unsaved-work": ["refused", "refused"],
  "not-found": ["refused", "refused"],
  unsupported: ["refused", "refused"],
  unreadable: ["refused", "refused"],
  "not-stored": ["refused", "refused"],
};

/** The class of a fault, given whether the command had been sent when it came. */
export function failureClass(fault: Fault, sent: boolean): FailureClass {
  return CLASSES[fault.kind][sent ? 1 : 0];
}
