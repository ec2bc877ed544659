/** One set of expectations of the store, over both engines. */
import path from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { openStore } from "../../../main/store/index.ts";
import type { Store } from "../../../main/store/types.ts";
import type { ActivityEvent } from "../../../shared/contract/activity.ts";
import { fail } from "../../../shared/fault.ts";
import { keyWrappingWith, platformKey } from "../../lab/key-wrapping.ts";
import { silentLogger } from "../../lab/loggers.ts";
import { findPostgres, startPostgres, type PostgresServer } from "../../lab/postgres-server.ts";
import { found, newConsole } from "../../lab/team.ts";
import { documentNamed, draftWith, messagingWith, noteBy, systemClock, take, temporaryFolder } from "../../unit/main/store/support.ts";

const bin = findPostgres();
let server: PostgresServer | null = null;
beforeAll(async () => {
  server = bin === null ? null : await startPostgres(bin);
});
afterAll(() => server?.remove());

const keyWrapping = keyWrappingWith(platformKey);
const options = { keyWrapping, clock: systemClock, logger: silentLogger };

interface Place {
  open(): Promise<Store>;
  remove(): Promise<void> | void;
}

function fileEngine(): Promise<Place> {
  const { folder, remove } = temporaryFolder();
  return Promise.resolve({ open: async () => take(await openStore({ ...options, dataDirectory: path.join(folder) })), remove });
}

async function teamEngine(): Promise<Place> {
  if (server === null) throw new Error("no server");
  const { database } = await server.create({ locale: "en-US" });
  const console = await newConsole();
  await found(console, server.settings(database, "eva"));
  return { open: () => console.open(), remove: () => console.remove() };
}

const engines = [["a file", fileEngine, true], ["PostgreSQL", teamEngine, bin !== null]] as const;
const told = (store: Store) => new Promise<void>((resolve) => store.onChange(resolve));

