/** The failover of an action: every row of the table, and what holds whatever servers answer. */
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Fault } from "../../../../shared/fault.ts";
import type { MailStepKind, StepOutcome } from "../../../../shared/model/mail-object.ts";
import { LOOK_WAITS_MS, nextMove, NOT_SEEN_WAITS_MS } from "../../../../shared/rules/provisioning.ts";

const fault: Fault = { kind: "unreachable", rung: "tcp", reason: "refused", host: "exb" };
const refusal: Fault = { kind: "object-refused", why: "address-taken" };
const step = (kind: MailStepKind, server: string | null, outcome: StepOutcome) => ({ kind, server, outcome });
const succeeded = (already = false) => ({ state: "succeeded", already, address: null }) as const;
const missing = step("look", null, { state: "missing" });
const order = ["exb", "exa"];
const ask = (server: string, waitMs = 0) => ({ do: "ask", server, waitMs });
const look = (waitMs = 0) => ({ do: "look", waitMs });
const end = (state: string, why: Fault | null) => ({ do: "end", state, fault: why });

describe("what follows", () => {
  const unanswered = step("enable", "exb", { state: "unanswered", fault });
  const notSeen = step("enable", "exb", { state: "not-seen", fault: refusal });
  it.each<[what: string, steps: readonly ReturnType<typeof step>[], next: unknown]>([
    ["nothing yet: the first server", [], ask("exb")],
    ["a success", [step("enable", "exb", succeeded())], end("done", null)],
    ["a server that is not reached: the next", [step("enable", "exb", { state: "not-reached", fault })], ask("exa")],
    ["no server that is reached", order.map((server) => step("enable", server, { state: "not-reached", fault })), end("half-done", fault)],
    ["a refusal: nobody else is asked", [step("enable", "exb", { state: "refused", fault: refusal })], end("half-done", refusal)],
    ["no answer: a look", [unanswered], look(LOOK_WAITS_MS[0])],
    ["a look that finds it", [unanswered, step("look", null, { state: "found", address: null })], end("done", null)],
    ["a look that does not: again, the command may still run", [unanswered, missing], look(LOOK_WAITS_MS[1])],
    ["looks that never find it: the next server", [unanswered, missing, missing, missing], ask("exa")],
    ["a look that is not answered: another look", [unanswered, step("look", null, { state: "unanswered", fault })], look(LOOK_WAITS_MS[1])],
    ["looks that are never answered: nobody knows", [unanswered, ...LOOK_WAITS_MS.map(() => step("look", null, { state: "unanswered", fault }))], end("interrupted", fault)],
    ["already so: a look whether it is what was wanted", [step("enable", "exb", succeeded(true))], look()],
    ["already so, and otherwise", [step("enable", "exb", succeeded(true)), step("look", null, { state: "different", address: null })], end("half-done", { kind: "object-refused", why: "enabled-otherwise" })],
    ["already so, it was said, and it is not there", [step("enable", "exb", succeeded(true)), missing], end("half-done", { kind: "object-refused", why: "object-missing" })],
    ["an object that is not seen: the same server after a while", [notSeen], ask("exb", NOT_SEEN_WAITS_MS[0])],
    ["an object that is never seen: no other server", [notSeen, notSeen, notSeen, notSeen], end("half-done", refusal)],
    ["a process that ended: a look", [step("enable", "exb", { state: "started" })], look()],
    ["a process that ended before it was done: the same server once more", [step("enable", "exb", { state: "started" }), missing], ask("exb")],
  ])("%s", (_what, steps, next) => {
    expect(nextMove("create", order, steps)).toEqual(next);
  });

  it("leaves an object that was there before as failed, and asks a cloud as its only server", () => {
    expect(nextMove("enable", order, [step("enable", "exb", { state: "refused", fault: refusal })])).toEqual(end("failed", refusal));
    expect(nextMove("create", [null], [])).toEqual({ do: "ask", server: null, waitMs: 0 });
    expect(nextMove("create", [], [])).toEqual(end("half-done", { kind: "not-found", what: "ticked-servers" }));
  });
});

/** What a server may answer at all. */
const outcomes: readonly StepOutcome[] = [succeeded(), succeeded(true), { state: "not-reached", fault }, { state: "unanswered", fault }, { state: "not-seen", fault: refusal }, { state: "refused", fault: refusal }];
const looks: readonly StepOutcome[] = [{ state: "found", address: null }, { state: "different", address: null }, { state: "missing" }, { state: "unanswered", fault }];

/** Plays a round in which each answer is chosen by a number; null where it does not end. */
function play(servers: readonly string[], answers: readonly number[]) {
  const steps: ReturnType<typeof step>[] = [];
  const asked: string[] = [];
  for (const answer of answers) {
    const move = nextMove("create", servers, steps);
    if (move.do === "end") return { asked, steps };
    if (move.do === "look") steps.push(step("look", null, looks[answer % looks.length] ?? missing.outcome));
    else {
      if (asked.at(-1) !== move.server) asked.push(move.server ?? "");
      steps.push(step("enable", move.server, outcomes[answer % outcomes.length] ?? missing.outcome));
    }
  }
  return null;
}

it("comes to an end whatever is answered, asks in the order of priority, and nobody after a success or a refusal", () => {
  const answer = fc.integer({ min: 0, max: 23 });
  const always = answer.map((same) => Array.from({ length: 200 }, () => same));
  fc.assert(
    fc.property(fc.oneof(fc.array(answer, { minLength: 200, maxLength: 200 }), always), fc.integer({ min: 1, max: 6 }), (answers, count) => {
      const servers = Array.from({ length: count }, (_, index) => `ex${index}`);
      const played = play(servers, answers);
      expect(played?.asked).toEqual(servers.slice(0, played?.asked.length));
      const refusedAt = played?.steps.findIndex(({ outcome: { state } }) => state === "refused") ?? -1;
      expect([-1, (played?.steps.length ?? 0) - 1]).toContain(refusedAt);
    }),
  );
});
