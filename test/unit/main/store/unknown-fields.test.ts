/** Documents of a newer build, of the same schema, with fields that this one has never heard of. */
import path from "node:path";
import { DatabaseSync } from "node:sqlite";
import { afterEach, expect, test } from "vitest";
import { checksum } from "../../../../main/store/schemas.ts";
import type { StoreDocument } from "../../../../main/store/types.ts";
import { engineUnderTest, onlyOnFile } from "../../../lab/engine-under-test.ts";
import { documentNamed, draftWith, messagingWith, noteBy, open, take, temporaryFolder } from "./support.ts";

const { isTeam } = engineUnderTest();

const place = temporaryFolder();
const { folder } = place;
afterEach(place.remove);

const onSignature = onlyOnFile("a team's revisions are signed: nobody can write what a newer build would have signed");

interface Row {
  readonly [column: string]: unknown;
}

/** Adds to the newest revision's document what a newer build would have written, checksums included. */
function rewrite(change: (document: { connection: object; messaging: { configuration: { servers: object[] } } }) => object): void {
  const database = new DatabaseSync(path.join(folder, "messaging-console.db"));
  const row: Row = database.prepare("SELECT * FROM revision ORDER BY number DESC LIMIT 1").get() ?? {};
  const document = JSON.stringify(change(JSON.parse(String(row["document"]))));
  const documentChecksum = checksum([document]);
  const entry = ["store_id", "number", "at", "who", "action", "restored_from", "changes", "tested"].map((column) => {
    const value = row[column];
    return typeof value === "string" || typeof value === "number" ? value : null;
  });
  database
    .prepare("UPDATE revision SET document = ?, document_checksum = ?, checksum = ? WHERE number = ?")
    .run(document, documentChecksum, checksum([...entry, documentChecksum]), Number(row["number"]));
  database.close();
}
async function newestDocument(): Promise<unknown> {
  const [row] = await engineUnderTest().ask(folder, "SELECT document FROM revision ORDER BY number DESC LIMIT 1");
  return JSON.parse(String(row?.["document"]));
}

/** As services build it: some parts from what was read, others new, with the fields that this build knows. */
const edited = (document: StoreDocument): StoreDocument => ({ ...document, name: "Renamed", connection: documentNamed("x").connection, messaging: messagingWith(3, { note: "new" }) });

test.skipIf(isTeam)(`survive a save at every depth, and go with what they belong to${onSignature}`, async () => {
  const first = await open({ folder });
  const { id } = take(await first.identityStores.create(documentNamed("Contoso", messagingWith(4)), noteBy("ada")));
  await first.close();
  rewrite((document) => ({
    ...document,
    labels: ["later"],
    connection: { ...document.connection, sites: { preferred: "HQ" }, trust: { mode: "system", since: 7 } },
    messaging: {
      ...document.messaging,
      schedule: "daily",
      configuration: { ...document.messaging.configuration, quota: 3, servers: document.messaging.configuration.servers.map((server, index) => ({ ...server, weight: index })) },
    },
  }));

  const store = await open({ folder });
  const stored = store.identityStores.get(id);
  if (stored === null) throw new Error("the store is gone");
  take(await store.identityStores.save(id, edited(stored.document), 1, noteBy("bob"), "kept"));
  const expected = {
    name: "Renamed",
    labels: ["later"],
    connection: { sites: { preferred: "HQ" }, trust: { mode: "system", since: 7 } },
    // The fourth server is gone, and its field with it.
    messaging: { schedule: "daily", configuration: { quota: 3, values: { note: "new" }, servers: [{ weight: 0 }, { weight: 1 }, { weight: 2 }] } },
  };
  expect(await newestDocument()).toMatchObject(expected);
  const renamed = store.identityStores.get(id);
  if (renamed === null) throw new Error("the store is gone");
  const duplicate = take(await store.identityStores.create({ ...renamed.document, name: "Copy" }, noteBy("bob")));
  expect(store.identityStores.get(duplicate.id)?.document).toMatchObject({ ...expected, name: "Copy" });
  take(await store.identityStores.save(id, { ...documentNamed("Again", messagingWith(3, { note: "new" })) }, 2, noteBy("bob"), "kept"));
  expect(await newestDocument()).toMatchObject({ ...expected, name: "Again" });

  // Another provider's form takes nothing over; going back brings exactly what was there.
  const other = messagingWith(0);
  take(await store.identityStores.save(id, documentNamed("Again", { ...other, configuration: { ...other.configuration, provider: "none" } }), 3, noteBy("bob"), "kept"));
  expect(await newestDocument()).not.toHaveProperty("messaging.configuration.quota");
  const back = await store.identityStores.revisionDocument(id, 2);
  if (back === null) throw new Error("the revision is gone");
  take(await store.identityStores.save(id, back, 4, noteBy("bob", { action: "restored", restoredFrom: 2 }), "kept"));
  expect(await newestDocument()).toMatchObject(expected);
  await store.close();
});

