/** Runs of jobs as they are stored: whole, in the hands of one process at a time, and searched as they are asked for. */
import * as fc from "fast-check";
import { afterEach, beforeEach, expect, test } from "vitest";
import type { NewJobRun, Store } from "../../../../main/store/types.ts";
import { fail } from "../../../../shared/fault.ts";
import type { PlannedRow } from "../../../../shared/model/job-plan.ts";
import { engineUnderTest, onlyOnFile } from "../../../lab/engine-under-test.ts";
import { jobRunOf, plannedRow } from "../../../lab/job-runs.ts";
import { request } from "../../../lab/journal-runs.ts";
import { heard, open, take, temporaryFolder } from "./support.ts";

const place = temporaryFolder();
const { folder } = place;
const { ask, isTeam } = engineUnderTest();
let ada: Store;
let bob: Store;
beforeEach(async () => {
  ada = await open({ folder });
  bob = await open({ folder });
});
afterEach(async () => {
  await ada.close();
  await bob.close();
  place.remove();
});

/** As after half a minute without a word of the holder; a team's database lets nobody but its superuser say so. */
const change = (sql: string) => ask(folder, `${isTeam ? "SET session_replication_role = replica; " : ""}${sql}`);
const letLapse = (run: string) => change(`UPDATE job_run SET held_until = 1 WHERE id = '${run}'`);
const begin = async (store: Store, more: Partial<NewJobRun> = {}, rows: readonly PlannedRow[] = [plannedRow(1)]) => take(await store.jobRuns.begin(jobRunOf(more), rows)).run;
const finish = async (store: Store, run: string, state: "done" | "with-failures" | "failed" | "cancelled" = "done") => take(await store.jobRuns.end(run, { state, fault: null, endedAt: at }));
const missingRun = fail({ kind: "not-found", what: "job-run" });
const underWay = fail({ kind: "unsupported", why: "run-under-way" });
const at = 1_700_000_000_001;
const refused = { kind: "object-refused", why: "account-name-taken", host: "dc1.contoso.lab" } as const;

test("many rows change together or not at all, and only for whoever holds the run", async () => {
  const run = await begin(ada, {}, [plannedRow(1), plannedRow(2), plannedRow(5)]);
  take(await ada.jobRuns.changeRows(run, [{ row: 1, change: { state: "unknown", at } }, { row: 5, change: { state: "failed", fault: refused } }]));
  expect((await bob.jobRuns.allRows(run)).map(({ state, fault }) => [state, fault])).toEqual([["unknown", null], ["planned", null], ["failed", refused]]);
  await expect(ada.jobRuns.changeRows(run, [{ row: 1, change: { state: "done" } }, { row: 3, change: { state: "done" } }])).rejects.toThrow("row 3");
  expect(await bob.jobRuns.changeRows(run, [{ row: 1, change: { state: "done" } }])).toEqual(missingRun);
  expect((await bob.jobRuns.allRows(run)).map(({ state }) => state)).toEqual(["unknown", "planned", "failed"]);
});

test("a run comes back whole, with the rows that change something and what came of them", async () => {
  const object = { identity: "CN=Zoe,DC=contoso,DC=lab", guid: "9f3e", controller: null };
  const rows = [
    plannedRow(1),
    plannedRow(2, { action: "keep", request: null }),
    plannedRow(3, { action: "license", request: null, object, licences: { give: ["sku-1"], take: ["sku-2"], usageLocation: "CH" }, seen: ["sku-2"], name: "Zoë \u0000 \u{1f600} ' % _ \\" }),
    plannedRow(4, { action: "skip", request: null, why: "missing" }),
    plannedRow(5, { action: "refused", request: null, issues: [{ path: ["alias"], code: "required" }] }),
    plannedRow(9),
  ];
  const made = jobRunOf({ begunBy: "schedule", mailRun: "mail-1", planned: { create: 2, license: 1, keep: 1, skip: 1, refused: 1 }, rows: 6 });
  const { run } = take(await ada.jobRuns.begin(made, rows));
  const begun = { ...made, id: run, state: "running", endedAt: null, outcomes: { planned: 3 } };
  expect(await bob.jobRuns.get(run)).toEqual(begun);
  const kept = rows.filter(({ row }) => [1, 3, 9].includes(row)).map((row) => ({ ...row, run, state: "planned", at: made.at, address: null, given: [], taken: [], fault: null }));
  expect(await bob.jobRuns.allRows(run)).toEqual(kept);
  take(await ada.jobRuns.changeRow(run, 1, { state: "half-done", object, address: "user1@contoso.lab", at }));
  take(await ada.jobRuns.changeRow(run, 1, { state: "done", given: ["A", "B"] }));
  take(await ada.jobRuns.changeRow(run, 3, { state: "failed", taken: ["C"], fault: refused, object: null, at: at + 1 }));
  take(await ada.jobRuns.notePasswordFile(run, "passwords.age"));
  take(await ada.jobRuns.notePasswordFile(run, "passwords-2.age"));
  const [first, second, third] = kept;
  expect(await bob.jobRuns.allRows(run)).toEqual([
    { ...first, state: "done", object, address: "user1@contoso.lab", given: ["A", "B"], at },
    { ...second, state: "failed", taken: ["C"], fault: refused, object: null, at: at + 1 },
    third,
  ]);
  const outcomes = { planned: 1, done: 1, failed: 1 };
  expect(await bob.jobRuns.get(run)).toEqual({ ...begun, outcomes, mailRun: "mail-1", passwordFiles: ["passwords.age", "passwords-2.age"] });
  take(await ada.jobRuns.end(run, { state: "failed", fault: { kind: "forbidden", needs: [] }, endedAt: at + 2 }));
  const ended = { ...begun, outcomes, mailRun: "mail-1", passwordFiles: ["passwords.age", "passwords-2.age"], state: "failed", fault: { kind: "forbidden", needs: [] }, endedAt: at + 2 };
  expect(await bob.jobRuns.get(run)).toEqual(ended);
  // Taken up again, it is under way.
  take(await bob.jobRuns.take(run));
  expect(await ada.jobRuns.get(run)).toEqual({ ...ended, state: "running", fault: null, endedAt: null });
  expect([await ada.jobRuns.get("another"), await ada.jobRuns.allRows("another")]).toEqual([null, []]);
});

