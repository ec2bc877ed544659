import path from "node:path";
import { DatabaseSync } from "node:sqlite";
import { afterEach, expect, test, vi } from "vitest";
import { conditionOf, conditionOfFile } from "../../../../main/store/condition.ts";
import { Connection } from "../../../../main/store/connection.ts";
import { documentNamed, noteBy, open, take, temporaryFolder } from "./support.ts";

const place = temporaryFolder();
const file = path.join(place.folder, "messaging-console.db");
afterEach(() => {
  vi.restoreAllMocks();
  place.remove();
});

test("a row that belongs to nothing is damage: what it belonged to is gone", async () => {
  const store = await open({ folder: place.folder });
  take(await store.identityStores.create(documentNamed("Alpha"), noteBy("ada")));
  await store.close();
  expect(conditionOfFile(file)).toMatchObject({ state: "good" });
  const vandal = new DatabaseSync(file, { enableForeignKeyConstraints: false });
  vandal.exec("DELETE FROM identity_store");
  vandal.close();
  expect(conditionOfFile(file)).toEqual({ state: "damaged", why: "a row of revision belongs to nothing" });
});

test("a database that another process saves into meanwhile is good: it is looked at as of one moment", async () => {
  const other = await open({ folder: place.folder });
  const { id } = take(await other.identityStores.create(documentNamed("Alpha"), noteBy("ada")));
  const connection = new Connection(file, { readOnly: false });
  const saves: Promise<unknown>[] = [];
  const get = Connection.prototype.get.bind(connection);
  vi.spyOn(connection, "get").mockImplementation((sql, ...parameters) => {
    if (sql.startsWith("SELECT count(*)")) saves.push(other.identityStores.save(id, documentNamed("Beta"), 1, noteBy("bob"), "kept"));
    return get(sql, ...parameters);
  });
  expect(conditionOf(connection)).toMatchObject({ state: "good" });
  expect(await Promise.all(saves)).toMatchObject([{ ok: true }]);
  expect(other.identityStores.get(id)?.revision).toBe(2);
  connection.close();
  await other.close();
});
