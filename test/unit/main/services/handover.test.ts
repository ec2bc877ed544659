/** Handing stores over from one console to another: two databases, two keys. */
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { OpenedBundle } from "../../../../shared/contract/handover.ts";
import { readBundle, writeBundle } from "../../../../main/handover/bundle.ts";
import type { Sealing } from "../../../../main/handover/sealing.ts";
import { fail, succeed } from "../../../../shared/fault.ts";
import type { BundledStore } from "../../../../shared/model/bundle.ts";
import type { MessagingConfiguration } from "../../../../shared/model/messaging.ts";
import { take } from "../store/support.ts";
import { given, toy } from "./document-support.ts";
import { connection, layBed, quietly, storeWithDraft, type Bed } from "./support.ts";

const PASSPHRASE = "letter-advice-cage-absurd";
const listed = [{ name: "exa.contoso.lab", priority: 2 }, { name: "exb.contoso.lab", priority: 1 }, { name: "exc.contoso.lab", priority: null }];

/** As the real one answers, without what makes each guess cost a second (`handover/sealing.test.ts`). */
const quickSealing: Sealing = {
  seal: (plain, sealedFor) => Promise.resolve(succeed(Buffer.from(`age-encryption.org/v1\n${"passphrase" in sealedFor ? sealedFor.passphrase : ""}\n${Buffer.from(plain).toString("base64")}`))),
  open: (sealed, { passphrase }) => {
    const [, used, plain = ""] = Buffer.from(sealed).toString("utf8").split("\n");
    if (passphrase === null) return Promise.resolve(fail({ kind: "invalid", issues: [{ path: ["passphrase"], code: "required" }] }));
    return Promise.resolve(used === passphrase ? succeed({ bytes: Buffer.from(plain, "base64"), by: "passphrase" }) : fail({ kind: "wrong-password", subject: "handover" }));
  },
  dispose: () => undefined,
};

let here: Bed;
let there: Bed;
beforeEach(async () => {
  [here, there] = [await layBed({ sealing: quickSealing }), await layBed({ sealing: quickSealing })];
});
afterEach(async () => {
  await here.dispose();
  await there.dispose();
});

const create = async (bed: Bed, name = "Contoso HQ", secrets: Record<string, string> = given) =>
  take(await bed.services.documents.create({ document: { name, connection, messaging: { ...toy, servers: listed } }, secrets, files: {} })).id;
const exported = async (passphrase: string | null = PASSPHRASE, storeIds: readonly string[] | null = null) => take(await here.services.handover.export(storeIds, passphrase === null ? { by: "nothing" } : { by: "passphrase", passphrase }, quietly()));
const sent = (base64: string, bed: Bed = there) => take(bed.services.files.hold("site.age", Buffer.from(base64, "base64"), "handover")).file;
const opened = async (base64: string, passphrase: string | null = PASSPHRASE, bed: Bed = there): Promise<OpenedBundle> => take(await bed.services.handover.open(sent(base64, bed), passphrase, quietly()));
const apply = async ({ bundle, stores }: OpenedBundle, discardDrafts = false, as: (match: string | null) => string | null = (match) => match) =>
  take(await there.services.handover.apply(bundle, stores.map(({ place, match }) => ({ place, storeId: as(match?.id ?? null) })), discardDrafts, quietly()));
const storedAt = (bed: Bed, name = "Contoso HQ") => bed.store.identityStores.list().find(({ document }) => document.name === name);
const secretAt = (bed: Bed, name?: string) => {
  const { directoryPassword, messaging } = storedAt(bed, name)?.document ?? {};
  const texts = [["directory-password", directoryPassword], ["messaging/toy/password", messaging?.secrets["password"]]] as const;
  return texts.map(([purpose, reference]) => (reference === null || reference === undefined ? null : Buffer.from(take(bed.store.vault.open(purpose, reference))).toString()));
};

