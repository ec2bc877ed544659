import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { fail, succeed } from "../../../../shared/fault.ts";
import { changesOf, markOf, sightOf } from "../../../lab/draft-page.ts";
import { whoSaves } from "../../../lab/engine-under-test.ts";
import { take, temporaryFolder } from "../store/support.ts";
import { layBed, listingOf, quietly, storeWithDraft, type Bed } from "./support.ts";

let bed: Bed;
let storeId: string;
let place: ReturnType<typeof temporaryFolder>;
beforeEach(async () => {
  place = temporaryFolder();
  bed = await layBed({ folder: place.folder });
  storeId = await storeWithDraft(bed);
});
afterEach(async () => {
  await bed.dispose();
  place.remove();
});

const state = () => take(bed.services.editor.open(storeId));
const changed = { kind: "draft-changed", how: "changed" };
const changedByAnna = { ...changed, by: whoSaves("CONTOSO\\anna") };

it("merges changes of different fields, whoever saw which version", async () => {
  const seen = state();
  take(await bed.services.editor.change(storeId, sightOf(seen, "one"), changesOf({ values: { username: "one" } }, seen)));
  const answer = take(await bed.services.editor.change(storeId, sightOf(seen, "two"), changesOf({ values: { domain: "two.lab" } }, seen)));
  expect(answer).toMatchObject({ whole: true, refused: [], draft: { forms: { toy: { values: { username: "one", domain: "two.lab" } } } } });
});

it("makes changes in their order that come while earlier ones are still being written", async () => {
  const { drafts } = bed.store;
  const put = drafts.put.bind(drafts);
  const tries = vi.spyOn(drafts, "put").mockImplementation(async (...input) => {
    await new Promise(setImmediate);
    return put(...input);
  });
  const seen = state();
  const writing = ["s", "sv", "svc", "svc-m"].map((username) => bed.services.editor.change(storeId, sightOf(seen, "one"), changesOf({ values: { username } }, seen)));
  for (const answer of await Promise.all(writing)) expect(take(answer).refused).toEqual([]);
  expect(state().draft?.forms.toy?.values).toMatchObject({ username: "svc-m" });
  expect(tries).toHaveBeenCalledTimes(4);
});

it("refuses a change of what another window changed since it was seen, with both values, and makes the others", async () => {
  const seen = state();
  take(await bed.services.editor.change(storeId, sightOf(seen, "one"), changesOf({ values: { username: "one" } }, seen)));
  const answer = take(await bed.services.editor.change(storeId, sightOf(seen, "two"), changesOf({ values: { username: "two", domain: "two.lab" } }, seen)));
  expect(answer.refused).toMatchObject([{ key: "values.username", provider: "toy", before: "one", after: "two", secret: false, by: whoSaves("CONTOSO\\anna") }]);
  expect(state().draft?.forms.toy?.values).toMatchObject({ username: "one", domain: "two.lab" });
});

it("makes a change although another process wrote between its reading and its writing", async () => {
  const other = await layBed({ folder: place.folder });
  const seen = state();
  const { drafts } = bed.store;
  const put = drafts.put.bind(drafts);
  vi.spyOn(drafts, "put").mockImplementationOnce(async (id, draft) => {
    take(await other.services.editor.change(storeId, sightOf(seen, "other"), changesOf({ values: { domain: "other.lab" } }, seen)));
    return put(id, draft);
  });
  const answer = take(await bed.services.editor.change(storeId, sightOf(seen, "one"), changesOf({ values: { username: "one" } }, seen)));
  await other.dispose();
  expect(answer.refused).toEqual([]);
  expect(state().draft?.forms.toy?.values).toMatchObject({ username: "one", domain: "other.lab" });
});

it("holds secrets to the same, and says of them no more than that they changed", async () => {
  const seen = state();
  const address = { storeId, provider: "toy", field: "password" };
  take(await bed.services.editor.secrets.setSecret({ ...address, sight: sightOf(seen, "one") }, "first-secret"));
  const answer = take(await bed.services.editor.secrets.setSecret({ ...address, sight: sightOf(seen, "two") }, "second-secret"));
  expect(answer.refused).toMatchObject([{ key: "secrets.password", before: null, after: "changed", secret: true }]);
  expect(JSON.stringify(answer)).not.toMatch(/(?:first|second)-secret/);
});

