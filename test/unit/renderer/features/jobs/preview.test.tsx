// @vitest-environment jsdom
/** A plan before anything is written, what holds it, and what comes of it. */
import { act } from "react";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { beginDraft, changeDraft, showDetail } from "../../../../../renderer/features/jobs/drafts.ts";
import { applyPlan } from "../../../../../renderer/features/jobs/job-work.ts";
import { PreviewPage } from "../../../../../renderer/features/jobs/preview-page.tsx";
import { progress } from "../../../../../shared/contract/progress.ts";
import type { Halt, JobPlan } from "../../../../../shared/model/job-plan.ts";
import { fail, succeed } from "../../../../../shared/result.ts";
import { click, findButton, spoken, type } from "../../render.tsx";
import { ends, lasts } from "../handover/support.tsx";
import { holds } from "../mail-objects/support.tsx";
import { detail, plan, plannedRow, run, runRow, userToMake } from "./fixtures.ts";
import { answer, box, closePage, forgetAll, inDialog, inputsOf, openPage, rowsOf, select, shown } from "./support.tsx";

const open = () => openPage({ page: "job", store: "s1", job: "j1", section: "run" }, <PreviewPage storeId="s1" job="j1" />);
const hasButton = (name: string) => [...document.querySelectorAll("button")].some((button) => button.textContent === name);

async function openPlanned(given: Partial<JobPlan> = {}, answers: Parameters<typeof answer>[0] = {}): Promise<void> {
  answer({ "jobs.plan": () => ends(succeed(plan(given))), ...answers });
  await open();
  await holds(() => expect(shown()).toContain("Joiners"));
  await click(findButton("Preview"));
  await holds(() => expect(shown()).toContain("What a run would do"));
}

async function apply(): Promise<void> {
  await click(findButton("Apply…"));
  await click(inDialog("Apply"));
}

beforeEach(forgetAll);
afterEach(forgetAll);

