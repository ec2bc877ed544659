import { describe, expect, it } from "vitest";
import { announcement } from "../../../../../renderer/features/servers/server-news.ts";
import { failoverText, shortNames } from "../../../../../renderer/features/servers/failover-sentence.tsx";
import { healthReason, shortReason } from "../../../../../renderer/text/health.ts";
import { withChange, type ServerStatusState } from "../../../../../renderer/stores/server-status.ts";
import { sparklinePaths } from "../../../../../renderer/ui/sparkline.tsx";
import type { Health, ServerEntry, ServerStatus } from "../../../../../shared/model/mail-server.ts";

const NOW = 1_000_000_000;
const refused = { kind: "unreachable", rung: "tcp", reason: "refused" } as const;

const entry = (name: string, priority: number | null): ServerEntry => ({
  name,
  version: null,
  build: null,
  roles: [],
  site: null,
  ticked: priority !== null,
  priority,
  vanished: false,
});
const status = (name: string, health: Health): ServerStatus => ({
  name,
  inForce: true,
  health,
  activity: "idle",
  history: [],
  certificateExpiresAt: null,
  lastCheckAt: null,
  nextCheckAt: null,
  lastCheck: null,
  probed: null,
});
const online: Health = { state: "online", since: 0, ms: 3, depth: "health-check" };
const offline: Health = { state: "offline", since: NOW - 12 * 60_000, reason: refused, recovering: 0 };
const live = (states: Readonly<Record<string, Health>>) => new Map(Object.entries(states).map(([name, health]) => [name, status(name, health)]));

describe("the sentence above the grid", () => {
  const entries = [entry("exa.contoso.lab", 2), entry("exb.contoso.lab", 1), entry("exc.contoso.lab", 3)];

  it("names the first server, the stand-in and who goes last", () => {
    const text = failoverText(entries, live({ "exa.contoso.lab": online, "exb.contoso.lab": online, "exc.contoso.lab": offline }), NOW);
    expect(text).toBe("New mail objects go to EXB first; if it fails, EXA. EXC is tried last: offline for 12 min.");
  });

  it("names nobody as able to take mail who was offline when this computer could last look", () => {
    const unknown: Health = { state: "unknown", since: NOW, why: "no-network", last: "offline", lastAt: NOW };
    const text = failoverText(entries, live({ "exa.contoso.lab": online, "exb.contoso.lab": unknown, "exc.contoso.lab": online }), NOW);
    expect(text).toBe("New mail objects go to EXA first; if it fails, EXC. EXB is tried last: it was offline when it could last be checked.");
  });

  it("says so when one server, or none, is left", () => {
    expect(failoverText([entry("exa.contoso.lab", 1)], live({}), NOW)).toBe("New mail objects go to EXA; no other server stands in if it fails.");
    expect(failoverText([entry("exa.contoso.lab", 1)], live({ "exa.contoso.lab": offline }), NOW)).toBe("Every ticked server is offline. They are tried all the same, by priority: EXA (offline for 12 min).");
    const two = [entry("exa.contoso.lab", 1), entry("exb.contoso.lab", 2)];
    expect(failoverText(two, live({ "exb.contoso.lab": offline }), NOW)).toBe("New mail objects go to EXA first. EXB is tried last: offline for 12 min.");
    expect(failoverText([entry("exa.contoso.lab", null)], live({}), NOW)).toMatch(/^Tick at least one server/);
  });

  it("uses whole names where the first part is not unique", () => {
    const short = shortNames(["exa.one.lab", "exa.two.lab", "exb.one.lab"]);
    expect(short("exa.one.lab")).toBe("exa.one.lab");
    expect(short("exb.one.lab")).toBe("EXB");
  });
});

describe("reasons", () => {
  it("name the rung and what happened on it", () => {
    expect(shortReason(refused)).toBe("TCP: connection refused");
    expect(shortReason({ kind: "unreachable", rung: "health-check", reason: "bad-status", detail: "503" })).toBe("Health check: answered 503");
    expect(shortReason({ kind: "timeout", phase: "tcp", afterMs: 5000 })).toBe("no answer within 5 s");
  });

  it("tell a recovering server from a dead one", () => {
    expect(healthReason(offline)).toBe("TCP: connection refused");
    expect(healthReason({ ...offline, recovering: 1 })).toMatch(/answers again/);
    expect(healthReason(online)).toBeNull();
  });
});

describe("announcements", () => {
  const before: ServerStatusState = { byName: live({ a: online }), changes: [] };

  it("are made for changes of state only", () => {
    const same = withChange(before, live({ a: { ...online, ms: 9 } }), []);
    expect(same.changes).toHaveLength(0);
    const down = withChange(before, live({ a: offline }), []);
    expect(announcement(down.changes)).toBe("a is now Offline");
  });

  it("leave other servers' entries as they are, so that their rows are not drawn again", () => {
    const two: ServerStatusState = { byName: live({ a: online, b: online }), changes: [] };
    const next = withChange(two, live({ a: offline }), []);
    expect(next.byName.get("b")).toBe(two.byName.get("b"));
    expect(withChange(two, new Map(), ["b"]).byName.has("b")).toBe(false);
  });

  it("are silent about a first good verdict and count when many change at once", () => {
    const first = withChange({ ...before, byName: new Map() }, live({ a: online }), []);
    expect(announcement(first.changes)).toBeNull();
    const four = withChange({ ...before, byName: live({ a: online, b: online, c: online, d: online }) }, live({ a: offline, b: offline, c: offline, d: offline }), []);
    expect(announcement(four.changes)).toBe("4 servers changed state");
  });
});

describe("the latency history", () => {
  it("draws a bar a check and a cross for a failed one, newest at the right", () => {
    const { bars, crosses } = sparklinePaths([{ at: 1, ms: 10 }, { at: 2, ms: null }, { at: 3, ms: 20 }], 30);
    expect(bars.match(/M/g)).toHaveLength(2);
    expect(crosses.match(/M/g)).toHaveLength(1);
    expect(bars).toContain("M87 ");
  });
});