test.skipIf(isTeam)(`stay behind when a revision without them is gone back to, and are there for good with one that has them${onSignature}`, async () => {
  const opened = await open({ folder });
  const { id } = take(await opened.identityStores.create(documentNamed("Plain", messagingWith(1)), noteBy("ada")));
  take(await opened.identityStores.save(id, documentNamed("Rich", messagingWith(1)), 1, noteBy("eva"), "kept"));
  await opened.close();
  rewrite((document) => ({ ...document, labels: ["later"] }));

  const goBack = async (to: number, expected: number) => {
    const store = await open({ folder });
    const document = await store.identityStores.revisionDocument(id, to);
    if (document === null) throw new Error("the revision is gone");
    take(await store.identityStores.save(id, document, expected, noteBy("bob", { action: "restored", restoredFrom: to }), "kept"));
    return store;
  };
  await (await goBack(1, 2)).close();
  expect(await newestDocument()).toMatchObject({ name: "Plain" });
  expect(await newestDocument()).not.toHaveProperty("labels");
  const store = await goBack(2, 3);
  take(await store.identityStores.save(id, documentNamed("Edited", messagingWith(1)), 4, noteBy("bob"), "kept"));
  expect(await newestDocument()).toMatchObject({ name: "Edited", labels: ["later"] });
  await store.close();
});

test("survive in a draft that is written again", async () => {
  const store = await open({ folder });
  const { id } = take(await store.identityStores.create(documentNamed("Contoso"), noteBy("ada")));
  const later = draftWith(messagingWith(2));
  const newer = Object.assign(draftWith(messagingWith(2)), { reviewers: ["eva"] });
  const { version } = take(await store.drafts.put(id, newer));
  const kept = take(await store.drafts.put(id, { ...later, version, updatedAt: 8 }));
  expect(kept).toEqual({ ...later, version: kept.version, updatedAt: 8, reviewers: ["eva"] });
  expect(store.drafts.get(id)).toEqual(kept);
  await store.close();
});

test.skipIf(isTeam)(`a certificate described in words that this build does not know costs the description, not the document${onSignature}`, async () => {
  const first = await open({ folder });
  const secret = take(await first.vault.seal("messaging/toy/file", Buffer.from("pfx")));
  const messaging = { ...messagingWith(1), certificates: { file: { secret, fileName: "a.pfx", summary: null, fault: null, identity: "5e" } } };
  const { id } = take(await first.identityStores.create(documentNamed("Contoso", messaging), noteBy("ada")));
  await first.close();
  const file = { secret, fileName: "a.pfx", summary: { verdicts: ["not-for-server-2040"] }, fault: { kind: "quantum" } };
  rewrite((document) => ({ ...document, messaging: { ...document.messaging, certificates: { file } } }));

  const store = await open({ folder });
  expect(store.identityStores.get(id)?.document.messaging?.certificates["file"]).toEqual({ secret, fileName: "a.pfx", summary: null, fault: null, identity: null });
  await store.close();
});
