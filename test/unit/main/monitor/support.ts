/** A clock whose time passes only when the test says so; timers run in order, and what they start runs to its next wait. */
import { afterEach } from "vitest";
import type { Feed } from "../../../../main/feed.ts";
import { Monitor, type Transition } from "../../../../main/monitor/monitor.ts";
import type { ServerCheck } from "../../../../main/monitor/run-check.ts";
import type { MonitorServer } from "../../../../main/monitor/watched.ts";
import type { Clock } from "../../../../main/ports.ts";
import type { CheckResult, ServerStatus } from "../../../../shared/model/mail-server.ts";
import { silentLogger } from "../../../lab/loggers.ts";
import { checked } from "../services/support.ts";

export interface FakeClock extends Clock {
  advance(ms: number): Promise<void>;
  /** Sets the wall clock forward or back; durations and timers know nothing of it. */
  jump(ms: number): void;
  /** Timers that are set. */
  waiting(): number;
}

const settle = () => new Promise<void>((resolve) => setImmediate(resolve));

export function fakeClock(random: () => number = () => 0.5): FakeClock {
  let now = 0;
  let offset = 0;
  const timers = new Set<{ readonly at: number; readonly callback: () => void }>();
  return {
    now: () => now + offset,
    jump: (ms) => {
      offset += ms;
    },
    elapsed: () => now,
    waiting: () => timers.size,
    random,
    after: (ms, callback) => {
      const timer = { at: now + ms, callback };
      timers.add(timer);
      return () => timers.delete(timer);
    },
    advance: async (ms) => {
      const end = now + ms;
      await settle();
      for (;;) {
        let next: { readonly at: number; readonly callback: () => void } | null = null;
        for (const timer of timers) if (timer.at <= end && (next === null || timer.at < next.at)) next = timer;
        if (next === null) break;
        timers.delete(next);
        now = Math.max(now, next.at);
        next.callback();
        await settle();
      }
      now = end;
    },
  };
}

/** A server's row. */
export function row(feed: Feed<ServerStatus>, name: string): ServerStatus {
  const status = feed.get(name);
  if (status === undefined) throw new Error(`no row for ${name}`);
  return status;
}

export const STORE = "store";
export const INTERVAL = 10_000;
const monitors: Monitor[] = [];

/** Disposes of a monitor when the test is over. */
export function endWithTest(monitor: Monitor): void {
  monitors.push(monitor);
}

/** A monitor over one store, disposed of after the test. */
export function build(clock: FakeClock = fakeClock()) {
  const transitions: Transition[] = [];
  const settings = { intervalMs: INTERVAL };
  const monitor = new Monitor({
    clock,
    logger: silentLogger,
    intervalMs: () => settings.intervalMs,
    onTransition: (transition) => transitions.push(transition),
  });
  endWithTest(monitor);
  return { clock, monitor, transitions, settings, feed: monitor.feed(STORE) };
}

export function target(check: ServerCheck | null, names: readonly string[], ticked: readonly string[] = names): MonitorServer[] {
  return names.map((name) => ({ name, ticked: ticked.includes(name), inForce: true, provider: "toy", check }));
}

/** Counts calls; answers `passed` until told otherwise. */
export function counting() {
  const calls: string[] = [];
  const answers = new Map<string, CheckResult>();
  const check: ServerCheck = (server) => {
    calls.push(server);
    return Promise.resolve(answers.get(server) ?? checked(null));
  };
  return { calls, answers, check, of: (server: string) => calls.filter((name) => name === server).length };
}

/** Never answers until its signal aborts; then says how far it came. */
export const hanging: ServerCheck = (_server, { signal }) =>
  new Promise((resolve) => {
    signal.addEventListener("abort", () =>
      resolve({
        at: 0,
        ms: 10_000,
        rungs: [{ rung: "tcp", ms: 10_000, outcome: { state: "failed", fault: { kind: "cancelled" } } }],
        certificateExpiresAt: null,
      }),
    );
  });

afterEach(async () => {
  await Promise.all(monitors.splice(0).map((monitor) => monitor.dispose()));
});
