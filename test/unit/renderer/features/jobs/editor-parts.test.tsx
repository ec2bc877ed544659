// @vitest-environment jsdom
/** The parts of a job's editor: what is found in a source, what a mapping makes of it, and when it runs. */
import { act } from "react";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { draftOf } from "../../../../../renderer/features/jobs/drafts.ts";
import { JobPage } from "../../../../../renderer/features/jobs/job-page.tsx";
import { setLeaveGuard } from "../../../../../renderer/stores/navigation.ts";
import { storesList } from "../../../../../renderer/stores/stores-list.ts";
import type { Evaluated } from "../../../../../shared/contract/jobs.ts";
import type { JobSettings } from "../../../../../shared/model/job.ts";
import { fail, succeed, type Result } from "../../../../../shared/result.ts";
import { click, findButton, spoken, type } from "../../render.tsx";
import { ends, lasts, tickBox } from "../handover/support.tsx";
import { holds } from "../mail-objects/support.tsx";
import { sample, store } from "./fixtures.ts";
import { answer, box, forgetAll, inputsOf, openPage, rowsOf, select, shown } from "./support.tsx";

const openJob = () => openPage({ page: "job", store: "s1", job: "j1", section: "edit" }, <JobPage storeId="s1" job="j1" />);
const typed = () => draftOf("s1/j1")?.settings;

beforeEach(forgetAll);
afterEach(() => {
  forgetAll();
  setLeaveGuard(null);
});

describe("the source", () => {
  it("is read as it stands there, with what was found and its first rows", async () => {
    answer({ "jobs.sample": () => ends(succeed(sample)) });
    await openJob();
    await holds(() => findButton("Read the source"));
    await click(findButton("Read the source"));
    await holds(() => expect(rowsOf("First rows of the source")).toEqual([["1", "Zoë Lind", "zoe@contoso.lab"], ["2", "Tom Reed", "tom@contoso.lab"]]));
    expect(shown()).toContain("412 rows, 2 columns, delimiter Semicolon, encoding UTF-8.");
    expect(spoken("polite").join(" ")).toContain("412 rows");
    await type(box("path"), "other.csv");
    expect(shown()).toContain("The source was changed here since it was read.");
  });

  it("can be cancelled while it is read", async () => {
    answer({ "jobs.sample": (_input: unknown, signal?: AbortSignal) => lasts(signal) });
    await openJob();
    await holds(() => findButton("Read the source"));
    await click(findButton("Read the source"));
    await holds(() => findButton("Cancel: Reading joiners.csv"));
    await click(findButton("Cancel: Reading joiners.csv"));
    await holds(() => expect(shown()).toContain("Cancelled."));
    expect(rowsOf("First rows of the source")).toEqual([]);
  });

  it("that could not be read is told until another one stands there", async () => {
    answer({ "jobs.sample": () => ends(fail({ kind: "internal", incident: "abc" })) });
    await openJob();
    await holds(() => findButton("Read the source"));
    await click(findButton("Read the source"));
    await holds(() => expect(shown()).toContain("Something went wrong inside the console."));
    await type(box("path"), "other.csv");
    expect(shown()).not.toContain("Something went wrong");
  });

  it("keeps its path when it becomes a workbook", async () => {
    answer({});
    await openJob();
    await holds(() => box("path"));
    await click(tickBox("Excel workbook"));
    expect(typed()?.source).toEqual({ kind: "excel", path: "D:\\Export\\joiners.csv", sheet: null, header: true });
  });
});

it("first passwords are set up as they were for whoever comes back to them", async () => {
  answer({});
  await openJob();
  await holds(() => tickBox("One for each, made by the job"));
  await click(tickBox("One for each, made by the job"));
  await type(box("recipients"), "age1recipient");
  await click(tickBox("One for all, entered at each run"));
  expect(typed()?.password).toEqual({ kind: "typed" });
  await click(tickBox("One for each, made by the job"));
  expect(typed()?.password).toMatchObject({ recipients: ["age1recipient"] });
});

