import { describe, expect, it } from "vitest";
import type { DirectoryObjects } from "../../../../../main/directory/types.ts";
import { Directories } from "../../../../../main/services/mail-objects/directories.ts";
import { fail, succeed, type Result } from "../../../../../shared/fault.ts";
import type { Container } from "../../../../../shared/model/mail-plan.ts";
import { manualClock } from "../../store/support.ts";

const unasked = () => Promise.reject(new Error("nothing but containers is asked for here"));

/** A directory that answers as long as the signal it was opened with holds, as a real session does; `hangs` keeps it from answering. */
function directory(signal: AbortSignal, hangs: boolean, closed: () => void): DirectoryObjects {
  const cancelled = fail({ kind: "cancelled" });
  const containers = (): Promise<Result<readonly Container[]>> => {
    if (signal.aborted) return Promise.resolve(cancelled);
    return hangs ? new Promise((resolve) => signal.addEventListener("abort", () => resolve(cancelled))) : Promise.resolve(succeed([]));
  };
  const close = () => {
    closed();
    return Promise.resolve();
  };
  return { controller: "dc1", containers, find: unasked, called: unasked, conflicts: unasked, nameOf: () => null, create: unasked, locate: unasked, read: unasked, modify: unasked, remove: unasked, close };
}

function site({ hangs = false } = {}) {
  const clock = manualClock(0);
  const directories = new Directories(clock);
  const counts = { opened: 0, closed: 0 };
  const open = (signal: AbortSignal) => {
    counts.opened += 1;
    return Promise.resolve(succeed(directory(signal, hangs, () => (counts.closed += 1))));
  };
  const closing = new AbortController();
  return { clock, directories, counts, close: () => closing.abort(), ask: () => directories.ask("s", closing.signal, open, (objects) => objects.containers(null)) };
}

describe("a directory that is kept for a page", () => {
  it("answers on the same connection as long as it is asked now and then", async () => {
    const { clock, counts, ask } = site();
    for (let times = 0; times < 4; times += 1) {
      expect(await ask()).toEqual(succeed([]));
      clock.advance(40_000);
    }
    expect(counts).toEqual({ opened: 1, closed: 0 });
  });

  it("is let go of when nobody asks any more, and opened again for who does", async () => {
    const { clock, counts, ask } = site();
    await ask();
    clock.advance(60_000);
    expect(counts).toEqual({ opened: 1, closed: 1 });
    expect(await ask()).toEqual(succeed([]));
    expect(counts.opened).toBe(2);
  });

  it("is let go of at once when its ways close", async () => {
    const { counts, close, ask } = site();
    await ask();
    close();
    expect(counts).toEqual({ opened: 1, closed: 1 });
  });

  it("that does not answer is given up, is told as that, and lets go of its connection", async () => {
    const { clock, counts, ask } = site({ hangs: true });
    const asked = ask();
    await new Promise((resolve) => setImmediate(resolve));
    clock.advance(20_000);
    expect(await asked).toEqual(fail({ kind: "timeout", phase: "directory", afterMs: 20_000 }));
    expect(counts).toEqual({ opened: 1, closed: 1 });
  });

  it("whose account is refused is not knocked at again for a while", async () => {
    const clock = manualClock(0);
    const directories = new Directories(clock);
    let knocks = 0;
    const refused = fail({ kind: "sign-in", reason: "wrong-credentials" });
    const ask = () =>
      directories.ask<null>("s", new AbortController().signal, () => {
        knocks += 1;
        return Promise.resolve(refused);
      }, unasked);
    // Also by those who were waiting for their turn when it was refused.
    expect(await Promise.all([ask(), ask(), ask()])).toEqual([refused, refused, refused]);
    expect(await ask()).toEqual(refused);
    expect(knocks).toBe(1);
    clock.advance(5 * 60_000);
    await ask();
    expect(knocks).toBe(2);
  });
});
