/** What a probe's word is worth: beside a server's own status, and beside another probe's word. */
import { expect, it } from "vitest";
import type { CheckResult, Probed, RungResult } from "../../../../shared/model/mail-server.ts";
import { probedBeside, probedVerdict, takesPlace } from "../../../../shared/rules/probed.ts";

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

const lost = (rung: RungResult["rung"], reason: "name-not-found" | "no-network" | "dns-failed"): RungResult => ({ rung, ms: 1, outcome: { state: "failed", fault: { kind: "unreachable", rung, reason } } });
const word = (at: number, ...rungs: RungResult[]): Probed => ({ ...probed, at, result: check(...rungs) });

it("is Unknown where the probe's computer could not look, and Offline of what did not answer it", () => {
  const words = [word(AT, lost("dns", "name-not-found")), word(AT, lost("dns", "dns-failed")), word(AT, passed("dns"), lost("tcp", "no-network")), word(AT, passed("dns"), failed("tcp")), word(AT, passed("dns"), passed("tcp"), lost("tls", "no-network")), probed];
  expect(words.map(probedVerdict)).toEqual(["unknown", "unknown", "unknown", "down", "down", "up"]);
});

it("takes the place of an older one, and of none that could look where it could not", () => {
  const [met, outside] = [word(AT, passed("dns"), passed("tcp")), word(AT + 1, lost("dns", "name-not-found"))];
  expect([takesPlace(outside, met), takesPlace(met, outside), takesPlace(word(AT + 2, lost("dns", "dns-failed")), outside)]).toEqual([false, true, true]);
  expect([takesPlace(word(AT + 1, failed("tcp")), met), takesPlace(word(AT - 1, failed("tcp")), met), takesPlace(met, met)]).toEqual([true, false, false]);
});
