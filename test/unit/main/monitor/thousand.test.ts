import { afterEach, describe, expect, it, vi } from "vitest";
import type { ServerCheck } from "../../../../main/monitor/run-check.ts";
import { createSystemResolver } from "../../../../main/network/system-resolver.ts";
import { build, fakeClock, row, STORE, target } from "./support.ts";

const TEN_MINUTES = 600_000;
const WEEKS = 21 * 86_400_000;
/** How long a name takes to fail whose DNS servers are silent: three of them, two tries of five seconds each (resolv.conf(5)). */
const SILENCE_MS = 30_000;

afterEach(() => {
  vi.unstubAllEnvs();
});

/** A thousand servers behind the system's resolver; three in ten have names that nobody answers for. */
function site() {
  vi.stubEnv("UV_THREADPOOL_SIZE", "128");
  const clock = fakeClock();
  const lookups = { running: 0, most: 0, names: new Map<string, number>() };
  const look = (name: string) => {
    lookups.running += 1;
    lookups.most = Math.max(lookups.most, lookups.running);
    lookups.names.set(name, (lookups.names.get(name) ?? 0) + 1);
    return new Promise<readonly string[]>((resolve, reject) => {
      const gone = name.startsWith("gone");
      clock.after(gone ? SILENCE_MS : 5, () => {
        lookups.running -= 1;
        lookups.names.set(name, (lookups.names.get(name) ?? 0) - 1);
        if (gone) reject(Object.assign(new Error("planted"), { code: "EAI_AGAIN" }));
        else resolve(["192.0.2.1"]);
      });
      expect(lookups.names.get(name)).toBe(1);
    });
  };
  const resolver = createSystemResolver({ clock, look });
  const checks = new Map<string, number>();
  const check: ServerCheck = async (server, { signal }) => {
    checks.set(server, (checks.get(server) ?? 0) + 1);
    const [at, started] = [clock.now(), clock.elapsed()];
    const found = await resolver.connectTo(server, 443, { server: null, signal });
    const ms = clock.elapsed() - started;
    const outcome = found.ok ? ({ state: "passed", answer: null } as const) : ({ state: "failed", fault: found.fault } as const);
    return { at, ms, rungs: [{ rung: "dns", ms, outcome }], certificateExpiresAt: null };
  };
  const names = Array.from({ length: 1_000 }, (_, index) => `${(index * 7) % 10 < 3 ? "gone" : "well"}${index}`);
  return { clock, lookups, check, checks, names, well: names.filter((name) => name.startsWith("well")) };
}

describe("a thousand servers, three hundred of which have names that nobody answers for", () => {
  it("the others stay online for ten minutes in which the wall clock is set forward and back", { timeout: 240_000 }, async () => {
    const { clock, lookups, check, checks, names, well } = site();
    const { monitor, feed, transitions } = build(clock);
    // Those that are gone carry a tick, half of the others do not.
    const ticked = names.filter((name, index) => name.startsWith("gone") || index % 2 === 0);
    monitor.follow(STORE, target(check, names, ticked));
    await clock.advance(TEN_MINUTES / 2);
    expect(well.filter((name) => row(feed, name).health.state !== "online")).toEqual([]);
    const [flips, before] = [transitions.length, new Map(checks)];
    clock.jump(WEEKS);
    await clock.advance(TEN_MINUTES / 4);
    clock.jump(-2 * WEEKS);
    await clock.advance(TEN_MINUTES / 4);
    expect(well.filter((name) => row(feed, name).health.state !== "online")).toEqual([]);
    expect(transitions.slice(flips).filter(({ server }) => server.startsWith("well"))).toEqual([]);
    expect(transitions.filter(({ server, before: from }) => server.startsWith("well") && from.state !== "unchecked")).toEqual([]);
    // Every ten seconds or a little later, and no storm.
    const rounds = well.map((name) => (checks.get(name) ?? 0) - (before.get(name) ?? 0));
    expect(Math.min(...rounds)).toBeGreaterThanOrEqual(25);
    expect(Math.max(...rounds)).toBeLessThanOrEqual(32);
    expect(lookups.most).toBeLessThanOrEqual(64);
    const ended = monitor.dispose();
    await clock.advance(SILENCE_MS);
    await ended;
  });
});