describe("a preview", () => {
  it("shows counts, seats and rows, and says that it is done", async () => {
    await openPlanned({ seats: [{ product: "sku-e3", partNumber: "ENTERPRISEPACK", needed: 2, free: 7 }, { product: "sku-ems", partNumber: "EMS", needed: 0, free: 3 }] }, { "jobs.planned": () => succeed({ rows: [plannedRow({ licences: { give: ["sku-e3"], take: ["sku-ems", "sku-other"], usageLocation: "DE" } })], total: 1 }) });
    await holds(() => expect(rowsOf("Rows")).toEqual([["1", "Zoë Lindzoe", "CreateUsage location DEGive Office 365 E3 (ENTERPRISEPACK)Take Enterprise Mobility + Security E3 (EMS)Take 1 subscription", ""]]));
    expect(shown()).toContain("Create: 2Keep as it is: 409Leave alone: 1");
    expect(rowsOf("Seats of subscriptions")).toEqual([["Office 365 E3 (ENTERPRISEPACK)", "2", "7"]]);
    expect(spoken("polite")).toContain("Preview done: Create: 2, Keep as it is: 409, Leave alone: 1.");
    expect(inputsOf("jobs.plan")).toEqual([{ storeId: "s1", job: "j1" }]);
  });

  it("says of whoever loses the last licence with a mailbox what becomes of that", async () => {
    const row = plannedRow({ action: "unlicense", licences: { give: [], take: ["sku-e3"], usageLocation: null } });
    await openPlanned({}, { "jobs.planned": () => succeed({ rows: [{ ...row, losesMailbox: true }, { ...row, row: 2, losesMailbox: false }], total: 2 }) });
    await holds(() => expect(rowsOf("Rows").map((cells) => cells.at(-1))).toEqual(["The mailbox goes with these licences. Exchange Online keeps its mail for 30 days and then deletes it.", ""]));
  });

  it("warns of licences that go with a block, before anything is written", async () => {
    await openPlanned({ counts: { ...plan().counts, create: 0, block: 1 }, seats: [{ product: "sku-e3", partNumber: "ENTERPRISEPACK", needed: 0, free: 7 }] });
    await click(findButton("Apply…"));
    await holds(() => expect(document.body.textContent).toContain("Whoever loses a licence loses what it brings at once."));
  });

  it("can be cancelled, and asked for again", async () => {
    answer({ "jobs.plan": (_input: unknown, signal?: AbortSignal) => lasts(signal) });
    await open();
    await holds(() => expect(shown()).toContain("Nothing was previewed yet"));
    await holds(() => expect(shown()).toContain("Joiners"));
    await click(findButton("Preview"));
    await holds(() => findButton("Cancel: Preview of Joiners"));
    await click(findButton("Cancel: Preview of Joiners"));
    await holds(() => expect(shown()).toContain("Cancelled."));
    expect(findButton("Preview").getAttribute("aria-disabled")).not.toBe("true");
    expect(hasButton("Apply…")).toBe(false);
  });

  it("of another kind of rows is asked for in main, by action and search", async () => {
    await openPlanned({}, { "jobs.planned": () => succeed({ rows: [plannedRow({ action: "skip", why: "protected" })], total: 1 }) });
    await select("rows", "skip");
    await holds(() => expect(inputsOf("jobs.planned").at(-1)).toEqual({ plan: "p1", actions: ["skip"], search: "", from: 0, most: 100 }));
    const search = document.querySelector<HTMLInputElement>("input[type='search']");
    if (search === null) throw new Error("there is no search");
    await type(search, "zoe");
    await holds(() => expect(inputsOf("jobs.planned").at(-1)).toEqual({ plan: "p1", actions: ["skip"], search: "zoe", from: 0, most: 100 }));
    expect(rowsOf("Rows")[0]?.at(-1)).toBe("It is protected from this job.");
  });

  it("shows a hundred rows at a time", async () => {
    const rows = Array.from({ length: 150 }, (_one, index) => plannedRow({ row: index + 1 }));
    await openPlanned({}, { "jobs.planned": ({ from, most }: { readonly from: number; readonly most: number }) => succeed({ rows: rows.slice(from, from + most), total: rows.length }) });
    await holds(() => expect(rowsOf("Rows")).toHaveLength(100));
    await click(findButton("Show more"));
    await holds(() => expect(rowsOf("Rows")).toHaveLength(150));
    expect(findButton("Show more").getAttribute("aria-disabled")).toBe("true");
  });

  it("lets the one before it go", async () => {
    await openPlanned();
    await click(findButton("Preview again"));
    await holds(() => expect(inputsOf("jobs.release")).toEqual([{ plan: "p1" }]));
  });

  it("says that unsaved changes are no part of it", async () => {
    answer({});
    showDetail(detail());
    changeDraft("s1/j1", { name: "Mine" });
    beginDraft("s1", detail().job);
    await open();
    expect(shown()).toContain("This job has unsaved changes.");
  });
});

describe("halts", () => {
  const halts: readonly (readonly [Halt, string])[] = [
    [{ kind: "source-empty" }, "The source has no rows."],
    [{ kind: "source-shrank", before: 1000, now: 400, most: 20 }, "The source has 400 rows, and had 1,000 at the last run: 20% or more are gone."],
    [{ kind: "twice-in-source", keys: ["a", "b", "c", "d", "e", "f"], rows: 12 }, "12 rows have a key that another row has as well: a, b, c, d, e, …"],
    [{ kind: "twice-in-destination", keys: ["zoe"], rows: 1 }, "1 row fits several objects of the identity store: zoe"],
    [{ kind: "over-limit", action: "create", count: 412, most: 50, percent: null }, "Create: 412 are planned, and the limit is 50."],
    [{ kind: "over-limit", action: "unlicense", count: 412, most: 41, percent: 10 }, "Take licences: 412 are planned, and the limit is 41, with at most 10% of the rows."],
    [{ kind: "rows-refused", rows: 3 }, "3 rows cannot be done as they are."],
    [{ kind: "no-seats", product: "ENTERPRISEPACK", needed: 5, free: 2 }, "Office 365 E3 (ENTERPRISEPACK): 5 seats are needed, and 2 are free."],
  ];

  it("are shown with their numbers and what to do, and nothing can be applied", async () => {
    await openPlanned({ halts: halts.map(([halt]) => halt) }, { "jobs.apply": () => ends(succeed(run())) });
    const lines = [...document.querySelectorAll("ul[aria-label='What holds this run'] li")].map((line) => line.textContent);
    for (const [place, [, sentence]] of halts.entries()) {
      expect(lines[place]?.startsWith(sentence)).toBe(true);
      expect(lines[place]?.length).toBeGreaterThan(sentence.length + 10);
    }
    expect(spoken("assertive")).toContain("8 halts hold this run.");
    expect(hasButton("Apply…")).toBe(false);
    expect(await applyPlan("s1", "j1", "Joiners", null)).toBeNull();
    expect(inputsOf("jobs.apply")).toEqual([]);
  });

  it("are not needed where there is nothing to write", async () => {
    await openPlanned({ counts: { create: 0, enable: 0, license: 0, unlicense: 0, notice: 0, block: 0, delete: 0, return: 0, keep: 412, skip: 0, refused: 0 } });
    expect(shown()).toContain("There is nothing to write.");
    expect(hasButton("Apply…")).toBe(false);
  });
});