it("saves and discards the version that was seen alone", async () => {
  const seen = state();
  const mark = markOf(seen.draft);
  take(await bed.services.editor.change(storeId, sightOf(seen, "other"), changesOf({ values: { username: "half-ty" } }, seen)));
  expect(await bed.services.editor.save(storeId, 1, mark)).toMatchObject(fail(expect.objectContaining(changedByAnna)));
  expect(await bed.services.editor.discardDraft(storeId, mark?.version ?? 0)).toMatchObject(fail(expect.objectContaining(changedByAnna)));
  expect(state()).toMatchObject({ store: { revision: 1 }, draft: { forms: { toy: { values: { username: "half-ty" } } } } });
});

it("says what became of a draft that is gone: saved, by whom and as which revision, or discarded", async () => {
  const seen = state();
  take(await bed.page.save(storeId, 1));
  const late = () => bed.services.editor.change(storeId, sightOf(seen, "late"), changesOf({ values: { username: "typed" } }, seen));
  expect(await late()).toMatchObject({ ok: false, fault: { kind: "draft-changed", how: "saved", by: whoSaves("CONTOSO\\anna"), revision: 2 } });
  const next = take(await bed.page.write(storeId, { values: { username: "third" } }));
  take(await bed.page.discardDraft(storeId));
  const sight = { window: "late", revision: 2, draft: markOf(next) };
  expect(await bed.services.editor.change(storeId, sight, [])).toMatchObject({ ok: false, fault: { kind: "draft-changed", how: "discarded", revision: null } });
});

it("saves nothing over what another process put into the draft while it was saved", async () => {
  const { identityStores, drafts } = bed.store;
  const save = identityStores.save.bind(identityStores);
  const mark = markOf(state().draft);
  vi.spyOn(identityStores, "save").mockImplementationOnce(async (...input) => {
    const kept = drafts.get(storeId);
    if (kept !== null) take(await drafts.put(storeId, kept));
    return save(...input);
  });
  expect(await bed.services.editor.save(storeId, 1, mark)).toMatchObject(fail(expect.objectContaining(changed)));
  expect(state()).toMatchObject({ store: { revision: 1 }, draft: { id: mark?.id } });
});

it("refuses another provider than the one that another window chose, and says which", async () => {
  const seen = state();
  take(await bed.services.editor.change(storeId, sightOf(seen, "one"), changesOf({ choice: { provider: "other", variant: null } }, seen)));
  const answer = take(await bed.services.editor.change(storeId, sightOf(seen, "two"), changesOf({ choice: { provider: "none", variant: null } }, seen)));
  expect(answer.refused).toMatchObject([{ key: "provider", before: "other", after: "none" }]);
  expect(state().draft?.choice.provider).toBe("other");
});

it("takes what is sent again, because its answer was lost, for what it is, and what was typed on for a change of its own", async () => {
  const { id } = take(await bed.services.stores.create("New", state().store.connection, null));
  const seen = take(bed.services.editor.open(id));
  const send = async (username: string) => take(await bed.services.editor.change(id, sightOf(seen, "one"), changesOf({ provider: "toy", values: { username } }, seen)));
  const lost = (await send("an")).draft;
  expect(await send("an")).toMatchObject({ whole: true, refused: [], draft: { id: lost?.id, version: lost?.version } });
  expect(await send("anna")).toMatchObject({ refused: [], draft: { id: lost?.id, forms: { toy: { values: { username: "anna" } } } } });
});

it("makes no revision of what changes nothing", async () => {
  take(await bed.page.save(storeId, 1));
  take(await bed.page.write(storeId, { values: { username: "svc" } }));
  expect(take(await bed.page.save(storeId, 2))).toMatchObject({ revision: 2, changed: false });
  expect(state()).toMatchObject({ store: { revision: 2 }, draft: null });
});

it("puts a draft over what was saved since, and asks about what both changed", async () => {
  take(await bed.page.save(storeId, 1));
  take(await bed.page.write(storeId, { values: { username: "mine" } }));
  const { messaging } = bed.store.identityStores.get(storeId)?.document ?? {};
  if (messaging == null) throw new Error("nothing is saved");
  const values = { ...messaging.configuration.values, username: "theirs", domain: "theirs.lab" };
  const document = { name: "HQ", connection: state().store.connection, directoryPassword: null, messaging: { ...messaging, configuration: { ...messaging.configuration, values } } };
  const note = { who: "eva", at: 5, action: "restored", changes: [], tested: { state: "untested" } } as const;
  take(await bed.store.identityStores.save(storeId, document, 2, note, "kept"));
  expect(await bed.page.save(storeId, 2)).toMatchObject({ ok: false, fault: { kind: "conflict", revision: 3, by: "eva" } });
  const asked = take(await bed.services.editor.rebase(storeId, sightOf(state()), {}));
  expect(asked.apart).toMatchObject([{ key: "values.username", before: "theirs", after: "mine", by: "eva" }]);
  const settled = take(await bed.services.editor.rebase(storeId, sightOf(state()), { "toy/values.username": "mine" }));
  expect(settled).toMatchObject({ apart: [], draft: { baseRevision: 3, forms: { toy: { values: { username: "mine", domain: "theirs.lab" } } } } });
});

