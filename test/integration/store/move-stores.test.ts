/** Everything of one store into another and back, over both engines. */
import { randomUUID } from "node:crypto";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { compareStores, moveStores } from "../../../main/services/data-move.ts";
import type { Sighting } from "../../../shared/model/comparison.ts";
import { openStore, type FileStore } from "../../../main/store/index.ts";
import type { Store, WholeStore } from "../../../main/store/types.ts";
import { fail } from "../../../shared/fault.ts";
import { blankJob } from "../../../shared/rules/job.ts";
import { keyWrappingWith, platformKey } from "../../lab/key-wrapping.ts";
import { silentLogger } from "../../lab/loggers.ts";
import { findPostgres, startPostgres, type Account, type PostgresServer } from "../../lab/postgres-server.ts";
import { labTeam } from "../../lab/team-consoles.ts";
import { contentOf, fill } from "../../lab/whole-stores.ts";
import { documentNamed, draftWith, messagingWith, noteBy, systemClock, take, temporaryFolder } from "../../unit/main/store/support.ts";

const bin = findPostgres();
let server: PostgresServer | null = null;
beforeAll(async () => {
  server = bin === null ? null : await startPostgres(bin);
});
afterAll(() => server?.remove());

const options = { keyWrapping: keyWrappingWith(platformKey), clock: systemClock, logger: silentLogger };

const opened: (() => Promise<void>)[] = [];
async function file(): Promise<FileStore> {
  const { folder, remove } = temporaryFolder();
  const store = take(await openStore({ ...options, dataDirectory: folder }));
  opened.push(async () => {
    await store.close();
    remove();
  });
  return store;
}
async function team(): Promise<Store> {
  if (server === null) throw new Error("no server");
  const own = server;
  const { database } = await own.create();
  const lab = await labTeam((account: Account) => own.settings(database, account), "eva");
  opened.push(() => lab.remove());
  return lab.open("eva");
}
afterEach(async () => {
  for (const close of opened.splice(0)) await close();
});

