import { DatabaseSync } from "node:sqlite";
import path from "node:path";
import { afterEach, expect, test } from "vitest";
import type { KeyWrapping } from "../../../../main/ports.ts";
import { bytesOf, numberOf } from "../../../../main/store/columns.ts";
import { SWEEP_AGE } from "../../../../main/store/vault.ts";
import { fail, succeed } from "../../../../shared/fault.ts";
import { engineUnderTest, onlyOnFile } from "../../../lab/engine-under-test.ts";
import { keyWrappingWith, platformKey, wayWith } from "../../../lab/key-wrapping.ts";
import { documentNamed, draftWith, manualClock, messagingWith, noteBy, open, referTo, take, temporaryFolder } from "./support.ts";

const { isTeam } = engineUnderTest();

const place = temporaryFolder();
const { folder } = place;
afterEach(place.remove);

const unreadable = { ok: false, fault: { kind: "unreadable", what: "secret-unreadable" } };
const purpose = "messaging/exchange/password";
const otherPlatform = keyWrappingWith(new Uint8Array(32).fill(9));
const refusing: KeyWrapping = {
  protection: "key-file",
  wrap: () => Promise.resolve(fail({ kind: "unreadable", what: "secret-unreadable" })),
  unwrap: () => Promise.resolve(fail({ kind: "unreadable", what: "secret-unreadable" })),
};

function tamper<T>(work: (database: DatabaseSync) => T): T {
  const database = new DatabaseSync(path.join(folder, "messaging-console.db"));
  try {
    return work(database);
  } finally {
    database.close();
  }
}

test.each([["text", Buffer.from("pässwörd")], ["nothing", Buffer.alloc(0)], ["a mebibyte", Buffer.alloc(1024 * 1024, 3)]])(
  "%s comes back as it was sealed, also after closing",
  async (_, plain) => {
    const first = await open({ folder });
    const reference = take(await first.vault.seal(purpose, plain));
    await referTo(first, reference);
    expect(Buffer.from(take(first.vault.open(purpose, reference)))).toEqual(plain);
    await first.close();
    const second = await open({ folder });
    expect(Buffer.from(take(second.vault.open(purpose, reference)))).toEqual(plain);
    await second.close();
  },
);

test("a secret opens for its own purpose and id only", async () => {
  const store = await open({ folder });
  const reference = take(await store.vault.seal(purpose, Buffer.from("a")));
  expect(store.vault.open("directory-password", reference)).toEqual(unreadable);
  expect(store.vault.open(purpose, { ...reference, id: "another" })).toEqual(unreadable);
  await store.close();
});

const onKeys = onlyOnFile("a team's key is sealed to its consoles, and what protects keys here protects what a console keeps of it");

interface SealedRow {
  readonly nonce: Uint8Array;
  readonly sealed: Uint8Array;
  readonly schema: number;
}
const tampering: readonly (readonly [string, (row: SealedRow, other: SealedRow) => SealedRow])[] = [
  ["swapped with another secret's", (_, other) => other],
  ["with another secret's nonce", (row, other) => ({ ...row, nonce: other.nonce })],
  ["cut short", (row) => ({ ...row, sealed: row.sealed.slice(0, 5) })],
  ["without its nonce", (row) => ({ ...row, nonce: new Uint8Array() })],
  ["changed by one bit", (row) => ({ ...row, sealed: row.sealed.map((byte, index) => (index === 0 ? byte ^ 1 : byte)) })],
  ["of another schema", (row) => ({ ...row, schema: row.schema + 1 })],
];
test.skipIf(isTeam).each(tampering)(`a sealed value %s is unreadable${onlyOnFile("a team's console opens secrets from what it holds in memory; team-attacks.test.ts tampers in a database")}`, async (_, change) => {
  const store = await open({ folder });
  const references = await Promise.all(["one secret", "two secret"].map(async (text) => take(await store.vault.seal(purpose, Buffer.from(text)))));
  tamper((database) => {
    const read = database.prepare("SELECT nonce, sealed, schema FROM secret WHERE id = ?");
    const rows = references.map(({ id }): SealedRow => {
      const row = read.get(id) ?? {};
      return { nonce: bytesOf(row, "nonce"), sealed: bytesOf(row, "sealed"), schema: numberOf(row, "schema") };
    });
    for (const [index, { id }] of references.entries()) {
      const [row, other] = [rows[index], rows[1 - index]];
      if (!row || !other) throw new Error("not sealed");
      const { nonce, sealed, schema } = change(row, other);
      database.prepare("UPDATE secret SET nonce = ?, sealed = ?, schema = ? WHERE id = ?").run(nonce, sealed, schema, id);
    }
  });
  for (const reference of references) expect(store.vault.open(purpose, reference)).toEqual(unreadable);
  await store.close();
});

test("the same text sealed twice differs in id, nonce and sealed bytes", async () => {
  const store = await open({ folder });
  for (let count = 0; count < 50; count += 1) take(await store.vault.seal(purpose, Buffer.from("same")));
  await store.close();
  const rows = await engineUnderTest().ask(folder, "SELECT CAST(count(DISTINCT nonce) AS integer) AS n, CAST(count(DISTINCT sealed) AS integer) AS s FROM secret");
  expect(rows).toEqual([{ n: 50, s: 50 }]);
});