test("a run that a brake held is over at once, has no rows, and is taken by nobody", async () => {
  const made = jobRunOf({ halts: [{ kind: "source-empty" }, { kind: "over-limit", action: "create", count: 900, most: 50, percent: 90 }] });
  const { run } = take(await ada.jobRuns.halted(made));
  expect(await bob.jobRuns.get(run)).toEqual({ ...made, id: run, state: "halted", endedAt: made.at, outcomes: {} });
  expect(await bob.jobRuns.allRows(run)).toEqual([]);
  for (const write of [ada.jobRuns.take(run), ada.jobRuns.hold(run), ada.jobRuns.end(run, { state: "done", fault: null, endedAt: at })]) expect(await write).toEqual(missingRun);
});

test("a run is taken by one process at a time, and whoever has lost it writes nothing", async () => {
  const run = await begin(ada);
  const writes = (store: Store) => [
    () => store.jobRuns.hold(run), () => store.jobRuns.release(run), () => store.jobRuns.changeRow(run, 1, { state: "done" }), () => store.jobRuns.notePasswordFile(run, "forged.age"),
    () => store.jobRuns.end(run, { state: "done", fault: null, endedAt: at }),
  ];
  expect(await bob.jobRuns.take(run)).toEqual(underWay);
  for (const write of writes(bob)) expect(await write()).toEqual(missingRun);
  expect(await bob.jobRuns.take("another")).toEqual(missingRun);
  await letLapse(run);
  expect(await bob.jobRuns.get(run)).toMatchObject({ state: "interrupted" });
  // Nobody came meanwhile: it is still in the same hands, as after a sleep.
  take(await ada.jobRuns.hold(run));
  expect(await bob.jobRuns.get(run)).toMatchObject({ state: "running" });
  await letLapse(run);
  take(await bob.jobRuns.take(run));
  for (const write of writes(ada)) expect(await write()).toEqual(missingRun);
  expect(await ada.jobRuns.get(run)).toMatchObject({ state: "running", mailRun: null, endedAt: null, outcomes: { planned: 1 } });
  take(await bob.jobRuns.release(run));
  expect(await ada.jobRuns.get(run)).toMatchObject({ state: "interrupted" });
  take(await ada.jobRuns.take(run));
  await finish(ada, run);
  // What is done is not begun anew.
  for (const store of [ada, bob]) expect(await store.jobRuns.take(run)).toEqual(missingRun);
});

test("each write renews the hold, and holding alone is no change", async () => {
  const run = await begin(ada);
  for (const write of [() => ada.jobRuns.changeRow(run, 1, { state: "half-done" }), () => ada.jobRuns.notePasswordFile(run, "passwords.age"), () => ada.jobRuns.hold(run)]) {
    await letLapse(run);
    take(await write());
    expect(await bob.jobRuns.take(run)).toEqual(underWay);
  }
  const before = ada.jobRuns.newest();
  take(await ada.jobRuns.hold(run));
  expect(ada.jobRuns.newest()).toBe(before);
});

