import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { Connection } from "../../../../main/store/connection.ts";
import type { Store } from "../../../../main/store/types.ts";
import { engineUnderTest, onlyOnFile } from "../../../lab/engine-under-test.ts";
import { recordingLogger } from "../../../lab/loggers.ts";
import { documentNamed, eventsWritten, heard, manualClock, noteBy, open, take, temporaryFolder } from "./support.ts";

const place = temporaryFolder();
const { folder } = place;
const { isTeam } = engineUnderTest();
let clock = manualClock(0);
let ours: Store;
let theirs: Store;
beforeEach(async () => {
  clock = manualClock(1_700_000_000_000);
  ours = await open({ folder, clock });
  theirs = await open({ folder, clock });
});
afterEach(async () => {
  await ours.close();
  await theirs.close();
  place.remove();
});
const settled = () => new Promise<void>((resolve) => setImmediate(resolve));

test("own changes are told at once, several in a row as one", async () => {
  let told = 0;
  ours.onChange(() => (told += 1));
  const made = await Promise.all(["A", "B"].map((name) => ours.identityStores.create(documentNamed(name), noteBy("ada"))));
  expect(made).toMatchObject([{ ok: true }, { ok: true }]);
  await settled();
  // In a team's database each is a transaction of its own, and each may be looked at by itself.
  expect(isTeam ? [1, 2] : [1]).toContain(told);
  const before = told;
  ours.activity.append({ at: 1, kind: "revision-saved", storeId: null, storeName: "A", subject: null, detail: null });
  await settled();
  expect(told).toBe(before);
  clock.advance(200);
  await eventsWritten(ours);
  expect(told).toBe(before + 1);
});

test("a failed save tells nothing", async () => {
  const { id } = take(await ours.identityStores.create(documentNamed("A"), noteBy("ada")));
  await settled();
  let told = 0;
  ours.onChange(() => (told += 1));
  expect((await ours.identityStores.save(id, documentNamed("A"), 7, noteBy("ada"), "kept")).ok).toBe(false);
  await settled();
  expect(told).toBe(0);
});

test("another one's changes are told within a second, each once, and are there to read", async () => {
  const seen: number[] = [];
  ours.onChange(() => seen.push(ours.identityStores.list().length));
  take(await theirs.identityStores.create(documentNamed("A"), noteBy("bob")));
  // A team's database says so itself, at any moment.
  expect(isTeam ? [] : seen).toEqual([]);
  clock.advance(1000);
  clock.advance(5000);
  await heard(() => expect(seen).toEqual([1]));
  take(await theirs.identityStores.create(documentNamed("B"), noteBy("bob")));
  clock.advance(1000);
  await heard(() => expect(seen).toEqual([1, 2]));
});

test.skipIf(isTeam)(`a second in which the database cannot be read loses none of another one's changes${onlyOnFile("SQLite is asked every second; postgres-away.test.ts takes a team's database away")}`, async () => {
  const logger = recordingLogger();
  const store = await open({ folder, clock, logger });
  let told = 0;
  store.onChange(() => (told += 1));
  take(await theirs.identityStores.create(documentNamed("A"), noteBy("bob")));
  const version = vi.spyOn(Connection.prototype, "dataVersion").mockImplementation(() => {
    throw new Error("disk I/O error");
  });
  clock.advance(1000);
  version.mockRestore();
  expect([told, logger.lines.length]).toEqual([0, 1]);
  clock.advance(1000);
  expect(told).toBe(1);
  await store.close();
});

test("a callback that left, and a closed store, hear nothing more", async () => {
  let [left, told] = [0, 0];
  const leave = ours.onChange(() => (left += 1));
  leave();
  theirs.onChange(() => (told += 1));
  take(await ours.identityStores.create(documentNamed("A"), noteBy("ada")));
  await theirs.close();
  // A team's database may have told it before it was closed.
  const before = isTeam ? told : 0;
  clock.advance(5000);
  await settled();
  expect([left, told]).toEqual([0, before]);
});

test("a listener that throws harms neither the save nor the others", async () => {
  const logger = recordingLogger();
  const store = await open({ folder, clock, logger });
  let told = 0;
  store.onChange(() => {
    throw new Error("broken listener");
  });
  store.onChange(() => (told += 1));
  expect((await store.identityStores.create(documentNamed("A"), noteBy("ada"))).ok).toBe(true);
  await settled();
  expect(told).toBe(1);
  expect(logger.lines.join("\n")).toContain("broken listener");
  await store.close();
});
