/** Runs of jobs in a team's database: who may write what of them, asked of the database itself, and databases that were made before them. */
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { createChangesOf } from "../../../main/store/changes.ts";
import { trimJobRuns } from "../../../main/store/job-run-retention.ts";
import { createJobRuns } from "../../../main/store/job-runs.ts";
import { openPostgres, type PostgresEngine } from "../../../main/store/postgres/engine.ts";
import { jobRunTables } from "../../../main/store/postgres/job-run-tables.ts";
import { rolesOf } from "../../../main/store/postgres/names.ts";
import { stepsFrom, TEAM_SCHEMA_VERSION, teamSchema } from "../../../main/store/postgres/schema.ts";
import { addressOf } from "../../../main/store/postgres/session.ts";
import type { JobRuns } from "../../../main/store/types.ts";
import { fail } from "../../../shared/fault.ts";
import { jobRunOf, plannedRow, writeJobRun } from "../../lab/job-runs.ts";
import { silentLogger } from "../../lab/loggers.ts";
import { findPostgres, startPostgres, type Account, type PostgresServer } from "../../lab/postgres-server.ts";
import { describeSchema } from "../../lab/postgres-schema.ts";
import { systemClock, take } from "../../unit/main/store/support.ts";

const bin = findPostgres();
const noRights = fail({ kind: "not-stored", why: "no-rights" });
const missingRun = fail({ kind: "not-found", what: "job-run" });
const refused = "42501";
const end = { state: "done", fault: null, endedAt: 2 } as const;
const all = { job: null, before: null, most: 50 };

