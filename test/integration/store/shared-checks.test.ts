/** One console of a team checks for all: who, what the others hear, and what happens when it is gone. */
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { FoundResult, SharedChecks, Store } from "../../../main/store/types.ts";
import { eventually } from "../../lab/eventually.ts";
import { findPostgres, startPostgres, type Account, type PostgresServer } from "../../lab/postgres-server.ts";
import { labTeam } from "../../lab/team-consoles.ts";

const bin = findPostgres();
let server: PostgresServer | null = null;
beforeAll(async () => {
  server = bin === null ? null : await startPostgres(bin);
});
afterAll(() => server?.remove());

interface Console {
  readonly store: Store;
  readonly checks: SharedChecks;
  readonly heard: FoundResult[];
}

describe.runIf(bin !== null)("checks of a team", () => {
  let database: string;
  let team: Awaited<ReturnType<typeof labTeam<Account>>>;
  const consoles: Console[] = [];
  const ask = (sql: string) => {
    if (server === null) throw new Error("no server");
    return server.ask({ database }, sql);
  };
  const start = async (): Promise<Console> => {
    const store = await team.open("eva");
    const { checks } = store;
    if (checks === null) throw new Error("nothing is shared");
    const heard: FoundResult[] = [];
    checks.follow({ results: (found) => void heard.push(...found), roles: () => undefined });
    const started = { store, checks, heard };
    consoles.push(started);
    return started;
  };
  beforeEach(async () => {
    const own = server;
    if (own === null) return;
    ({ database } = await own.create());
    team = await labTeam((account: Account) => own.settings(database, account), "eva");
  });
  afterEach(async () => {
    consoles.splice(0);
    await team.remove();
  });

  test("are made by one console, and the others hear what it found once", async () => {
    const ada = await start();
    await eventually(async () => expect(await ask("SELECT token FROM lease")).toEqual([{ token: "1" }]));
    const bob = await start();
    await eventually(() => expect(bob.checks.leftToOthers()).toBe(true));
    expect(ada.checks.leftToOthers()).toBe(false);
    ada.checks.found("exa", "first");
    bob.checks.found("exb", "of one that does not check");
    await eventually(() => expect(bob.heard).toMatchObject([{ key: "exa", content: "first" }]));
    expect(bob.heard[0]?.ageMs).toBeLessThan(30_000);
    ada.checks.found("exa", "second");
    await eventually(() => expect(bob.heard.map(({ content }) => content)).toEqual(["first", "second"]));
    // Three more rounds tell nothing twice.
    await new Promise((resolve) => setTimeout(resolve, 6_500));
    expect(bob.heard).toHaveLength(2);
    expect(ada.heard).toEqual([]);
    expect(await ask("SELECT key FROM check_result")).toEqual([{ key: "exa" }]);
  }, 60_000);

  test("go over to another console when the one that makes them ends", async () => {
    const ada = await start();
    await eventually(async () => expect(await ask("SELECT token FROM lease")).toHaveLength(1));
    const bob = await start();
    await eventually(() => expect(bob.checks.leftToOthers()).toBe(true));
    await team.close(ada.store);
    await eventually(() => expect(bob.checks.leftToOthers()).toBe(false));
    bob.checks.found("exb", "by bob");
    await eventually(async () => expect(await ask("SELECT content FROM check_result")).toEqual([{ content: "by bob" }]));
    expect(await ask("SELECT token FROM lease")).toEqual([{ token: "2" }]);
  }, 60_000);

  test("of a console that slept through its lease are not written", async () => {
    const ada = await start();
    await eventually(async () => expect(await ask("SELECT token FROM lease")).toHaveLength(1));
    // As if another one had taken the lease over while it slept.
    await ask("UPDATE lease SET holder = 'somebody else', token = token + 1, until = now_ms() + 60000");
    ada.checks.found("exa", "too late");
    await eventually(() => expect(ada.checks.leftToOthers()).toBe(true));
    expect(await ask("SELECT key FROM check_result")).toEqual([]);
    await ask("UPDATE lease SET until = now_ms() - 1");
    await eventually(() => expect(ada.checks.leftToOthers()).toBe(false));
  }, 60_000);

  test("are everybody's own while the database does not answer", async () => {
    await start();
    await eventually(async () => expect(await ask("SELECT token FROM lease")).toHaveLength(1));
    const bob = await start();
    await eventually(() => expect(bob.checks.leftToOthers()).toBe(true));
    await server?.stop();
    await eventually(() => expect(bob.checks.leftToOthers()).toBe(false));
    await server?.start();
  }, 60_000);
});