describe("applying", () => {
  it("asks first, and does the very plan", async () => {
    await openPlanned({}, { "jobs.apply": () => ends(succeed(run())) });
    await click(findButton("Apply…"));
    expect(document.querySelector("[role='alertdialog']")?.textContent).toContain("Create: 2");
    expect(inputsOf("jobs.apply")).toEqual([]);
    await click(inDialog("Apply"));
    await holds(() => expect(shown()).toContain("What came of it"));
    expect(inputsOf("jobs.apply")).toEqual([{ plan: "p1", password: null }]);
    expect(shown()).toContain("Done: 2");
    expect(shown()).not.toContain("What a run would do");
    expect(spoken("polite")).toContain("Joiners: Done. Done: 2");
  });

  it("gives the first password once, and keeps it nowhere", async () => {
    await openPlanned({ asksPassword: true }, { "jobs.apply": () => ends(succeed(run())) });
    await click(findButton("Apply…"));
    expect(inDialog("Apply").getAttribute("aria-disabled")).toBe("true");
    await type(box("password"), "Secret-of-the-test-1");
    await click(inDialog("Cancel"));
    await click(findButton("Apply…"));
    expect(box("password").value).toBe("");
    await type(box("password"), "Secret-of-the-test-2");
    await click(inDialog("Apply"));
    await holds(() => expect(inputsOf("jobs.apply")).toEqual([{ plan: "p1", password: "Secret-of-the-test-2" }]));
    expect(document.body.innerHTML).not.toContain("Secret-of-the-test-2");
  });

  it("shows what is not done, with why", async () => {
    const failed = runRow({ row: 7, state: "failed", given: [], address: null, fault: { kind: "object-refused", why: "no-seats" } });
    const over = run({ state: "with-failures", outcomes: { done: 1, failed: 1 } });
    await openPlanned({}, { "jobs.apply": () => ends(succeed(over)), "jobs.rows": () => succeed({ run: over, rows: [failed], total: 1 }) });
    await apply();
    await holds(() => expect(rowsOf("Rows that are not done")).toHaveLength(1));
    expect(rowsOf("Rows that are not done")[0]?.[3]).toContain("No seat is left of that subscription.");
    expect(inputsOf("jobs.rows").at(-1)).toMatchObject({ run: "r1", states: ["failed", "unknown", "half-done"] });
  });

  it("that was cancelled tells how far it came, and can be gone on with", async () => {
    const cancelled = run({ state: "cancelled", outcomes: { done: 1, planned: 1 } });
    async function* begins(signal?: AbortSignal) {
      yield progress("job-run-begun", { detail: "r1" });
      // Of the mail objects in it.
      yield progress("run-begun", { detail: "another-run" });
      yield* lasts(signal);
    }
    await openPlanned({}, {
      "jobs.apply": (_input: unknown, signal?: AbortSignal) => begins(signal),
      "jobs.rows": () => succeed({ run: cancelled, rows: [userToMake()], total: 1 }),
      "jobs.get": () => succeed(detail()),
      "jobs.resume": () => ends(succeed(run({ outcomes: { done: 2 } }))),
    });
    await apply();
    await holds(() => findButton("Cancel: Run of Joiners"));
    await click(findButton("Cancel: Run of Joiners"));
    await holds(() => expect(shown()).toContain("Not begun: 1"));
    expect(inputsOf("jobs.rows")).not.toContainEqual(expect.objectContaining({ run: "another-run" }));
    await click(findButton("Go on"));
    await holds(() => box("password"));
    await type(box("password"), "Secret-of-the-test-3");
    await click(inDialog("Go on"));
    await holds(() => expect(shown()).toContain("Done: 2"));
    expect(inputsOf("jobs.resume")).toEqual([{ run: "r1", password: "Secret-of-the-test-3" }]);
  });

  describe("and going on with it asks for a password", () => {
    const cancelled = run({ state: "cancelled", outcomes: { done: 1, planned: 1 } });
    async function opens(answers: Parameters<typeof answer>[0]): Promise<void> {
      await openPlanned({}, { "jobs.apply": () => ends(succeed(cancelled)), "jobs.rows": () => succeed({ run: cancelled, rows: [userToMake()], total: 1 }), ...answers });
      await apply();
      await holds(() => findButton("Go on"));
      await click(findButton("Go on"));
    }

    it("also where the job is gone, as main does", async () => {
      let isGone = false;
      await opens({ "jobs.get": () => (isGone ? fail({ kind: "not-found", what: "job" }) : succeed(detail())), "jobs.apply": () => ((isGone = true), ends(succeed(cancelled))) });
      await holds(() => expect(box("password").value).toBe(""));
    });

    it("but not where it makes them itself, nor where only licences are left", async () => {
      await opens({ "jobs.get": () => succeed(detail({ password: { kind: "generated", length: 16, classes: ["lower"], specials: "", noLookAlikes: true, recipients: [] } })), "jobs.resume": () => ends(succeed(run())) });
      expect(() => box("password")).toThrow("no box");
      forgetAll();
      await opens({ "jobs.rows": () => succeed({ run: cancelled, rows: [runRow({ state: "half-done" })], total: 1 }), "jobs.resume": () => ends(succeed(run())) });
      expect(() => box("password")).toThrow("no box");
      await click(inDialog("Go on"));
      await holds(() => expect(inputsOf("jobs.resume")).toEqual([{ run: "r1", password: null }]));
    });
  });

  it("can be gone on with where rows failed", async () => {
    await openPlanned({}, { "jobs.apply": () => ends(succeed(run({ state: "with-failures", outcomes: { done: 1, failed: 1 } }))), "jobs.rows": () => succeed({ run: run(), rows: [], total: 0 }) });
    await apply();
    await holds(() => expect(hasButton("Go on")).toBe(true));
  });

  it("over something else than what is saved writes nothing, and says so", async () => {
    await openPlanned({}, { "jobs.apply": () => ends(fail({ kind: "object-refused", why: "changed-meanwhile" })) });
    await apply();
    await holds(() => expect(shown()).toContain("The job or its identity store was saved after this preview, so nothing was written."));
    expect(shown()).not.toContain("licences since they were looked at");
  });

  it("goes on when its page is left, and is found there again", async () => {
    let letGo = () => {};
    const waiting = new Promise<void>((resolve) => (letGo = resolve));
    async function* later() {
      await waiting;
      yield* ends(succeed(run()));
    }
    await openPlanned({}, { "jobs.apply": () => later() });
    await apply();
    closePage();
    await act(async () => letGo());
    await open();
    await holds(() => expect(shown()).toContain("What came of it"));
  });
});

it("a job that is gone is told", async () => {
  answer({ "jobs.get": () => fail({ kind: "not-found", what: "job" }) });
  await open();
  await holds(() => expect(shown()).toContain("This job is not there any more."));
  expect(findButton("Preview").getAttribute("aria-disabled")).toBe("true");
});
