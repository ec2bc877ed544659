import path from "node:path";
import { DatabaseSync } from "node:sqlite";
import { afterEach, expect, test } from "vitest";
import { conditionOfFile } from "../../../../main/store/condition.ts";
import { documentNamed, noteBy, open, take, temporaryFolder } from "./support.ts";

const place = temporaryFolder();
const file = path.join(place.folder, "messaging-console.db");
afterEach(place.remove);

test("a row that belongs to nothing is damage: what it belonged to is gone", async () => {
  const store = await open({ folder: place.folder });
  take(store.identityStores.create(documentNamed("Alpha"), noteBy("ada")));
  store.close();
  expect(conditionOfFile(file)).toMatchObject({ state: "good" });
  const vandal = new DatabaseSync(file, { enableForeignKeyConstraints: false });
  vandal.exec("DELETE FROM identity_store");
  vandal.close();
  expect(conditionOfFile(file)).toEqual({ state: "damaged", why: "a row of revision belongs to nothing" });
});
