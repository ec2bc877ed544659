/** A callback that throws, planted at every kind of place where nobody waits for the answer. */
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { Guard, guardedClock } from "../../../main/guard.ts";
import { Gathering } from "../../../main/gathering.ts";
import { Listeners } from "../../../main/listeners.ts";
import { Monitor } from "../../../main/monitor/monitor.ts";
import { Connection } from "../../../main/store/connection.ts";
import { recordingLogger } from "../../lab/loggers.ts";
import { checked, layBed, quietly, storeWithDraft } from "./services/support.ts";
import { fakeClock, target } from "./monitor/support.ts";
import { take } from "./store/support.ts";
import { eventsOf } from "../../lab/events.ts";

let logger = recordingLogger();
beforeEach(() => {
  logger = recordingLogger();
});
afterEach(() => {
  vi.restoreAllMocks();
});

const broken = () => {
  throw new Error("planted");
};
const logged = (what: string) => logger.lines.filter((line) => line.startsWith("A callback threw") && line.includes(`"callback":"${what}"`));

describe("the guard", () => {
  it("logs what is thrown with its stack, an incident and how often it came to that", () => {
    const guard = new Guard("timer", logger);
    guard.run(broken);
    guard.run(() => {});
    guard.run(broken);
    expect(logger.lines).toHaveLength(2);
    expect(logger.lines[1]).toMatch(/"incident":"[0-9a-f-]{36}".*"count":2.*planted.*guard\.test/);
  });

  it("stands around every timer of the clock it is put into", async () => {
    const clock = fakeClock();
    const guarded = guardedClock(clock, logger);
    let called = 0;
    guarded.after(5, broken);
    guarded.after(6, () => (called += 1));
    await clock.advance(10);
    expect([called, logged("timer").length]).toEqual([1, 1]);
  });

  it("stands between listeners", () => {
    const listeners = new Listeners("something", logger);
    const told: string[] = [];
    const callback = () => told.push("first");
    const remove = listeners.add(callback);
    listeners.add(callback);
    listeners.add(broken);
    listeners.add(() => told.push("last"));
    listeners.notify();
    expect(told).toEqual(["first", "first", "last"]);
    remove();
    remove();
    listeners.notify();
    expect([told.length, listeners.size, logged("something").length]).toEqual([5, 3, 2]);
  });
});

describe("gathered work", () => {
  it("is done once for all who asked, and again after a while when it failed", async () => {
    const clock = fakeClock();
    let done = 0;
    let works = false;
    const work = new Gathering(guardedClock(clock, logger), 100, () => (works ? (done += 1) : broken()));
    work.soon();
    work.soon();
    await clock.advance(100);
    expect([done, logged("timer").length]).toEqual([0, 1]);
    works = true;
    await clock.advance(5000);
    expect(done).toBe(1);
    await clock.advance(60_000);
    expect(done).toBe(1);
    work.soon();
    work.stop();
    await clock.advance(60_000);
    expect(done).toBe(1);
  });
});

describe("a transition that throws", () => {
  it("loses no slot and no further check", async () => {
    const clock = fakeClock();
    let checks = 0;
    const monitor = new Monitor({ clock, logger, intervalMs: () => 10_000, onTransition: broken });
    const check = () => {
      checks += 1;
      return Promise.resolve(checked(null));
    };
    monitor.follow("store", target(check, Array.from({ length: 100 }, (_, index) => `ex${index}.contoso.lab`)));
    await clock.advance(5000);
    expect([checks, logged("check that ended").length]).toEqual([100, 100]);
    await clock.advance(15_000);
    expect(checks).toBeGreaterThanOrEqual(200);
    await monitor.dispose();
  });
});

describe("a store that cannot be read for an hour", () => {
  it("ends nothing: what was known last stays, and everything goes on by itself afterwards", async () => {
    const clock = fakeClock(() => 0);
    const bed = await layBed({ clock: guardedClock(clock, logger), logger });
    try {
      const id = await storeWithDraft(bed);
      take(await bed.services.editor.sync(id, quietly()));
      take(await bed.page.save(id, 1));
      bed.services.attend();
      await clock.advance(10_000);
      const known = bed.services.summaries.feed.values();
      expect(known).toMatchObject([{ serversTotal: 1, serversOnline: 1 }]);
      const readError = Object.assign(new Error("disk I/O error"), { code: "ERR_SQLITE_ERROR", errcode: 266 });
      const reads = (["all", "get"] as const).map((name) => vi.spyOn(Connection.prototype, name).mockImplementation(() => {
        throw readError;
      }));
      bed.toy.check = () => Promise.resolve(checked("refused"));
      await clock.advance(60 * 60 * 1000);
      expect(bed.services.summaries.feed.values()).toEqual(known);
      expect(logged("timer").length).toBeGreaterThan(0);
      for (const read of reads) read.mockRestore();
      await clock.advance(2 * 60 * 60 * 1000);
      expect(bed.services.summaries.feed.values()).toMatchObject([{ serversTotal: 1, serversOnline: 0 }]);
      const events = (await eventsOf(bed.services)).filter(({ kind }) => kind === "server-offline");
      expect(events).toMatchObject([{ subject: "exa.contoso.lab", storeName: "Contoso HQ" }]);
    } finally {
      await bed.dispose();
    }
  });
});
