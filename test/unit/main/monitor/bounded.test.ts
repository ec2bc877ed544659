import { expect, it } from "vitest";
import { bounded } from "../../../../main/monitor/bounded.ts";
import type { CheckResult, RungResult } from "../../../../shared/model/mail-server.ts";

const refused = (detail: string, needs: string[]): RungResult => ({ rung: "permissions", ms: 1, outcome: { state: "failed", fault: { kind: "forbidden", needs, detail } } });
const check = (rungs: RungResult[]): CheckResult => ({ at: 1, ms: 2, rungs, certificateExpiresAt: 3 });

it("a check of which nothing is too long is kept as it is", () => {
  const short = check([refused("d".repeat(1_000), Array.from({ length: 50 }, (_, index) => `right${index}`))]);
  expect(bounded(short)).toEqual(short);
});

it("of a far side that says too much the beginning is kept: of each text, each list and the ladder", () => {
  const { rungs, ...rest } = bounded(check(Array.from({ length: 1_000 }, () => refused("d".repeat(100_000), Array.from({ length: 5_000 }, () => "right")))));
  expect(rest).toEqual({ at: 1, ms: 2, certificateExpiresAt: 3 });
  expect(rungs).toEqual(Array.from({ length: 16 }, () => refused(`${"d".repeat(1_000)}…`, Array.from({ length: 50 }, () => "right"))));
});
