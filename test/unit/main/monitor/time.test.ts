import { describe, expect, it } from "vitest";
import { runCheck } from "../../../../main/monitor/run-check.ts";
import { silentLogger } from "../../../lab/loggers.ts";
import { checked } from "../services/support.ts";
import { build, counting, fakeClock, INTERVAL, row, STORE, target } from "./support.ts";

describe("time from outside", () => {
  it.each([
    ["weeks", 60 * 86_400_000, 3_600_000],
    ["for ever", Number.MAX_VALUE, 3_600_000],
    ["until a moment that has passed", -86_400_000, INTERVAL],
  ])("is not told to wait %s", async (_how, until, waits) => {
    const { clock, monitor } = build();
    const { answers, check, of } = counting();
    answers.set("exa", { at: 0, ms: 5, rungs: [{ rung: "permissions", ms: 5, outcome: { state: "failed", fault: { kind: "throttled", until } } }], certificateExpiresAt: null });
    monitor.follow(STORE, target(check, ["exa"]));
    await clock.advance(waits - 1);
    expect(of("exa")).toBe(1);
    await clock.advance(2);
    expect(of("exa")).toBe(2);
  });

  it.each([21, -21])("keeps its rhythm and its lengths of time when the wall clock is set by %d days", async (days) => {
    const { clock, monitor, feed, transitions } = build();
    const { check, calls, answers } = counting();
    answers.set("exb", checked("refused"));
    answers.set("exc", { at: 0, ms: 5, rungs: [{ rung: "permissions", ms: 5, outcome: { state: "failed", fault: { kind: "throttled", until: 600_000 } } }], certificateExpiresAt: null });
    monitor.follow(STORE, target(check, ["exa", "exb", "exc"]));
    await clock.advance(60_000);
    const before = calls.length;
    clock.jump(days * 86_400_000);
    monitor.reschedule();
    await clock.advance(60_000);
    expect(calls.length - before).toBe(12);
    const { health, history, lastCheckAt, nextCheckAt } = row(feed, "exa");
    expect(health).toMatchObject({ state: "online" });
    expect(clock.now() - (health.state === "online" ? health.since : 0)).toBe(120_000);
    expect(row(feed, "exb").health).toMatchObject({ state: "offline", since: clock.now() - 119_975 });
    expect(history.every(({ at }) => at <= clock.now() && at > clock.now() - 120_001)).toBe(true);
    expect(clock.now() - (lastCheckAt ?? 0)).toBeLessThanOrEqual(INTERVAL);
    expect((nextCheckAt ?? 0) - clock.now()).toBeLessThanOrEqual(INTERVAL);
    expect(transitions).toHaveLength(3);
  });

  it("does not come into how long a check took that was cut off", async () => {
    const clock = fakeClock();
    clock.jump(86_400_000);
    const running = runCheck(() => new Promise(() => undefined), "exa", new AbortController(), { clock, logger: silentLogger, timeoutMs: 10_000, asked: false });
    await clock.advance(5_000);
    clock.jump(-21 * 86_400_000);
    await clock.advance(6_000);
    expect(await running).toMatchObject({ ms: 10_500, rungs: [{ rung: "health-check", ms: 10_500, outcome: { fault: { kind: "timeout", afterMs: 10_000 } } }] });
  });
});
