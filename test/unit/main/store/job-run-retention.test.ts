/** Runs of jobs with as many as are kept, and a question to all of them. */
import { afterEach, beforeEach, expect, test } from "vitest";
import { createChanges } from "../../../../main/store/changes.ts";
import { Connection } from "../../../../main/store/connection.ts";
import type { Engine } from "../../../../main/store/engine.ts";
import { trimJobRuns } from "../../../../main/store/job-run-retention.ts";
import { createJobRuns } from "../../../../main/store/job-runs.ts";
import { migrate } from "../../../../main/store/migrate.ts";
import { sqliteEngine } from "../../../../main/store/sqlite-engine.ts";
import type { JobRuns } from "../../../../main/store/types.ts";
import { jobRunOf, plannedRow } from "../../../lab/job-runs.ts";
import { recordingLogger, silentLogger } from "../../../lab/loggers.ts";
import { systemClock, take } from "./support.ts";

let connection: Connection;
let engine: Engine;
let runs: JobRuns;
beforeEach(() => {
  connection = new Connection(":memory:", { readOnly: false });
  migrate(connection, 0);
  engine = sqliteEngine(connection);
  runs = createJobRuns({ engine, changes: createChanges({ connection, clock: systemClock, logger: silentLogger }), logger: silentLogger });
});
afterEach(() => connection.close());

type Ending = "done" | "with-failures" | "failed" | "cancelled";
async function ended(job: string, state: Ending, rows = 0): Promise<string> {
  const { run } = take(await runs.begin(jobRunOf({ job }), Array.from({ length: rows }, (_, index) => plannedRow(index + 1))));
  take(await runs.end(run, { state, fault: null, endedAt: 1 }));
  return run;
}
const halted = async (job: string) => take(await runs.halted(jobRunOf({ job }))).run;
const ids = () => connection.all("SELECT id FROM job_run ORDER BY seq").map((row) => row["id"]);

test("beyond 1,000 finished runs the oldest go, but neither the last of a job that was applied nor one that is not finished", async () => {
  const older = await ended("a", "done");
  const applied = await ended("a", "with-failures");
  const { run: interrupted } = take(await runs.begin(jobRunOf({ job: "b" }), [plannedRow(1)]));
  take(await runs.release(interrupted));
  const first = [await ended("b", "failed"), await ended("b", "cancelled"), await halted("b")];
  const rest: string[] = [];
  for (let count = 5; count < 1_000; count += 1) rest.push(await halted("c"));
  const whole = ids();
  await trimJobRuns(engine, silentLogger);
  expect(ids()).toEqual(whole);
  rest.push(await halted("c"), await halted("c"));
  const logger = recordingLogger();
  await trimJobRuns(engine, logger);
  expect(ids()).toEqual([applied, interrupted, ...first.slice(1), ...rest]);
  expect(logger.lines.join("\n")).toContain("removed");
  expect(whole).toContain(older);
  for (let count = 0; count < 1_000; count += 1) await halted("d");
  await trimJobRuns(engine, silentLogger);
  expect(ids()).toHaveLength(1_001);
  expect(ids().slice(0, 2)).toEqual([applied, interrupted]);
});

test("beyond 100,000 rows the oldest finished runs go with their rows, and one that somebody is at stays", async () => {
  const [first, second] = [await ended("a", "failed", 40_000), await ended("a", "done", 40_000)];
  const third = await ended("b", "cancelled", 20_000);
  await trimJobRuns(engine, silentLogger);
  expect(ids()).toEqual([first, second, third]);
  const { run: last } = take(await runs.begin(jobRunOf({ job: "c" }), [plannedRow(1)]));
  // As where another console takes it up at this very moment.
  connection.run("UPDATE job_run SET holder = 'another', held_until = 9999999999999 WHERE id = ?", first);
  await trimJobRuns(engine, silentLogger);
  expect(ids()).toEqual([first, second, third, last]);
  connection.run("UPDATE job_run SET holder = NULL WHERE id = ?", first);
  await trimJobRuns(engine, silentLogger);
  expect(ids()).toEqual([second, third, last]);
  expect(connection.get("SELECT count(*) AS count FROM job_row")?.["count"]).toBe(60_001);
  expect(await runs.page({ job: null, before: null, most: 10 })).toMatchObject({ runs: [{ outcomes: { planned: 1 } }, { outcomes: { planned: 20_000 } }, { outcomes: { planned: 40_000 } }] });
});

test("no question to runs and rows sorts what it does not show", () => {
  const planOf = (sql: string) => connection.all(`EXPLAIN QUERY PLAN ${sql}`).map((row) => String(row["detail"])).join("; ");
  expect(planOf("SELECT * FROM job_run r WHERE r.seq < 9 AND r.job = 'a' ORDER BY r.seq DESC LIMIT 200")).toContain("job_run_by_job");
  expect(planOf("SELECT state, count(*) FROM job_row WHERE run IN ('a', 'b') GROUP BY run, state")).toContain("COVERING INDEX job_row_by_state");
  for (const sql of [
    "SELECT * FROM job_run r WHERE r.seq < 9 ORDER BY r.seq DESC LIMIT 200", "SELECT * FROM job_run r WHERE r.job = 'a' AND r.state IN ('done') ORDER BY r.seq DESC LIMIT 1", "SELECT * FROM job_row WHERE run = 'a' ORDER BY number LIMIT 9",
  ]) expect([sql, planOf(sql)]).toEqual([sql, expect.not.stringContaining("TEMP B-TREE")]);
});
