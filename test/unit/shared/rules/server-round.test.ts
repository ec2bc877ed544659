import { describe, expect, it } from "vitest";
import type { Health } from "../../../../shared/model/mail-server.ts";
import { roundOutcome, standingOf, type RoundEntry, type Standing } from "../../../../shared/rules/server-round.ts";

const reason = { kind: "unreachable", rung: "tcp", reason: "refused" } as const;
const healths: Readonly<Record<Health["state"], Health>> = {
  online: { state: "online", since: 0, ms: 5, depth: "health-check" },
  unstable: { state: "unstable", since: 0, fails: 1, reason },
  offline: { state: "offline", since: 0, reason, recovering: 0 },
  unknown: { state: "unknown", since: 0, why: "no-network", last: null, lastAt: null },
  unchecked: { state: "unchecked" },
};
const entry = (state: Health["state"], inUse = true, checked = true): RoundEntry => ({ inUse, checked, health: healths[state] });

describe("a server after a round", () => {
  it.each<[Health["state"], Standing]>([
    ["online", "up"],
    ["unstable", "up"],
    ["offline", "down"],
    ["unknown", "not-known"],
    ["unchecked", "not-known"],
  ])("in use and %s is %s", (state, standing) => {
    expect(standingOf(entry(state))).toBe(standing);
    expect(standingOf(entry(state, false))).toBe("not-in-use");
    // What was known before the round is no answer of the round.
    expect(standingOf(entry(state, true, false))).toBe("not-known");
  });
});

describe("a round", () => {
  it.each([
    ["nothing is listed", [], "up"],
    ["all in use are up", [entry("online"), entry("unstable")], "up"],
    ["what is down or unknown is not in use", [entry("online"), entry("offline", false), entry("unknown", false), entry("unchecked", false, false)], "up"],
    ["one in use is down", [entry("online"), entry("offline"), entry("unknown")], "down"],
    ["this machine could not look", [entry("online"), entry("unknown")], "not-known"],
    ["one in use was not checked in time", [entry("online"), entry("online", true, false)], "not-known"],
  ] as const)("where %s", (_what, entries, outcome) => {
    expect(roundOutcome(entries)).toBe(outcome);
  });
});