test("a row that is done stays so, and one that was not kept has nothing to change", async () => {
  const run = await begin(ada, {}, [plannedRow(1), plannedRow(2, { action: "keep" })]);
  take(await ada.jobRuns.changeRow(run, 1, { state: "done" }));
  take(await ada.jobRuns.changeRow(run, 1, { state: "done", address: "user1@contoso.lab" }));
  for (const state of ["planned", "failed"] as const) await expect(ada.jobRuns.changeRow(run, 1, { state })).rejects.toThrow("row 1");
  for (const row of [2, 3]) await expect(ada.jobRuns.changeRow(run, row, { state: "done" })).rejects.toThrow(`row ${row}`);
  expect(await bob.jobRuns.allRows(run)).toMatchObject([{ row: 1, state: "done", address: "user1@contoso.lab" }]);
});

test("rows are found by state and by what is searched, without case, a page at a time", async () => {
  const rows = [
    plannedRow(1, { key: "Größe", name: "ÉTÉ" }), plannedRow(2, { key: "100% sure_1" }), plannedRow(3, { request: request("C", { externalAddress: "Zoe@Fabrikam.test" }) }),
    plannedRow(4, { request: request("D", { address: "Info@contoso.lab", accountName: "svc-d" }) }), plannedRow(5, { request: request("E", { alias: "Back\\slash" }) }),
  ];
  const run = await begin(ada, {}, rows);
  await begin(ada, {}, rows);
  take(await ada.jobRuns.changeRow(run, 1, { state: "done", address: "Groesse@Contoso.lab" }));
  take(await ada.jobRuns.changeRow(run, 2, { state: "failed", fault: refused }));
  const asked = async (more: Partial<Parameters<Store["jobRuns"]["rows"]>[0]>) => {
    const { rows: found, total } = await bob.jobRuns.rows({ run, states: [], search: "", from: 0, most: 200, ...more });
    return [found.map(({ row }) => row), total];
  };
  expect(await asked({})).toEqual([[1, 2, 3, 4, 5], 5]);
  expect(await asked({ from: 1, most: 2 })).toEqual([[2, 3], 5]);
  expect(await asked({ from: 5 })).toEqual([[], 5]);
  expect(await asked({ states: ["done", "failed"] })).toEqual([[1, 2], 2]);
  expect(await asked({ states: ["planned"], search: "INFO@" })).toEqual([[4], 1]);
  expect(await asked({ states: ["done"], search: "info@" })).toEqual([[], 0]);
  for (const [search, row] of [["grÖß", 1], ["été", 1], ["groesse@", 1], ["0% S", 2], ["e_1", 2], ["%", 2], ["zoe@FAB", 3], ["SVC-D", 4], ["k\\S", 5]] as const) expect([search, await asked({ search })]).toEqual([search, [[row], 1]]);
  take(await ada.jobRuns.changeRow(run, 1, { state: "done", address: null }));
  expect(await asked({ search: "groesse@" })).toEqual([[], 0]);
});

test("pages are newest first, by a cursor, of one job or of all", async () => {
  const made: string[] = [];
  for (const job of ["a", "b", "a", "a", "b"]) {
    const run = await begin(ada, { job });
    await finish(ada, run);
    made.unshift(run);
  }
  const pagesOf = async (job: string | null, most: number) => {
    const pages: string[][] = [];
    for (let before: string | null = null, more = true; more; ) {
      const { runs, next }: Awaited<ReturnType<Store["jobRuns"]["page"]>> = await bob.jobRuns.page({ job, before, most });
      pages.push(runs.map(({ id }) => id));
      [before, more] = [next, next !== null];
    }
    return pages;
  };
  const [e, d, c, b, a] = made;
  expect(await pagesOf(null, 2)).toEqual([[e, d], [c, b], [a]]);
  expect(await pagesOf("a", 3)).toEqual([[d, c, a]]);
  expect(await pagesOf("b", 1)).toEqual([[e], [b]]);
  expect(await pagesOf("c", 1)).toEqual([[]]);
  expect(await bob.jobRuns.page({ job: null, before: "no place", most: 2 })).toEqual({ runs: [], next: null });
});

test("the last run of each job is told, and the last that was applied to its end", async () => {
  const ended = async (job: string, state: Parameters<typeof finish>[2]) => {
    const run = await begin(ada, { job });
    await finish(ada, run, state);
    return run;
  };
  await ended("a", "done");
  const applied = await ended("a", "with-failures");
  await ended("a", "cancelled");
  await ended("a", "failed");
  const halted = take(await ada.jobRuns.halted(jobRunOf({ job: "a" }))).run;
  await ended("b", "failed");
  const running = await begin(ada, { job: "b" });
  expect((await bob.jobRuns.lastApplied("a"))?.id).toBe(applied);
  expect([await bob.jobRuns.lastApplied("b"), await bob.jobRuns.lastApplied("c")]).toEqual([null, null]);
  const last = await bob.jobRuns.lastOf(["c", "b", ...Array.from({ length: 60 }, (_, index) => `another-${index}`), "a"]);
  expect(Object.fromEntries([...last].map(([job, { id, state }]) => [job, [id, state]]))).toEqual({ a: [halted, "halted"], b: [running, "running"] });
  expect(await bob.jobRuns.lastOf([])).toEqual(new Map());
});