describe("the mapping", () => {
  type Ask = { readonly mapping: JobSettings["mapping"]; readonly rows: readonly unknown[] };
  const read = async (evaluate: (input: Ask) => unknown) => {
    answer({ "jobs.sample": () => ends(succeed(sample)), "jobs.evaluate": evaluate });
    await openJob();
    await holds(() => findButton("Read the source"));
    await click(findButton("Read the source"));
    await holds(() => expect(rowsOf("What becomes of the first rows")).toHaveLength(2));
  };
  const valued = (value: string): Result<Evaluated[][]> => succeed([[{ target: "name", value, issue: null }], [{ target: "name", value: null, issue: { path: ["name"], code: "required" } }]]);

  it("shows what the first rows become, and why one becomes nothing", async () => {
    await read(() => valued("Zoe Lind"));
    await holds(() => expect(rowsOf("What becomes of the first rows")).toEqual([["1", "Zoe Lind"], ["2", "Enter a value."]]));
  });

  it("never shows what another mapping makes", async () => {
    const waiting: ((result: Result<Evaluated[][]>) => void)[] = [];
    await read(() => new Promise<Result<Evaluated[][]>>((resolve) => waiting.push(resolve)));
    await holds(() => expect(waiting).toHaveLength(1));
    await type(box("column-name"), "Mail");
    await act(async () => waiting[0]?.(valued("of the old column")));
    expect(shown()).not.toContain("of the old column");
    await holds(() => expect(waiting).toHaveLength(2));
    await act(async () => waiting[1]?.(valued("of the new column")));
    await holds(() => expect(rowsOf("What becomes of the first rows")[0]).toEqual(["1", "of the new column"]));
    await type(box("column-name"), "Other");
    expect(shown()).not.toContain("of the new column");
  });

  it("moves a step with its button, and the focus goes along", async () => {
    answer({});
    await openJob();
    await holds(() => box("column-name"));
    await click(findButton("Move up: Name, 2. Write with plain letters"));
    expect(typed()?.mapping[0]?.transform.steps.map(({ kind }) => kind)).toEqual(["transliterate", "trim"]);
    expect(document.activeElement).toBe(findButton("Move up: Name, 1. Write with plain letters"));
    expect(spoken("polite")).toContain("Write with plain letters is step 1 now");
  });

  it("adds and removes fields and steps", async () => {
    answer({});
    await openJob();
    await holds(() => box("column-name"));
    const choose = async (label: string, value: string) => {
      const element = [...document.querySelectorAll("select")].find((each) => each.getAttribute("aria-label") === label || each.labels[0]?.textContent === label);
      if (element === undefined) throw new Error(`there is no choice ${label}`);
      await act(async () => {
        element.value = value;
        element.dispatchEvent(new Event("change", { bubbles: true }));
      });
    };
    await choose("Add a field (Fields)", "alias");
    await choose("Add a step to Alias", "lookup");
    await type(box("table"), "Sales = ENTERPRISEPACK\nIT");
    expect(typed()?.mapping[1]).toEqual({
      target: "alias",
      transform: { from: { kind: "column", column: "" }, steps: [{ kind: "trim" }, { kind: "lookup", table: [{ from: "Sales", to: "ENTERPRISEPACK" }, { from: "IT", to: "" }], otherwise: "keep" }] },
    });
    await click(findButton("Remove: Name, 1. Take blanks off both ends"));
    await click(findButton("Remove the field Name"));
    expect(typed()?.mapping.map(({ target }) => target)).toEqual(["alias"]);
  });

  it("takes a column along to several columns", async () => {
    answer({});
    await openJob();
    await holds(() => box("column-name"));
    await select("begins-name", "join");
    expect(typed()?.mapping[0]?.transform.from).toEqual({ kind: "join", columns: ["Name"], separator: " " });
  });
});

describe("licences", () => {
  it("are offered where the identity store has subscriptions", async () => {
    answer({});
    await openJob();
    await holds(() => tickBox("Give and take"));
    await click(tickBox("Give and take"));
    expect(typed()?.licensing).toBe("exact");
    expect(shown()).toContain("Part numbers such as ENTERPRISEPACK");
  });

  it("are not offered where it has none", async () => {
    answer({});
    storesList.setState({ freshness: "current", entries: new Map([["s1", store({ hasSubscriptions: false })]]) });
    await openJob();
    await holds(() => expect(shown()).toContain("The messaging provider of this identity store has no subscriptions."));
    expect(shown()).not.toContain("Give and take");
  });
});

describe("the schedule", () => {
  it("is chosen without knowing cron, and shows when it comes next", async () => {
    answer({ "jobs.nextRuns": () => succeed([Date.UTC(2026, 10, 30, 5), Date.UTC(2026, 11, 1, 5)]) });
    await openJob();
    await holds(() => tickBox("Daily"));
    await click(tickBox("Daily"));
    await type(box("timeZone"), "Europe/Zurich");
    await type(box("time"), "7:15");
    expect(typed()?.schedule).toEqual({ pattern: "15 7 * * *", timeZone: "Europe/Zurich", missed: "ask" });
    await holds(() => expect([...document.querySelectorAll("ul[aria-label='Next runs'] li")].map((line) => line.textContent)).toEqual(["2026-11-30 06:00", "2026-12-01 06:00"]));
    expect(inputsOf("jobs.nextRuns").at(-1)).toEqual({ pattern: "15 7 * * *", timeZone: "Europe/Zurich" });
    await click(tickBox("On days of the week"));
    await click(tickBox("Friday"));
    expect(typed()?.schedule?.pattern).toBe("15 7 * * 1,5");
    await click(tickBox("By hand alone"));
    expect(typed()?.schedule).toBeNull();
  });
});
