import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { Connection } from "../../../../main/store/connection.ts";
import type { Store } from "../../../../main/store/types.ts";
import { engineUnderTest, onlyOnFile } from "../../../lab/engine-under-test.ts";
import { documentNamed, draftWith, messagingWith, noteBy, open, take, temporaryFolder } from "./support.ts";

const { isTeam } = engineUnderTest();

describe("identity stores", () => {
  const place = temporaryFolder();
  let store: Store;
  let names = 0;
  const create = async (name = `Store ${(names += 1)}`) => take(await store.identityStores.create(documentNamed(name), noteBy("ada", { action: "created" }))).id;

  beforeEach(async () => {
    store = await open({ folder: place.folder });
  });
  afterEach(async () => {
    await store.close();
    place.remove();
  });

  test("a store comes back as it was saved, also after closing", async () => {
    const document = documentNamed("Contoso", messagingWith(2));
    const { id } = take(await store.identityStores.create(document, noteBy("ada", { at: 5, action: "created" })));
    const note = noteBy("bob", { at: 9, tested: { state: "passed", at: 8 } });
    take(await store.identityStores.save(id, { ...document, name: "Fabrikam" }, 1, note, "kept"));
    const expected = { id, revision: 2, document: { ...document, name: "Fabrikam" }, tested: { state: "passed", at: 8 }, createdAt: 5, updatedAt: 9 };
    expect(store.identityStores.get(id)).toEqual(expected);
    await store.close();
    store = await open({ folder: place.folder });
    expect(store.identityStores.list()).toEqual([expected]);
  });

  test("stores are listed by name, ignoring case", async () => {
    for (const name of ["beta", "Alpha", "gamma"]) await create(name);
    expect(store.identityStores.list().map(({ document }) => document.name)).toEqual(["Alpha", "beta", "gamma"]);
  });

  test.each(["CONTOSO größe", "contoso GRÖSSE".replace("SS", "ß"), " Contoso Gro\u0308ße "])("the name %j is taken by Contoso Größe", async (name) => {
    await create("Contoso Größe");
    const taken = { ok: false, fault: { kind: "invalid", issues: [{ path: ["name"], code: "name-taken" }] } };
    expect(await store.identityStores.create(documentNamed(name), noteBy("ada"))).toEqual(taken);
    const other = await create();
    expect(await store.identityStores.save(other, documentNamed(name), 1, noteBy("ada"), "kept")).toEqual(taken);
    expect(store.identityStores.get(other)?.revision).toBe(1);
  });

  test("a store may keep or re-case its own name, and a freed name can be used again", async () => {
    const id = await create("Contoso");
    take(await store.identityStores.save(id, documentNamed("CONTOSO"), 1, noteBy("ada"), "kept"));
    take(await store.identityStores.remove(id));
    expect((await store.identityStores.create(documentNamed("Contoso"), noteBy("ada"))).ok).toBe(true);
  });

  test("a save over a newer revision is told who saved, when, and all that changed since", async () => {
    const id = await create();
    const change = (key: string) => ({ key, provider: "exchange", before: null, after: "x", secret: false });
    const document = documentNamed("Contoso");
    take(await store.identityStores.save(id, document, 1, noteBy("bob", { changes: [change("values.domain"), change("servers.added")] }), "kept"));
    take(await store.identityStores.save(id, document, 2, noteBy("cleo", { at: 77, changes: [change("servers.added"), change("secrets.password")] }), "kept"));
    expect(await store.identityStores.save(id, documentNamed("Mine"), 1, noteBy("ada"), "dropped")).toEqual({
      ok: false,
      fault: { kind: "conflict", revision: 3, by: "cleo", at: 77, changes: ["values.domain", "servers.added", "secrets.password"].map((key) => ({ key, provider: "exchange" })) },
    });
    expect(store.identityStores.get(id)?.document.name).toBe("Contoso");
    // A revision from the future is no revision either: after a restored backup, for one.
    expect(await store.identityStores.save(id, document, 9, noteBy("ada"), "dropped")).toMatchObject({ fault: { kind: "conflict", revision: 3 } });
  });

  test.skipIf(isTeam)(`what another process saved is what is read next, also after an own save that never reached the disk${onlyOnFile("a commit of SQLite fails")}`, async () => {
    const id = await create("Contoso");
    const other = await open({ folder: place.folder });
    const name = () => store.identityStores.get(id)?.document.name;
    expect(name()).toBe("Contoso");
    const commit = Connection.prototype.execute;
    vi.spyOn(Connection.prototype, "execute").mockImplementation(function run(this: Connection, sql) {
      if (sql === "COMMIT") throw Object.assign(new Error("full"), { code: "ERR_SQLITE_ERROR", errcode: 13 });
      commit.call(this, sql);
    });
    expect(await store.identityStores.save(id, documentNamed("Mine"), 1, noteBy("ada"), "kept")).toMatchObject({ fault: { why: "disk-full" } });
    vi.restoreAllMocks();
    take(await other.identityStores.save(id, documentNamed("Theirs"), 1, noteBy("bob"), "kept"));
    await other.close();
    expect([name(), store.identityStores.list().map(({ document }) => document.name)]).toEqual(["Theirs", ["Theirs"]]);
  });

  test("history is newest first and every revision's document stays", async () => {
    const id = await create("One");
    const changes = [{ key: "name", provider: null, before: "One", after: "Two", secret: false }];
    take(await store.identityStores.save(id, documentNamed("Two"), 1, noteBy("bob", { at: 2, action: "renamed", changes }), "kept"));
    take(await store.identityStores.save(id, documentNamed("One"), 2, noteBy("bob", { at: 3, action: "restored", restoredFrom: 1 }), "kept"));
    expect(await store.identityStores.revisions(id)).toMatchObject([
      { number: 3, at: 3, action: "restored", restoredFrom: 1, changes: [] },
      { number: 2, at: 2, who: "bob", action: "renamed", restoredFrom: null, changes, tested: "untested" },
      { number: 1, who: "ada", action: "created" },
    ]);
    expect(await Promise.all([1, 2, 3, 4].map(async (number) => (await store.identityStores.revisionDocument(id, number))?.name))).toEqual(["One", "Two", "One", undefined]);
  });

  test("saving drops the draft only when asked, and not when the save fails", async () => {
    const id = await create();
    take(await store.drafts.put(id, draftWith(messagingWith(1))));
    expect((await store.identityStores.save(id, documentNamed("A"), 5, noteBy("ada"), "dropped")).ok).toBe(false);
    take(await store.identityStores.save(id, documentNamed("A"), 1, noteBy("ada"), "kept"));
    expect(store.drafts.get(id)).not.toBeNull();
    take(await store.identityStores.save(id, documentNamed("A"), 2, noteBy("ada"), "dropped"));
    expect(store.drafts.get(id)).toBeNull();
  });

  test("a removed store is gone with its draft, history and secrets; secrets shared with a duplicate stay", async () => {
    const own = take(await store.vault.seal("p", Buffer.from("own")));
    const sharedSecret = take(await store.vault.seal("p", Buffer.from("shared")));
    const draftsOwn = take(await store.vault.seal("p", Buffer.from("of the draft alone")));
    const messaging = { ...messagingWith(0), secrets: { password: sharedSecret } };
    const { id } = take(await store.identityStores.create({ ...documentNamed("A", messaging), directoryPassword: own }, noteBy("ada")));
    take(await store.identityStores.create(documentNamed("B", messaging), noteBy("ada")));
    take(await store.drafts.put(id, draftWith({ ...messaging, secrets: { ...messaging.secrets, key: draftsOwn } })));
    take(await store.identityStores.remove(id));
    expect([store.identityStores.get(id), store.drafts.get(id)]).toEqual([null, null]);
    // A team's history is kept for whoever has the database, and services ask for that of stores that are there.
    expect(await store.identityStores.revisions(id)).toHaveLength(engineUnderTest().isTeam ? 1 : 0);
    for (const gone of [own, draftsOwn]) expect(store.vault.open("p", gone)).toEqual({ ok: false, fault: { kind: "unreadable", what: "secret-unreadable" } });
    expect(store.vault.open("p", sharedSecret).ok).toBe(true);
  });

  test("what does not exist is not found", async () => {
    const missing = { ok: false, fault: { kind: "not-found", what: "identity-store" } };
    expect(store.identityStores.get("nobody")).toBeNull();
    expect(await store.identityStores.remove("nobody")).toEqual(missing);
    expect(await store.identityStores.save("nobody", documentNamed("A"), 1, noteBy("ada"), "kept")).toEqual(missing);
    expect(await store.drafts.put("nobody", draftWith(messagingWith(0)))).toEqual(missing);
  });

  test("a document that could not be read back is refused, not stored", async () => {
    const tooMany = { ...messagingWith(0), configuration: { ...messagingWith(5001).configuration } };
    expect(await store.identityStores.create(documentNamed("A", tooMany), noteBy("ada"))).toMatchObject({ fault: { kind: "invalid" } });
    expect(store.identityStores.list()).toEqual([]);
  });

  test("an old revision that is damaged is missing from the history, not made up", async () => {
    const id = await create("One");
    take(await store.identityStores.save(id, documentNamed("Two"), 1, noteBy("bob"), "kept"));
    await engineUnderTest().ask(place.folder, "UPDATE revision SET document = replace(document, 'One', 'Won'), who = 'mallory' WHERE number = 1");
    expect(await store.identityStores.revisionDocument(id, 1)).toBeNull();
    expect((await store.identityStores.revisions(id)).map(({ number }) => number)).toEqual([2]);
  });
});
