import path from "node:path";
import { DatabaseSync } from "node:sqlite";
import { crc32 } from "node:zlib";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { z } from "zod";
import { Connection } from "../../../../main/store/connection.ts";
import type { Store } from "../../../../main/store/types.ts";
import { engineUnderTest, onlyOnFile } from "../../../lab/engine-under-test.ts";
import { documentNamed, draftWith, heard, messagingWith, noteBy, open, take, temporaryFolder } from "./support.ts";

const { isTeam } = engineUnderTest();

const place = temporaryFolder();
let store: Store;
let id: string;
beforeEach(async () => {
  store = await open({ folder: place.folder });
  ({ id } = take(await store.identityStores.create(documentNamed("Contoso"), noteBy("ada"))));
});
afterEach(async () => {
  vi.restoreAllMocks();
  await store.close();
  place.remove();
});

test("a draft keeps every provider's form, apart from what is saved, and survives closing", async () => {
  const draft = { ...draftWith(messagingWith(3, { domain: "née.lab" })), tested: { state: "failed" as const, at: 4 } };
  const both = { ...draft, forms: { ...draft.forms, other: messagingWith(0, { maximum: 64, empty: null, on: true }) } };
  const { version } = take(await store.drafts.put(id, draft));
  const kept = take(await store.drafts.put(id, { ...both, version }));
  await store.close();
  store = await open({ folder: place.folder });
  expect(store.drafts.get(id)).toEqual(kept);
  expect(kept).toEqual({ ...both, version: kept.version });
  expect(store.identityStores.get(id)).toMatchObject({ revision: 1, document: { messaging: null } });
});

const changed = { ok: false, fault: { kind: "draft-changed", how: "changed", by: null, revision: null } };

test("a removed draft is gone; removing none is no failure", async () => {
  const { version } = take(await store.drafts.put(id, draftWith(messagingWith(0))));
  take(await store.drafts.remove(id, version));
  expect([store.drafts.get(id), store.drafts.version(id)]).toEqual([null, null]);
  expect(await store.drafts.remove(id, version)).toEqual({ ok: true, value: null });
});

test("nobody writes over, removes or saves a draft in another version than the one they made theirs of", async () => {
  const other = await open({ folder: place.folder });
  const first = take(await store.drafts.put(id, draftWith(messagingWith(0, { typed: "first" }))));
  // Begun by somebody who saw none.
  expect(await other.drafts.put(id, draftWith(messagingWith(0, { typed: "over it" })))).toMatchObject(changed);
  const second = take(await other.drafts.put(id, { ...first, ...draftWith(messagingWith(0, { typed: "second" })), version: first.version }));
  expect(second.version).toBeGreaterThan(first.version);
  expect(await store.drafts.put(id, first)).toMatchObject(changed);
  expect(await store.drafts.remove(id, first.version)).toMatchObject(changed);
  const document = documentNamed("Contoso", messagingWith(0));
  expect(await store.identityStores.save(id, document, 1, noteBy("ada"), { version: first.version })).toMatchObject(changed);
  expect(await store.identityStores.save(id, document, 1, noteBy("ada"), { version: null })).toMatchObject(changed);
  expect(store.drafts.get(id)).toEqual(second);
  expect(store.identityStores.get(id)?.revision).toBe(1);
  take(await store.identityStores.save(id, document, 1, noteBy("ada"), { version: second.version }));
  await heard(() => expect(other.drafts.get(id)).toBeNull());
  await other.close();
});

test.skipIf(isTeam)(`what another process writes while the lock is waited for is not written over${onlyOnFile("the lock is SQLite's")}`, async () => {
  const other = await open({ folder: place.folder });
  const first = take(await store.drafts.put(id, draftWith(messagingWith(0, { typed: "first" }))));
  const theirs: Promise<unknown>[] = [];
  vi.spyOn(Connection.prototype, "execute").mockImplementationOnce(function begin(this: Connection, sql) {
    theirs.push(other.drafts.put(id, first));
    this.execute(sql);
  });
  expect(await store.drafts.put(id, first)).toMatchObject(changed);
  expect(await Promise.all(theirs)).toMatchObject([{ ok: true }]);
  await other.close();
});

test("a version is never used again: a draft begun later is not taken for the one before", async () => {
  const draftOnce = async (typed: string) => {
    const { version } = take(await store.drafts.put(id, draftWith(messagingWith(0, { typed }))));
    take(await store.drafts.remove(id, version));
    return version;
  };
  const [first, second] = [await draftOnce("first"), await draftOnce("second")];
  expect(second).toBeGreaterThan(first);
});

test.skipIf(isTeam)(`a draft of a database from before versions is kept, and gets one with the next write${onlyOnFile("no team's database is from before versions")}`, async () => {
  const file = path.join(place.folder, "messaging-console.db");
  take(await store.drafts.put(id, draftWith(messagingWith(2, { typed: "before" }))));
  await store.close();
  const database = new DatabaseSync(file);
  database.exec("ALTER TABLE draft DROP COLUMN version; DROP TABLE home; DROP TABLE prepare_only; DROP TABLE probed; DROP TABLE sighting; DROP TABLE mail_step; DROP TABLE mail_entry; DROP TABLE mail_run; DROP TABLE job_due; DROP TABLE leaver; DROP TABLE job_row; DROP TABLE job_run; ALTER TABLE secret DROP COLUMN purpose; PRAGMA user_version = 3");
  const { content, updated_at: at } = database.prepare("SELECT content, updated_at FROM draft").get() ?? {};
  const old = z.record(z.string(), z.unknown()).parse(JSON.parse(String(content)));
  delete old["id"];
  delete old["touched"];
  const text = JSON.stringify(old);
  database.prepare("UPDATE draft SET content = ?, checksum = ?").run(text, crc32([id, String(at), text].join("\u0000")));
  database.close();
  return open({ folder: place.folder }).then(async (opened) => {
    store = opened;
    const draft = store.drafts.get(id);
    expect(draft).toMatchObject({ id: "", version: 1, touched: {}, forms: { exchange: { configuration: { values: { typed: "before" } } } } });
    expect(take(await store.drafts.put(id, { ...draftWith(messagingWith(0)), id: "", version: draft?.version ?? 0 })).version).toBeGreaterThan(1);
  });
});
