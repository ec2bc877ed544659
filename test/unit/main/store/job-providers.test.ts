/** Messaging providers that jobs have of their own: stored as identity stores are, listed as none, and gone with their job. */
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { FileStore } from "../../../../main/store/index.ts";
import { blankJob } from "../../../../shared/rules/job.ts";
import { documentNamed, draftWith, messagingWith, noteBy, open, take, temporaryFolder } from "./support.ts";

const job = { ...blankJob("mailbox"), id: "job-1", name: "Starters", provider: "own" } as const;

describe("the own provider of a job", () => {
  const place = temporaryFolder();
  let store: FileStore;
  let owner: string;
  let id: string;

  beforeEach(async () => {
    store = await open({ folder: place.folder });
    const password = take(await store.vault.seal("directory-password", Buffer.from("directory")));
    owner = take(await store.identityStores.create({ ...documentNamed("Contoso", messagingWith(1)), directoryPassword: password, jobs: [job] }, noteBy("ada"))).id;
    ({ id } = take(await store.identityStores.provide(owner, job.id, noteBy("ada"))));
  });
  afterEach(async () => {
    await store.close();
    place.remove();
  });

  const provider = () => store.identityStores.get(id);
  const stored = () => store.identityStores.get(owner);

  it("is no identity store of the list, and is among all of them by its job's name", () => {
    expect(store.identityStores.list().map(({ id }) => id)).toEqual([owner]);
    expect(store.identityStores.all().map(({ document }) => document.name).toSorted()).toEqual(["Contoso", "Contoso: Starters"]);
    expect([store.identityStores.ownerOf(id), store.identityStores.ownerOf(owner), store.identityStores.ownerOf("nobody")]).toEqual([owner, owner, "nobody"]);
  });

  it("is made once, and for an identity store that is there", async () => {
    expect(take(await store.identityStores.provide(owner, job.id, noteBy("ada")))).toEqual({ id });
    expect([store.identityStores.providerOf(owner, job.id), store.identityStores.providerOf(owner, "job-2"), store.identityStores.providerOf("nobody", job.id)]).toEqual([id, null, null]);
    expect(provider()?.revision).toBe(1);
    expect(await store.identityStores.provide("nobody", "job-2", noteBy("ada"))).toMatchObject({ ok: false, fault: { kind: "not-found" } });
  });

  it("has drafts, revisions and secrets of its own, and after a restart as well", async () => {
    const secret = take(await store.vault.seal("messaging/exchange/password", Buffer.from("own")));
    const messaging = { ...messagingWith(2), secrets: { password: secret } };
    take(await store.drafts.put(id, draftWith(messaging)));
    expect(store.drafts.get(owner)).toBeNull();
    const { document, revision } = provider() ?? { document: documentNamed("none"), revision: 0 };
    take(await store.identityStores.save(id, { ...document, messaging }, revision, noteBy("bob"), "dropped"));
    await store.close();
    store = await open({ folder: place.folder });
    expect(provider()).toMatchObject({ revision: 2, document: { messaging } });
    expect(Buffer.from(take(store.vault.open("messaging/exchange/password", secret))).toString()).toBe("own");
    expect((await store.identityStores.revisions(id)).map(({ who }) => who)).toEqual(["bob", "ada"]);
    expect(stored()?.document.messaging).toEqual(messagingWith(1));
  });

  it("follows its identity store to another directory, and keeps no copy of that one's password", async () => {
    const before = stored();
    if (before === null) throw new Error("the identity store is gone");
    const moved = { ...before.document, connection: { ...documentNamed("x").connection, domain: "fabrikam.lab" }, directoryPassword: null };
    take(await store.identityStores.save(owner, moved, 1, noteBy("ada"), "kept"));
    expect(provider()?.document).toMatchObject({ connection: { domain: "fabrikam.lab" }, directoryPassword: null });
    take(await store.identityStores.save(id, provider()?.document ?? moved, 1, noteBy("ada"), "kept"));
    take(await store.identityStores.save(owner, { ...moved, jobs: [{ ...job, name: "Joiners" }] }, 2, noteBy("ada"), "kept"));
    // What it was is shown as it is now, so that going back to it changes neither its name nor its directory.
    expect(await store.identityStores.revisionDocument(id, 1)).toMatchObject({ name: "Contoso: Joiners", connection: { domain: "fabrikam.lab" } });
    expect(take(await store.histories.read(id)).map(({ decoded }) => decoded.directoryPassword)).toEqual([null, null]);
  });

  it("is gone with its job, and with its identity store", async () => {
    take(await store.identityStores.save(owner, { ...documentNamed("Contoso"), jobs: [] }, 1, noteBy("ada"), "kept"));
    expect(provider()).toBeNull();
    expect(store.identityStores.all().map(({ id }) => id)).toEqual([owner]);
    // What was left behind is taken along by the next removal.
    take(await store.identityStores.remove(owner));
    expect(await store.identityStores.remove(id)).toMatchObject({ ok: false, fault: { kind: "not-found" } });
  });
});
