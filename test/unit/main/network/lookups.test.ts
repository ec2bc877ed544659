import { getEventListeners } from "node:events";
import { describe, expect, it } from "vitest";
import { lookupThreads, Lookups } from "../../../../main/network/lookups.ts";
import { fakeClock } from "../monitor/support.ts";
import { neverAborted } from "./support.ts";

const settle = () => new Promise<void>((resolve) => setImmediate(resolve));

/** A system that answers when it is told to, as threads do that nobody can interrupt. */
function blocking(threads: number) {
  const clock = fakeClock();
  const running: string[] = [];
  let most = 0;
  const ends = new Map<string, (found: boolean) => void>();
  const look = (name: string) => {
    running.push(name);
    most = Math.max(most, running.length);
    return new Promise<readonly string[]>((resolve, reject) => {
      ends.set(name, (found) => {
        running.splice(running.indexOf(name), 1);
        if (found) resolve(["192.0.2.1"]);
        else reject(Object.assign(new Error("planted"), { code: "ENOTFOUND" }));
      });
    });
  };
  const lookups = new Lookups({ look, clock, threads });
  const end = async (name: string, found = true) => {
    ends.get(name)?.(found);
    await settle();
  };
  /** Asks and tells how it ended. */
  const ask = (name: string, signal = neverAborted) =>
    lookups.find(name, signal).then(
      (addresses) => addresses.join(),
      (error: unknown) => (error instanceof Error && "code" in error ? String(error.code) : "aborted"),
    );
  return { clock, lookups, running, ask, end, most: () => most };
}

describe("look-ups", () => {
  it("asks once for all who wait for a name, and lets each go on its own", async () => {
    const { running, ask, end } = blocking(4);
    const leaves = new AbortController();
    const [one, gone, other] = [ask("exa"), ask("exa", leaves.signal), ask("exa")];
    expect(running).toEqual(["exa"]);
    leaves.abort();
    expect(await gone).toBe("aborted");
    await end("exa");
    expect(await Promise.all([one, other])).toEqual(["192.0.2.1", "192.0.2.1"]);
  });

  it("lets names that were found pass by those that were not, and bounds what runs and waits", async () => {
    const { clock, lookups, running, ask, end, most } = blocking(8);
    const healthy = ["exa", "exb", "exc", "exd"];
    for (const name of healthy) {
      const asked = ask(name);
      await end(name);
      expect(await asked).toBe("192.0.2.1");
    }
    const lost = Array.from({ length: 300 }, (_, index) => `gone${index}`);
    const stop = new AbortController();
    const waiting = lost.map((name) => ask(name, stop.signal));
    expect(running).toHaveLength(6);
    const again = healthy.slice(0, 2).map((name) => ask(name));
    expect(running.slice(6)).toEqual(["exa", "exb"]);
    await end("exa");
    await end("exb");
    expect(await Promise.all(again)).toEqual(["192.0.2.1", "192.0.2.1"]);
    const given: string[] = [];
    for (const each of waiting) void each.then((code) => given.push(code));
    await clock.advance(4_999);
    expect(given).toEqual([]);
    await clock.advance(1);
    stop.abort();
    const ended = await Promise.all(waiting);
    expect(ended.slice(6).every((code) => code === "ENOTLOOKEDUP")).toBe(true);
    expect(lookups.size).toBe(6);
    for (const name of lost.slice(0, 6)) await end(name, false);
    expect(lookups.size).toBe(0);
    expect(most()).toBe(8);
  });

  it("leave no timer and no listener, however they end", async () => {
    const { clock, lookups, ask, end } = blocking(1);
    const stop = new AbortController();
    const found = ask("exa", stop.signal);
    const waiting = [ask("exb", stop.signal), ask("exc")];
    expect([clock.waiting(), getEventListeners(stop.signal, "abort").length]).toEqual([3, 2]);
    await end("exa");
    await found;
    expect(getEventListeners(stop.signal, "abort")).toHaveLength(1);
    stop.abort();
    expect(await waiting[0]).toBe("aborted");
    expect([clock.waiting(), getEventListeners(stop.signal, "abort").length]).toEqual([1, 0]);
    await end("exb");
    await end("exc");
    await waiting[1];
    expect([clock.waiting(), lookups.size]).toEqual([0, 0]);
  });

  it("are not even begun for a name that nobody waits for any more", async () => {
    const { lookups, running, ask, end } = blocking(1);
    void ask("exa");
    const stop = new AbortController();
    const gone = ask("exb", stop.signal);
    stop.abort();
    await gone;
    expect(lookups.size).toBe(1);
    await end("exa");
    expect([running, lookups.size]).toEqual([[], 0]);
  });

  it("counts a name that took long as one that failed", async () => {
    const { clock, running, ask, end } = blocking(4);
    for (const name of ["one", "two", "three"]) {
      void ask(name);
      await clock.advance(1_500);
      await end(name);
    }
    for (const name of ["one", "two", "three"]) void ask(name);
    expect(running).toEqual(["one", "two"]);
  });

  it("forgets the name that was not asked for the longest behind five thousand others", async () => {
    const { running, ask, end } = blocking(4);
    const find = async (name: string) => {
      void ask(name);
      await end(name);
    };
    for (const name of ["first", "second", "first", ...Array.from({ length: 4_999 }, (_, index) => `ex${index}`)]) await find(name);
    // What is new can hold three threads of four.
    for (const name of ["new0", "new1", "new2", "second", "first"]) void ask(name);
    expect(running).toEqual(["new0", "new1", "new2", "first"]);
  });

  it("refuses what would wait behind a thousand others", async () => {
    const { lookups, ask } = blocking(1);
    const asked = Array.from({ length: 1_002 }, (_, index) => ask(`ex${index}`));
    expect(await asked.at(-1)).toBe("ENOTLOOKEDUP");
    expect(lookups.size).toBe(1_001);
  });

  it.each([
    [undefined, 2],
    ["4", 2],
    ["64", 32],
    ["1", 1],
    ["5000", 512],
    ["many", 2],
    ["-3", 2],
  ])("a pool of %j threads runs %i of them", (size, threads) => {
    expect(lookupThreads(size === undefined ? {} : { UV_THREADPOOL_SIZE: size })).toBe(threads);
  });
});
