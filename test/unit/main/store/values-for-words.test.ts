import fs from "node:fs";
import path from "node:path";
import { DatabaseSync } from "node:sqlite";
import { gunzipSync } from "node:zlib";
import { afterEach, beforeEach, expect, test } from "vitest";
import { SCHEMA_VERSION } from "../../../../main/store/migrations.ts";
import { changeLabel, changeValue } from "../../../../renderer/text/change.ts";
import type { Change } from "../../../../shared/model/draft.ts";
import type { Store } from "../../../../main/store/types.ts";
import { recordingLogger } from "../../../lab/loggers.ts";
import { open, temporaryFolder } from "./support.ts";

/**
 * A database that the first version of the product wrote through its own command line: an Active Directory store with
 * twelve revisions over four providers and a draft, and a Microsoft Entra store.
 */
const old = gunzipSync(fs.readFileSync(path.join(import.meta.dirname, "fixtures/schema-1.db.gz")));

let place: ReturnType<typeof temporaryFolder>;
let store: Store | null;
beforeEach(() => {
  place = temporaryFolder();
  store = null;
  fs.mkdirSync(place.folder, { recursive: true });
  fs.writeFileSync(path.join(place.folder, "messaging-console.db"), old);
});
afterEach(async () => {
  await store?.close();
  place.remove();
});

function inDatabase<T>(work: (database: DatabaseSync) => T): T {
  const database = new DatabaseSync(path.join(place.folder, "messaging-console.db"));
  try {
    return work(database);
  } finally {
    database.close();
  }
}

async function upgraded(logger = recordingLogger()) {
  store = await open({ folder: place.folder, logger });
  const contoso = store.identityStores.list().find(({ document }) => document.name === "Contoso");
  if (contoso === undefined) throw new Error("the store is gone");
  return { stores: store.identityStores, drafts: store.drafts, id: contoso.id, logger };
}

const said = (change: Change) => [changeLabel(change), changeValue(change, "before"), changeValue(change, "after")];

test("every revision of the first version reads as before, its changes as values", async () => {
  const { stores, id } = await upgraded();
  const changes = new Map((await stores.revisions(id)).map((revision) => [revision.number, revision.changes]));
  expect([...changes.keys()]).toEqual([12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1]);
  expect(changes.get(5)).toEqual([
    { key: "provider", provider: null, before: "exchange/2016", after: "office365", secret: false },
    { key: "values.cloud", provider: "office365", before: null, after: "dod", secret: false },
    { key: "values.domain", provider: "office365", before: null, after: "contoso.com", secret: false },
    { key: "values.applicationId", provider: "office365", before: null, after: "5f0c2a0e-7d1b-4c7e-9a54-2f1f4d6b8c31", secret: false },
    { key: "secrets.clientSecret", provider: "office365", before: null, after: "set", secret: true },
    { key: "values.clientSecretExpires", provider: "office365", before: null, after: "2026-12-01", secret: false },
    { key: "certificates.certificate", provider: "office365", before: null, after: "application.pfx", secret: false },
    { key: "secrets.certificatePassword", provider: "office365", before: null, after: "set", secret: true },
  ]);
  expect(changes.get(5)?.map(said).slice(0, 2)).toEqual([
    ["Messaging provider", "Microsoft Exchange 2016", "Office 365"],
    ["Cloud", null, "US Government DoD"],
  ]);
  expect(changes.get(4)?.map(said)).toEqual([
    ["Servers dropped from the list", "ex7.contoso.lab", null],
    ["Priority of ex1.contoso.lab", "2", null],
    ["Build of ex2.contoso.lab", "15.1.2507.35", "15.1.2507.55"],
    ["In the directory: ex4.contoso.lab", "listed", "no longer listed"],
  ]);
  expect(changes.get(3)?.map(said)[2]).toEqual([
    "Servers added to the list",
    null,
    "ex1.contoso.lab, ex2.contoso.lab, ex3.contoso.lab, ex4.contoso.lab, ex5.contoso.lab and 2 more",
  ]);
  const trusts = [9, 10, 11].map((number) => changes.get(number)?.find(({ key }) => key === "connection.trust"));
  expect(trusts).toMatchObject([
    { before: "system", after: `pinned ${"a".repeat(64)}` },
    { before: `pinned ${"a".repeat(64)}`, after: "authority-file root.pem" },
    { before: "authority-file root.pem", after: "system" },
  ]);
  expect(changes.get(1)?.find(({ key }) => key === "connection.kind")).toMatchObject({ provider: null, after: "active-directory" });
  expect([...changes.values()].flat().filter((change) => "label" in change)).toEqual([]);
});

test("servers of old revisions and drafts keep everything, their releases and roles as values", async () => {
  const { stores, drafts, id } = await upgraded();
  const server = { name: "ex1.contoso.lab", version: "2016", build: "15.1.2507.6", roles: ["mailbox", "client-access"], site: "HQ" };
  const saved = (await stores.revisionDocument(id, 3))?.messaging;
  expect(saved?.configuration.servers[0]).toEqual({ ...server, ticked: true, priority: 2, vanished: false });
  expect(Object.keys(saved?.secrets ?? {})).toEqual(["password"]);
  expect(drafts.get(id)?.forms["exchange"]?.configuration.servers[0]).toMatchObject(server);
});

test("the database is copied as it was before", async () => {
  await upgraded();
  const [copy] = fs.readdirSync(path.join(place.folder, "backups")).filter((name) => name.startsWith(`before-schema-${SCHEMA_VERSION}-`));
  const database = new DatabaseSync(path.join(place.folder, "backups", copy ?? ""), { readOnly: true });
  expect(String(database.prepare("SELECT changes FROM revision WHERE number = 7").get()?.["changes"])).toContain('"label":"Messaging provider"');
  database.close();
});

test("a revision that was damaged before stays so, and the others are rewritten", async () => {
  inDatabase((database) => database.exec("UPDATE revision SET who = 'mallory' WHERE number = 5"));
  const { stores, id, logger } = await upgraded();
  expect((await stores.revisions(id)).map(({ number }) => number)).toEqual([12, 11, 10, 9, 8, 7, 6, 4, 3, 2, 1]);
  expect(logger.lines.join("\n")).toContain("a revision is damaged");
});
