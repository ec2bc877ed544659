/** Drafts go on while a team's database is away: they are kept on this computer, and meet there what was done elsewhere meanwhile. */
import { readFileSync, readdirSync } from "node:fs";
import path from "node:path";
import { isDeepStrictEqual } from "node:util";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { Store, StoredDraft } from "../../../main/store/types.ts";
import { fail, succeed } from "../../../shared/fault.ts";
import { findPostgres, startPostgres, type Account, type PostgresServer } from "../../lab/postgres-server.ts";
import { ask, found, newConsole, type LabConsole } from "../../lab/team.ts";
import { layWire, type Wire } from "../../lab/wire.ts";
import { documentNamed, draftWith, messagingWith, noteBy, take } from "../../unit/main/store/support.ts";

const bin = findPostgres();
const PASSWORD = "messaging/exchange/password";
const unreachable = fail({ kind: "not-stored", why: "unreachable" });

describe.runIf(bin !== null)("work on drafts while the database is away", () => {
  let server: PostgresServer;
  let database: string;
  let wire: Wire;
  /** Two computers of one person. The first one's way to the database can be cut. */
  let here: LabConsole;
  let there: LabConsole;
  let own: Store;
  let other: Store;
  let id: string;

  const settings = (account: Account, port = server.port) => {
    const { place, signIn } = server.settings(database, account);
    return { place: { ...place, port }, signIn };
  };
  const typed = (draft: StoredDraft | null, values: Readonly<Record<string, string>>, touch: string): StoredDraft => {
    const from = draft ?? draftWith(messagingWith(2));
    const form = from.forms["exchange"] ?? messagingWith(2);
    const touched = { ...from.touched, [touch]: { after: from.version, at: 1, by: "eva", window: touch } };
    return { ...from, touched, forms: { ...from.forms, exchange: { ...form, configuration: { ...form.configuration, values: { ...form.configuration.values, ...values } } } } };
  };
  const type = async (store: Store, values: Readonly<Record<string, string>>, touch = "window") => take(await store.drafts.put(id, typed(store.drafts.get(id), values, touch)));
  const valuesOf = (store: Store) => store.drafts.get(id)?.forms["exchange"]?.configuration.values ?? null;
  const isAway = (store: Store) => store.team?.state().away !== null;
  const keptOf = (store: Store) => store.team?.state().keptDrafts;
  const seen = async (found: () => boolean) => {
    await expect.poll(found).toBe(true);
  };
  const letIn = async (code: string) => {
    await seen(() => own.team?.state().requests.length === 1);
    take((await own.team?.approve(own.team.state().requests[0]?.member ?? "", code)) ?? unreachable);
  };
  const cut = async () => {
    wire.cut();
    await expect.poll(() => isAway(own)).toBe(true);
  };
  const mend = async () => {
    wire.mend();
    await expect.poll(() => keptOf(own)).toBe(0);
    // Whoever brought it, each hears of it a moment later.
    await expect.poll(() => isDeepStrictEqual(other.drafts.get(id), own.drafts.get(id))).toBe(true);
  };

  beforeAll(async () => {
    server = await startPostgres(bin ?? "");
  });
  afterAll(() => server.remove());
  beforeEach(async () => {
    ({ database } = await server.create());
    wire = await layWire(server.port);
    [here, there] = [await newConsole(), await newConsole()];
    await found(here, settings("eva", wire.port));
    own = await here.open();
    await letIn(await ask(there, settings("eva"), "eva on PC-2"));
    other = await there.open();
    ({ id } = take(await own.identityStores.create(documentNamed("Contoso", messagingWith(2)), noteBy("eva"))));
    await seen(() => other.identityStores.get(id)?.revision === 1);
  });
  afterEach(async () => {
    await own.close();
    await other.close();
    await here.remove();
    await there.remove();
    wire.close();
  });

  test("is kept through a restart, and comes into the database when that is back", { timeout: 90_000 }, async () => {
    await type(own, { domain: "before.lab" });
    await cut();
    const first = await type(own, { domain: "contoso.lab" });
    const second = await type(own, { username: "svc" });
    expect(second.version).toBeGreaterThan(first.version);
    expect(await own.drafts.put(id, { ...first, updatedAt: 5 })).toMatchObject({ ok: false, fault: { kind: "draft-changed" } });
    expect(await own.identityStores.save(id, documentNamed("Fabrikam"), 1, noteBy("eva"), "kept")).toEqual(unreachable);
    expect(keptOf(own)).toBe(1);
    await own.close();
    own = await here.open();
    expect(isAway(own)).toBe(true);
    expect(own.drafts.version(id)).toBe(second.version);
    expect(own.drafts.get(id)).toEqual(second);
    await mend();
    expect(valuesOf(other)).toMatchObject({ domain: "contoso.lab", username: "svc" });
    expect(other.drafts.get(id)?.version).toBeGreaterThan(second.version);
  });

  test("is found by a second console on the same folder", { timeout: 90_000 }, async () => {
    const beside = await here.open();
    await cut();
    await expect.poll(() => isAway(beside)).toBe(true);
    const kept = await type(own, { domain: "typed.lab" });
    expect(beside.drafts.get(id)).toEqual(kept);
    take(await beside.drafts.put(id, typed(kept, { username: "beside" }, "window 2")));
    expect(valuesOf(own)).toMatchObject({ domain: "typed.lab", username: "beside" });
    await mend();
    await beside.close();
    expect(valuesOf(other)).toMatchObject({ domain: "typed.lab", username: "beside" });
  });

  test("meets what another console of the same person did: each alone stands, and of what both changed it is told", { timeout: 90_000 }, async () => {
    await type(own, { domain: "both.lab", username: "both" });
    await expect.poll(() => valuesOf(other)).toMatchObject({ domain: "both.lab" });
    await cut();
    await type(own, { domain: "here.lab", username: "here" }, "here");
    await type(other, { domain: "there.lab", password2: "there" }, "there");
    await mend();
    expect(valuesOf(other)).toMatchObject({ domain: "here.lab", username: "here", password2: "there" });
    expect(Object.keys(other.drafts.get(id)?.touched ?? {})).toEqual(expect.arrayContaining(["here", "there"]));
    await expect
      .poll(async () => (await other.activity.page({ before: null, most: 10, store: id, words: [] })).events.filter(({ kind }) => kind === "draft-merged"))
      .toMatchObject([{ subject: "eva", detail: "exchange values.domain", storeName: "Contoso" }]);
  });

  test("begun in both places comes together, and what was only begun here is discarded without a word", { timeout: 90_000 }, async () => {
    await cut();
    const begun = await type(own, { domain: "here.lab" }, "here");
    take(await own.drafts.remove(id, begun.version));
    expect([own.drafts.get(id), keptOf(own)]).toEqual([null, 0]);
    await type(own, { domain: "here.lab" }, "here");
    await type(other, { username: "there" }, "there");
    await mend();
    expect(valuesOf(other)).toMatchObject({ domain: "here.lab", username: "there" });
  });

  test("discarded here is discarded there, unless it was gone on with", { timeout: 90_000 }, async () => {
    const { version } = await type(own, { domain: "both.lab" });
    await expect.poll(() => valuesOf(other)).toMatchObject({ domain: "both.lab" });
    await cut();
    expect(await own.drafts.remove(id, version + 1)).toMatchObject({ ok: false, fault: { kind: "draft-changed" } });
    take(await own.drafts.remove(id, version));
    expect([own.drafts.get(id), own.drafts.version(id)]).toEqual([null, null]);
    await mend();
    expect(other.drafts.get(id)).toBeNull();

    const again = await type(own, { domain: "again.lab" });
    await expect.poll(() => valuesOf(other)).toMatchObject({ domain: "again.lab" });
    await cut();
    take(await own.drafts.remove(id, again.version));
    await type(other, { domain: "gone-on.lab" });
    await mend();
    expect(valuesOf(other)).toMatchObject({ domain: "gone-on.lab" });
  });

  test("takes secrets along, which open here at once and there afterwards, and stand nowhere in the clear", { timeout: 90_000 }, async () => {
    await cut();
    const secret = take(await own.vault.seal(PASSWORD, Buffer.from("geheim-4711")));
    const form = messagingWith(2);
    take(await own.drafts.put(id, draftWith({ ...form, secrets: { password: secret } })));
    const opened = (store: Store) => {
      const plain = store.vault.open(PASSWORD, secret);
      return plain.ok ? Buffer.from(plain.value).toString() : plain;
    };
    expect(opened(own)).toBe("geheim-4711");
    expect(own.vault.open("messaging/exchange/other", secret)).toMatchObject({ ok: false });
    const files = readdirSync(here.folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
    expect(files.filter((file) => readFileSync(path.join(file.parentPath, file.name)).includes("geheim-4711"))).toEqual([]);
    await mend();
    expect(opened(other)).toBe("geheim-4711");
    expect(opened(own)).toBe("geheim-4711");
    expect(await own.vault.openAll([{ id: secret.id, purpose: PASSWORD }])).toEqual(new Map([[secret.id, expect.anything()]]));
  });

  test("of an identity store that is there no more goes with it", { timeout: 90_000 }, async () => {
    await cut();
    await type(own, { domain: "here.lab" });
    expect(await other.identityStores.remove(id)).toEqual(succeed(null));
    wire.mend();
    await expect.poll(() => keptOf(own)).toBe(0);
    expect(own.identityStores.get(id)).toBeNull();
  });
});
