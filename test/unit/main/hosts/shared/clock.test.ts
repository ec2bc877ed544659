import { setTimeout as delay } from "node:timers/promises";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { systemClock } from "../../../../../main/hosts/shared/clock.ts";

const WEEK = 7 * 86_400_000;

describe("timers of any length", () => {
  beforeEach(() => {
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  it.each([0, -5, -Infinity])("%d ms is now", (ms) => {
    const called = vi.fn<() => void>();
    systemClock.after(ms, called);
    vi.advanceTimersByTime(1);
    expect(called).toHaveBeenCalledOnce();
  });

  it("weeks are waited for", () => {
    const called = vi.fn<() => void>();
    systemClock.after(8 * WEEK, called);
    vi.advanceTimersByTime(8 * WEEK - 1);
    expect(called).not.toHaveBeenCalled();
    vi.advanceTimersByTime(1);
    expect(called).toHaveBeenCalledOnce();
  });

  it("is called off in any of its steps", () => {
    const called = vi.fn<() => void>();
    const cancel = systemClock.after(8 * WEEK, called);
    vi.advanceTimersByTime(6 * WEEK);
    cancel();
    vi.advanceTimersByTime(8 * WEEK);
    expect(called).not.toHaveBeenCalled();
  });

  it.each([Infinity, Number.NaN])("%d never comes", (ms) => {
    const called = vi.fn<() => void>();
    systemClock.after(ms, called);
    vi.advanceTimersByTime(52 * WEEK);
    expect(called).not.toHaveBeenCalled();
  });
});

it("the platform's own timer fires at once where the product's waits", async () => {
  const called = vi.fn<() => void>();
  const cancel = systemClock.after(2 ** 31, called);
  await delay(20);
  cancel();
  expect(called).not.toHaveBeenCalled();
});

it("lengths of time know nothing of a wall clock that is set", () => {
  vi.useFakeTimers({ toFake: ["Date"] });
  const before = systemClock.elapsed();
  vi.setSystemTime(Date.now() - 3 * WEEK);
  const passed = systemClock.elapsed() - before;
  vi.useRealTimers();
  expect(passed >= 0 && passed < WEEK).toBe(true);
});

it("no timer keeps the process from ending", () => {
  const holding = () => process.getActiveResourcesInfo().filter((each) => each === "Timeout").length;
  const before = holding();
  const cancel = systemClock.after(60_000, () => undefined);
  expect(holding()).toBe(before);
  cancel();
});