describe.each([
  ["a file", file, true],
  ["PostgreSQL", team, bin !== null],
] as const)("from a file into %s", (_name, make, isHere) => {
  let from: FileStore;
  let to: Store;
  const quietly = () => ({ signal: new AbortController().signal, prepareOnly: from.prepareOnly, onStore: () => undefined });
  beforeEach(async () => {
    from = await file();
    to = await make();
  });

  test.runIf(isHere)("and back into another file everything is equal", async () => {
    for (let count = 1; count <= 30; count += 1) await fill(from, `Store ${count}`);
    const told: string[] = [];
    const report = take(await moveStores(from, to, { ...quietly(), onStore: (done, total) => void told.push(`${done}/${total}`) }));
    expect(report).toEqual({ moved: 30, same: 0, revisions: 60, secrets: 90, unreadable: [] });
    expect(told).toEqual(["25/30", "30/30"]);
    const back = await file();
    expect(take(await moveStores(to, back, quietly()))).toEqual({ moved: 30, same: 0, revisions: 60, secrets: 90, unreadable: [] });
    expect(await contentOf(back)).toEqual(await contentOf(from));
    expect(await contentOf(to)).toEqual(await contentOf(from));
    const [store] = back.identityStores.list();
    const sealed = back.drafts.get(store?.id ?? "")?.forms["exchange"]?.secrets["password"];
    expect(sealed === undefined ? null : back.vault.open("messaging/exchange/password", sealed)).toMatchObject({ ok: true });
  });

  test.runIf(isHere)("and back with what probes said, and with what was last seen of its directory", async () => {
    const id = await fill(from, "Contoso");
    const probe = { storeId: id, provider: "exchange", server: "exa.contoso.lab", probed: { source: "JUMP01", at: 20, result: { at: 20, ms: 1, rungs: [], certificateExpiresAt: null }, build: null, roles: [] } };
    const listing = { servers: [], notShown: [], complete: true, source: "dc1", at: 10 } as const;
    const seen = { "exa.contoso.lab": { certificate: { sha256: "ab", expiresAt: null }, allowed: [], refused: [] } };
    const sighting: Sighting = { at: 10, revision: 2, choice: { provider: "exchange", variant: "2016" }, listing: { ...listing, servers: [], notShown: [] }, known: seen, seen, told: null };
    take(await from.probes.put([probe]));
    take(await from.sightings.change(id, () => sighting));
    take(await moveStores(from, to, quietly()));
    const back = await file();
    take(await moveStores(to, back, quietly()));
    for (const store of [to, back]) {
      expect(await store.probes.all()).toEqual([probe]);
      expect((await store.sightings.read(0)).sightings).toEqual(new Map([[id, sighting]]));
    }
  });

  test.runIf(isHere)("and back a thousand are equal", { timeout: 120_000 }, async () => {
    const filled: WholeStore[] = [];
    const sample = await fill(from, "Sample");
    const revisions = take(await from.histories.read(sample));
    for (let count = 1; count < 1000; count += 1) {
      const named = (name: string) => revisions.map((revision) => {
        const decoded = { ...revision.decoded, name, directoryPassword: null };
        return { ...revision, decoded, document: JSON.stringify(decoded) };
      });
      filled.push({ id: randomUUID(), revisions: named(`Store ${count}`) });
    }
    take(await from.histories.adopt(filled));
    expect(take(await moveStores(from, to, quietly()))).toMatchObject({ moved: 1000, revisions: 2000, unreadable: [] });
    const back = await file();
    expect(take(await moveStores(to, back, quietly()))).toMatchObject({ moved: 1000, revisions: 2000, unreadable: [] });
    expect(await contentOf(back)).toEqual(await contentOf(from));
  });

  test.runIf(isHere)("what is there already stays, and is told", async () => {
    const both = await fill(from, "Both");
    take(await moveStores(from, to, quietly()));
    await fill(from, "Moved");
    const taken = await fill(from, "Größe");
    take(await to.identityStores.create(documentNamed("GRÖSSE"), noteBy("eva")));
    take(await to.identityStores.create(documentNamed("gro\u0308ße"), noteBy("eva")));
    const there = () => Object.fromEntries(compareStores(from, to).stores.map(({ name, there: state }) => [name, state]));
    expect(there()).toEqual({ Both: "same", Moved: "absent", Größe: "taken" });
    expect(compareStores(from, to).onlyThere).toBe(2);
    expect(take(await moveStores(from, to, quietly()))).toMatchObject({ moved: 1, same: 1 });
    take(await to.identityStores.save(both, documentNamed("Both", messagingWith(9)), 2, noteBy("eva"), "kept"));
    expect(there()).toEqual({ Both: "differs", Moved: "same", Größe: "taken" });
    expect(take(await moveStores(from, to, quietly()))).toMatchObject({ moved: 0, same: 1 });
    expect(to.identityStores.get(both)?.revision).toBe(3);
    expect(to.identityStores.get(taken)).toBeNull();
  });

  test.runIf(isHere)("what was deleted there comes again, with its draft", async () => {
    const id = await fill(from, "Contoso");
    take(await from.prepareOnly.set(id, true));
    take(await moveStores(from, to, quietly()));
    take(await to.identityStores.remove(id));
    expect(take(await moveStores(from, to, quietly()))).toMatchObject({ moved: 1, revisions: 2, secrets: 3 });
    const [store] = to.identityStores.list();
    expect(store?.document.name).toBe("Contoso");
    // Under another id where a deleted store keeps its own: what was prepared only is so still.
    expect(from.prepareOnly.has(store?.id ?? "")).toBe(true);
    expect(to.drafts.get(store?.id ?? "")?.forms["exchange"]?.configuration.values["domain"]).toBe("draft.lab");
    expect(compareStores(from, to).stores).toMatchObject([{ there: store?.id === id ? "same" : "taken" }]);
  });

  test.runIf(isHere)("a job's own provider comes along, and again behind its identity store when that was deleted there", async () => {
    const job = { ...blankJob("mailbox"), id: "job-1", name: "Starters", provider: "own" } as const;
    const { id } = take(await from.identityStores.create({ ...documentNamed("Contoso", messagingWith(1)), jobs: [job] }, noteBy("ada")));
    const provider = take(await from.identityStores.provide(id, job.id, noteBy("ada"))).id;
    const password = take(await from.vault.seal("messaging/exchange/password", Buffer.from("own")));
    take(await from.identityStores.save(provider, { ...documentNamed("none"), messaging: { ...messagingWith(2), secrets: { password } } }, 1, noteBy("ada"), "kept"));
    take(await from.drafts.put(provider, draftWith(messagingWith(1, { domain: "draft.lab" }), 2)));
    const movedProvider = () => {
      const [owner] = to.identityStores.list();
      const found = to.identityStores.providerOf(owner?.id ?? "", job.id) ?? "";
      return { provider: to.identityStores.get(found), draft: to.drafts.get(found) };
    };
    expect(take(await moveStores(from, to, quietly()))).toMatchObject({ moved: 1, secrets: 1 });
    expect(compareStores(from, to).stores).toMatchObject([{ there: "same" }]);
    take(await to.identityStores.remove(id));
    expect(to.identityStores.all()).toEqual([]);
    expect(take(await moveStores(from, to, quietly()))).toMatchObject({ moved: 1 });
    expect(movedProvider()).toMatchObject({ provider: { revision: 2, document: { name: "Contoso: Starters" } }, draft: { baseRevision: 2 } });
    const opened = to.vault.open("messaging/exchange/password", movedProvider().provider?.document.messaging?.secrets["password"] ?? password);
    expect(Buffer.from(take(opened)).toString()).toBe("own");
  });

  test.runIf(isHere)("what does not open here is named, and the rest moves", async () => {
    const id = await fill(from, "Contoso");
    const stranger = { id: "00000000-0000-4000-8000-000000000000", at: 1 };
    take(await from.identityStores.save(id, { ...documentNamed("Contoso"), directoryPassword: stranger }, 2, noteBy("ada"), "kept"));
    expect(take(await moveStores(from, to, quietly()))).toEqual({ moved: 1, same: 0, revisions: 3, secrets: 3, unreadable: [{ store: "Contoso", secret: "directory-password" }] });
    expect(to.identityStores.get(id)?.document.directoryPassword).toEqual(stranger);
  });

  test.runIf(isHere)("one that is cancelled leaves whole portions, and goes on when it is asked again", async () => {
    for (let count = 1; count <= 27; count += 1) take(await from.identityStores.create(documentNamed(`Store ${count}`), noteBy("ada")));
    const stop = new AbortController();
    expect(await moveStores(from, to, { ...quietly(), signal: stop.signal, onStore: () => stop.abort() })).toEqual(fail({ kind: "cancelled" }));
    expect(to.identityStores.list()).toHaveLength(25);
    expect(take(await moveStores(from, to, quietly()))).toMatchObject({ moved: 2, same: 25 });
    expect(to.identityStores.list()).toHaveLength(27);
  });
});