test("newest changes with every own write at once, and with those of others a moment later", async () => {
  const seen = [ada.jobRuns.newest()];
  const other = bob.jobRuns.newest();
  const run = await begin(ada);
  const see = () => seen.push(ada.jobRuns.newest());
  see();
  for (const write of [
    () => ada.jobRuns.changeRow(run, 1, { state: "done" }), () => ada.jobRuns.notePasswordFile(run, "p"), () => ada.jobRuns.release(run), () => ada.jobRuns.take(run),
    () => ada.jobRuns.end(run, { state: "done", fault: null, endedAt: at }), () => ada.jobRuns.halted(jobRunOf()),
  ]) {
    take(await write());
    see();
  }
  expect(new Set(seen).size).toBe(8);
  await heard(() => expect(bob.jobRuns.newest()).not.toBe(other));
  await heard(() => expect(bob.jobRuns.newest()).toBe(ada.jobRuns.newest()));
});

test("what another version wrote in words unknown here is told as that, and hides nothing else", async () => {
  const unknown = { kind: "unsupported", why: "newer-words" };
  const run = await begin(ada, { halts: [{ kind: "source-empty" }] }, [1, 2, 3, 4].map((row) => plannedRow(row)));
  const damaged = await begin(ada);
  await change(`UPDATE job_run SET content = 'damaged' WHERE id = '${damaged}'`);
  await change(`UPDATE job_run SET state = 'postponed', begun_by = 'watcher', fault = '{"kind":"postponed"}', content = replace(content, '[{"kind":"source-empty"}]', '[{"kind":"moon"},{"kind":"source-empty"}]') WHERE id = '${run}'`);
  await change(`UPDATE job_row SET state = 'postponed', fault = 'damaged', object = '{"in":"another form"}', given = '{}', taken = 'damaged' WHERE run = '${run}' AND number = 1`);
  await change(`UPDATE job_row SET planned = replace(planned, '"create"', '"rename"') WHERE run = '${run}' AND number = 2`);
  await change(`UPDATE job_row SET planned = 'damaged' WHERE run = '${run}' AND number = 3`);
  const { runs, next } = await bob.jobRuns.page({ job: null, before: null, most: 50 });
  expect([runs.length, next]).toEqual([1, null]);
  expect(runs).toMatchObject([{ id: run, state: "interrupted", begunBy: "person", fault: unknown, halts: [{ kind: "source-empty" }], outcomes: { postponed: 1, planned: 3 } }]);
  expect([await bob.jobRuns.get(damaged), (await bob.jobRuns.lastOf(["job-1"])).size]).toEqual([null, 0]);
  expect((await bob.jobRuns.page({ job: null, before: null, most: 1 })).next).toEqual(expect.any(String));
  // An object that nobody can describe is taken for no other one.
  const { rows, total } = await bob.jobRuns.rows({ run, states: [], search: "", from: 0, most: 50 });
  expect([rows.map(({ row }) => row), total]).toEqual([[1, 4], 4]);
  expect(rows[0]).toMatchObject({ state: "unknown", fault: unknown, object: null, given: [], taken: [] });
});

test("whatever a row holds comes back as it was", async () => {
  const rowArbitrary = fc.record({ key: fc.string({ unit: "binary" }), name: fc.string({ unit: "binary" }), action: fc.constantFrom("create", "enable", "license", "unlicense", "keep", "skip", "refused"), seen: fc.array(fc.string()) }).map((more) => ({ ...more, request: null }));
  await fc.assert(
    fc.asyncProperty(fc.array(rowArbitrary, { maxLength: 5 }), async (made) => {
      const rows = made.map((more, index) => plannedRow(index + 1, more));
      const run = await begin(ada, {}, rows);
      const changing = rows.filter(({ action }) => !["keep", "skip", "refused"].includes(action));
      expect((await bob.jobRuns.allRows(run)).map(({ row, key, name, action, seen }) => ({ row, key, name, action, seen }))).toEqual(changing.map(({ row, key, name, action, seen }) => ({ row, key, name, action, seen })));
    }),
    { numRuns: 20 },
  );
});

test.skipIf(isTeam)(`a write counts as a save, so that a copy of before it is the older one; a hold does not${onlyOnFile("copies are of a file")}`, async () => {
  const generation = async () => Number((await ask(folder, "SELECT number FROM generation"))[0]?.["number"]);
  const before = await generation();
  const run = await begin(ada);
  take(await ada.jobRuns.changeRow(run, 1, { state: "done" }));
  take(await ada.jobRuns.hold(run));
  expect(await generation()).toBe(before + 2);
});
