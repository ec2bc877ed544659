/** What a probe said of a server, in words: whose word it is and of when stand with it, and the server's own state stays its own. */
import { expect, it } from "vitest";
import "../../../../renderer/text/all-texts.ts";
import { offsetWords } from "../../../../renderer/text/probe/result.ts";
import { probedFact, probedState, probedWords } from "../../../../renderer/text/probed.ts";
import { statusWords } from "../../../../renderer/text/report/servers.ts";
import type { Probed, RungResult, ServerStatus } from "../../../../shared/model/mail-server.ts";

const AT = Date.parse("2026-11-27T09:14:00");
const failed: RungResult = { rung: "tcp", ms: 1, outcome: { state: "failed", fault: { kind: "unreachable", rung: "tcp", reason: "refused" } } };
const noticed: RungResult = { rung: "tls", ms: 1, outcome: { state: "finding", answer: "TLSv1.2", findings: [{ reason: "certificate-expired", detail: "2026-01-01T00:00:00.000Z" }] } };
const saying = (rung: RungResult): Probed => ({ source: "JUMP01", at: AT, result: { at: AT, ms: 1, rungs: [rung], certificateExpiresAt: null }, build: null, roles: [] });
const row = (change: Partial<ServerStatus>): ServerStatus => ({
  name: "exa.contoso.lab", inForce: true, health: { state: "unchecked" }, activity: "idle", history: [], certificateExpiresAt: null, lastCheckAt: null, nextCheckAt: null, lastCheck: null, probed: saying(noticed), ...change,
});

it("says as what the server was found, and why", () => {
  expect(probedState(saying(failed))).toBe("Offline (TCP: connection refused)");
  expect(probedState(saying(noticed))).toMatch(/^Online \(.+\)$/);
});

it("is Unknown where the probe's computer could not look itself", () => {
  const unnamed: RungResult = { rung: "dns", ms: 1, outcome: { state: "failed", fault: { kind: "unreachable", rung: "dns", reason: "name-not-found" } } };
  expect(probedState(saying(unnamed))).toBe("Unknown (could not be looked at from there)");
  expect(statusWords(row({ probed: saying(unnamed) }), AT)).toMatch(/: Unknown \(could not be looked at from there\)$/);
});

it("always says whose word it is and of when: the time alone where it was today", () => {
  expect(probedWords(row({}), AT + 60_000)).toMatch(/^By probe on JUMP01 at 09:14: Online/);
  expect(probedWords(row({}), AT + 86_400_000)).toMatch(/^By probe on JUMP01 at 2026-11-27 09:14: Online/);
  expect(probedWords(row({ probed: null }), AT)).toBeNull();
  expect(probedFact({ ...saying(failed), build: "15.1.2507.39" }, AT)).toBe("By probe on JUMP01 at 09:14: Offline (TCP: connection refused). Exchange 15.1.2507.39 is installed there.");
});

it("stands beside the state that this console found out, which it does not change", () => {
  const own = row({ health: { state: "offline", since: AT, reason: { kind: "unreachable", rung: "dns", reason: "name-not-found" }, recovering: 0 } });
  expect(statusWords(own, AT)).toMatch(/^Offline \(DNS: name not found\)\. By probe on JUMP01 at 09:14: Online/);
});

it("writes what a clock is ahead of UTC", () => {
  expect([120, 0, -210, 345].map(offsetWords)).toEqual(["+02:00", "+00:00", "-03:30", "+05:45"]);
});
