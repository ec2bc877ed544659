import { describe, expect, it } from "vitest";
import type { Fault, RungName, UnreachableReason } from "../../../../shared/fault.ts";
import type { CheckResult } from "../../../../shared/model/mail-server.ts";
import { mayBeNetwork, networkLoss } from "../../../../shared/rules/network.ts";

const fault = (rung: RungName, reason: UnreachableReason): Fault => ({ kind: "unreachable", rung, reason });
const failedOn = (rung: RungName, reason: UnreachableReason): CheckResult => ({
  at: 0,
  ms: 1,
  rungs: [{ rung, ms: 1, outcome: { state: "failed", fault: fault(rung, reason) } }],
  certificateExpiresAt: null,
});

describe("what a missing network would explain", () => {
  it.each<[RungName, UnreachableReason, boolean, boolean]>([
    ["dns", "dns-failed", true, true],
    ["dns", "timed-out", true, true],
    ["dns", "name-not-found", true, true],
    ["tcp", "no-network", true, true],
    ["tcp", "refused", true, false],
    ["tcp", "timed-out", true, false],
    ["tcp", "timed-out", false, true],
    ["tcp", "host-unreachable", false, true],
    ["tcp", "refused", false, false],
    ["tls", "timed-out", false, false],
    ["health-check", "bad-status", false, false],
    ["dns", "not-looked-up", false, false],
  ])("%s %s, an interface: %s", (rung, reason, hasInterface, explained) => {
    expect(mayBeNetwork(failedOn(rung, reason), hasInterface)).toBe(explained);
  });
});

describe("the network and the server told apart", () => {
  const silent = fault("dns", "dns-failed");
  const stranger = fault("dns", "name-not-found");
  it.each([
    ["the directory is found: the server is gone", true, false, null, null],
    ["another server is found: the server is gone", true, true, stranger, null],
    ["a directory without records is a directory", true, false, fault("dns", "no-records"), null],
    ["nobody answers", true, false, silent, "resolver-away"],
    ["somebody answers who knows neither", true, false, stranger, "names-unknown"],
    ["no interface is up", false, false, silent, "no-interface"],
    ["a laboratory without a network", false, false, null, null],
    ["the directory is found and refuses", true, false, fault("tcp", "refused"), null],
  ] as const)("%s", (_how, hasInterface, foundSince, witness, loss) => {
    expect(networkLoss({ hasInterface, foundSince, witness })).toBe(loss);
  });
});
