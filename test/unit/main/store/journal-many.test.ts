/** The journal with as many entries as it keeps. */
import { afterAll, beforeAll, expect, test } from "vitest";
import { createChanges } from "../../../../main/store/changes.ts";
import { Connection } from "../../../../main/store/connection.ts";
import type { Engine } from "../../../../main/store/engine.ts";
import { createJournal } from "../../../../main/store/journal.ts";
import { conditionsOf } from "../../../../main/store/journal-question.ts";
import { entriesSql } from "../../../../main/store/journal-rows.ts";
import { trimJournal } from "../../../../main/store/journal-retention.ts";
import { migrate } from "../../../../main/store/migrate.ts";
import { sqliteEngine } from "../../../../main/store/sqlite-engine.ts";
import type { Steps } from "../../../../main/store/steps.ts";
import type { Journal } from "../../../../main/store/types.ts";
import type { JournalQuestion } from "../../../../shared/contract/mail-objects.ts";
import { question, request, runOf } from "../../../lab/journal-runs.ts";
import { recordingLogger, silentLogger } from "../../../lab/loggers.ts";
import { systemClock, take } from "./support.ts";

const RUNS = 20;
const EACH = 5_000;

let connection: Connection;
let engine: Engine;
let journal: Journal;
const runs: string[] = [];
let statements = 0;
let rows = 0;

/** The same steps; counts what is asked and what is answered. */
function* counted<T>(steps: Steps<T>): Steps<T> {
  let step = steps.next();
  while (step.done !== true) {
    statements += step.value.length;
    const answers = yield step.value;
    rows += answers.reduce((sum, answer) => sum + answer.rows.length, 0);
    step = steps.next(answers);
  }
  return step.value;
}
const count = () => Number(connection.get("SELECT count(*) AS count FROM mail_entry")?.["count"]);
const finish = (run: string, state = "done") => connection.run("UPDATE mail_entry SET state = ? WHERE run = ?", state, run);

beforeAll(async () => {
  connection = new Connection(":memory:", { readOnly: false });
  migrate(connection, 0);
  const whole = sqliteEngine(connection);
  engine = { ...whole, read: (steps) => whole.read(() => counted(steps())) };
  journal = createJournal({ engine, changes: createChanges({ connection, clock: systemClock, logger: silentLogger }), logger: silentLogger });
  for (let run = 0; run < RUNS; run += 1) {
    const requests = Array.from({ length: EACH }, (_, index) => request(`Group ${run} ${index}`, { type: index === 7 ? "mail-contact" : "distribution-group" }));
    const begun = take(await journal.begin(runOf(requests, { storeId: `store-${run % 4}` })));
    runs.push(begun.run);
    take(await journal.begun(begun.entries[7] ?? "", { number: 1, kind: "enable", server: `ex${run}.contoso.lab`, at: 1 }));
  }
});
afterAll(() => connection.close());

const asked = async (more: Partial<JournalQuestion>) => {
  [statements, rows] = [0, 0];
  return journal.page(question({ most: 200, ...more }));
};

test("a page of 100,000 entries is a few statements and no more rows than are shown, whatever is asked for", async () => {
  expect(count()).toBe(RUNS * EACH);
  const [first = ""] = runs;
  for (const more of [{}, { storeId: "store-1" }, { run: first }, { states: ["planned"] }, { search: "group 3" }, { search: "EX3.contoso" }, { search: "nowhere" }, { states: ["running"] }, { states: ["half-done"], search: "no" }, { states: ["planned", "running", "interrupted"] }] as const) {
    const states = "states" in more ? [...more.states] : [];
    const { entries } = await asked({ ...more, states });
    // Each state is asked for by itself, and the newest of all are shown.
    const asking = Math.max(states.length, 1);
    expect([more, statements <= asking + 4, rows <= asking * 201 + entries.flatMap(({ steps }) => steps).length]).toEqual([more, true, true]);
  }
  expect((await asked({ search: "EX3.contoso" })).entries.map((entry) => entry.request.name)).toEqual(["Group 3 7"]);
  expect((await asked({ states: ["running"] })).entries).toHaveLength(RUNS);
});

test("no question sorts what it does not show, and a store, a run and a state have an index", () => {
  const plansOf = (more: Partial<JournalQuestion>) =>
    conditionsOf(question(more), engine.words.nowMs).map(({ sql, values }) =>
      connection.all(`EXPLAIN QUERY PLAN ${entriesSql(engine.words.nowMs)} WHERE ${sql} ORDER BY e.seq DESC LIMIT 200`, ...values).map((row) => String(row["detail"])).join("; "));
  for (const plan of plansOf({ run: "r" })) expect(plan).toContain("mail_entry_by_run");
  for (const plan of plansOf({ storeId: "s" })) expect(plan).toContain("mail_entry_by_store");
  for (const plan of plansOf({ states: ["planned", "running", "interrupted"] })) expect(plan).toContain("mail_entry_by_state");
  for (const more of [{}, { storeId: "s" }, { run: "r" }, { search: "s" }, { states: ["planned", "running"] }] as const) {
    for (const plan of plansOf({ ...more, states: "states" in more ? [...more.states] : [] })) expect(plan).not.toContain("TEMP B-TREE");
  }
});

test("only beyond 100,000 entries do the oldest finished runs go, and never so many that few are left", async () => {
  const [oldest = "", second = "", third = ""] = runs;
  for (const run of runs) finish(run);
  finish(second, "half-done");
  await trimJournal(engine, silentLogger);
  expect(count()).toBe(RUNS * EACH);
  take(await journal.begin(runOf([request("One more")])));
  // Somebody is at each of them still.
  await trimJournal(engine, silentLogger);
  expect(count()).toBe(RUNS * EACH + 1);
  for (const run of runs) take(await journal.release(run));
  const logger = recordingLogger();
  await trimJournal(engine, logger);
  expect(count()).toBe((RUNS - 1) * EACH + 1);
  expect(await journal.run(oldest)).toEqual([]);
  expect(connection.get("SELECT 1 FROM mail_step WHERE entry NOT IN (SELECT id FROM mail_entry)")).toBeNull();
  const more = take(await journal.begin(runOf(Array.from({ length: 96_000 }, (_, index) => request(`Bulk ${index}`)))));
  finish(more.run);
  take(await journal.release(more.run));
  await trimJournal(engine, silentLogger);
  // The one that is half done stays, and so does the last one, without which few would be left.
  expect((await asked({ run: second })).entries[0]?.state).toBe("half-done");
  expect((await asked({ run: third })).entries).toEqual([]);
  expect((await asked({ run: more.run })).entries).toHaveLength(200);
  expect(count()).toBe(96_000 + EACH + 1);
});
