/** The store as a whole: what others hear of, what the log says, and that nothing goes on once it is closed. */
import path from "node:path";
import { DatabaseSync } from "node:sqlite";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { KeyWrapping } from "../../../../main/ports.ts";
import { Connection } from "../../../../main/store/connection.ts";
import type { Store } from "../../../../main/store/types.ts";
import { fail } from "../../../../shared/fault.ts";
import { engineUnderTest, onlyOnFile } from "../../../lab/engine-under-test.ts";
import { keyWrappingWith, platformKey, wayWith } from "../../../lab/key-wrapping.ts";
import { recordingLogger, type RecordingLogger } from "../../../lab/loggers.ts";
import { fakeClock, type FakeClock } from "../monitor/support.ts";
import { documentNamed, draftWith, messagingWith, noteBy, open, take, temporaryFolder } from "./support.ts";

const place = temporaryFolder();
const { folder } = place;
const { isTeam, ask } = engineUnderTest();
let clock: FakeClock;
let logger: RecordingLogger;
beforeEach(() => {
  clock = fakeClock();
  logger = recordingLogger();
});
afterEach(() => {
  vi.restoreAllMocks();
  place.remove();
});

const refusing: KeyWrapping = {
  protection: "dpapi",
  wrap: () => Promise.resolve(fail({ kind: "unreadable", what: "secret-unreadable" })),
  unwrap: () => Promise.resolve(fail({ kind: "unreadable", what: "secret-unreadable" })),
};
const event = { at: 1, kind: "revision-saved", storeId: null, storeName: null, subject: null, detail: null };

test("a closed store waits for nothing: no key is tried again, nothing is looked for, no event is left", async () => {
  // Where the platform refuses, a file waits for its keys too, and there is nothing to get into a team with.
  const store = await open({ folder, clock, logger, ...(isTeam ? {} : { keyWrapping: [refusing] }) });
  store.onChange(() => {});
  store.activity.append(event);
  expect(isTeam ? Math.min(clock.waiting(), 2) : clock.waiting()).toBe(isTeam ? 2 : 3);
  await store.close();
  expect(clock.waiting()).toBe(0);
});

test.skipIf(isTeam)(`nobody looks for changes when nobody listens any more${onlyOnFile("the server tells a console of a team, whoever listens")}`, async () => {
  const store = await open({ folder, clock, logger });
  const leave = [store.onChange(() => {}), store.onChange(() => {})];
  expect(clock.waiting()).toBe(1);
  for (const go of leave) go();
  expect(clock.waiting()).toBe(0);
  await store.close();
});

test.skipIf(isTeam)(`events that cannot even be written on closing are told of in the log, and not tried again${onlyOnFile("the lock is SQLite's")}`, async () => {
  const store = await open({ folder, clock, logger });
  const other = new DatabaseSync(path.join(folder, "messaging-console.db"));
  other.exec("BEGIN IMMEDIATE");
  store.activity.append(event);
  await store.close();
  other.close();
  expect(logger.errors).toEqual(['events were lost on closing {"count":1}']);
  expect(clock.waiting()).toBe(0);
});

test("others hear of a draft that was written and of one that was thrown away", async () => {
  const store = await open({ folder, clock, logger });
  const { id } = take(await store.identityStores.create(documentNamed("A"), noteBy("ada")));
  await clock.advance(0);
  let told = 0;
  store.onChange(() => (told += 1));
  const { version } = take(await store.drafts.put(id, draftWith(messagingWith(0))));
  await clock.advance(0);
  expect(told).toBe(1);
  take(await store.drafts.remove(id, version));
  await clock.advance(0);
  expect(told).toBe(2);
  await store.close();
});

test.skipIf(isTeam)(`the log says where nothing but a file protects secrets, and where nothing does at all${onlyOnFile("a console whose keys nothing protects gets into no team")}`, async () => {
  await (await open({ folder, clock, logger, keyWrapping: keyWrappingWith(platformKey) })).close();
  expect(logger.lines.filter((line) => line.includes("file protects"))).toHaveLength(1);
  expect(logger.errors).toEqual([]);
  place.remove();
  await (await open({ folder, clock, logger, keyWrapping: [refusing] })).close();
  expect(logger.errors).toEqual(['the platform does not protect a key for secrets now {"tries":1}']);
});

test("the log says nothing of protection where a platform protects", async () => {
  await (await open({ folder, clock, logger, keyWrapping: [wayWith(platformKey, "dpapi")] })).close();
  expect(logger.lines.filter((line) => /protect/.test(line))).toEqual([]);
});

async function twoRevisions(): Promise<{ store: Store; id: string }> {
  const store = await open({ folder, clock, logger });
  const { id } = take(await store.identityStores.create(documentNamed("One"), noteBy("ada")));
  take(await store.identityStores.save(id, documentNamed("Two"), 1, noteBy("ada"), "kept"));
  return { store, id };
}

test("a revision that is damaged is told of in the log", async () => {
  const { store, id } = await twoRevisions();
  await ask(folder, "UPDATE revision SET who = 'mallory' WHERE number = 1");
  expect(await store.identityStores.revisionDocument(id, 1)).toBeNull();
  expect(logger.errors).toEqual([`a revision is damaged {"why":"revision 1 of store ${id} is not what was saved"}`]);
  await store.close();
});

test.skipIf(isTeam)(`a disk that fails is not taken for damage${onlyOnFile("a read of SQLite fails")}`, async () => {
  const { store, id } = await twoRevisions();
  vi.spyOn(Connection.prototype, "get").mockImplementation(() => {
    throw new Error("disk I/O error");
  });
  await expect(store.identityStores.revisionDocument(id, 2)).rejects.toThrow("disk I/O error");
  await store.close();
});

test("a document whose text was changed on the disk is never handed out", async () => {
  const { store, id } = await twoRevisions();
  await ask(folder, "UPDATE revision SET document = replace(document, 'One', 'Won') WHERE number = 1");
  expect(await store.identityStores.revisionDocument(id, 1)).toBeNull();
  await store.close();
});
