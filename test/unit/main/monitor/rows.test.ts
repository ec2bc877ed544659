/** What a row keeps from check to check, and when its server is looked at out of turn. */
import { expect, it } from "vitest";
import { Monitor, SLOTS } from "../../../../main/monitor/monitor.ts";
import type { ServerCheck } from "../../../../main/monitor/run-check.ts";
import { silentLogger } from "../../../lab/loggers.ts";
import { checked } from "../services/support.ts";
import { build, counting, endWithTest, fakeClock, INTERVAL, row, STORE, target } from "./support.ts";

/** A monitor over one server whose checks take 700 ms, and whether each was asked for. */
function slowServer() {
  const built = build();
  const asked: boolean[] = [];
  const check: ServerCheck = async (_server, options) => {
    asked.push(options.asked);
    await new Promise<void>((resolve) => built.clock.after(700, resolve));
    return checked(null);
  };
  built.monitor.follow(STORE, target(check, ["exa"]));
  return { ...built, asked };
}

it("asked during a check that climbs only what is due, looks again as soon as that one ends", async () => {
  const { clock, monitor, asked } = slowServer();
  await clock.advance(700 + INTERVAL + 100);
  expect(asked).toEqual([false, false]);
  monitor.check(STORE, ["exa"]);
  await clock.advance(700);
  expect(asked).toEqual([false, false, true]);
  await clock.advance(700);
});

it("asked during the first check, which climbs everything, looks no second time", async () => {
  const { clock, monitor, asked } = slowServer();
  await clock.advance(100);
  monitor.check(STORE, ["exa"]);
  await clock.advance(INTERVAL);
  expect(asked).toEqual([false]);
  await clock.advance(2000);
});

it("of a server that another provider takes over, knows nothing until that one has looked", async () => {
  const { clock, monitor, feed } = build();
  const [before, after] = [counting(), counting()];
  after.answers.set("exa", checked("refused"));
  monitor.follow(STORE, target(before.check, ["exa"]));
  await clock.advance(100);
  expect(row(feed, "exa").health.state).toBe("online");
  monitor.follow(STORE, target(after.check, ["exa"]).map((server) => ({ ...server, provider: "other" })));
  expect(row(feed, "exa")).toMatchObject({ health: { state: "unchecked" }, history: [] });
  await clock.advance(100);
  expect([row(feed, "exa").health.state, before.of("exa"), after.of("exa")]).toEqual(["offline", 1, 1]);
});

it("keeps what a certificate's end was while a later check does not come to it, and the last check that came to looking", async () => {
  const { clock, monitor, feed } = build();
  const { check, answers } = counting();
  answers.set("exa", { ...checked(null), certificateExpiresAt: 1_900_000_000_000 });
  monitor.follow(STORE, target(check, ["exa"]));
  await clock.advance(1);
  answers.set("exa", checked("refused"));
  await clock.advance(INTERVAL);
  const before = row(feed, "exa");
  expect(before).toMatchObject({ health: { state: "unstable" }, certificateExpiresAt: 1_900_000_000_000, history: [{ ms: 5 }, { ms: null }] });
  const fault = { kind: "unreachable", rung: "dns", reason: "not-looked-up" } as const;
  answers.set("exa", { ...checked(null), rungs: [{ rung: "dns", ms: 1, outcome: { state: "failed", fault } }] });
  await clock.advance(INTERVAL);
  const { health, history, lastCheck, lastCheckAt } = before;
  expect(row(feed, "exa")).toMatchObject({ health, history, lastCheck, lastCheckAt });
});

it("with the network back, looks at once at what was unknown and at nothing else", async () => {
  const clock = fakeClock();
  const { check, answers, of } = counting();
  answers.set("exb", checked("refused"));
  const isAway = (_storeId: string, server: string) => Promise.resolve(server === "exb");
  const monitor = new Monitor({ clock, logger: silentLogger, intervalMs: () => INTERVAL, onTransition: () => {}, isAway });
  endWithTest(monitor);
  monitor.follow(STORE, target(check, ["exa", "exb"]));
  await clock.advance(100);
  expect([row(monitor.feed(STORE), "exa").health.state, row(monitor.feed(STORE), "exb").health.state]).toEqual(["online", "unknown"]);
  monitor.resume(STORE);
  await clock.advance(100);
  expect([of("exa"), of("exb")]).toEqual([1, 2]);
});

it("calls slow only what was waited for in vain: servers that answer after seconds keep every slot", async () => {
  const { clock, monitor } = build();
  let [running, most] = [0, 0];
  const far: ServerCheck = async () => {
    running += 1;
    most = Math.max(most, running);
    await new Promise<void>((resolve) => clock.after(3_000, resolve));
    running -= 1;
    return checked(null);
  };
  monitor.follow(STORE, target(far, Array.from({ length: SLOTS }, (_, index) => `ex${index}`)));
  await clock.advance(5_000);
  most = 0;
  await clock.advance(INTERVAL);
  expect(most).toBe(SLOTS);
  const ended = monitor.dispose();
  await clock.advance(5_000);
  await ended;
});
