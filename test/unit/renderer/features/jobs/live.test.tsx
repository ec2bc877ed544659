// @vitest-environment jsdom
/** Pages of jobs while the schedule, another window or the command line goes on. */
import { act } from "react";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { askAgain } from "../../../../../renderer/features/jobs/ask-again.ts";
import { JobRunPage } from "../../../../../renderer/features/jobs/job-run-page.tsx";
import { JobRunsPage } from "../../../../../renderer/features/jobs/job-runs-page.tsx";
import { JobsPage } from "../../../../../renderer/features/jobs/jobs-page.tsx";
import type { JobRow } from "../../../../../shared/model/job-run.ts";
import { fail, succeed, type Result } from "../../../../../shared/result.ts";
import { click, findButton, spoken, type } from "../../render.tsx";
import { holds } from "../mail-objects/support.tsx";
import { detail, run, runRow, summary, userToMake } from "./fixtures.ts";
import { answer, box, forgetAll, historyOf, inDialog, inputsOf, openPage, rowsOf, select, shown, tellNews } from "./support.tsx";

beforeEach(forgetAll);
afterEach(forgetAll);

const DOWN = fail({ kind: "internal", incident: "abc" });

describe("the list of jobs", () => {
  const states = () => [...document.querySelectorAll("[role='row']")].slice(1).map((row) => row.querySelectorAll("[role='gridcell']")[3]?.textContent);

  it("shows a run that was begun elsewhere, and keeps the focus", async () => {
    let jobs = [summary(), summary({ id: "j2", name: "Leavers" })];
    answer({ "jobs.list": () => succeed(jobs) });
    await openPage({ page: "jobs" }, <JobsPage />);
    await holds(() => expect(states()).toEqual(["Never", "Never"]));
    const button = findButton("Actions for Leavers");
    await act(async () => button.focus());
    jobs = [summary({ id: "j0", name: "Contacts" }), summary({ lastRun: run({ at: Date.now(), state: "running" }) }), summary({ id: "j2", name: "Leavers" })];
    await tellNews();
    await holds(() => expect(states()).toEqual(["Never", "Runningjust now", "Never"]));
    expect(document.activeElement).toBe(button);
    expect([...spoken("polite"), ...spoken("assertive")]).toEqual([]);
  });

  it("stays where asking again fails, and comes true with the next word", async () => {
    let listed: Result<unknown> = succeed([summary()]);
    answer({ "jobs.list": () => listed });
    await openPage({ page: "jobs" }, <JobsPage />);
    await holds(() => expect(states()).toEqual(["Never"]));
    listed = DOWN;
    await tellNews();
    await holds(() => findButton("Try again"));
    expect(states()).toEqual(["Never"]);
    listed = succeed([summary({ name: "Joiners 2", lastRun: run({ at: Date.now() }) })]);
    await tellNews();
    await holds(() => expect(states()).toEqual(["Donejust now"]));
    expect(shown()).not.toContain("Something went wrong");
  });
});

describe("the list of runs", () => {
  it("is asked for again as far as it is shown", async () => {
    let runs = Array.from({ length: 70 }, (_one, index) => run({ id: `r${index}` }));
    answer({ "jobs.runs": (question: Parameters<ReturnType<typeof historyOf>>[0]) => historyOf(runs)(question) });
    await openPage({ page: "job-runs" }, <JobRunsPage job={null} />);
    await holds(() => expect(rowsOf("Runs, newest first")).toHaveLength(50));
    await click(findButton("Show more"));
    await holds(() => expect(rowsOf("Runs, newest first")).toHaveLength(70));
    runs = [run({ id: "new", state: "running", jobName: "Leavers" }), ...runs];
    await tellNews();
    await holds(() => expect(rowsOf("Runs, newest first")[0]?.slice(1, 3)).toEqual(["LeaversContoso HQ", "Running"]));
    expect(rowsOf("Runs, newest first")).toHaveLength(71);
  });
});

