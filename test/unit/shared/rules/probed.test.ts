/** A probe's word beside a server's own status: for as long as this console has not met the server since. */
import { expect, it } from "vitest";
import type { CheckResult, Probed, RungResult } from "../../../../shared/model/mail-server.ts";
import { probedBeside } from "../../../../shared/rules/probed.ts";

const AT = 1_700_000_000_000;
const passed = (rung: RungResult["rung"]): RungResult => ({ rung, ms: 1, outcome: { state: "passed", answer: null } });
const failed = (rung: RungResult["rung"]): RungResult => ({ rung, ms: 1, outcome: { state: "failed", fault: { kind: "unreachable", rung: "tcp", reason: "timed-out" } } });
const check = (...rungs: RungResult[]): CheckResult => ({ at: AT, ms: 1, rungs, certificateExpiresAt: null });
const probed: Probed = { source: "JUMP01", at: AT, result: check(passed("dns"), passed("tcp")), build: null, roles: [] };

it("stands where this console has not looked", () => {
  expect(probedBeside({ probed, lastCheck: null, lastCheckAt: null })).toBe(probed);
  expect(probedBeside({ probed: null, lastCheck: check(passed("tcp")), lastCheckAt: AT + 1 })).toBeNull();
});

it("stands where a newer check did not meet the server", () => {
  expect(probedBeside({ probed, lastCheck: check(passed("dns"), failed("tcp")), lastCheckAt: AT + 1 })).toBe(probed);
  expect(probedBeside({ probed, lastCheck: check(passed("proxy"), failed("dns")), lastCheckAt: AT + 1 })).toBe(probed);
});

it("goes where a newer check met it, up or down, and stands beside an older one", () => {
  expect(probedBeside({ probed, lastCheck: check(passed("dns"), passed("tcp"), failed("health-check")), lastCheckAt: AT + 1 })).toBeNull();
  expect(probedBeside({ probed, lastCheck: check(passed("dns"), passed("tcp")), lastCheckAt: AT - 1 })).toBe(probed);
});
