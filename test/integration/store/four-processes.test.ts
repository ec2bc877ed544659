/** Several processes that save in one store at once, over both engines: nobody's save is lost, and each hears of the others. */
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { Store } from "../../../main/store/types.ts";
import { findPostgres, startPostgres, type PostgresServer } from "../../lab/postgres-server.ts";
import { labTeam } from "../../lab/team-consoles.ts";
import { documentNamed, noteBy, open, take, temporaryFolder } from "../../unit/main/store/support.ts";
import { startSaving } from "./child-process.ts";

const SAVES = 50;
const WHO = ["eva", "bob", "ben", "carl"] as const;

/** Every save that was acknowledged is there as it was saved, and the numbers have no gap. Answers how many there are. */
async function expectAllKept(store: Store, id: string, said: readonly string[]): Promise<number> {
  const numbers = (await store.identityStores.revisions(id)).map(({ number }) => number);
  expect(numbers).toEqual(Array.from({ length: numbers.length }, (_none, index) => numbers.length - index));
  const saved = said.filter((line) => line.startsWith("saved ")).map((line) => line.split(" "));
  expect(new Set(saved.map(([, number]) => number)).size).toBe(saved.length);
  for (const [, number, ...marker] of saved) {
    expect((await store.identityStores.revisionDocument(id, Number(number)))?.messaging?.configuration.values["marker"]).toBe(marker.join(" "));
  }
  return numbers.length;
}

test("four processes that save at once in a file lose nothing and number without gaps", async () => {
  const { folder, remove } = temporaryFolder();
  const store = await open({ folder });
  const { id } = take(await store.identityStores.create(documentNamed("Contoso"), noteBy("setup", { action: "created" })));
  let told = 0;
  store.onChange(() => (told += 1));
  const processes = WHO.map((who) => startSaving({ folder, storeId: id, who, saves: SAVES, servers: 50, drafts: false, team: false }));
  const said = (await Promise.all(processes.map(({ lines }) => lines))).flat();
  expect(await expectAllKept(store, id, said)).toBe(WHO.length * SAVES + 1);
  await expect.poll(() => told).toBeGreaterThan(0);
  await store.close();
  remove();
});

const bin = findPostgres();
describe.runIf(bin !== null)("in a team's database", () => {
  let server: PostgresServer;
  let database: string;
  let store: Store;
  let id: string;
  let team: Awaited<ReturnType<typeof labTeam<(typeof WHO)[number]>>>;
  const folders = new Map<string, string>();
  beforeAll(async () => {
    server = await startPostgres(bin ?? "");
  });
  afterAll(() => server.remove());
  beforeEach(async () => {
    ({ database } = await server.create());
    team = await labTeam((who: (typeof WHO)[number]) => server.settings(database, who), "eva");
    for (const who of WHO) folders.set(who, (await team.console(who)).folder);
    store = await team.open("eva");
    ({ id } = take(await store.identityStores.create(documentNamed("Contoso"), noteBy("eva", { action: "created" }))));
  });
  afterEach(() => team.remove());
  const saving = (who: (typeof WHO)[number], saves: number | null, drafts = false) => startSaving({ folder: folders.get(who) ?? "", team: true, storeId: id, who, saves, servers: 50, drafts });

  test("four processes that save at once lose nothing and number without gaps", async () => {
    let told = 0;
    store.onChange(() => (told += 1));
    const said = (await Promise.all(WHO.map((who) => saving(who, SAVES, true).lines))).flat();
    expect(await expectAllKept(store, id, said)).toBe(WHO.length * SAVES + 1);
    expect(told).toBeGreaterThan(1);
  });

  test("a process that is killed leaves what it acknowledged, and at most one save more", async () => {
    for (let kill = 1; kill <= 8; kill += 1) {
      const before = (await store.identityStores.revisions(id)).length;
      const process = saving("bob", null, kill % 2 === 0);
      await process.said(1 + kill);
      await sleep(Math.random() * 10);
      process.child.kill("SIGKILL");
      const said = await process.lines;
      // The server ends what the dead process had begun, a moment later.
      await expect.poll(() => server.ask({ database }, "SELECT 1 FROM pg_stat_activity WHERE usename = 'bob'")).toEqual([]);
      const more = (await expectAllKept(store, id, said)) - before - said.filter((line) => line.startsWith("saved ")).length;
      expect([0, 1]).toContain(more);
    }
  });

  test("connections that the server ends again and again cost nobody an acknowledged save", async () => {
    const processes = [saving("bob", SAVES), saving("carl", SAVES)];
    const ended = Promise.all(processes.map(({ lines }) => lines));
    let killed = 0;
    for (const process of processes) await process.said(1);
    while (processes.some(({ child }) => child.exitCode === null)) {
      killed += (await server.ask({ database }, "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename IN ('bob', 'carl') AND random() < 0.5")).length;
      await sleep(100);
    }
    expect(killed).toBeGreaterThan(3);
    await expectAllKept(store, id, (await ended).flat());
  });

  test("a server that crashes and comes back has every save that it acknowledged", async () => {
    const processes = [saving("bob", null), saving("ben", null)];
    for (let crash = 1; crash <= 2; crash += 1) {
      for (const process of processes) await process.said(10 * crash);
      await server.crash();
      await server.start();
    }
    for (const process of processes) await process.said(40);
    for (const { child } of processes) child.kill("SIGKILL");
    expect(await expectAllKept(store, id, (await Promise.all(processes.map(({ lines }) => lines))).flat())).toBeGreaterThan(10);
  });
});
