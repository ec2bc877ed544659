import path from "node:path";
import { DatabaseSync } from "node:sqlite";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { Connection } from "../../../../main/store/connection.ts";
import { createActivityLog } from "../../../../main/store/activity-log.ts";
import { takeSteps } from "../../../../main/store/steps.ts";
import type { Store } from "../../../../main/store/types.ts";
import { engineUnderTest, onlyOnFile } from "../../../lab/engine-under-test.ts";
import { recordingLogger } from "../../../lab/loggers.ts";
import { eventsWritten, manualClock, open, temporaryFolder } from "./support.ts";
import { newestEvents } from "../../../lab/events.ts";

const place = temporaryFolder();
const { folder } = place;
const { isTeam, ask } = engineUnderTest();
const DAY = 24 * 60 * 60 * 1000;
const START = 1_700_000_000_000;
let clock = manualClock(START);
let logger = recordingLogger();
let store: Store;
beforeEach(async () => {
  clock = manualClock(START);
  logger = recordingLogger();
  store = await open({ folder, clock, logger });
});
afterEach(async () => {
  await store.close();
  place.remove();
});

const event = (kind: string, change: { readonly at?: number; readonly subject?: string } = {}) => ({
  at: clock.now(), kind, storeId: null, storeName: null, subject: null, detail: null, ...change,
});
const reopen = async () => {
  await store.close();
  store = await open({ folder, clock, logger });
};
const subjects = async (kind: string) => (await newestEvents(store)).filter((entry) => entry.kind === kind).map(({ subject }) => subject);
/** Lets time pass, and what it started be done. */
const pass = async (ms: number, ...others: Store[]) => {
  clock.advance(ms);
  await eventsWritten(store, ...others);
};
const onDisk = async () => (await ask(folder, "SELECT count(*) AS count FROM activity"))[0]?.["count"];

test("events come back newest first, whole, and survive closing", async () => {
  const told = { at: 3, kind: "server-offline", storeId: "s", storeName: "Contoso", subject: "exb.contoso.lab", detail: "refused" };
  store.activity.append({ ...told, at: 2, storeId: null, storeName: null, subject: null, detail: null });
  store.activity.append(told);
  expect(await newestEvents(store)).toMatchObject([told, { at: 2, storeId: null, detail: null }]);
  await reopen();
  const [newest, older] = await newestEvents(store);
  expect([newest, older]).toMatchObject([told, { at: 2, storeId: null, detail: null }]);
  expect(newest?.id).not.toBe(older?.id);
});

test.skipIf(isTeam)(`a thousand events at once are written in one transaction, a moment later${onlyOnFile("it counts SQLite's commits")}`, async () => {
  const watcher = new DatabaseSync(path.join(folder, "messaging-console.db"));
  const commits = () => watcher.prepare("PRAGMA data_version").get()?.["data_version"];
  const before = commits();
  for (let count = 0; count < 1000; count += 1) store.activity.append(event("server-offline"));
  expect([commits(), await onDisk()]).toEqual([before, 0]);
  await pass(200);
  expect(await onDisk()).toBe(1000);
  expect(commits()).toBe(Number(before) + 1);
  watcher.close();
});

test.skipIf(isTeam)(`while another program holds the lock events wait without holding anything up, and are all there afterwards${onlyOnFile("the lock is SQLite's")}`, async () => {
  const other = new DatabaseSync(path.join(folder, "messaging-console.db"));
  other.exec("BEGIN IMMEDIATE");
  store.activity.append(event("revision-saved", { subject: "1" }));
  store.activity.append(event("revision-saved", { subject: "2" }));
  const started = performance.now();
  await pass(200);
  await pass(1000);
  // As saves these two would have waited for two seconds.
  expect(performance.now() - started).toBeLessThan(1900);
  expect(await subjects("revision-saved")).toEqual(["2", "1"]);
  other.exec("ROLLBACK");
  other.close();
  await pass(999);
  expect(await onDisk()).toBe(0);
  await pass(1);
  expect(await onDisk()).toBe(2);
  expect(await subjects("revision-saved")).toEqual(["2", "1"]);
});

test.skipIf(isTeam)(`an event needs no read: it is kept while the database cannot be read or written, and stored afterwards${onlyOnFile("SQLite cannot be read or written; postgres-away.test.ts takes a team's database away")}`, async () => {
  const failing = (["all", "get", "run"] as const).map((name) => vi.spyOn(Connection.prototype, name).mockImplementation(() => {
    throw Object.assign(new Error("disk I/O error"), { code: "ERR_SQLITE_ERROR", errcode: 10 });
  }));
  store.activity.append(event("server-offline", { subject: "exa.contoso.lab" }));
  await pass(200);
  for (const each of failing) each.mockRestore();
  expect(await onDisk()).toBe(0);
  await pass(1000);
  expect(await onDisk()).toBe(1);
  expect(await subjects("server-offline")).toEqual(["exa.contoso.lab"]);
});

