// @vitest-environment jsdom
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { startNavigation } from "../../../../renderer/stores/navigation.ts";
import { forgetWork, isRunning, listWork, runningWork, timeLeft, type WorkEntry } from "../../../../renderer/stores/running-work.ts";
import { progress } from "../../../../shared/contract/progress.ts";

const sync = { kind: "sync", subject: "Contoso", route: { page: "store", id: "s", section: "messaging-system" } } as const;
const entries = () => runningWork.getState().entries;
const first = (): WorkEntry => {
  const [entry] = entries();
  if (entry === undefined) throw new Error("nothing is listed");
  return entry;
};
const closing = () => !window.dispatchEvent(new Event("beforeunload", { cancelable: true }));

let clock = 0;
const now = () => clock;
beforeEach(() => {
  clock = 1_000;
});
afterEach(() => runningWork.setState({ entries: [] }));

describe("the list of work", () => {
  it("has each work from its beginning on, newest first, with its newest progress and how it ended", () => {
    const work = listWork(sync, () => {}, now);
    const other = listWork({ ...sync, subject: "Fabrikam" }, () => {}, now);
    expect(entries().map(({ subject }) => subject)).toEqual(["Fabrikam", "Contoso"]);
    work.progress(progress("searching-servers", { done: 3 }));
    clock = 5_000;
    work.end({ kind: "timeout", phase: "search", afterMs: 1 });
    expect(entries().map((entry) => [entry.progress?.done ?? null, entry.ended])).toEqual([
      [null, null],
      [3, { at: 5_000, fault: { kind: "timeout", phase: "search", afterMs: 1 } }],
    ]);
    other.end(null);
    expect(entries().some(isRunning)).toBe(false);
  });

  it("asks before the window closes for as long as something runs, and no longer", () => {
    const stop = startNavigation();
    expect(closing()).toBe(false);
    const work = listWork(sync, () => {}, now);
    expect(closing()).toBe(true);
    work.end(null);
    expect(closing()).toBe(false);
    stop();
  });

  it("passes Cancel on, forgets what has ended and nothing that runs", () => {
    const cancel = vi.fn();
    const work = listWork(sync, cancel, now);
    first().cancel();
    expect(cancel).toHaveBeenCalledOnce();
    forgetWork(first().id);
    expect(entries()).toHaveLength(1);
    work.end({ kind: "cancelled" });
    first().cancel();
    expect(cancel).toHaveBeenCalledOnce();
    forgetWork(first().id);
    expect(entries()).toEqual([]);
  });

  it("keeps the last five that ended, and everything that runs", () => {
    listWork({ ...sync, subject: "runs" }, () => {}, now);
    for (let i = 0; i < 8; i += 1) listWork({ ...sync, subject: `ended ${i}` }, () => {}, now).end(null);
    expect(entries().map(({ subject }) => subject)).toEqual(["ended 7", "ended 6", "ended 5", "ended 4", "ended 3", "runs"]);
    expect(first().subject).toBe("ended 7");
  });
});

describe("the time that is left", () => {
  it("follows the pace of the step, once that says something", () => {
    const work = listWork(sync, () => {}, now);
    work.progress(progress("reading", { done: 90, total: 100 }));
    clock = 11_000;
    work.progress(progress("judging", { done: 1, total: 100 }));
    clock = 11_900;
    work.progress(progress("judging", { done: 9, total: 100 }));
    expect(timeLeft(first())).toBeNull();
    clock = 13_000;
    work.progress(progress("judging", { done: 10, total: 100 }));
    expect(timeLeft(first())).toBe(18_000);
    work.progress(progress("judging", { done: 50, total: 100 }));
    expect(timeLeft(first())).toBe(2_000);
    work.end(null);
    expect(timeLeft(first())).toBeNull();
  });

  it("is not told without an end in sight", () => {
    const work = listWork(sync, () => {}, now);
    work.progress(progress("searching", { done: 10 }));
    clock = 60_000;
    work.progress(progress("searching", { done: 20 }));
    expect(timeLeft(first())).toBeNull();
    work.end(null);
  });
});