test.skipIf(isTeam)(`with a key that cannot be unwrapped everything opens, new secrets work, and the old key is kept${onKeys}`, async () => {
  const first = await open({ folder });
  const old = take(await first.vault.seal(purpose, Buffer.from("old")));
  take(await first.identityStores.create({ ...documentNamed("Contoso"), directoryPassword: old }, noteBy("ada")));
  await first.close();

  const moved = await open({ folder, keyWrapping: otherPlatform });
  expect(moved.identityStores.list()).toHaveLength(1);
  expect(moved.vault.open(purpose, old)).toEqual(unreadable);
  const fresh = take(await moved.vault.seal(purpose, Buffer.from("fresh")));
  expect(Buffer.from(take(moved.vault.open(purpose, fresh))).toString()).toBe("fresh");
  await moved.close();

  const again = await open({ folder, keyWrapping: otherPlatform });
  expect(again.vault.open(purpose, fresh).ok).toBe(true);
  await again.close();

  const home = await open({ folder, keyWrapping: keyWrappingWith(platformKey) });
  expect(Buffer.from(take(home.vault.open(purpose, old))).toString()).toBe("old");
  expect(home.vault.open(purpose, fresh)).toEqual(unreadable);
  await home.close();
  expect(tamper((database) => database.prepare("SELECT count(*) AS keys FROM wrapped_key").get())?.["keys"]).toBe(2);
});

test.skipIf(isTeam)(`a platform that refuses makes secrets unreadable and nothing else${onKeys}`, async () => {
  const store = await open({ folder, keyWrapping: [refusing] });
  expect(await store.vault.seal(purpose, Buffer.from("x"))).toEqual({ ok: false, fault: { kind: "not-stored", why: "no-protection" } });
  expect(store.vault.protection).toBeNull();
  take(await store.identityStores.create(documentNamed("Contoso"), noteBy("ada")));
  await store.close();
});

test.skipIf(isTeam)(`a platform that answers with a wrong key is found out${onKeys}`, async () => {
  const first = await open({ folder });
  const reference = take(await first.vault.seal(purpose, Buffer.from("x")));
  await first.close();
  const lying: KeyWrapping = { ...wayWith(platformKey), unwrap: () => Promise.resolve(succeed(new Uint8Array(32))) };
  const second = await open({ folder, keyWrapping: [lying] });
  expect(second.vault.open(purpose, reference)).toEqual(unreadable);
  await second.close();
});

test("several that make the first key at once end with one key and read each other's secrets", async () => {
  const stores = await Promise.all(Array.from({ length: 5 }, () => open({ folder })));
  const references = await Promise.all(stores.map(async (store, index) => take(await store.vault.seal(purpose, Buffer.from(String(index))))));
  for (const store of stores.slice(0, 1)) await referTo(store, ...references);
  for (const store of stores) {
    await expect.poll(() => references.every((reference) => store.vault.open(purpose, reference).ok)).toBe(true);
    expect(references.map((reference) => Buffer.from(take(store.vault.open(purpose, reference))).toString())).toEqual(["0", "1", "2", "3", "4"]);
  }
  for (const store of stores) await store.close();
  const [counted] = await engineUnderTest().ask(folder, "SELECT CAST(count(DISTINCT key_id) AS integer) AS used, (SELECT CAST(count(*) AS integer) FROM wrapped_key) AS kept FROM secret");
  // A team's key is kept for each console apart.
  expect(counted).toMatchObject({ used: 1, kept: engineUnderTest().isTeam ? 0 : 1 });
});

test("secrets that nothing refers to are swept at open once they are old enough: a day, in a team's database a month", async () => {
  const clock = manualClock(1_700_000_000_000);
  const store = await open({ folder, clock });
  const [inRevision, inOldRevision, inDraft, inEarlierDraft, loose] = await Promise.all(["a", "b", "c", "d", "e"].map(async (text) => take(await store.vault.seal(purpose, Buffer.from(text)))));
  if (!inRevision || !inOldRevision || !inDraft || !inEarlierDraft || !loose) throw new Error("not sealed");
  const { id } = take(await store.identityStores.create({ ...documentNamed("A"), directoryPassword: inOldRevision }, noteBy("ada")));
  take(await store.identityStores.save(id, { ...documentNamed("A"), directoryPassword: inRevision }, 1, noteBy("ada"), "kept"));
  const drafted = (password: typeof inDraft) => draftWith({ ...messagingWith(0), secrets: { password } });
  const { version } = take(await store.drafts.put(id, drafted(inEarlierDraft)));
  take(await store.drafts.put(id, { ...drafted(inDraft), version }));
  await store.close();

  const readable = async () => {
    // A team's database is swept behind the opening.
    await (await open({ folder, clock })).close();
    const reopened = await open({ folder, clock });
    const asked = [inRevision, inOldRevision, inDraft, inEarlierDraft, loose].map(({ id: secret }) => ({ id: secret, purpose }));
    const found = await reopened.vault.openAll(asked);
    await reopened.close();
    return asked.map((secret) => found.has(secret.id));
  };
  const age = SWEEP_AGE[engineUnderTest().isTeam ? "team" : "file"];
  clock.advance(age - 60 * 60 * 1000);
  expect(await readable()).toEqual([true, true, true, true, true]);
  clock.advance(2 * 60 * 60 * 1000);
  expect(await readable()).toEqual([true, true, true, false, false]);
});
