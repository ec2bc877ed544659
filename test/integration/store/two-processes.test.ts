/** Several processes with one database open: nobody's save is lost, and each hears of the others. */
import fs from "node:fs";
import path from "node:path";
import { DatabaseSync } from "node:sqlite";
import { afterEach, expect, test } from "vitest";
import { documentNamed, noteBy, open, take, temporaryFolder } from "../../unit/main/store/support.ts";
import { startSaving } from "./child-process.ts";

const place = temporaryFolder();
const { folder } = place;
afterEach(place.remove);

test("three processes saving at once lose nothing and number without gaps", async () => {
  const SAVES = 40;
  const store = await open({ folder });
  const { id } = take(await store.identityStores.create(documentNamed("Contoso"), noteBy("setup", { action: "created" })));
  let told = 0;
  store.onChange(() => (told += 1));
  const processes = ["ada", "bob", "cleo"].map((who) => startSaving({ folder, storeId: id, who, saves: SAVES, servers: 50, drafts: false }));
  const said = await Promise.all(processes.map(({ lines }) => lines));

  const saved = said.flat().filter((line) => line.startsWith("saved ")).map((line) => line.split(" "));
  expect(saved).toHaveLength(3 * SAVES);
  expect(saved.map(([, number]) => Number(number)).toSorted((a, b) => a - b)).toEqual(Array.from({ length: 3 * SAVES }, (_, index) => index + 2));
  for (const [, number, ...marker] of saved) {
    expect((await store.identityStores.revisionDocument(id, Number(number)))?.messaging?.configuration.values["marker"]).toBe(marker.join(" "));
  }
  expect(await store.identityStores.revisions(id)).toHaveLength(3 * SAVES + 1);
  await expect.poll(() => told, { timeout: 3000 }).toBeGreaterThan(0);
  await store.close();
});

test("processes that create the database at once end with one database and one key", async () => {
  const orders = { folder, storeId: "none", who: "any", saves: 0, servers: 0, drafts: false };
  const said = await Promise.all(Array.from({ length: 4 }, () => startSaving(orders).lines));
  expect(said).toEqual(Array.from({ length: 4 }, () => ["ready"]));
  const database = new DatabaseSync(path.join(folder, "messaging-console.db"));
  expect(database.prepare("SELECT count(*) AS keys FROM wrapped_key").get()?.["keys"]).toBe(1);
  database.close();
  expect(fs.readdirSync(folder).filter((name) => name.includes("damaged") || name.includes("partial"))).toEqual([]);
});

test("a save that another process keeps waiting too long fails as locked and can be repeated", async () => {
  const store = await open({ folder });
  const other = new DatabaseSync(path.join(folder, "messaging-console.db"));
  other.exec("BEGIN IMMEDIATE");
  const create = () => store.identityStores.create(documentNamed("Contoso"), noteBy("ada"));
  expect(await create()).toEqual({ ok: false, fault: { kind: "not-stored", why: "locked" } });
  other.exec("ROLLBACK");
  other.close();
  expect((await create()).ok).toBe(true);
  await store.close();
});
