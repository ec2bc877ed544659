/** The journal in a team's database: who may write what of it, asked of the database itself, and databases that were made before it. */
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { createChangesOf } from "../../../main/store/changes.ts";
import { createJournal } from "../../../main/store/journal.ts";
import { openPostgres, type PostgresEngine } from "../../../main/store/postgres/engine.ts";
import { rolesOf } from "../../../main/store/postgres/names.ts";
import { stepsFrom, TEAM_SCHEMA_VERSION, teamSchema } from "../../../main/store/postgres/schema.ts";
import { addressOf } from "../../../main/store/postgres/session.ts";
import type { Journal } from "../../../main/store/types.ts";
import { fail } from "../../../shared/fault.ts";
import { question, request, runOf, writeRun } from "../../lab/journal-runs.ts";
import { silentLogger } from "../../lab/loggers.ts";
import { findPostgres, startPostgres, type Account, type PostgresServer } from "../../lab/postgres-server.ts";
import { describeSchema } from "../../lab/postgres-schema.ts";
import { systemClock, take } from "../../unit/main/store/support.ts";

const bin = findPostgres();
const noRights = fail({ kind: "not-stored", why: "no-rights" });
const older = fail({ kind: "unsupported", why: "database-older" });
const refused = "42501";

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
  async function as(account: Account): Promise<Journal> {
    const engine = take(await tryOpen(account));
    return createJournal({ engine, changes: createChangesOf(engine, silentLogger), logger: silentLogger });
  }
  const asked = (account: Account | undefined, sql: string) => server.ask({ database }, sql, account).then((rows) => rows, (error: unknown) => (error instanceof Error && "code" in error ? error.code : error));

  describe("as it is set up now", () => {
    beforeEach(async () => {
      ({ database } = await server.create());
    });

    test("a reader sees every run and writes nothing", async () => {
      const [bob, rita] = [await as("bob"), await as("rita")];
      const { run, entries: [entry = ""] } = take(await bob.begin(runOf([request("Sales")], { by: "bob" })));
      expect((await rita.page(question())).entries).toMatchObject([{ run, by: "bob", state: "planned" }]);
      expect(await rita.begin(runOf([request("Own")], { by: "rita" }))).toEqual(noRights);
      const step = { number: 1, kind: "create", server: null, at: 1 } as const;
      for (const write of [rita.take(run), rita.hold(run), rita.release(run), rita.begun(entry, step), rita.ended(entry, { number: 1, ms: 1, outcome: { state: "missing" } }, { state: "done" }), rita.change(entry, { state: "done" })]) expect(await write).toEqual(noRights);
    });

    test("a run is begun in one's own name, and the login says who it was", async () => {
      expect(await (await as("bob")).begin(runOf([request("Forged")], { by: "eva" }))).toEqual(noRights);
      take(await (await as("bob")).begin(runOf([request("Own")], { by: "bob" })));
      take(await (await as("eva")).begin(runOf([request("Of a practice")], { by: "somebody" })));
      expect(await asked("rita", "SELECT who, login, holder_login FROM mail_run ORDER BY who")).toEqual([{ who: "bob", login: "bob", holder_login: "bob" }, { who: "somebody", login: "eva", holder_login: "eva" }]);
      for (const column of ["who", "login", "holder_login", "store_id", "provider", "at"]) expect(await asked("bob", `UPDATE mail_run SET ${column} = '1'`)).toBe(refused);
    });

    test("no statement changes a step that ended, what was asked for, or the run of somebody who is at it; nothing is removed", async () => {
      const [bob, ben] = [await as("bob"), await as("ben")];
      const { run, entries: [entry = ""] } = take(await bob.begin(runOf([request("Sales")], { by: "bob" })));
      take(await bob.begun(entry, { number: 1, kind: "create", server: "dc1", at: 1 }));
      take(await bob.ended(entry, { number: 1, ms: 1, outcome: { state: "missing" } }, { state: "half-done" }));
      take(await bob.begun(entry, { number: 2, kind: "look", server: "dc1", at: 2 }));
      const before = await bob.run(run);
      const step = (number: number, state: string) => `INSERT INTO mail_step (entry, number, kind, at, state, outcome) VALUES ('${entry}', ${number}, 'look', 1, '${state}', '{}')`;
      const everybodys = [
        "UPDATE mail_step SET outcome = '{}' WHERE number = 1", "UPDATE mail_step SET state = 'started' WHERE number = 1", "UPDATE mail_step SET server = 'forged'", "UPDATE mail_step SET number = 9 WHERE number = 2",
        step(3, "succeeded"), "UPDATE mail_entry SET request = '{}'", "UPDATE mail_entry SET run = 'another'", "UPDATE mail_entry SET words = ''", "UPDATE mail_run SET held_until = 9999999999999",
        "DELETE FROM mail_step", "DELETE FROM mail_entry", "DELETE FROM mail_run", "TRUNCATE mail_run CASCADE", "ALTER TABLE mail_step DISABLE TRIGGER ALL",
        "INSERT INTO mail_run (id, store_id, store_name, at, who, login, holder_login, provider, holder, held_until, changed) VALUES ('forged', 's', 's', 1, 'eva', 'eva', 'eva', '{}', 'h', 1, 1)",
      ];
      const others = [
        "UPDATE mail_run SET holder = 'ben'", "UPDATE mail_run SET holder = NULL", "UPDATE mail_run SET held_until = 0", "UPDATE mail_entry SET state = 'done'", "UPDATE mail_step SET outcome = '{}' WHERE number = 2", step(3, "started"),
        `INSERT INTO mail_entry (id, run, place, store_id, state, words, servers, address_words, request) VALUES ('e', '${run}', 9, 's', 'planned', '', '', '', '{}')`,
      ];
      for (const sql of everybodys) expect([sql, await asked("bob", sql)]).toEqual([sql, refused]);
      for (const sql of [...everybodys, ...others]) expect([sql, await asked("ben", sql)]).toEqual([sql, refused]);
      expect(await ben.take(run)).toEqual(fail({ kind: "unsupported", why: "run-under-way" }));
      expect(await ben.run(run)).toEqual(before);
      // Once nobody is at it, anybody of the team may take it up, and whoever had it writes no more.
      take(await bob.release(run));
      for (const sql of others.slice(3)) expect([sql, await asked("ben", sql)]).toEqual([sql, refused]);
      take(await ben.take(run));
      expect(await bob.ended(entry, { number: 2, ms: 1, outcome: { state: "missing" } }, { state: "done" })).toEqual(fail({ kind: "not-found", what: "run" }));
      take(await ben.ended(entry, { number: 2, ms: 1, outcome: { state: "missing" } }, { state: "done" }));
      expect(await asked("eva", `DELETE FROM mail_run WHERE id = '${run}'`)).toEqual([]);
      expect(await asked("bob", "SELECT 1 FROM mail_entry UNION ALL SELECT 1 FROM mail_step")).toEqual([]);
    });

    test("of several that write at once none is refused, whatever else they do in the same run", async () => {
      const journals = [await as("bob"), await as("ben"), await as("carl")];
      const names = ["bob", "ben", "carl"];
      await Promise.all(journals.map(async (journal, index) => {
        for (let round = 0; round < 5; round += 1) {
          const { run, entries } = take(await journal.begin(runOf(["A", "B", "C"].map((name) => request(name)), { by: names[index] ?? "" })));
          await Promise.all([...entries.map(async (entry) => {
            take(await journal.begun(entry, { number: 1, kind: "create", server: "dc1", at: 1 }));
            take(await journal.ended(entry, { number: 1, ms: 1, outcome: { state: "missing" } }, { state: "done" }));
          }), journal.hold(run).then(take)]);
        }
      }));
      expect((await (await as("rita")).page(question({ states: ["done"], most: 200 }))).entries).toHaveLength(45);
    });

    test("that is away takes nothing and says so, and goes on afterwards", { timeout: 60_000 }, async () => {
      const bob = await as("bob");
      const { run, entries: [entry = ""] } = take(await bob.begin(runOf([request("Sales")], { by: "bob" })));
      await server.stop();
      const unreachable = fail({ kind: "not-stored", why: "unreachable" });
      const step = { number: 1, kind: "create", server: null, at: 1 } as const;
      for (const write of [() => bob.begun(entry, step), () => bob.change(entry, { state: "done" }), () => bob.hold(run), () => bob.take(run), () => bob.begin(runOf([], { by: "bob" }))]) expect(await write()).toEqual(unreachable);
      await expect(bob.page(question())).rejects.toThrow(/ECONNREFUSED|terminat/);
      await server.start();
      await expect.poll(async () => (await bob.begun(entry, step)).ok).toBe(true);
      expect((await bob.run(run))[0]).toMatchObject({ state: "running", steps: [{ number: 1 }] });
    });
  });

  describe("that was set up by the version before", () => {
    const first = () => teamSchema(database).replace(stepsFrom(1), "");
    const members = () => {
      const roles = rolesOf(database);
      return `GRANT "${roles.administrator}" TO eva; GRANT "${roles.operator}" TO bob; GRANT "${roles.reader}" TO rita`;
    };
    beforeEach(async () => {
      database = await server.createEmpty();
      await server.ask({ database }, first(), "owner");
      await server.ask({ database }, members(), "owner");
    });

    test("is refused by everybody but the account that set it up, which brings it up to date, with nothing lost", async () => {
      expect(await asked("rita", "SELECT number FROM schema_version")).toEqual([{ number: "1" }]);
      await asked("owner", "INSERT INTO activity (at, kind, subject) VALUES (1, 'kept', 'kept')");
      for (const account of ["eva", "bob", "rita"] as const) expect([account, await tryOpen(account)]).toEqual([account, older]);
      expect(await tryOpen("nobody")).toEqual(noRights);
      expect(await asked("rita", "SELECT number FROM schema_version")).toEqual([{ number: "1" }]);
      // Two consoles of that account at once.
      for (const result of await Promise.all([tryOpen("owner"), tryOpen("owner")])) take(result);
      expect(await asked("rita", "SELECT number FROM schema_version")).toEqual([{ number: String(TEAM_SCHEMA_VERSION) }]);
      expect(await asked("rita", "SELECT subject FROM activity")).toEqual([{ subject: "kept" }]);
      const bob = await as("bob");
      take(await bob.begin(runOf([request("Sales")], { by: "bob" })));
      expect((await (await as("rita")).page(question())).entries).toHaveLength(1);
    });

    test("is afterwards what one is that is set up now", async () => {
      take(await tryOpen("owner"));
      const upgraded = database;
      database = await server.createEmpty();
      await asked("owner", teamSchema(database));
      expect(await describeSchema(server, upgraded)).toEqual(await describeSchema(server, database));
    });

    test("is as it was where bringing it up to date fails half-way", async () => {
      const before = await describeSchema(server, database);
      await asked("owner", "CREATE FUNCTION guard_mail_step() RETURNS int LANGUAGE sql AS 'SELECT 1'");
      await expect(tryOpen("owner")).rejects.toThrow("guard_mail_step");
      await asked("owner", "DROP FUNCTION guard_mail_step()");
      expect(await describeSchema(server, database)).toEqual(before);
    });

    test("of a newer version is refused as before", async () => {
      await asked("owner", `UPDATE schema_version SET number = ${TEAM_SCHEMA_VERSION + 1}`);
      for (const account of ["owner", "bob"] as const) expect(await tryOpen(account)).toEqual(fail({ kind: "unreadable", what: "database-newer" }));
    });
  });

  test("a console hears of another's writes by itself, and not of a hold", async () => {
    ({ database } = await server.create());
    const [bob, rita] = [await as("bob"), await as("rita")];
    const before = rita.newest();
    const runs: string[] = [];
    for await (const run of writeRunBy(bob)) runs.push(run);
    await expect.poll(() => rita.newest()).toBe(bob.newest());
    expect(rita.newest()).not.toBe(before);
  });
});

/** In bob's own name. */
function writeRunBy(journal: Journal): AsyncGenerator<string> {
  return writeRun({ ...journal, begin: (run) => journal.begin({ ...run, by: "bob" }) });
}
