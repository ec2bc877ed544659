import { describe, expect, it } from "vitest";
import type { Fault } from "../../../../shared/fault.ts";
import type { Health } from "../../../../shared/model/mail-server.ts";
import { failoverPlan } from "../../../../shared/rules/failover.ts";
import { entry } from "./arbitraries.ts";

const reason: Fault = { kind: "unreachable", rung: "tcp", reason: "refused" };

describe("the failover plan", () => {
  it("follows the priorities and skips what is offline", () => {
    const health = new Map<string, Health>([
      ["exa", { state: "online", since: 1, ms: 3, depth: "tls" }],
      ["exb", { state: "unstable", since: 1, fails: 1, reason }],
      ["exc", { state: "offline", since: 720, reason, recovering: 0 }],
    ]);
    const entries = [entry("exa", 2), entry("exb", 1), entry("exc", 3), entry("exd"), entry("exe", 4)];
    expect(failoverPlan(entries, health)).toEqual({
      order: ["exb", "exa", "exe"],
      last: [{ name: "exc", since: 720 }],
    });
  });

  it("skips what was offline when this machine could last look, and goes on with what was not", () => {
    const unknown = (last: "online" | "unstable" | "offline" | null): Health => ({ state: "unknown", since: 900, why: "no-network", last, lastAt: null });
    const health = new Map([["exa", unknown("offline")], ["exb", unknown("online")], ["exc", unknown("unstable")], ["exd", unknown(null)]]);
    const entries = [entry("exa", 1), entry("exb", 2), entry("exc", 3), entry("exd", 4)];
    expect(failoverPlan(entries, health)).toEqual({ order: ["exb", "exc", "exd"], last: [{ name: "exa", since: null }] });
  });

  it("has nothing to ask when every ticked server is offline", () => {
    const health = new Map<string, Health>([["exa", { state: "offline", since: 1, reason, recovering: 0 }]]);
    expect(failoverPlan([entry("exa", 1), entry("exb")], health).order).toEqual([]);
  });
});