describe.runIf(bin !== null)("in a team's database", () => {
  let server: PostgresServer;
  let database: string;
  const opened: PostgresEngine[] = [];
  beforeAll(async () => {
    server = await startPostgres(bin ?? "");
  });
  afterAll(() => server.remove());
  afterEach(async () => {
    for (const engine of opened.splice(0)) await engine.close();
  });

  async function tryOpen(account: Account) {
    const result = await openPostgres({ address: addressOf(server.settings(database, account)), clock: systemClock, logger: silentLogger, known: () => 0, start: () => Promise.resolve(null) });
    if (result.ok) opened.push(result.value);
    return result;
  }
  const runsOver = (engine: PostgresEngine): JobRuns => createJobRuns({ engine, changes: createChangesOf(engine, silentLogger), logger: silentLogger });
  const as = async (account: Account) => runsOver(take(await tryOpen(account)));
  const asked = (account: Account | undefined, sql: string) => server.ask({ database }, sql, account).then((rows) => rows, (error: unknown) => (error instanceof Error && "code" in error ? error.code : error));
  const begin = async (runs: JobRuns, by: string) => take(await runs.begin(jobRunOf({ by }), [plannedRow(1), plannedRow(2)])).run;

  describe("as it is set up now", () => {
    beforeEach(async () => {
      ({ database } = await server.create());
    });

    test("a reader sees every run and writes nothing", async () => {
      const [bob, rita] = [await as("bob"), await as("rita")];
      const run = await begin(bob, "bob");
      expect((await rita.page(all)).runs).toMatchObject([{ id: run, by: "bob", state: "running", outcomes: { planned: 2 } }]);
      expect(await rita.allRows(run)).toMatchObject([{ row: 1 }, { row: 2 }]);
      const writes = [rita.begin(jobRunOf({ by: "rita" }), []), rita.halted(jobRunOf({ by: "rita" })), rita.take(run), rita.hold(run), rita.release(run), rita.changeRow(run, 1, { state: "done" }), rita.notePasswordFile(run, "p"), rita.end(run, end)];
      for (const write of writes) expect(await write).toEqual(noRights);
    });

    test("a run is begun in one's own name, and the login says who it was", async () => {
      const [bob, eva] = [await as("bob"), await as("eva")];
      for (const forged of [bob.begin(jobRunOf({ by: "eva" }), []), bob.halted(jobRunOf({ by: "eva" }))]) expect(await forged).toEqual(noRights);
      await begin(bob, "bob");
      take(await eva.halted(jobRunOf({ by: "somebody" })));
      expect(await asked("rita", "SELECT who, login, state FROM job_run ORDER BY who")).toEqual([{ who: "bob", login: "bob", state: "running" }, { who: "somebody", login: "eva", state: "halted" }]);
      for (const column of ["who", "login", "holder_login", "store_id", "job", "content", "at", "row_count"]) expect([column, await asked("bob", `UPDATE job_run SET ${column} = '1'`)]).toEqual([column, refused]);
    });

    test("no statement changes what was planned, a row that is done, a run that is over, or that of somebody who is at it; nothing is removed", async () => {
      const [bob, ben] = [await as("bob"), await as("ben")];
      const run = await begin(bob, "bob");
      take(await bob.changeRow(run, 1, { state: "done", address: "user1@contoso.lab" }));
      const before = [await bob.get(run), await bob.allRows(run)];
      const row = (number: number, state: string) => `INSERT INTO job_row (run, number, state, action, at, words, address_words, given, taken, planned) VALUES ('${run}', ${number}, '${state}', 'create', 1, '', '', '[]', '[]', '{}')`;
      const everybodys = [
        "UPDATE job_row SET state = 'planned' WHERE number = 1", "UPDATE job_row SET state = 'failed' WHERE number = 1", row(3, "done"), "UPDATE job_row SET planned = '{}'", "UPDATE job_row SET words = ''", "UPDATE job_row SET number = 9", "UPDATE job_row SET run = 'another'",
        "UPDATE job_run SET held_until = 9999999999999", "DELETE FROM job_row", "DELETE FROM job_run", "TRUNCATE job_run CASCADE", "ALTER TABLE job_row DISABLE TRIGGER ALL",
        "INSERT INTO job_run (id, job, store_id, at, begun_by, who, login, state, row_count, holder, holder_login, held_until, changed, content) VALUES ('forged', 'j', 's', 1, 'person', 'eva', 'eva', 'done', 0, NULL, 'eva', 0, 1, '{}')",
      ];
      const others = [
        "UPDATE job_run SET holder = 'ben'", "UPDATE job_run SET holder = NULL", "UPDATE job_run SET state = 'done'", "UPDATE job_run SET password_file = NULL", "UPDATE job_row SET state = 'done'", "UPDATE job_row SET address = 'forged' WHERE number = 1", row(3, "planned"),
      ];
      for (const sql of everybodys) expect([sql, await asked("bob", sql)]).toEqual([sql, refused]);
      for (const sql of [...everybodys, ...others]) expect([sql, await asked("ben", sql)]).toEqual([sql, refused]);
      expect(await ben.take(run)).toEqual(fail({ kind: "unsupported", why: "run-under-way" }));
      expect([await ben.get(run), await ben.allRows(run)]).toEqual(before);
      // Once nobody is at it, anybody of the team may take it up, writes nothing before, and whoever had it writes no more.
      take(await bob.release(run));
      for (const sql of ["UPDATE job_run SET mail_run = 'forged'", ...others.slice(2).filter((sql) => !sql.includes("password_file"))]) expect([sql, await asked("ben", sql)]).toEqual([sql, refused]);
      take(await ben.take(run));
      for (const late of [bob.changeRow(run, 2, { state: "done" }), bob.notePasswordFile(run, "p"), bob.end(run, end)]) expect(await late).toEqual(missingRun);
      take(await ben.changeRow(run, 2, { state: "done" }));
      take(await ben.end(run, end));
      expect(await bob.get(run)).toMatchObject({ state: "done", outcomes: { done: 2 }, by: "bob" });
      for (const sql of ["UPDATE job_run SET state = 'running', holder = 'ben'", "UPDATE job_run SET ended_at = 9, holder = 'ben'"]) expect([sql, await asked("ben", sql)]).toEqual([sql, refused]);
      expect(await asked("eva", `DELETE FROM job_run WHERE id = '${run}'`)).toEqual([]);
      expect(await asked("bob", "SELECT 1 FROM job_row")).toEqual([]);
    });

    test("a due time is claimed in one's own name and for a while, taken from nobody who lives, and what is handled stays so", async () => {
      const [bob, ben, rita] = [await as("bob"), await as("ben"), await as("rita")];
      take(await bob.due.follow("job-1", { schedule: "* * * * * UTC", revision: 1 }, 100));
      for (const write of [rita.due.follow("job-2", { schedule: "", revision: 1 }, 100), rita.due.claim("job-1", 200, { claimed: null }), rita.due.renew(), rita.due.release("job-1"), rita.due.settle("job-1", 500)]) expect(await write).toEqual(noRights);
      expect(take(await bob.due.claim("job-1", 200, { claimed: null }))).toBe(true);
      expect(take(await ben.due.claim("job-1", 200, { claimed: null }))).toBe(false);
      for (const sql of ["UPDATE job_due SET claimed_by = 'ben'", "UPDATE job_due SET claimed_by = NULL", "UPDATE job_due SET due = 900"]) expect([sql, await asked("ben", sql)]).toEqual([sql, refused]);
      for (const sql of ["UPDATE job_due SET claimed_until = 9999999999999", "UPDATE job_due SET due = 1", "UPDATE job_due SET revision = 0", "UPDATE job_due SET job = 'another'", "UPDATE job_due SET claimed_login = 'ben'", "DELETE FROM job_due"]) expect([sql, await asked("bob", sql)]).toEqual([sql, refused]);
      const { run } = take(await bob.begin(jobRunOf({ begunBy: "schedule", due: 200, by: "bob" }), []));
      expect((await rita.due.of()).get("job-1")).toMatchObject({ since: 200, claim: "none" });
      // Another revision is anybody's who may save one.
      take(await bob.end(run, end));
      expect(take(await bob.due.claim("job-1", 300, { claimed: null }))).toBe(true);
      take(await ben.due.follow("job-1", { schedule: "", revision: 2 }, 50));
      expect((await rita.due.of()).get("job-1")).toEqual({ since: 50, schedule: "", revision: 2, claim: "none", claimed: null });
    });

    test("of several that write at once none is refused", async () => {
      const names = ["bob", "ben", "carl"] as const;
      await Promise.all(names.map(async (name) => {
        const runs = await as(name);
        for (let round = 0; round < 3; round += 1) {
          const run = await begin(runs, name);
          await Promise.all([1, 2].map(async (row) => take(await runs.changeRow(run, row, { state: "done" }))));
          take(await runs.end(run, end));
        }
      }));
      const { runs } = await (await as("rita")).page(all);
      expect(runs.map(({ state, outcomes }) => [state, outcomes])).toEqual(Array.from({ length: 9 }, () => ["done", { done: 2 }]));
    });

    test("what is too old goes with an administrator's account", async () => {
      const bob = await as("bob");
      const runs: string[] = [];
      for (const state of ["failed", "cancelled"] as const) {
        runs.push(await begin(bob, "bob"));
        take(await bob.end(runs.at(-1) ?? "", { ...end, state }));
      }
      await asked(undefined, `UPDATE job_run SET row_count = 99999 WHERE id = '${runs[0]}'`);
      const eva = take(await tryOpen("eva"));
      await trimJobRuns(eva, silentLogger);
      expect((await runsOver(eva).page(all)).runs.map(({ id }) => id)).toEqual([runs[1]]);
      expect(await asked("bob", "SELECT count(*) FROM job_row")).toEqual([{ count: "2" }]);
    });

    test("a console hears of another's writes by itself", async () => {
      const [bob, rita] = [await as("bob"), await as("rita")];
      const before = rita.newest();
      const runs: string[] = [];
      for await (const run of writeJobRun({ ...bob, begin: (run, rows) => bob.begin({ ...run, by: "bob" }, rows) })) runs.push(run);
      await expect.poll(() => rita.newest()).toBe(bob.newest());
      expect(rita.newest()).not.toBe(before);
      expect(await rita.get(runs[0] ?? "")).toMatchObject({ state: "with-failures", outcomes: { done: 1, failed: 1, planned: 1 } });
    });
  });

  test("one that was set up by the version before is brought up to date by the account that did so, and is then what one is that is set up now", async () => {
    database = await server.createEmpty();
    const before = TEAM_SCHEMA_VERSION - 1;
    await server.ask({ database }, teamSchema(database).replace(jobRunTables, "").replace(`number = ${TEAM_SCHEMA_VERSION}`, `number = ${before}`), "owner");
    const roles = rolesOf(database);
    await server.ask({ database }, `GRANT "${roles.operator}" TO bob; GRANT "${roles.reader}" TO rita`, "owner");
    await asked("owner", "INSERT INTO activity (at, kind, subject) VALUES (1, 'kept', 'kept')");
    expect(stepsFrom(before)).toContain("CREATE TABLE job_run");
    expect(await tryOpen("bob")).toEqual(fail({ kind: "unsupported", why: "database-older" }));
    expect(await asked("rita", "SELECT number FROM schema_version")).toEqual([{ number: String(before) }]);
    take(await tryOpen("owner"));
    expect(await asked("rita", "SELECT number FROM schema_version")).toEqual([{ number: String(TEAM_SCHEMA_VERSION) }]);
    expect(await asked("rita", "SELECT subject FROM activity")).toEqual([{ subject: "kept" }]);
    const run = await begin(await as("bob"), "bob");
    expect(await (await as("rita")).get(run)).toMatchObject({ state: "running" });
    const upgraded = database;
    database = await server.createEmpty();
    await asked("owner", teamSchema(database));
    expect(await describeSchema(server, upgraded)).toEqual(await describeSchema(server, database));
  });
});
