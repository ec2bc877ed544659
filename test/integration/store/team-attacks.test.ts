/** What somebody with every right in the database can do to a team's configuration, and what its consoles make of it. */
import { randomBytes } from "node:crypto";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { checksum } from "../../../main/store/schemas.ts";
import { inTeamDatabase } from "../../../main/store/postgres/setup.ts";
import { consoleOf, makeConsoleKeys, makePaper, memberOf } from "../../../main/store/team/console.ts";
import { foundTeam } from "../../../main/store/team/membership.ts";
import { documentHash, insertSeal } from "../../../main/store/team/seal-rows.ts";
import type { SecretReference, Store } from "../../../main/store/types.ts";
import { fail, succeed, type RosterRefusal } from "../../../shared/fault.ts";
import { findPostgres, startPostgres, type PostgresServer } from "../../lab/postgres-server.ts";
import { ask, found, newConsole, type LabConsole } from "../../lab/team.ts";
import { documentNamed, draftWith, messagingWith, noteBy, take } from "../../unit/main/store/support.ts";

const bin = findPostgres();
const refused = (why: RosterRefusal) => fail({ kind: "roster-refused", why });
const purpose = "directory-password";

describe.runIf(bin !== null)("with a superuser's hands in the database", () => {
  let server: PostgresServer;
  let database: string;
  let [ada, bob, cleo]: LabConsole[] = [];
  let id: string;
  let other: string;
  let password: SecretReference;
  let othersPassword: SecretReference;
  const opened: Store[] = [];
  const sql = (text: string) => server.ask({ database }, text);
  const open = async (console: LabConsole | undefined) => {
    if (console === undefined) throw new Error("no console");
    const store = await console.open();
    opened.push(store);
    return store;
  };
  const close = async () => {
    for (const store of opened.splice(0)) await store.close();
  };
  const letIn = async (by: Store, console: LabConsole | undefined, account: "bob" | "ben") => {
    if (console === undefined) throw new Error("no console");
    const code = await ask(console, server.settings(database, account), account);
    await expect.poll(() => by.team?.state().requests).toHaveLength(1);
    const [request] = by.team?.state().requests ?? [];
    take((await by.team?.approve(request?.member ?? "", code)) ?? refused("no-request"));
  };
  const document = (name: string, typed: string, reference: SecretReference) => ({ ...documentNamed(name, messagingWith(1, { typed })), directoryPassword: reference });

  beforeAll(async () => {
    server = await startPostgres(bin ?? "");
  });
  afterAll(() => server.remove());
  // Two stores of two revisions each; `bob` has seen them, `cleo` nothing.
  beforeEach(async () => {
    ({ database } = await server.create());
    [ada, bob, cleo] = [await newConsole(), await newConsole(), await newConsole()];
    await found(ada, server.settings(database, "eva"));
    const store = await open(ada);
    await letIn(store, bob, "bob");
    await letIn(store, cleo, "ben");
    password = take(await store.vault.seal(purpose, Buffer.from("Pa55word!")));
    othersPassword = take(await store.vault.seal(purpose, Buffer.from("another")));
    ({ id } = take(await store.identityStores.create(document("Contoso", "first", password), noteBy("eva"))));
    ({ id: other } = take(await store.identityStores.create(document("Fabrikam", "first", othersPassword), noteBy("eva"))));
    for (const [each, name, secret] of [[id, "Contoso", password], [other, "Fabrikam", othersPassword]] as const) {
      take(await store.identityStores.save(each, document(name, "second", secret), 1, noteBy("eva"), "kept"));
    }
    (await open(bob)).identityStores.list();
    await close();
  });
  afterEach(async () => {
    await close();
    for (const console of [ada, bob, cleo]) await console?.remove();
  });

  /** What a console that is opened now makes of the store. */
  async function seenBy(console: LabConsole | undefined) {
    const store = await open(console);
    const names = store.identityStores.list().map((each) => each.document.name);
    const { refused: marked = [] } = store.team?.state() ?? {};
    const saved = await store.identityStores.save(id, document("Contoso", "third", password), 2, noteBy("bob"), "kept");
    return { names, marked: marked.map((each) => each.fault), saved, secret: store.vault.open(purpose, password), get: store.identityStores.get(id) };
  }
  const one = (why: RosterRefusal) => ({ names: ["Fabrikam"], marked: [refused(why).fault], saved: refused(why), secret: { ok: false }, get: null });

  /** Writes a document in the place of the newest one, with sums that fit. */
  async function replace(text: string): Promise<void> {
    const [row = {}] = await sql(`SELECT * FROM messaging_console.revision WHERE store_id = '${id}' AND number = 2`);
    const sum = checksum([text]);
    const whole = checksum([id, 2, Number(row["at"]), String(row["who"]), String(row["action"]), null, String(row["changes"]), String(row["tested"]), sum]);
    await sql(`SET search_path = messaging_console; UPDATE revision SET document = '${text.replaceAll("'", "''")}', document_checksum = ${sum}, checksum = ${whole} WHERE store_id = '${id}' AND number = 2`);
  }
  const documentOf = async (store: string, number: number) => String((await sql(`SELECT document FROM messaging_console.revision WHERE store_id = '${store}' AND number = ${number}`))[0]?.["document"]);
  const redirected = async () => (await documentOf(id, 2)).replace("dc1.contoso.lab", "rogue.example");
  const HERE = "SET search_path = messaging_console;";
  const there = () => `store_id = '${id}' AND number = 2`;
  const gone = (number: number) => `${HERE} DELETE FROM revision_seal WHERE store_id = '${id}' AND number = ${number}; DELETE FROM revision_secret WHERE store_id = '${id}' AND number = ${number}; DELETE FROM revision WHERE store_id = '${id}' AND number = ${number};`;
  const ofOther = ["signer", "previous", "entry", "document", "signature"].map((column) => `${column} = o.${column}`).join(", ");

  const attacks: readonly (readonly [string, RosterRefusal, () => Promise<unknown>])[] = [
    ["a document that is sent to another host", "revision-altered", async () => sql(`${HERE} UPDATE revision SET document = replace(document, 'dc1.contoso.lab', 'rogue.example') WHERE ${there()}`)],
    ["the same with sums that fit", "revision-altered", async () => replace(await redirected())],
    ["the same with a seal that fits", "revision-signature", async () => {
      const text = await redirected();
      await replace(text);
      await sql(`${HERE} UPDATE revision_seal SET document = '${documentHash(text)}' WHERE ${there()}`);
    }],
    ["a revision that is said to be somebody else's", "revision-altered", async () => {
      await sql(`${HERE} UPDATE revision SET who = 'eva (forged)' WHERE ${there()}`);
      await replace(await documentOf(id, 2));
    }],
    ["a revision that a stranger signed", "revision-rogue", async () => {
      const stranger = consoleOf(makeConsoleKeys("eve"));
      const [seal = {}] = await sql(`SELECT * FROM messaging_console.revision_seal WHERE ${there()}`);
      const root = ada?.file.home.read();
      await sql(`${HERE} DELETE FROM revision_seal WHERE ${there()}`);
      const hashes = { storeId: id, number: 2, signer: stranger.id, previous: String(seal["previous"]), entry: String(seal["entry"]), document: String(seal["document"]) };
      return inTeamDatabase(server.settings(database, "postgres"), function* forge() {
        yield* insertSeal(root?.ok === true ? (root.value?.remembered.root ?? "") : "", hashes, stranger.sign);
        return succeed(null);
      });
    }],
    ["a revision without its seal", "revision-unsigned", async () => sql(`${HERE} DELETE FROM revision_seal WHERE ${there()}`)],
    ["a revision of another store", "revision-signature", async () => {
      await replace(await documentOf(other, 2));
      await sql(`${HERE} UPDATE revision_seal s SET ${ofOther} FROM revision_seal o WHERE o.store_id = '${other}' AND o.number = 2 AND s.store_id = '${id}' AND s.number = 2`);
    }],
    ["the old revision in the place of the new one", "revision-signature", async () => {
      await replace(await documentOf(id, 1));
      await sql(`${HERE} UPDATE revision_seal s SET ${ofOther} FROM revision_seal o WHERE o.store_id = '${id}' AND o.number = 1 AND s.store_id = '${id}' AND s.number = 2`);
    }],
    ["the newest revision taken away", "revision-rolled-back", async () => sql(`${gone(2)} UPDATE stored_identity_store SET revision = 1 WHERE id = '${id}'`)],
    ["the old revision said to be the newest", "revision-rolled-back", async () => sql(`${HERE} UPDATE stored_identity_store SET revision = 1 WHERE id = '${id}'`)],
    ["a revision that is not there", "revision-gap", async () => sql(`${HERE} UPDATE stored_identity_store SET revision = 3 WHERE id = '${id}'`)],
  ];
  test.each(attacks)("%s is not used: %s", async (_name, why, attack) => {
    await attack();
    expect(await seenBy(bob)).toMatchObject(one(why));
  });

  test("a revision taken out of the middle is missed by who never saw the store, and is gone from everybody's history", async () => {
    await sql(gone(1));
    const store = await open(cleo);
    expect(store.identityStores.list().map((each) => each.document.name)).toEqual(["Fabrikam"]);
    expect(store.team?.state().refused).toEqual([{ id, name: null, fault: refused("revision-gap").fault }]);
  });

  test("a revision that this console first met as a conflict is remembered like any other", async () => {
    const [by, store] = [await open(ada), await open(bob)];
    store.identityStores.list();
    take(await by.identityStores.save(id, document("Contoso", "third", password), 2, noteBy("eva"), "kept"));
    expect(await store.identityStores.save(id, document("Contoso", "mine", password), 2, noteBy("bob"), "kept")).toMatchObject({ ok: false, fault: { kind: "conflict", revision: 3 } });
    expect(store.identityStores.get(id)?.revision).toBe(3);
    await close();
    await sql(`${gone(3)} UPDATE stored_identity_store SET revision = 2 WHERE id = '${id}'`);
    expect(await seenBy(bob)).toMatchObject(one("revision-rolled-back"));
  });

  test("a revision taken out between two others is missed by who never saw the store", async () => {
    const store = await open(ada);
    take(await store.identityStores.save(id, document("Contoso", "third", password), 2, noteBy("eva"), "kept"));
    await close();
    await sql(gone(2));
    const fresh = await open(cleo);
    expect(fresh.identityStores.list().map((each) => each.document.name)).toEqual(["Fabrikam"]);
    expect(fresh.team?.state().refused).toEqual([{ id, name: null, fault: refused("revision-gap").fault }]);
  });

  test("a roster that somebody wrote into under an open console ends what it was used for", async () => {
    const store = await open(bob);
    expect(store.identityStores.list()).toHaveLength(2);
    await sql(`${HERE} INSERT INTO team_entry (seq, entry, signature) SELECT max(seq) + 1, '{', '\\x00' FROM team_entry`);
    await expect.poll(() => store.identityStores.list()).toEqual([]);
    expect(store.vault.open(purpose, password).ok).toBe(false);
    expect(store.team?.state().refused).toHaveLength(2);
  });

  test("another continuation of what was seen is not used, though a console of the team signed it", async () => {
    await sql(`${gone(2)} UPDATE stored_identity_store SET revision = 1 WHERE id = '${id}'`);
    const late = await open(cleo);
    take(await late.identityStores.save(id, document("Contoso", "forked", password), 1, noteBy("ben"), "kept"));
    expect(await seenBy(bob)).toMatchObject(one("revision-rewritten"));
  });

  test("an old revision that was changed is not gone back to, and is missing in the history", async () => {
    await sql(`${HERE} UPDATE revision SET document = replace(document, 'first', 'forged') WHERE store_id = '${id}' AND number = 1`);
    const store = await open(bob);
    expect(await store.identityStores.revisionDocument(id, 1)).toBeNull();
    await sql(`${HERE} UPDATE revision_seal SET entry = previous WHERE store_id = '${id}' AND number = 1`);
    expect((await store.identityStores.revisions(id)).map(({ number }) => number)).toEqual([2]);
    expect(store.identityStores.get(id)?.revision).toBe(2);
  });

  test("a console that is working stops using what is brought back, by its last name, and its password stays shut", async () => {
    const store = await open(bob);
    expect(store.vault.open(purpose, password).ok).toBe(true);
    await sql(`${HERE} UPDATE stored_identity_store SET revision = 1 WHERE id = '${id}'`);
    await expect.poll(() => store.team?.state().refused).toEqual([{ id, name: "Contoso", fault: refused("revision-rolled-back").fault }]);
    expect(store.vault.open(purpose, password)).toEqual(refused("revision-rolled-back"));
    expect(store.vault.open(purpose, othersPassword).ok).toBe(true);
    await sql(`${HERE} UPDATE stored_identity_store SET revision = 2 WHERE id = '${id}'`);
    await expect.poll(() => store.team?.state().refused).toEqual([]);
    expect(store.vault.open(purpose, password).ok).toBe(true);
  });

  test("a draft that somebody wrote or changed is none, and is written over by the next one", async () => {
    const store = await open(bob);
    const draft = draftWith({ ...messagingWith(1, { domain: "contoso.lab" }), secrets: { password } }, 2);
    const written = take(await store.drafts.put(id, draft));
    expect(store.drafts.get(id)).toEqual(written);
    const [row = {}] = await sql("SELECT updated_at, content FROM messaging_console.person_draft");
    for (const forged of [String(row["content"]).replace("contoso.lab", "rogue.example"), JSON.stringify({ ...draft, baseRevision: 1 })]) {
      const sum = checksum([id, Number(row["updated_at"]), forged]);
      await sql(`SET search_path = messaging_console; UPDATE person_draft SET version = version + 1, content = '${forged.replaceAll("'", "''")}', checksum = ${sum}`);
      await expect.poll(() => [store.drafts.get(id), store.drafts.version(id)]).toEqual([null, null]);
      expect((await open(bob)).drafts.get(id)).toBeNull();
    }
    await sql("SET search_path = messaging_console; UPDATE person_draft SET version = version + 1, content = 'x'");
    await expect.poll(() => store.drafts.get(id)).toBeNull();
    const again = take(await store.drafts.put(id, draft));
    expect((await open(bob)).drafts.get(id)).toEqual(again);
  });

  test("a ciphertext opens in its own row alone, and for its own purpose", async () => {
    const swapped = (column: string) => `${column} = (SELECT o.${column} FROM secret o WHERE o.id <> s.id)`;
    await sql(`${HERE} UPDATE secret s SET ${swapped("nonce")}, ${swapped("sealed")}; UPDATE secret SET purpose = 'messaging/exchange/password'`);
    const store = await open(bob);
    const unreadable = fail({ kind: "unreadable", what: "secret-unreadable" });
    for (const reference of [password, othersPassword]) expect(store.vault.open(purpose, reference)).toEqual(unreadable);
    expect(store.vault.open("messaging/exchange/password", password)).toEqual(unreadable);
  });

  const entry = (by: string, seq: number, previous: string, member: unknown) => JSON.stringify({ kind: "admit", member, seq, previous, by, at: 5 }).replaceAll("'", "''");
  const rosterAttacks: readonly (readonly [string, RosterRefusal, () => Promise<unknown>])[] = [
    ["a member that nobody let in", "rogue-entry", async () => {
      const { head } = take((ada ?? cleo)?.file.home.read() ?? refused("no-team"))?.remembered ?? { head: { seq: 0, hash: "" } };
      const eve = memberOf(consoleOf(makeConsoleKeys("eve")));
      await sql(`${HERE} INSERT INTO team_entry (seq, entry, signature) VALUES (${head.seq + 1}, '${entry(eve.id, head.seq + 1, head.hash, eve)}', decode('${randomBytes(64).toString("hex")}', 'hex'))`);
    }],
    ["an entry that was changed", "signature", () => sql(`${HERE} UPDATE team_entry SET entry = replace(entry, 'ben', 'eve') WHERE seq = 4`)],
    ["an entry that is gone", "gap", () => sql(`${HERE} DELETE FROM team_entry WHERE seq = 2`)],
    ["the last entry taken back", "rolled-back", () => sql(`${HERE} DELETE FROM team_entry WHERE seq = (SELECT max(seq) FROM team_entry)`)],
    ["a chain of somebody's own", "another-team", async () => {
      await sql(`${HERE} DELETE FROM team_entry; DELETE FROM team_key`);
      take(await inTeamDatabase(server.settings(database, "postgres"), () => foundTeam(consoleOf(makeConsoleKeys("eve")), memberOf(makePaper().console), 9)));
    }],
  ];
  test.each(rosterAttacks)("of a team with %s nothing is used: %s", async (_name, why, attack) => {
    await attack();
    const fault = refused(why);
    expect(await seenBy(bob)).toMatchObject({ names: [], marked: [fault.fault, fault.fault], saved: fault, secret: fault, get: null });
    const store = await open(ada);
    expect(await store.vault.seal(purpose, Buffer.from("new"))).toEqual(fault);
    expect((await sql("SELECT count(*) AS count FROM messaging_console.revision WHERE number = 3"))[0]).toMatchObject({ count: "0" });
  });

  test("keys that were exchanged in a request are let in by nobody who compares the code", async () => {
    const store = await open(ada);
    const eve = await newConsole();
    const code = await ask(eve, server.settings(database, "rita"), "rita");
    await sql(`${HERE} UPDATE team_request SET seal_key = decode('${randomBytes(32).toString("hex")}', 'hex')`);
    const shown = () => store.team?.state().requests[0];
    await expect.poll(shown).toBeDefined();
    expect(await store.team?.approve(shown()?.member ?? "", code)).toEqual(refused("codes-differ"));
    await eve.remove();
  });

  test("a removal that was taken back is noticed, and the one who was removed opens nothing", async () => {
    const store = await open(ada);
    await sql(`${HERE} CREATE TABLE kept_entry AS SELECT * FROM team_entry; CREATE TABLE kept_key AS SELECT * FROM team_key; CREATE TABLE kept_secret AS SELECT * FROM secret`);
    const member = store.team?.state().members.find(({ label }) => label === "bob")?.id ?? "";
    take((await store.team?.remove(member)) ?? refused("no-team"));
    await close();
    await sql(`${HERE} DELETE FROM team_entry; INSERT INTO team_entry SELECT * FROM kept_entry; DELETE FROM team_key; INSERT INTO team_key SELECT * FROM kept_key`);
    const again = await open(ada);
    expect(again.vault.open(purpose, password)).toEqual(refused("rolled-back"));
    expect((await open(bob)).vault.open(purpose, password)).toMatchObject({ ok: false });
  });
});
