// @vitest-environment jsdom
/** The list of jobs and the history of their runs. */
import { act } from "react";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { changeDraft, draftOf, showDetail } from "../../../../../renderer/features/jobs/drafts.ts";
import { JobRunPage } from "../../../../../renderer/features/jobs/job-run-page.tsx";
import { JobRunsPage } from "../../../../../renderer/features/jobs/job-runs-page.tsx";
import { JobsPage } from "../../../../../renderer/features/jobs/jobs-page.tsx";
import { rowsCsv } from "../../../../../renderer/features/jobs/rows-csv.ts";
import { navigation } from "../../../../../renderer/stores/navigation.ts";
import { fail, succeed } from "../../../../../shared/result.ts";
import { click, findButton, spoken } from "../../render.tsx";
import { ends } from "../handover/support.tsx";
import { holds } from "../mail-objects/support.tsx";
import { detail, plan, run, runRow, settings, summary } from "./fixtures.ts";
import { answer, forgetAll, historyOf, inDialog, inputsOf, openPage, rowsOf, shown } from "./support.tsx";

beforeEach(forgetAll);
afterEach(forgetAll);

const openList = () => openPage({ page: "jobs" }, <JobsPage />);
const cells = () => [...document.querySelectorAll("[role='row']")].slice(1).map((row) => [...row.querySelectorAll("[role='gridcell']")].map((cell) => cell.textContent));
const choose = async (name: string, action: string) => {
  await click(findButton(`Actions for ${name}`));
  await holds(() => findButton(action));
  await click(findButton(action));
};

describe("the list", () => {
  it("tells of each job where it writes to, how it ended last, and when it runs next", async () => {
    answer({ "jobs.list": () => succeed([summary({ lastRun: run({ at: Date.now(), state: "halted" }) }), summary({ id: "j2", name: "Leavers", enabled: false })]) });
    await openList();
    await holds(() => expect(cells()).toHaveLength(2));
    expect(cells()[0]?.slice(0, 6)).toEqual(["Joiners", "Contoso HQ", "joiners.csv", "Haltedjust now", "By hand", "Enabled"]);
    expect(cells()[1]?.slice(0, 6)).toEqual(["Leavers", "Contoso HQ", "joiners.csv", "Never", "By hand", "Disabled"]);
  });

  it("says what a job is where there is none", async () => {
    answer({ "jobs.list": () => succeed([]) });
    await openList();
    await holds(() => expect(shown()).toContain("A job reads a CSV file or a workbook"));
    await click(findButton("New job"));
    await holds(() => expect(navigation.getState().route).toEqual({ page: "new-job" }));
  });

  it("that is refused is told, and no empty list stands in its place", async () => {
    answer({ "jobs.list": () => fail({ kind: "not-stored", why: "unreachable" }) });
    await openList();
    await holds(() => findButton("Try again"));
    expect(shown()).not.toContain("No job yet");
    answer({});
    await click(findButton("Try again"));
    await holds(() => expect(cells()).toHaveLength(1));
  });

  it("keeps what it showed while it is asked anew, and where that fails", async () => {
    answer({});
    await openList();
    await holds(() => expect(cells()).toHaveLength(1));
    answer({ "jobs.list": () => fail({ kind: "no-connection", outcome: "only-read" }) });
    await click(findButton("Refresh"));
    await holds(() => findButton("Try again"));
    expect(cells()).toHaveLength(1);
  });

  it("that was asked for last counts, whichever comes first", async () => {
    const waiting: ((answered: unknown) => void)[] = [];
    answer({ "jobs.list": () => new Promise((resolve) => waiting.push(resolve)) });
    await openList();
    await holds(() => expect(waiting).toHaveLength(1));
    await click(findButton("Refresh"));
    await holds(() => expect(waiting).toHaveLength(2));
    await act(async () => waiting[1]?.(succeed([summary({ name: "Newer" })])));
    await holds(() => expect(cells()[0]?.[0]).toBe("Newer"));
    await act(async () => waiting[0]?.(succeed([summary({ name: "Older" })])));
    expect(cells()[0]?.[0]).toBe("Newer");
  });

  it("marks a job that was changed and not saved", async () => {
    answer({});
    showDetail(detail());
    changeDraft("s1/j1", { name: "Mine" });
    await openList();
    await holds(() => expect(cells()[0]?.[0]).toBe("JoinersUnsaved changes"));
  });
});