test("what waits is bounded, and who saved what is the last to go", async () => {
  const other = new DatabaseSync(path.join(folder, "messaging-console.db"));
  other.exec("BEGIN IMMEDIATE");
  store.activity.append(event("revision-saved"));
  for (let count = 0; count < 12_000; count += 1) {
    store.activity.append(event("server-offline", { subject: String(count) }));
    if (count === 8000) store.activity.append(event("store-removed"));
  }
  const waiting = await newestEvents(store);
  expect([waiting.length, waiting[0]?.subject, waiting.at(-1)?.kind]).toEqual([5000, "11999", "revision-saved"]);
  expect(waiting.filter(({ kind }) => kind === "store-removed")).toHaveLength(1);
  other.exec("ROLLBACK");
  other.close();
});

test("an outage pushes out no trace of who saved what, however long it lasts", async () => {
  for (const subject of ["1", "2", "3"]) store.activity.append(event("revision-saved", { subject }));
  for (let sweep = 0; sweep < 8; sweep += 1) {
    for (let count = 0; count < 700; count += 1) store.activity.append(event(sweep % 2 === 0 ? "server-offline" : "server-online"));
    await pass(200);
  }
  await reopen();
  expect(await subjects("revision-saved")).toEqual(["3", "2", "1"]);
  expect(await onDisk()).toBe(3 + 2 * 1000);
});

test.skipIf(isTeam)(`only closing waits for the lock, because what it cannot write is lost${onlyOnFile("the lock is SQLite's")}`, async () => {
  const note = vi.spyOn(Connection.prototype, "note");
  store.activity.append(event("server-offline"));
  await pass(200);
  store.activity.append(event("server-offline"));
  await store.close();
  expect(note.mock.calls.map(([, { wait }]) => wait)).toEqual([false, true]);
  note.mockRestore();
});

test.each([
  ["server-offline", 0, 1100, 1000],
  ["server-offline", 89, 200, 200],
  ["server-offline", 91, 200, 100],
  ["revision-saved", 0, 2100, 2000],
  ["revision-saved", 729, 600, 600],
  ["revision-saved", 731, 600, 500],
])("of %s, %i days old, %i leave %i, which are all there to be asked for", async (kind, days, count, kept) => {
  for (let left = count; left > 0; left -= 1) store.activity.append(event(kind, { at: START - days * DAY }));
  await pass(200);
  expect([await onDisk(), (await newestEvents(store)).length]).toEqual([kept, kept]);
});

test("twenty thousand notices are remembered", async () => {
  await ask(folder, "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 20000) INSERT INTO told_once (key) SELECT 'n' || i FROM n");
  store.activity.append(event("expires-soon"), "newest");
  await pass(200);
  expect(await ask(folder, "SELECT count(*) AS told, min(id) AS oldest FROM told_once")).toMatchObject([{ told: 20_000, oldest: 2 }]);
});

test("old outages go by their age, but a clock set wrong for a day removes nothing that is new", async () => {
  for (let count = 0; count < 200; count += 1) store.activity.append(event("server-offline", { at: START - 100 * DAY }));
  store.activity.append(event("revision-saved", { at: START - 100 * DAY }));
  await pass(200);
  expect(await onDisk()).toBe(100 + 1);
  await pass(73 * 365 * DAY);
  store.activity.append(event("server-offline"));
  store.activity.append(event("revision-saved"));
  await pass(200);
  expect(await onDisk()).toBe(100 + 2);
});

test("a notice that was just stored is not told again while its database does not say so yet", async () => {
  const stored: (string | undefined)[] = [];
  const nothing = () => ({ rows: [], count: 0 });
  const log = createActivityLog({
    engine: {
      readOnly: false,
      now: (steps) => takeSteps(steps, nothing),
      read: (steps) => Promise.resolve(takeSteps(steps(), nothing)),
      note: (steps) => Promise.resolve(takeSteps(steps(), ({ sql, parameters }) => {
        if (sql.startsWith("INSERT INTO told_once")) stored.push(String(parameters[0]));
        return { rows: [], count: 1 };
      })),
    },
    changes: { announce: () => undefined },
    clock,
    logger,
  });
  const tell = () => log.append(event("expires-soon", { subject: "exa" }), "exa 14");
  tell();
  clock.advance(1000);
  await log.page({ before: null, most: 10, store: null, words: [] });
  tell();
  expect(await log.page({ before: null, most: 10, store: null, words: [] })).toEqual({ events: [], next: null });
  await log.close();
  expect(stored).toEqual(["exa 14"]);
});

test("a notice is told once, also after its event is long gone and after a restart", async () => {
  const tell = (once: string) => store.activity.append(event("expires-soon", { subject: once }), once);
  tell("a");
  tell("a");
  expect(await subjects("expires-soon")).toEqual(["a"]);
  await pass(200);
  tell("a");
  for (let count = 0; count < 2500; count += 1) store.activity.append(event("expires-soon", { subject: "other" }));
  await reopen();
  expect(await subjects("expires-soon")).not.toContain("a");
  tell("a");
  tell("b");
  // A console of a team learns that it was told before as it writes it.
  if (isTeam) await pass(200);
  expect((await subjects("expires-soon")).filter((subject) => subject !== "other")).toEqual(["b"]);
});

test("of two processes one tells a notice", async () => {
  const other = await open({ folder, clock });
  for (const process of [store, other]) process.activity.append(event("expires-soon"), "a");
  await pass(200, other);
  expect(await onDisk()).toBe(1);
  await other.close();
});
