/** What would come of an action if servers failed: the failover rule played through, without any traffic. */
import type { Fault } from "../fault.ts";
import type { MailAction, MailStep, StepOutcome } from "../model/mail-object.ts";
import type { Rehearsal, ServerFailure } from "../model/mail-plan.ts";
import { nextMove } from "./provisioning.ts";

/** About what a step takes, in milliseconds: what the console waits for at most, where a server does not answer. */
const TAKES = { create: 50, asked: 500, refused: 300, silent: 60_000, look: 50 } as const;

interface Rehearsed {
  readonly outcome: StepOutcome;
  readonly ms: number;
}

const far = (reason: "refused" | "timed-out" | "connection-reset"): Fault => ({ kind: "unreachable", rung: "sign-in", reason });

/** What a server that fails so answers. Of an action that had its effect all the same, `took` tells. */
function answerOf(failure: ServerFailure | null): Rehearsed & { readonly took: boolean } {
  const refused = (fault: Fault): Rehearsed & { readonly took: boolean } => ({ outcome: { state: "refused", fault }, ms: TAKES.refused, took: false });
  switch (failure) {
    case null:
      return { outcome: { state: "succeeded", already: false, address: null }, ms: TAKES.asked, took: true };
    case "refuses-sessions":
      return { outcome: { state: "not-reached", fault: far("refused") }, ms: TAKES.refused, took: false };
    case "session-limit":
    case "throttled":
      return { outcome: { state: "not-reached", fault: { kind: "throttled", until: null } }, ms: TAKES.refused, took: false };
    case "fails-before":
      return { outcome: { state: "unanswered", fault: far("connection-reset") }, ms: TAKES.asked, took: false };
    case "fails-after":
      return { outcome: { state: "unanswered", fault: far("connection-reset") }, ms: TAKES.asked, took: true };
    case "hangs":
      return { outcome: { state: "unanswered", fault: far("timed-out") }, ms: TAKES.silent, took: false };
    case "role-missing":
      return refused({ kind: "forbidden", needs: ["recipient-management"] });
    case "already-enabled":
      return { outcome: { state: "succeeded", already: true, address: null }, ms: TAKES.asked, took: true };
    case "wrong-password":
      return refused({ kind: "sign-in", reason: "wrong-credentials" });
    case "address-taken":
      return refused({ kind: "object-refused", why: "address-taken" });
    case "not-seen":
    default:
      return { outcome: { state: "not-seen", fault: { kind: "object-refused", why: "object-missing" } }, ms: TAKES.asked, took: false };
  }
}

/** `order` is the servers from the first to be asked on; a server without a failure works. */
export function rehearse(action: MailAction, order: readonly string[], failures: Readonly<Record<string, ServerFailure>>): Rehearsal {
  const moves: Rehearsal["moves"] = [];
  const steps: (Pick<MailStep, "kind" | "server"> & { readonly outcome: StepOutcome })[] = [];
  const note = (kind: MailStep["kind"], server: string | null, { outcome, ms }: Rehearsed, waitMs: number) => {
    steps.push({ kind, server, outcome });
    moves.push({ kind, server, outcome: outcome.state, ms: ms + waitMs });
  };
  if (action === "create") moves.push({ kind: "create", server: null, outcome: "succeeded", ms: TAKES.create });
  let by: string | null = null;
  for (;;) {
    const move = nextMove(action, order, steps);
    // Every look is answered here, so that nothing stays unknown.
    if (move.do === "end") return { moves, end: move.state === "interrupted" ? "half-done" : move.state, by: move.state === "done" ? by : null };
    if (move.do === "look") {
      note("look", null, { outcome: by === null ? { state: "missing" } : { state: "found", address: null }, ms: TAKES.look }, move.waitMs);
      continue;
    }
    const answer = answerOf(failures[move.server ?? ""] ?? null);
    if (answer.took) by = move.server;
    note(action === "disable" ? "disable" : "enable", move.server, answer, move.waitMs);
  }
}