it("asks anew about what was saved again while somebody picked, and saves over nothing that they were not shown", async () => {
  take(await bed.page.save(storeId, 1));
  take(await bed.page.write(storeId, { values: { username: "mine" } }));
  const saveAs = async (who: string, username: string, revision: number) => {
    const { document } = bed.store.identityStores.get(storeId) ?? {};
    if (document?.messaging == null) throw new Error("nothing is saved");
    const { configuration } = document.messaging;
    const messaging = { ...document.messaging, configuration: { ...configuration, values: { ...configuration.values, username } } };
    take(await bed.store.identityStores.save(storeId, { ...document, messaging }, revision, { who, at: 5, action: "restored", changes: [], tested: { state: "untested" } }, "kept"));
  };
  const picks = { "toy/values.username": "mine" } as const;
  await saveAs("eva", "theirs", 2);
  const seen = sightOf(state());
  expect(take(await bed.services.editor.rebase(storeId, seen, {})).apart).toMatchObject([{ before: "theirs" }]);
  await saveAs("otto", "newer", 3);
  const asked = take(await bed.services.editor.rebase(storeId, seen, picks));
  expect(asked).toMatchObject({ apart: [{ before: "newer", after: "mine", by: "otto" }], over: { revision: 4, by: "otto", at: 5 }, draft: { baseRevision: 2 } });
  // A rename says nothing about what was picked.
  take(await bed.services.stores.rename(storeId, "Renamed"));
  expect(take(await bed.services.editor.rebase(storeId, { ...seen, revision: 4 }, picks))).toMatchObject({ apart: [], draft: { baseRevision: 5 } });
});

it("takes a server by its name as servers are listed, and no other; it stays over a list that was saved since", async () => {
  take(await bed.page.save(storeId, 1));
  const servers = () => state().draft?.forms.toy?.servers.map(({ name, priority }) => [name, priority]);
  for (const name of ["exz.contoso.lab", "EXY.contoso.lab", "exx.contoso.lab:443", "no host"]) {
    const seen = state();
    take(await bed.services.editor.change(storeId, sightOf(seen), [{ kind: "server", provider: "toy", name, to: "named", seen: seen.draft?.version ?? 0 }]));
  }
  expect(servers()).toEqual([["exz.contoso.lab", 1]]);
  const { document } = bed.store.identityStores.get(storeId) ?? {};
  if (document?.messaging == null) throw new Error("nothing is saved");
  const listed = { name: "exa.contoso.lab", version: "2013", build: "15.0.1497.2", roles: [], site: null, ticked: false, priority: null, vanished: false };
  const messaging = { ...document.messaging, configuration: { ...document.messaging.configuration, syncedAt: Number.MAX_SAFE_INTEGER, servers: [listed] } };
  const note = { who: "eva", at: 5, action: "saved", changes: [], tested: { state: "untested" } } as const;
  take(await bed.store.identityStores.save(storeId, { ...document, messaging }, 2, note, "kept"));
  expect(take(await bed.services.editor.rebase(storeId, sightOf(state()), {})).apart).toEqual([]);
  expect(servers()).toEqual([["exa.contoso.lab", null], ["exz.contoso.lab", 1]]);
});

it("answers a tick among a thousand servers with less than 2 KB, and is asked for no more", async () => {
  const names = Array.from({ length: 1002 }, (_, index) => `ex${index}.contoso.lab`);
  bed.toy.list = () => Promise.resolve(succeed(listingOf(...names)));
  take(await bed.services.editor.sync(storeId, quietly()));
  const seen = state();
  const sent = { storeId, sight: sightOf(seen), changes: [{ kind: "server", provider: "toy", name: "ex700.contoso.lab", to: 1, seen: seen.draft?.version ?? 0 } as const] };
  const answer = take(await bed.services.editor.change(storeId, sent.sight, sent.changes));
  expect([JSON.stringify(sent).length, JSON.stringify(answer).length].every((bytes) => bytes < 2048)).toBe(true);
  expect(state().draft?.forms.toy?.servers.find(({ name }) => name === "ex700.contoso.lab")?.priority).toBe(1);
});