describe.each(engines)("%s", (_name, makePlace, isHere) => {
  let place: Place;
  let ada: Store;
  let bob: Store;
  beforeEach(async () => {
    place = await makePlace();
    ada = await place.open();
    bob = await place.open();
  });
  afterEach(async () => {
    await ada.close();
    await bob.close();
    await place.remove();
  });

  const document = (name: string, typed = "") => documentNamed(name, messagingWith(3, { typed }));

  test.runIf(isHere)("a store comes back as it was saved, in every character", async () => {
    const odd = document("Contoso", "née \u0000 \u{1f600} ? $1 ' \" \\ %s");
    const { id } = take(await ada.identityStores.create(odd, noteBy("ada")));
    expect(ada.identityStores.get(id)).toMatchObject({ revision: 1, document: odd, createdAt: 1_700_000_000_000 });
    const other = await place.open();
    expect(other.identityStores.get(id)?.document).toEqual(odd);
    await other.close();
    expect(take(await ada.identityStores.save(id, document("Fabrikam"), 1, noteBy("ada", { at: 9 }), "kept"))).toEqual({ revision: 2 });
    expect(ada.identityStores.get(id)).toMatchObject({ revision: 2, updatedAt: 9, createdAt: 1_700_000_000_000 });
    expect(await ada.identityStores.revisions(id)).toMatchObject([{ number: 2, at: 9, who: "ada" }, { number: 1 }]);
    expect(await ada.identityStores.revisionDocument(id, 1)).toEqual(odd);
    expect(take(await ada.identityStores.remove(id))).toBeNull();
    expect(ada.identityStores.list()).toEqual([]);
  });

  test.runIf(isHere)("stores are listed in one order, whatever the database's language", async () => {
    for (const name of ["zeta", "Ärger", "alpha", "_under", "Beta", "a-b", "ab", "10", "9"]) take(await ada.identityStores.create(document(name), noteBy("ada")));
    expect(ada.identityStores.list().map((store) => store.document.name)).toEqual(["10", "9", "_under", "a-b", "ab", "alpha", "Beta", "zeta", "Ärger"]);
  });

  test.runIf(isHere)("a name is taken, whoever has it and however it is written", async () => {
    const refused = fail({ kind: "invalid", issues: [{ path: ["name"], code: "name-taken" }] });
    take(await ada.identityStores.create(document("Contoso Größe"), noteBy("ada")));
    expect(await bob.identityStores.create(document(" CONTOSO Gro\u0308ße"), noteBy("bob"))).toEqual(refused);
    const both = await Promise.all([ada.identityStores.create(document("Same"), noteBy("ada")), bob.identityStores.create(document("same"), noteBy("bob"))]);
    expect(both.filter(({ ok }) => ok)).toHaveLength(1);
    expect(both).toContainEqual(refused);
  });

  test.runIf(isHere)("of two saves over one revision one stands, and the other is told whose", async () => {
    const { id } = take(await ada.identityStores.create(document("A"), noteBy("ada")));
    const saved = await Promise.all([
      ada.identityStores.save(id, document("A", "by ada"), 1, noteBy("ada", { at: 5 }), "kept"),
      bob.identityStores.save(id, document("A", "by bob"), 1, noteBy("bob", { at: 5 }), "kept"),
    ]);
    expect(saved.filter(({ ok }) => ok)).toHaveLength(1);
    expect(saved.find(({ ok }) => !ok)).toMatchObject({ fault: { kind: "conflict", revision: 2, at: 5 } });
  });

  test.runIf(isHere)("a draft is written over by nobody who has not seen it, and a save drops the one alone that it saw", async () => {
    const { id } = take(await ada.identityStores.create(document("A"), noteBy("ada")));
    const first = take(await ada.drafts.put(id, draftWith(messagingWith(0, { typed: "first" }))));
    const both = await Promise.all([ada.drafts.put(id, { ...first, updatedAt: 1 }), bob.drafts.put(id, { ...first, updatedAt: 2 })]);
    expect(both.filter(({ ok }) => ok)).toHaveLength(1);
    expect(both.find(({ ok }) => !ok)).toMatchObject({ fault: { kind: "draft-changed", how: "changed" } });
    expect(await ada.identityStores.save(id, document("A"), 1, noteBy("ada"), { version: first.version })).toMatchObject({ fault: { kind: "draft-changed" } });
    const now = ada.drafts.version(id);
    take(await ada.identityStores.save(id, document("A"), 1, noteBy("ada"), { version: now }));
    expect(ada.drafts.get(id)).toBeNull();
    const next = take(await ada.drafts.put(id, draftWith(messagingWith(0), 2)));
    expect(next.version).toBeGreaterThan(now ?? Infinity);
  });

  test.runIf(isHere)("a secret opens for whoever has the key, and goes with the store", async () => {
    const reference = take(await ada.vault.seal("directory-password", Buffer.from("Pa55word!")));
    const { id } = take(await ada.identityStores.create({ ...document("A"), directoryPassword: reference }, noteBy("ada")));
    const other = await place.open();
    expect(Buffer.from(take(other.vault.open("directory-password", reference))).toString()).toBe("Pa55word!");
    await other.close();
    take(await ada.identityStores.remove(id));
    expect(ada.vault.open("directory-password", reference)).toMatchObject({ ok: false });
  });

  test.runIf(isHere)("one console hears what another one saved, without asking", async () => {
    const heard = told(bob);
    const { id } = take(await ada.identityStores.create(document("A"), noteBy("ada")));
    await heard;
    await expect.poll(() => bob.identityStores.get(id)?.revision).toBe(1);
  });

  test.runIf(isHere)("events come newest first, a page at a time, also those of others", async () => {
    for (const [store, who] of [[ada, "ada"], [bob, "bob"]] as const) store.activity.append({ at: 1, kind: "revision-saved", storeId: null, storeName: who, subject: null, detail: null }, `once by ${who}`);
    const namesOf = (events: readonly ActivityEvent[]) => events.map(({ storeName }) => storeName ?? "").toSorted((a, b) => a.localeCompare(b));
    const all = async () => namesOf((await ada.activity.page({ before: null, most: 10, store: null, words: [] })).events);
    await expect.poll(all).toEqual(["ada", "bob"]);
    bob.activity.append({ at: 2, kind: "revision-saved", storeId: null, storeName: "again", subject: null, detail: null }, "once by ada");
    await expect.poll(all).toEqual(["ada", "bob"]);
    const first = await ada.activity.page({ before: null, most: 1, store: null, words: [] });
    const second = await ada.activity.page({ before: first.next, most: 1, store: null, words: [] });
    expect(namesOf([...first.events, ...second.events])).toEqual(["ada", "bob"]);
    expect(second.next).toBeNull();
  });

  test.runIf(isHere)("four writers save fifty times each on one store: no gap, nothing lost", { timeout: 60_000 }, async () => {
    const { id } = take(await ada.identityStores.create(document("Busy"), noteBy("ada")));
    const more = [await place.open(), await place.open()];
    const refusals = new Set<string>();
    const writeAll = async (store: Store, writer: number) => {
      for (let n = 0; n < 50; ) {
        const { revision = 0 } = store.identityStores.get(id) ?? {};
        const saved = await store.identityStores.save(id, document("Busy", `${writer}/${n}`), revision, noteBy(`w${writer}`), "kept");
        if (saved.ok) n += 1;
        else refusals.add(saved.fault.kind);
      }
    };
    await Promise.all([ada, bob, ...more].map(writeAll));
    expect(["conflict", "not-stored"]).toEqual(expect.arrayContaining([...refusals]));
    const revisions = await ada.identityStores.revisions(id);
    expect(revisions.map(({ number }) => number)).toEqual(Array.from({ length: 201 }, (_none, i) => 201 - i));
    for (const writer of [0, 1, 2, 3]) expect(revisions.filter(({ who }) => who === `w${writer}`)).toHaveLength(50);
    for (const store of more) await store.close();
  });
});
