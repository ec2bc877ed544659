import { describe, expect, it } from "vitest";
import { NetworkWatch } from "../../../../main/monitor/network-watch.ts";
import type { Fault } from "../../../../shared/fault.ts";
import type { CheckResult } from "../../../../shared/model/mail-server.ts";
import { fakeClock, STORE } from "./support.ts";

const silent: Fault = { kind: "unreachable", rung: "dns", reason: "dns-failed" };
const check = (outcome: CheckResult["rungs"][number]["outcome"]): CheckResult => ({ at: 0, ms: 1, rungs: [{ rung: "dns", ms: 1, outcome }], certificateExpiresAt: null });
const lost = check({ state: "failed", fault: silent });
const found = check({ state: "passed", answer: null });

function bed(witness: (signal: AbortSignal) => Promise<Fault | null>) {
  const clock = fakeClock();
  let asked = 0;
  const watch = new NetworkWatch({
    clock,
    network: { interfaces: () => ["lan"] },
    witness: (_storeId, signal) => {
      asked += 1;
      return witness(signal);
    },
    onChange: () => undefined,
    onBack: () => undefined,
  });
  /** Judges a check of a server that began at that moment of the monotonic clock. */
  const judge = (server: string, result: CheckResult, startedAt: number) => watch.isAway(STORE, server, result, startedAt);
  return { clock, watch, judge, asked: () => asked };
}

describe("the witness for the network", () => {
  it("is waited for four seconds, and then counts as silent", async () => {
    const signals: AbortSignal[] = [];
    const { clock, watch, judge } = bed((signal) => {
      signals.push(signal);
      return new Promise(() => undefined);
    });
    const answers: boolean[] = [];
    void judge("exa", lost, 0).then((away) => answers.push(away));
    await clock.advance(3_999);
    expect([answers, signals.map(({ aborted }) => aborted)]).toEqual([[], [false]]);
    await clock.advance(1);
    expect([answers, signals.map(({ aborted }) => aborted)]).toEqual([[true], [true]]);
    expect(watch.away.get(STORE)).toMatchObject({ why: "resolver-away" });
  });

  it("speaks for the network where asking went wrong", async () => {
    expect(await bed(() => Promise.reject(new Error("planted"))).judge("exa", lost, 0)).toBe(false);
  });

  it("is asked again when what it failed with is two seconds old", async () => {
    const { clock, judge, asked } = bed(() => Promise.resolve(silent));
    await judge("exa", lost, 0);
    await clock.advance(1_999);
    await judge("exb", lost, 500);
    expect(asked()).toBe(1);
    await clock.advance(1);
    await judge("exc", lost, 500);
    expect(asked()).toBe(2);
  });

  it("is asked again by a check that began after it was found", async () => {
    const { clock, judge, asked } = bed(() => Promise.resolve(null));
    await judge("exa", lost, 0);
    await judge("exb", lost, 0);
    expect(asked()).toBe(1);
    await clock.advance(10);
    await judge("exc", lost, 5);
    expect(asked()).toBe(2);
  });
});

describe("another server that is found", () => {
  it("speaks against one that has been failing since before", async () => {
    const { judge, watch } = bed(() => Promise.resolve(silent));
    expect(await judge("exa", lost, 0)).toBe(true);
    expect(await judge("exb", found, 100)).toBe(false);
    expect(watch.away.size).toBe(0);
    expect(await judge("exa", lost, 200)).toBe(false);
  });

  it("says nothing of one that was well until later", async () => {
    const { judge } = bed(() => Promise.resolve(silent));
    await judge("exa", lost, 0);
    await judge("exa", found, 100);
    expect(await judge("exa", lost, 200)).toBe(true);
  });

  it("brings back no network that went away after it was asked for", async () => {
    const { clock, judge, watch } = bed(() => Promise.resolve(silent));
    await clock.advance(1_000);
    await judge("exa", lost, 950);
    await judge("exb", found, 900);
    expect(watch.away.size).toBe(1);
    await judge("exb", found, 1_000);
    expect(watch.away.size).toBe(0);
  });

  it("is no witness for names when it has none", async () => {
    const { judge, watch } = bed(() => Promise.resolve(silent));
    await judge("exa", lost, 0);
    await judge("192.0.2.7", found, 100);
    expect(watch.away.size).toBe(1);
  });
});
