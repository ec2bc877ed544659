import { describe, expect, it } from "vitest";
import type { ServerCheck } from "../../../../main/monitor/run-check.ts";
import { Monitor, SLOTS } from "../../../../main/monitor/monitor.ts";
import { rungProgress } from "../../../../shared/contract/progress.ts";
import type { CheckResult } from "../../../../shared/model/mail-server.ts";
import { detectionPromise } from "../../../../shared/rules/health.ts";
import { recordingLogger } from "../../../lab/loggers.ts";
import { checked } from "../services/support.ts";
import { build, counting, endWithTest, fakeClock, hanging, INTERVAL, row, STORE, target } from "./support.ts";

describe("the monitor", () => {
  it("decides with the first result and goes on in the interval", async () => {
    const { clock, monitor, feed } = build();
    const { check, of } = counting();
    monitor.follow(STORE, target(check, ["exa"]));
    expect(row(feed, "exa").health).toEqual({ state: "unchecked" });
    await clock.advance(100);
    expect(row(feed, "exa")).toMatchObject({ health: { state: "online" }, activity: "idle", lastCheckAt: 0, nextCheckAt: INTERVAL });
    await clock.advance(INTERVAL * 3);
    expect(of("exa")).toBe(4);
    expect(row(feed, "exa").history).toHaveLength(4);
  });

  it("shows a server that refuses within the promise, and brings it back after two successes", async () => {
    const { clock, monitor, transitions, feed } = build(fakeClock(() => 0.999));
    const { check, answers } = counting();
    monitor.follow(STORE, target(check, ["exa"]));
    await clock.advance(1);
    answers.set("exa", checked("refused"));
    await clock.advance(detectionPromise(INTERVAL, 0));
    expect(row(feed, "exa").health.state).toBe("offline");
    answers.clear();
    await clock.advance(INTERVAL * 1.05 + 1);
    expect(row(feed, "exa").health).toMatchObject({ state: "offline", recovering: 1 });
    await clock.advance(2_200);
    expect(row(feed, "exa").health.state).toBe("online");
    expect(transitions.map(({ before, after }) => `${before.state} ${after.state}`)).toEqual([
      "unchecked online",
      "online unstable",
      "unstable offline",
      "offline online",
    ]);
  });

  it("leaves a server alone until the time it asked for", async () => {
    const { clock, monitor, feed } = build();
    const { answers, check, of } = counting();
    const throttled: CheckResult = {
      at: 0,
      ms: 5,
      rungs: [{ rung: "permissions", ms: 5, outcome: { state: "failed", fault: { kind: "throttled", until: 60_000 } } }],
      certificateExpiresAt: null,
    };
    answers.set("exa", throttled);
    monitor.follow(STORE, target(check, ["exa"]));
    await clock.advance(59_000);
    expect(of("exa")).toBe(1);
    expect(row(feed, "exa").nextCheckAt).toBe(60_000);
    await clock.advance(2_000);
    expect(of("exa")).toBe(2);
  });

  it("shows a silent server within the promise, with the rung that was cut off", async () => {
    const { clock, monitor, feed } = build();
    const { check } = counting();
    monitor.follow(STORE, target(check, ["exa"]));
    await clock.advance(1);
    monitor.follow(STORE, target(hanging, ["exa"]));
    await clock.advance(detectionPromise(INTERVAL));
    expect(row(feed, "exa").health).toMatchObject({ state: "offline", reason: { kind: "unreachable", rung: "tcp", reason: "timed-out", host: "exa" } });
  });

  it("does not wait for a check that ignores its signal", async () => {
    const { clock, monitor, feed } = build();
    const deaf: ServerCheck = (_server, { progress }) => {
      progress(rungProgress({ rung: "dns", ms: 1, outcome: { state: "passed", answer: null } }));
      return new Promise(() => {});
    };
    monitor.follow(STORE, target(deaf, ["exa"]));
    await clock.advance(10_600);
    expect(row(feed, "exa")).toMatchObject({
      health: { state: "offline", reason: { kind: "timeout", phase: "check" } },
      lastCheck: { rungs: [{ rung: "dns" }, { outcome: { state: "failed" } }] },
    });
  });

  it("keeps one check in flight a server and never more than its slots", async () => {
    const { clock, monitor } = build();
    const running = new Map<string, number>();
    let most = 0;
    const check: ServerCheck = async (server) => {
      running.set(server, (running.get(server) ?? 0) + 1);
      most = Math.max(most, [...running.values()].reduce((sum, count) => sum + count, 0));
      expect(running.get(server)).toBe(1);
      await new Promise<void>((resolve) => clock.after(700, resolve));
      running.set(server, 0);
      return checked(null);
    };
    const names = Array.from({ length: 100 }, (_, index) => `ex${index}`);
    monitor.follow(STORE, target(check, names));
    for (let round = 0; round < 5; round += 1) {
      monitor.check(STORE, null);
      await clock.advance(500);
    }
    expect(most).toBe(SLOTS);
    const ended = monitor.dispose();
    await clock.advance(1_000);
    await ended;
  });

  it("spreads first starts, ticked servers first", async () => {
    const { clock, monitor } = build();
    const starts: { server: string; at: number }[] = [];
    const check: ServerCheck = (server) => {
      starts.push({ server, at: clock.now() });
      return Promise.resolve(checked(null));
    };
    monitor.follow(STORE, target(check, ["exa", "exb", "exc", "exd"], ["exd"]));
    await clock.advance(1_000);
    expect(starts).toEqual([
      { server: "exd", at: 0 },
      { server: "exa", at: 25 },
      { server: "exb", at: 50 },
      { server: "exc", at: 75 },
    ]);
  });

  it("checks a newly ticked server at once, ahead of those that wait", async () => {
    const { clock, monitor } = build();
    const names = Array.from({ length: SLOTS + 20 }, (_, index) => `ex${index}`);
    const order: string[] = [];
    const slow: ServerCheck = async (server) => {
      order.push(server);
      await new Promise<void>((resolve) => clock.after(1_000, resolve));
      return checked(null);
    };
    monitor.follow(STORE, target(slow, names, []));
    await clock.advance(1_999);
    const waiting = names.filter((name) => !order.includes(name)).at(-1) ?? "";
    const before = order.length;
    monitor.follow(STORE, target(slow, names, [waiting]));
    await clock.advance(1_000);
    expect(order.indexOf(waiting)).toBeLessThanOrEqual(before);
    await clock.advance(3_000);
  });

  it("aborts the check of a server that leaves, and forgets it", async () => {
    const { clock, monitor, feed } = build();
    const aborted: string[] = [];
    const check: ServerCheck = (server, options) => {
      options.signal.addEventListener("abort", () => aborted.push(server));
      return hanging(server, options);
    };
    monitor.follow(STORE, target(check, ["exa", "exb"]));
    await clock.advance(100);
    monitor.follow(STORE, target(check, ["exb"]));
    expect(aborted).toEqual(["exa"]);
    await clock.advance(100);
    expect(feed.values().map(({ name }) => name)).toEqual(["exb"]);
  });

  it("pauses a server, checks it when asked all the same, and begins with a check", async () => {
    const { clock, monitor, feed } = build();
    const { check, of } = counting();
    monitor.follow(STORE, target(check, ["exa"]));
    await clock.advance(1);
    expect(monitor.setPaused(STORE, "exa", true)).toBe(true);
    await clock.advance(INTERVAL * 5);
    expect(of("exa")).toBe(1);
    expect(row(feed, "exa")).toMatchObject({ activity: "paused", nextCheckAt: null, health: { state: "online" } });
    monitor.check(STORE, ["exa"]);
    await clock.advance(INTERVAL);
    expect(of("exa")).toBe(2);
    monitor.setPaused(STORE, "exa", false);
    await clock.advance(1);
    expect(of("exa")).toBe(3);
    expect(monitor.setPaused(STORE, "nobody", true)).toBe(false);
  });

  it("sends nothing for servers that did not change", async () => {
    const { clock, monitor, feed } = build();
    const { check } = counting();
    monitor.follow(STORE, target(check, ["exa", "exb"]));
    await clock.advance(100);
    const reader = feed.read(new AbortController().signal);
    await reader.next();
    monitor.follow(STORE, target(check, ["exa", "exb"]));
    monitor.check(STORE, ["exb"]);
    await clock.advance(1);
    const { value } = await reader.next();
    expect(value).toMatchObject({ type: "change", set: [{ key: "exb" }], removed: [] });
  });

  it("waits for a configuration that can be checked", async () => {
    const { clock, monitor, feed } = build();
    const { check, of } = counting();
    monitor.follow(STORE, target(null, ["exa"]));
    monitor.check(STORE, null);
    await clock.advance(INTERVAL);
    expect(row(feed, "exa").health.state).toBe("unchecked");
    monitor.follow(STORE, target(check, ["exa"]));
    await clock.advance(1);
    expect(of("exa")).toBe(1);
  });

  it("uses a new interval at once", async () => {
    const { clock, monitor, settings } = build();
    const { check, of } = counting();
    settings.intervalMs = 3_600_000;
    monitor.follow(STORE, target(check, ["exa"]));
    await clock.advance(1);
    settings.intervalMs = 5_000;
    monitor.reschedule();
    await clock.advance(5_001);
    expect(of("exa")).toBe(2);
  });

  it("survives a check that throws, and logs it", async () => {
    const clock = fakeClock();
    const logger = recordingLogger();
    const monitor = new Monitor({ clock, logger, intervalMs: () => INTERVAL, onTransition: () => {} });
    endWithTest(monitor);
    monitor.follow(STORE, target(() => Promise.reject(new Error("a planted bug")), ["exa"]));
    await clock.advance(1);
    expect(row(monitor.feed(STORE), "exa").health).toMatchObject({ state: "offline", reason: { kind: "internal" } });
    expect(logger.lines.join("\n")).toContain("a planted bug");
  });

  it("ends with nothing in flight", async () => {
    const { clock, monitor } = build();
    const signals: AbortSignal[] = [];
    const check: ServerCheck = (server, options) => {
      signals.push(options.signal);
      return hanging(server, options);
    };
    monitor.follow(STORE, target(check, ["exa", "exb"]));
    await clock.advance(100);
    await monitor.dispose();
    expect(signals.map((signal) => signal.aborted)).toEqual([true, true]);
  });
});