describe("what is done from the list", () => {
  it("a preview begins at once", async () => {
    answer({ "jobs.plan": () => ends(succeed(plan())) });
    await openList();
    await holds(() => expect(cells()).toHaveLength(1));
    await choose("Joiners", "Run…");
    await holds(() => expect(navigation.getState().route).toEqual({ page: "job", store: "s1", job: "j1", section: "run" }));
    expect(inputsOf("jobs.plan")).toEqual([{ storeId: "s1", job: "j1" }]);
  });

  it("a copy is disabled, with a name that is free", async () => {
    const taken = fail({ kind: "invalid", issues: [{ path: ["name"], code: "name-taken" }] });
    answer({ "jobs.create": ({ settings: given }: { readonly settings: { readonly name: string } }) => (given.name === "Joiners (copy)" ? taken : succeed(detail({ name: given.name }))) });
    await openList();
    await holds(() => expect(cells()).toHaveLength(1));
    await choose("Joiners", "Duplicate");
    await holds(() => expect(inputsOf("jobs.create")).toHaveLength(2));
    expect(inputsOf("jobs.create").at(-1)).toEqual({ storeId: "s1", like: "j1", settings: settings({ name: "Joiners (copy 2)", enabled: false }) });
    await holds(() => expect(spoken("polite")).toContain("Copied as Joiners (copy 2). The copy is disabled."));
    expect(inputsOf("jobs.list")).toHaveLength(2);
  });

  it("a job is disabled over what is saved now", async () => {
    answer({ "jobs.save": () => succeed(detail({ enabled: false })) });
    await openList();
    await holds(() => expect(cells()).toHaveLength(1));
    await choose("Joiners", "Disable");
    await holds(() => expect(inputsOf("jobs.save")).toEqual([{ storeId: "s1", job: "j1", seen: settings(), settings: settings({ enabled: false }) }]));
    await holds(() => expect(inputsOf("jobs.list")).toHaveLength(2));
  });

  it("a job is deleted once that was confirmed, and a refusal stays in the question", async () => {
    let removed: () => unknown = () => fail({ kind: "not-stored", why: "no-rights" });
    answer({ "jobs.remove": () => removed() });
    showDetail(detail());
    await openList();
    await holds(() => expect(cells()).toHaveLength(1));
    await choose("Joiners", "Delete…");
    expect(inputsOf("jobs.remove")).toEqual([]);
    await click(inDialog("Delete"));
    await holds(() => expect(document.querySelector("[role='alertdialog']")?.textContent).toContain("your account may not write"));
    removed = () => succeed(null);
    await click(inDialog("Delete"));
    await holds(() => expect(inputsOf("jobs.list")).toHaveLength(2));
    expect(draftOf("s1/j1")).toBeNull();
  });
});

describe("the history", () => {
  it("lists runs of one job, a page at a time", async () => {
    answer({ "jobs.runs": historyOf([run({ id: "r60", begunBy: "schedule" }), ...Array.from({ length: 59 }, (_one, index) => run({ id: `r${59 - index}` }))]) });
    await openPage({ page: "job-runs", job: "j1" }, <JobRunsPage job="j1" />);
    await holds(() => expect(rowsOf("Runs, newest first")).toHaveLength(50));
    expect(inputsOf("jobs.runs")).toEqual([{ job: "j1", before: null, most: 50 }]);
    expect(rowsOf("Runs, newest first")[0]?.slice(1)).toEqual(["JoinersContoso HQ", "Done", "Done: 2", "Schedule, as CONTOSO\\eva"]);
    await click(findButton("Show more"));
    await holds(() => expect(rowsOf("Runs, newest first")).toHaveLength(60));
    expect(findButton("Show more").getAttribute("aria-disabled")).toBe("true");
  });

  it("opens a run with its facts, its halts and its rows", async () => {
    const halted = run({ state: "halted", outcomes: {}, halts: [{ kind: "rows-refused", rows: 1 }] });
    answer({ "jobs.rows": () => succeed({ run: halted, rows: [runRow({ state: "planned", issues: [{ path: ["alias"], code: "alias-taken" }] })], total: 1 }) });
    await openPage({ page: "job-run", run: "r1" }, <JobRunPage run="r1" />);
    await holds(() => expect(rowsOf("Rows of this run")).toHaveLength(1));
    expect(shown()).toContain("1 row cannot be done as it is.");
    expect(rowsOf("Rows of this run")[0]?.at(-1)).toBe("Alias: Another object has that alias.");
    expect([...document.querySelectorAll("button")].some((button) => button.textContent === "Go on")).toBe(false);
  });

  it("tells a run that is not there", async () => {
    answer({ "jobs.rows": () => fail({ kind: "not-found", what: "job-run" }) });
    await openPage({ page: "job-run", run: "r9" }, <JobRunPage run="r9" />);
    await holds(() => expect(shown()).toContain("This run is not in the history."));
  });

  it("saves every row of a run, however many there are", async () => {
    const rows = Array.from({ length: 450 }, (_one, index) => runRow({ row: index + 1 }));
    answer({ "jobs.rows": ({ from, most }: { readonly from: number; readonly most: number }) => succeed({ run: run(), rows: rows.slice(from, from + most), total: rows.length }) });
    const saved: Blob[] = [];
    vi.stubGlobal("URL", Object.assign(URL, { createObjectURL: (blob: Blob) => (saved.push(blob), "blob:x"), revokeObjectURL: () => undefined }));
    await openPage({ page: "job-run", run: "r1" }, <JobRunPage run="r1" />);
    await holds(() => expect(rowsOf("Rows of this run")).toHaveLength(100));
    await click(findButton("Save rows as CSV"));
    await holds(() => expect(saved).toHaveLength(1));
    vi.unstubAllGlobals();
    expect(inputsOf("jobs.rows").filter((input) => JSON.stringify(input).includes('"most":200'))).toHaveLength(3);
  });

  it("writes no cell that a spreadsheet takes for a formula", async () => {
    const text = await rowsCsv([runRow({ name: "=HYPERLINK(1)", state: "failed", fault: { kind: "object-refused", why: "no-seats" } })]);
    expect(text.split("\r\n")[1]).toBe("1,zoe,'=HYPERLINK(1),Create,Failed,zoe@contoso.lab,ENTERPRISEPACK,,No seat is left of that subscription.");
  });
});
