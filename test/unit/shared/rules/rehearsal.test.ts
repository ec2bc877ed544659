import { expect, it } from "vitest";
import { serverFailures, type ServerFailure } from "../../../../shared/model/mail-plan.ts";
import { rehearse } from "../../../../shared/rules/rehearsal.ts";

const order = ["exb", "exa"];
const played = (failures: Readonly<Record<string, ServerFailure>>) => rehearse("create", order, failures);

it("plays the worked example: the first server, the second one when that fails, and half done when both do", () => {
  expect(played({})).toMatchObject({ end: "done", by: "exb" });
  expect(played({ exb: "refuses-sessions" })).toMatchObject({ end: "done", by: "exa", moves: [{ kind: "create" }, { server: "exb", outcome: "not-reached" }, { server: "exa", outcome: "succeeded" }] });
  expect(played({ exb: "refuses-sessions", exa: "throttled" })).toMatchObject({ end: "half-done", by: null });
});

it.each<[failure: ServerFailure, end: string, by: string | null]>([
  ["refuses-sessions", "done", "exa"],
  ["session-limit", "done", "exa"],
  ["throttled", "done", "exa"],
  ["fails-before", "done", "exa"],
  ["fails-after", "done", "exb"],
  ["hangs", "done", "exa"],
  ["role-missing", "half-done", null],
  ["already-enabled", "done", "exb"],
  ["wrong-password", "half-done", null],
  ["address-taken", "half-done", null],
  ["not-seen", "half-done", null],
])("ends as the failover rule says when the first server %s", (failure, end, by) => {
  expect(played({ exb: failure })).toMatchObject({ end, by });
});

it("knows every failure, and says how long each move may take", () => {
  for (const failure of serverFailures) expect(played({ exb: failure }).moves.every(({ ms }) => ms > 0)).toBe(true);
  expect(Math.max(...played({ exb: "hangs" }).moves.map(({ ms }) => ms))).toBe(60_000);
});

it("asks nobody about the directory where the object is there", () => {
  expect(rehearse("disable", order, {}).moves).toEqual([{ kind: "disable", server: "exb", outcome: "succeeded", ms: 500 }]);
});
