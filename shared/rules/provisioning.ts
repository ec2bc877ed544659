/**
 * Which server is asked next: the failover of an action with a mail object, decided from what was tried so far. Pure, so that the real
 * run, a run that is taken up again and a rehearsal decide the same.
 */
import type { Fault } from "../fault.ts";
import type { JournalState, MailAction, MailStep, StepOutcome } from "../model/mail-object.ts";

/** How often a server is asked again that does not see the object at its controller yet, and the wait before each, in milliseconds. */
export const NOT_SEEN_WAITS_MS: readonly number[] = [1_000, 2_000, 4_000];
/** How often it is looked whether an unanswered action has its effect, and the wait before each look, in milliseconds: the command may still run. */
export const LOOK_WAITS_MS: readonly number[] = [500, 2_000, 5_000];

/** What to do next. `waitMs` passes before it. A server is null where a cloud's service is asked, of which there is one. */
export type Move =
  | { readonly do: "ask"; readonly server: string | null; readonly waitMs: number }
  | { readonly do: "look"; readonly waitMs: number }
  | { readonly do: "end"; readonly state: Extract<JournalState, "done" | "half-done" | "failed" | "interrupted">; readonly fault: Fault | null };

type Attempt = Pick<MailStep, "kind" | "server"> & { readonly outcome: Pick<StepOutcome, "state"> & { readonly fault?: Fault } };

/**
 * The next move with the mail part of an object, after the steps of this round in their order; a round that goes on after
 * another one begins with the step whose end nobody saw. `order` is the servers from the first to be
 * asked on. The object's own creation is not decided here.
 *
 * | what came of it | what follows |
 * |---|---|
 * | not reached (DNS, TCP, TLS, session, throttled) | the next server |
 * | unanswered after it was sent | look at the pinned controller, several times; there: done; not there: the next server |
 * | already so | look: as wanted: done; otherwise: stop |
 * | the server does not see the object | the same server again, three times; then stop |
 * | refused (validation, duplicate, role, credentials) | stop |
 */
export function nextMove(action: MailAction, order: readonly (string | null)[], steps: readonly Attempt[]): Move {
  const made = steps.filter(({ kind }) => kind === "enable" || kind === "disable" || kind === "look");
  const last = made.at(-1);
  const end = (fault: Fault | null): Move => ({ do: "end", state: fault === null ? "done" : action === "create" ? "half-done" : "failed", fault });
  if (last === undefined) return nextServer(order, made, null, end);
  const { outcome } = last;
  const fault = outcome.fault ?? null;
  switch (outcome.state) {
    case "succeeded":
      return "already" in outcome && outcome.already === true ? { do: "look", waitMs: 0 } : end(null);
    case "found":
      return end(null);
    case "different":
      return end({ kind: "object-refused", why: "enabled-otherwise" });
    // How it ended nobody saw: the process ended meanwhile.
    case "started":
      return { do: "look", waitMs: 0 };
    case "unanswered":
      return lookAgain(made, fault);
    case "missing":
      return afterMissing(order, made, end);
    case "not-seen": {
      const again = trailing(made, ({ outcome: { state }, server }) => state === "not-seen" && server === last.server);
      const waitMs = NOT_SEEN_WAITS_MS[again - 1];
      return waitMs === undefined ? end(fault) : { do: "ask", server: last.server, waitMs };
    }
    case "not-reached":
      return nextServer(order, made, fault, end);
    case "refused":
    default:
      return end(fault);
  }
}

/** Where even the looks are not answered, nobody knows how it ended. */
function lookAgain(made: readonly Attempt[], fault: Fault | null): Move {
  const waitMs = LOOK_WAITS_MS[trailing(made, ({ kind }) => kind === "look")];
  return waitMs === undefined ? { do: "end", state: "interrupted", fault } : { do: "look", waitMs };
}

/** Looks again while the command may still be running; then the next server, with the fault of the one that did not answer. */
function afterMissing(order: readonly (string | null)[], made: readonly Attempt[], end: (fault: Fault | null) => Move): Move {
  const looks = trailing(made, ({ kind }) => kind === "look");
  const asked = made.at(-1 - looks);
  const waitMs = LOOK_WAITS_MS[looks];
  if (asked?.outcome.state === "unanswered" && waitMs !== undefined) return { do: "look", waitMs };
  // Whatever said that it was so already was wrong, or somebody took it away meanwhile.
  if (asked?.outcome.state === "succeeded") return end({ kind: "object-refused", why: "object-missing" });
  return nextServer(order, made, asked?.outcome.fault ?? null, end);
}

function trailing(made: readonly Attempt[], holds: (attempt: Attempt) => boolean): number {
  const at = made.findLastIndex((attempt) => !holds(attempt));
  return made.length - 1 - at;
}

function nextServer(order: readonly (string | null)[], made: readonly Attempt[], fault: Fault | null, end: (fault: Fault | null) => Move): Move {
  // Whoever was asked by a process that ended then, without effect, may be asked again.
  const asked = new Set(made.filter(({ kind, outcome }) => kind !== "look" && outcome.state !== "started").map(({ server }) => server));
  const next = order.find((server) => !asked.has(server));
  if (next !== undefined) return { do: "ask", server: next, waitMs: 0 };
  return end(fault ?? { kind: "not-found", what: "ticked-servers" });
}