describe("a sealed bundle", () => {
  it("brings a store over whole, with its secrets, and what was listed of its servers", async () => {
    const id = await create(here);
    take(await here.services.relistSaved(id, true, quietly()));
    const { fileName, base64, stores, missing } = await exported();
    expect([stores, missing]).toEqual([1, []]);
    expect(fileName).toMatch(/^Contoso HQ \d{4}-\d\d-\d\d\.age$/);
    expect(Buffer.from(base64, "base64").toString("latin1")).not.toMatch(/Contoso|Pa55|exa/);
    const bundle = await opened(base64);
    expect(bundle).toMatchObject({ sealed: "passphrase", createdBy: here.services.hello().user, stores: [{ name: "Contoso HQ", state: "added", match: null, missing: [], fault: null }] });
    expect(JSON.stringify(bundle)).not.toMatch(/Pa55|qu"o|te-ü/);
    expect(await apply(bundle)).toMatchObject([{ outcome: "created", revision: 1, missing: [] }]);
    const [before, after] = [storedAt(here), storedAt(there)];
    expect(after?.document.messaging?.configuration).toEqual(before?.document.messaging?.configuration);
    expect(after?.document.connection).toEqual(before?.document.connection);
    expect(secretAt(there)).toEqual([given["directory.password"], given["messaging.password"]]);
    expect(after?.tested).toEqual({ state: "untested" });
    const [revision] = take(await there.services.stores.revisions(after?.id ?? "")).revisions;
    expect(revision).toMatchObject({ number: 1, action: "imported" });
  });

  it("carries no secret where an administrator forbids that, and says what it lacks", async () => {
    await create(here);
    const policy = { name: "NoSecretsInExports", value: true, from: "machine", problem: null } as const;
    const managed = await layBed({ sealing: quickSealing, managed: { policies: [policy], unknown: [] } });
    await create(managed);
    const { base64, missing } = take(await managed.services.handover.export(null, { by: "passphrase", passphrase: PASSPHRASE }, quietly()));
    await managed.dispose();
    expect(missing).toEqual([{ name: "Contoso HQ", secrets: ["directory.password", "messaging.password"] }]);
    expect((await opened(base64)).stores).toMatchObject([{ missing: ["directory.password", "messaging.password"] }]);
    expect((await exported()).missing).toEqual([]);
  });

  it("opens with its passphrase alone, and asks for one where none is given", async () => {
    await create(here);
    const { base64 } = await exported();
    expect(await there.services.handover.open(sent(base64), "another passphrase", quietly())).toEqual(fail({ kind: "wrong-password", subject: "handover" }));
    for (const none of [null, ""]) expect(await there.services.handover.open(sent(base64), none, quietly())).toMatchObject({ fault: { kind: "invalid", issues: [{ path: ["passphrase"], code: "required" }] } });
    expect(there.store.identityStores.list()).toEqual([]);
  });

  it("is not made of nothing", async () => {
    expect(await here.services.handover.export(null, { by: "passphrase", passphrase: PASSPHRASE }, quietly())).toEqual(fail({ kind: "not-found", what: "identity-stores" }));
    expect(here.services.handover.contents(null)).toEqual(succeed([]));
  });

  it("is not made with a passphrase that is guessed", async () => {
    await create(here);
    expect(await here.services.handover.export(null, { by: "passphrase", passphrase: "too short" }, quietly())).toMatchObject({ fault: { kind: "invalid", issues: [{ path: ["passphrase"], code: "passphrase-short" }] } });
    const words = here.services.handover.suggestedPassphrase();
    expect(words).toMatch(/^([a-z]+-){6}[a-z]+$/);
    expect(here.services.handover.suggestedPassphrase()).not.toBe(words);
  });

  it("changes what is here in one revision that can be taken back, and nothing where nothing is new", async () => {
    await create(here);
    await create(there);
    const { base64 } = await exported();
    const same = await opened(base64);
    expect(same.stores).toMatchObject([{ state: "same", changes: [], match: { by: "name" } }]);
    expect(await apply(same)).toMatchObject([{ outcome: "same", revision: 1 }]);
    const id = storedAt(here)?.id ?? "";
    take(await here.services.documents.apply(id, { document: { messaging: { provider: "toy", values: { username: "other" } } }, secrets: { "messaging.password": "new one" }, files: {} }, false));
    const bundle = await opened((await exported()).base64);
    expect(bundle.stores[0]).toMatchObject({ state: "changed", changes: [{ key: "values.username", before: "svc", after: "other" }, { key: "secrets.password", secret: true }] });
    expect(await apply(bundle)).toMatchObject([{ outcome: "saved", revision: 2 }]);
    expect(secretAt(there)[1]).toBe("new one");
    const there1 = storedAt(there)?.id ?? "";
    take(await there.services.stores.restore(there1, 1, 2));
    expect(secretAt(there)[1]).toBe(given["messaging.password"]);
  });

  it("finds a store again by its identifier although it was renamed", async () => {
    const id = await create(here);
    const { base64 } = await exported();
    take(await here.services.stores.rename(id, "Renamed"));
    const { stores } = await opened(base64, PASSPHRASE, here);
    expect(stores).toMatchObject([{ name: "Contoso HQ", match: { id, name: "Renamed", by: "id" }, state: "changed", changes: [{ key: "name" }] }]);
  });

  it("leaves unsaved work alone unless it may be thrown away", async () => {
    await create(here);
    await storeWithDraft(there);
    const bundle = await opened((await exported()).base64);
    expect(bundle.stores).toMatchObject([{ hasDraft: true }]);
    expect(await apply(bundle)).toMatchObject([{ outcome: "refused", fault: { kind: "unsaved-work" } }]);
    expect(await apply(bundle, true)).toMatchObject([{ outcome: "saved" }]);
    expect(there.store.drafts.get(storedAt(there)?.id ?? "")).toBeNull();
  });

  it("keeps no store back for another one that is refused", async () => {
    await create(here, "First");
    await create(here, "Second");
    await create(there, "First");
    const bundle = await opened((await exported()).base64);
    const done = await apply(bundle, false, () => null);
    expect(done).toMatchObject([{ name: "First", outcome: "refused", fault: { kind: "invalid", issues: [{ code: "name-taken" }] } }, { name: "Second", outcome: "created" }]);
  });

  it("holds the stores that were asked for, and is forgotten after a while", async () => {
    const id = await create(here, "First");
    await create(here, "Second");
    const bundle = await opened((await exported(PASSPHRASE, [id])).base64);
    expect(bundle.stores.map(({ name }) => name)).toEqual(["First"]);
    there.services.handover.release(bundle.bundle);
    expect(await there.services.handover.apply(bundle.bundle, [{ place: 0, storeId: null }], false, quietly())).toEqual(fail({ kind: "not-found", what: "bundle" }));
    expect(here.services.handover.contents(["nobody"])).toEqual(fail({ kind: "not-found", what: "identity-store" }));
  });
});

describe("a bundle without secrets", () => {
  it("holds none, says what it lacks, and brings a store as a draft that the editor completes", async () => {
    await create(here);
    const { base64, fileName, missing } = await exported(null);
    const text = Buffer.from(base64, "base64").toString("utf8");
    expect(text).not.toMatch(/Pa55|qu\\"o|te-ü/);
    expect(fileName).toMatch(/\.json$/);
    expect(missing).toEqual([{ name: "Contoso HQ", secrets: ["directory.password", "messaging.password"] }]);
    const bundle = await opened(base64, null);
    expect(bundle).toMatchObject({ sealed: null, stores: [{ state: "added", missing: ["directory.password", "messaging.password"], fault: null }] });
    expect(await apply(bundle)).toMatchObject([{ outcome: "draft", revision: 1, missing: ["directory.password", "messaging.password"] }]);
    const { id, document } = storedAt(there) ?? { id: "", document: null };
    expect(document?.messaging).toBeNull();
    const { draft } = take(there.services.editor.open(id));
    expect(draft?.forms["toy"]?.servers.map(({ name, priority }) => [name, priority])).toEqual([["exa.contoso.lab", 2], ["exb.contoso.lab", 1], ["exc.contoso.lab", null]]);
    // Entering what is missing is all there is to do.
    take(await there.page.setSecret({ storeId: id, provider: "toy", field: "password" }, "typed here"));
    const review = take(there.services.editor.review(id));
    expect(review.changes.map(({ key }) => key)).toContain("secrets.password");
  });

  it("makes no revision of a store where all that is new waits as a draft", async () => {
    await create(here);
    const { id } = take(await there.services.documents.create({ document: { name: "Contoso HQ", connection }, secrets: { "directory.password": "own" }, files: {} }));
    const bundle = await opened((await exported(null)).base64, null);
    expect(bundle.stores).toMatchObject([{ state: "changed", missing: ["messaging.password"] }]);
    expect(await apply(bundle)).toMatchObject([{ id, outcome: "draft", revision: 1, missing: ["messaging.password"], fault: null }]);
    expect(storedAt(there)?.document.messaging).toBeNull();
    expect(take(there.services.editor.open(id)).draft?.forms["toy"]?.values).toMatchObject({ username: "svc" });
  });

  it("leaves the secrets that are here as they are", async () => {
    await create(here);
    await create(there, "Contoso HQ", { "directory.password": "own", "messaging.password": "own too" });
    const bundle = await opened((await exported(null)).base64, null);
    expect(bundle.stores).toMatchObject([{ state: "same", missing: [] }]);
  });

  it("brings no secret of this console to another place, and takes none away: a store whose password may not be sent there stays as it is", async () => {
    const id = await create(there, "Contoso HQ", given);
    const before = there.store.identityStores.get(id);
    take(await here.services.documents.create({ document: { name: "Contoso HQ", connection: { ...connection, domain: "fabrikam.lab", username: "FABRIKAM\\svc" }, messaging: { ...toy, servers: listed } }, secrets: given, files: {} }));
    const bundle = await opened((await exported(null)).base64, null);
    const refused = { kind: "invalid", issues: [{ code: "enter-again-target" }] };
    expect(bundle.stores).toMatchObject([{ state: "refused", fault: refused }]);
    expect(await apply(bundle)).toMatchObject([{ outcome: "refused", fault: refused }]);
    expect(there.store.identityStores.get(id)).toEqual(before);
    expect(secretAt(there)[0]).toBe(given["directory.password"]);
  });
});

describe("a file that was made elsewhere", () => {
  const hostile = async (change: (store: BundledStore) => BundledStore) => {
    await create(here);
    const bundle = take(readBundle(Buffer.from((await exported(null)).base64, "base64")));
    return opened(Buffer.from(writeBundle({ ...bundle, stores: bundle.stores.map(change) })).toString("base64"), null);
  };
  const withMessaging = (store: BundledStore, changes: Partial<MessagingConfiguration>): BundledStore => ({ ...store, messaging: store.messaging === null ? null : { ...store.messaging, ...changes } });

  it.each<[string, (store: BundledStore) => BundledStore, string]>([
    ["another provider", (store) => withMessaging(store, { provider: "unheard" }), "not-one-of"],
    ["a priority twice", (store) => withMessaging(store, { servers: (store.messaging?.servers ?? []).map((entry) => ({ ...entry, ticked: true, priority: 1 })) }), "priority-twice"],
    ["a name that nobody sees whole", (store) => ({ ...store, name: "Contoso \u202E HQ" }), "invisible-character"],
  ])("is refused for %s, and nothing is changed", async (_what, change, code) => {
    const bundle = await hostile(change);
    expect(bundle.stores[0]).toMatchObject({ state: "refused", fault: { kind: "invalid" } });
    expect(JSON.stringify(bundle.stores[0]?.fault)).toContain(code);
    expect(await apply(bundle)).toMatchObject([{ outcome: "refused", id: null }]);
    expect(there.store.identityStores.list()).toEqual([]);
  });
});