describe("a run's page", () => {
  const output = () => document.querySelector("output[aria-live]");

  it("follows rows as far as they are shown, with filter and search, and reads none of them out", async () => {
    let rows = Array.from({ length: 150 }, (_one, index) => runRow({ row: index + 1, state: index < 2 ? "done" : "planned" }));
    let state: "running" | "done" = "running";
    answer({
      "jobs.rows": ({ states, from, most }: { readonly states: readonly string[]; readonly from: number; readonly most: number }) => {
        const found = rows.filter((row: JobRow) => states.length === 0 || states.includes(row.state));
        return succeed({ run: run({ state, outcomes: { done: rows.filter((row) => row.state === "done").length } }), rows: found.slice(from, from + most), total: found.length });
      },
    });
    await openPage({ page: "job-run", run: "r1" }, <JobRunPage run="r1" />);
    await holds(() => expect(rowsOf("Rows of this run")).toHaveLength(100));
    expect(output()?.getAttribute("aria-live")).toBe("polite");
    await click(findButton("Show more"));
    await holds(() => expect(rowsOf("Rows of this run")).toHaveLength(150));
    rows = rows.map((row) => ({ ...row, state: row.row <= 3 ? "done" : row.state }));
    await tellNews();
    await holds(() => expect(rowsOf("Rows of this run")[2]?.[3]).toContain("Done"));
    expect(rowsOf("Rows of this run")).toHaveLength(150);
    expect(shown()).toContain("Done: 3");
    expect(output()?.getAttribute("aria-live")).toBe("off");
    await select("rows", "done");
    await holds(() => expect(rowsOf("Rows of this run")).toHaveLength(3));
    expect(output()?.getAttribute("aria-live")).toBe("polite");
    rows = rows.map((row) => ({ ...row, state: "done" }));
    state = "done";
    await tellNews();
    await holds(() => expect(shown()).toContain("100 of 150 rows shown"));
    expect(box("rows").value).toBe("done");
    expect(inputsOf("jobs.rows").at(-1)).toMatchObject({ states: ["done"], from: 0, most: 100 });
    expect([...spoken("polite"), ...spoken("assertive")]).toEqual([]);
  });

  it("keeps what is typed into the question whether to go on, whoever goes on meanwhile", async () => {
    let state: "cancelled" | "running" = "cancelled";
    answer({ "jobs.rows": () => succeed({ run: run({ state, outcomes: { planned: 1 } }), rows: [userToMake()], total: 1 }), "jobs.get": () => succeed(detail()) });
    await openPage({ page: "job-run", run: "r1" }, <JobRunPage run="r1" />);
    await holds(() => findButton("Go on"));
    await click(findButton("Go on"));
    await holds(() => box("password"));
    await type(box("password"), "Secret-of-the-test-4");
    state = "running";
    await tellNews();
    await holds(() => expect(shown()).toContain("Running"));
    expect(box("password").value).toBe("Secret-of-the-test-4");
    await click(inDialog("Cancel"));
    await holds(() => expect(() => findButton("Go on")).toThrow("no button"));
  });

  it("leaves what was shown where asking again fails", async () => {
    let answered: Result<unknown> = succeed({ run: run({ state: "running" }), rows: [runRow()], total: 1 });
    answer({ "jobs.rows": () => answered });
    await openPage({ page: "job-run", run: "r1" }, <JobRunPage run="r1" />);
    await holds(() => expect(rowsOf("Rows of this run")).toHaveLength(1));
    answered = DOWN;
    await tellNews();
    await holds(() => expect(shown()).toContain("Something went wrong"));
    expect(rowsOf("Rows of this run")).toHaveLength(1);
    expect(shown()).toContain("Running");
  });
});

describe("a question that is asked again", () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  function asked(isUnderWay = false) {
    const waiting: ((answered: Result<string>) => void)[] = [];
    const taken: (readonly [string, string])[] = [];
    const again = askAgain<string>({
      question: () => new Promise((resolve) => void waiting.push(resolve)),
      take: (result, askedFor) => void taken.push([result.ok ? result.value : "fault", askedFor]),
      isUnderWay: () => isUnderWay,
    });
    const answerTo = async (place: number, value: string) => {
      waiting[place]?.(succeed(value));
      await vi.advanceTimersByTimeAsync(0);
    };
    return { again, waiting, taken, answerTo };
  }

  it("is asked once for all that is new until it is answered, and after a rest", async () => {
    const { again, waiting, taken, answerTo } = asked();
    again.soon();
    again.soon();
    again.soon();
    expect(waiting).toHaveLength(1);
    await answerTo(0, "one");
    again.soon();
    expect(waiting).toHaveLength(1);
    await vi.advanceTimersByTimeAsync(300);
    expect(waiting).toHaveLength(2);
    await answerTo(1, "two");
    await vi.advanceTimersByTimeAsync(60_000);
    expect(waiting).toHaveLength(2);
    expect(taken).toEqual([["one", "page"], ["two", "page"]]);
  });

  it("is asked at once for a person, and only that answer is taken", async () => {
    const { again, waiting, taken, answerTo } = asked();
    again.soon();
    again.now();
    expect(waiting).toHaveLength(2);
    await answerTo(1, "newer");
    await answerTo(0, "older");
    expect(taken).toEqual([["newer", "person"]]);
  });

  it("looks now and then at what may end without a word, until it is stopped", async () => {
    const { again, waiting, answerTo } = asked(true);
    again.soon();
    await answerTo(0, "running");
    await vi.advanceTimersByTimeAsync(10_300);
    expect(waiting).toHaveLength(2);
    await answerTo(1, "running");
    again.stop();
    await vi.advanceTimersByTimeAsync(60_000);
    expect(waiting).toHaveLength(2);
  });
});
