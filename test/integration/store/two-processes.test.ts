/** Several processes with one database file, that make it at once or keep each other waiting. */
import fs from "node:fs";
import path from "node:path";
import { DatabaseSync } from "node:sqlite";
import { afterEach, expect, test } from "vitest";
import { documentNamed, noteBy, open, temporaryFolder } from "../../unit/main/store/support.ts";
import { startSaving } from "./child-process.ts";

const place = temporaryFolder();
const { folder } = place;
afterEach(place.remove);

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
