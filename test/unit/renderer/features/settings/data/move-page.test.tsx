// @vitest-environment jsdom
import { afterEach, expect, it } from "vitest";
import { fail, succeed, type Result } from "../../../../../../shared/result.ts";
import { progress } from "../../../../../../shared/contract/progress.ts";
import type { MoveComparison, MoveReport } from "../../../../../../shared/model/team.ts";
import { click, findButton, spoken, type Rendered } from "../../../render.tsx";
import { asked, file, forgetAll, knownTeam, open, settled, team } from "./support.tsx";

const stores: MoveComparison["stores"] = [
  { id: "a", name: "Absent", revisions: 3, there: "absent" },
  { id: "b", name: "Another", revisions: 1, there: "absent" },
  { id: "c", name: "Same", revisions: 2, there: "same" },
  { id: "d", name: "Differs", revisions: 9, there: "differs" },
  { id: "e", name: "Taken", revisions: 1, there: "taken" },
];

let page: Rendered;
let comparison: Result<MoveComparison>;
let finish: (result: Result<MoveReport>) => void = () => {};
let stopped: boolean;
afterEach(() => {
  page.unmount();
  forgetAll();
});

async function* moving(signal: AbortSignal | undefined) {
  yield progress("moving-stores", { done: 1, total: 2 });
  const result = await new Promise<Result<MoveReport>>((resolve) => {
    finish = resolve;
    signal?.addEventListener("abort", () => {
      stopped = true;
      resolve(fail({ kind: "cancelled" }));
    });
  });
  yield { type: "done", result };
}

const answers = { "data.compare": () => comparison, "data.move": (_input: unknown, signal?: AbortSignal) => moving(signal), "data.use": () => succeed(null) };
const report: MoveReport = { moved: 2, same: 1, revisions: 4, secrets: 1, unreadable: [{ store: "Absent", secret: "directory-password" }] };
const words = () => page.host.textContent;
const press = async (name: string | RegExp) => {
  await click(findButton(name));
  await settled();
};

async function openMove(from: typeof knownTeam | typeof team): Promise<void> {
  [comparison, stopped] = [succeed({ stores, onlyThere: 2 }), false];
  page = await open(from, "move", answers);
}

it("compares what would be moved from where the console works, and counts it", async () => {
  await openMove(knownTeam);
  expect(asked).toEqual([["data.compare", { from: "file" }]]);
  const counts = [...page.host.querySelectorAll("ul li")].map((line) => line.textContent);
  expect(counts).toEqual([
    "2 identity stores are not there yet: they are moved.",
    "1 is there, and the same.",
    "1 is there and differs: it is left as it is on both sides.",
    "1 has a name that another identity store has there: rename one of the two to move it.",
    "2 identity stores are there alone: they stay.",
  ]);
  expect(page.host.querySelector("[role=grid]")?.getAttribute("aria-rowcount")).toBe("6");
});

it("compares the other way round when asked to", async () => {
  await openMove(team);
  expect(asked).toEqual([["data.compare", { from: "team" }]]);
  await click(page.host.querySelector<HTMLInputElement>("input[value=file]") ?? document.body);
  await settled();
  expect(asked.at(-1)).toEqual(["data.compare", { from: "file" }]);
});

it("says why there is no comparison, and tries again", async () => {
  await openMove(knownTeam);
  page.unmount();
  asked.length = 0;
  comparison = fail({ kind: "unreachable", rung: "tcp", reason: "refused", host: "db.contoso.lab" });
  page = await open(knownTeam, "move", answers);
  expect(words()).toContain("db.contoso.lab");
  comparison = succeed({ stores: [], onlyThere: 0 });
  await press("Try again");
  expect(words()).toContain("There is nothing to move.");
  expect(asked.map(([call]) => call)).toEqual(["data.compare", "data.compare"]);
  await press("Nothing to move");
  expect(asked).toHaveLength(2);
});

it("moves with progress, reports what came of it in words, and offers to work there from then on", async () => {
  await openMove(knownTeam);
  await press("Move 2 identity stores");
  expect(words()).toContain("1 of 2 identity stores moved");
  comparison = succeed({ stores: stores.map((store) => ({ ...store, there: "same" as const })), onlyThere: 2 });
  finish(succeed(report));
  await settled();
  for (const line of ["2 identity stores were moved.", "4 revisions of their history went along.", "Absent: Directory: Password", "5 are there, and the same."]) expect(words()).toContain(line);
  expect(spoken("polite").join(" ")).toContain("2 identity stores were moved.");
  await press("Work on the team's database");
  expect(asked.at(-1)).toEqual(["data.use", { kind: "team" }]);
});

it("can be stopped, and says that what was moved by then is there", async () => {
  await openMove(knownTeam);
  await press("Move 2 identity stores");
  await press(/^Cancel: Moving everything to messaging on db.contoso.lab/);
  expect(stopped).toBe(true);
  expect(words()).toContain("Cancelled.");
  expect(asked.filter(([call]) => call === "data.compare")).toHaveLength(2);
});

it("goes on while the page is left, and its report is there for who comes back", async () => {
  await openMove(knownTeam);
  await press("Move 2 identity stores");
  page.unmount();
  finish(succeed(report));
  await settled();
  page = await open(knownTeam, "move", answers);
  expect(words()).toContain("2 identity stores were moved.");
});

it("says where there is nothing to move to", async () => {
  page = await open(file, "move", {});
  expect(words()).toContain("There is no team's database to move anything to or from.");
});
