import path from "node:path";
import { afterEach, expect, test } from "vitest";
import { Connection } from "../../../../main/store/connection.ts";
import { succeed } from "../../../../shared/fault.ts";
import { open, take, temporaryFolder } from "./support.ts";

const place = temporaryFolder();
afterEach(place.remove);

test("a save waits a second for the lock, before and after events that do not wait at all", async () => {
  (await open({ folder: place.folder })).close();
  const connection = new Connection(path.join(place.folder, "messaging-console.db"), { readOnly: false });
  const patience = () => connection.get("PRAGMA busy_timeout")?.["timeout"];
  const read = () => succeed(patience());
  expect([take(connection.write(read)), take(connection.note(read, { wait: false })), take(connection.note(read, { wait: true })), take(connection.write(read))]).toEqual([1000, 0, 1000, 1000]);
  connection.close();
});