describe("a server that another console checks", () => {
  it("is not checked here until a person wants it, or it is left no more", async () => {
    const { clock, monitor, feed } = build();
    const { check, of } = counting();
    const left = target(check, ["exa"]).map((server) => ({ ...server, leftToOthers: true }));
    monitor.follow(STORE, left);
    await clock.advance(INTERVAL * 3);
    expect([of("exa"), row(feed, "exa").nextCheckAt]).toEqual([0, null]);
    monitor.check(STORE, ["exa"]);
    await clock.advance(INTERVAL * 3);
    expect(of("exa")).toBe(1);
    monitor.follow(STORE, target(check, ["exa"]));
    await clock.advance(INTERVAL * 3);
    expect(of("exa")).toBeGreaterThan(2);
    monitor.follow(STORE, left);
    const before = of("exa");
    await clock.advance(INTERVAL * 3);
    expect(of("exa")).toBe(before);
  });

  it("goes by what is told of it, in the rhythm in which that was found", async () => {
    const { clock, monitor, feed, transitions } = build();
    monitor.follow(STORE, target(counting().check, ["exa"]).map((server) => ({ ...server, leftToOthers: true })));
    monitor.take(STORE, "exa", checked(null));
    expect(row(feed, "exa").health.state).toBe("online");
    for (const state of ["unstable", "unstable", "offline"]) {
      await clock.advance(2_000);
      monitor.take(STORE, "exa", checked("refused"));
      expect(row(feed, "exa").health.state).toBe(state);
    }
    expect(transitions.map(({ after }) => after.state)).toEqual(["online", "unstable", "offline"]);
    expect(row(feed, "exa").history).toHaveLength(4);
  });

  it("stays as it is while it is paused, and goes by its own check while one runs", async () => {
    const { clock, monitor, feed } = build();
    const asked = Promise.withResolvers<CheckResult>();
    monitor.follow(STORE, target(() => asked.promise, ["exa"]).map((server) => ({ ...server, leftToOthers: true })));
    monitor.setPaused(STORE, "exa", true);
    monitor.take(STORE, "exa", checked(null));
    expect(row(feed, "exa").health.state).toBe("unchecked");
    monitor.check(STORE, ["exa"]);
    await clock.advance(1);
    monitor.setPaused(STORE, "exa", false);
    monitor.take(STORE, "exa", checked(null));
    expect(row(feed, "exa").health.state).toBe("unchecked");
    asked.resolve(checked("refused"));
    await clock.advance(1);
    expect(row(feed, "exa").health.state).toBe("offline");
  });
});
