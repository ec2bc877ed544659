/** What an account may do in a team's database, asked of the database itself: nobody is held back by a console's good manners. */
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { Store } from "../../../main/store/types.ts";
import { fail, succeed } from "../../../shared/fault.ts";
import { findPostgres, startPostgres, type Account, type PostgresServer } from "../../lab/postgres-server.ts";
import { labTeam } from "../../lab/team-consoles.ts";
import { documentNamed, draftWith, messagingWith, noteBy, take } from "../../unit/main/store/support.ts";

const bin = findPostgres();
const noRights = fail({ kind: "not-stored", why: "no-rights" });

describe.runIf(bin !== null)("in a team's database", () => {
  let server: PostgresServer;
  let database: string;
  let team: Awaited<ReturnType<typeof labTeam<Account>>>;
  beforeAll(async () => {
    server = await startPostgres(bin ?? "");
  });
  afterAll(() => server.remove());
  beforeEach(async () => {
    ({ database } = await server.create());
    team = await labTeam((account: Account) => server.settings(database, account), "eva");
  });
  afterEach(() => team.remove());

  const as = (account: Account): Promise<Store> => team.open(account);
  const asked = (account: Account, sql: string) => server.ask({ database }, sql, account).then((rows) => rows, (error: unknown) => (error instanceof Error && "code" in error ? error.code : error));
  const created = async (store: Store, who: string, name = "Contoso") => take(await store.identityStores.create(documentNamed(name), noteBy(who))).id;
  const refused = "42501";

  test("a reader sees everything and saves nothing", async () => {
    const [bob, rita] = [await as("bob"), await as("rita")];
    const id = await created(bob, "bob");
    await expect.poll(() => rita.identityStores.get(id)?.document.name).toBe("Contoso");
    expect(await rita.identityStores.revisions(id)).toMatchObject([{ number: 1, who: "bob" }]);
    expect(await rita.identityStores.save(id, documentNamed("Fabrikam"), 1, noteBy("rita"), "kept")).toEqual(noRights);
    expect(await rita.identityStores.create(documentNamed("Fabrikam"), noteBy("rita"))).toEqual(noRights);
    expect(await rita.drafts.put(id, draftWith(messagingWith(0)))).toEqual(noRights);
    expect(await rita.identityStores.remove(id)).toEqual(noRights);
    for (const sql of ["INSERT INTO secret VALUES ('s', 1, 'k', 1, '', '', 'p')", "INSERT INTO activity (at, kind) VALUES (1, 'k')", "SELECT nextval('draft_version')"]) expect(await asked("rita", sql)).toBe(refused);
  });

  test("nobody saves in another's name but an administrator, and the login says who it was", async () => {
    const [eva, bob] = [await as("eva"), await as("bob")];
    expect(await bob.identityStores.create(documentNamed("Forged"), noteBy("eva"))).toEqual(noRights);
    const id = await created(bob, "bob");
    expect(await bob.identityStores.save(id, documentNamed("Forged"), 1, noteBy("eva"), "kept")).toEqual(noRights);
    await created(eva, "somebody of before", "Moved");
    expect(await asked("rita", "SELECT who, login FROM revision ORDER BY who")).toEqual([{ who: "bob", login: "bob" }, { who: "somebody of before", login: "eva" }]);
    const row = "(store_id, number, at, who, login, action, changes, tested, checksum, document_checksum, document)";
    expect(await asked("bob", `UPDATE identity_store SET revision = 2 WHERE id = '${id}'; INSERT INTO revision ${row} VALUES ('${id}', 2, 1, 'bob', 'eva', 'saved', '', '', 1, 1, '')`)).not.toBe(refused);
    expect(await asked("rita", "SELECT login FROM revision WHERE number = 2")).toEqual([{ login: "bob" }]);
  });

  test("a revision is changed and removed by nobody", async () => {
    const id = await created(await as("bob"), "bob");
    for (const account of ["rita", "bob", "eva"] as const) {
      for (const sql of ["UPDATE revision SET who = 'eva'", "DELETE FROM revision", "TRUNCATE revision CASCADE", "DELETE FROM stored_identity_store", "ALTER TABLE revision DISABLE TRIGGER ALL", "SET SESSION AUTHORIZATION postgres"]) {
        expect([account, sql, await asked(account, sql)]).toEqual([account, sql, refused]);
      }
    }
    expect(await asked("rita", `SELECT number FROM revision WHERE store_id = '${id}'`)).toHaveLength(1);
  });

  test("no statement of an operator leaves a history with a gap, or a store at what is not its newest revision", async () => {
    const bob = await as("bob");
    const id = await created(bob, "bob");
    take(await bob.identityStores.save(id, documentNamed("Contoso"), 1, noteBy("bob"), "kept"));
    const insert = (number: number) => `INSERT INTO revision (store_id, number, at, who, action, changes, tested, checksum, document_checksum, document) VALUES ('${id}', ${number}, 1, 'bob', 'saved', '', '', 1, 1, '')`;
    const at = (number: number) => `UPDATE identity_store SET revision = ${number}`;
    for (const sql of [insert(3), insert(9), `${insert(4)}; ${at(4)}`, at(3), at(1), "UPDATE identity_store SET id = 'another'", `INSERT INTO identity_store VALUES ('another', 'a', 1)`]) {
      expect([sql, await asked("bob", sql)]).toEqual([sql, refused]);
    }
    expect(take(await bob.identityStores.save(id, documentNamed("Contoso"), 2, noteBy("bob"), "kept"))).toEqual({ revision: 3 });
  });

  test("members are an administrator's business, asking is everybody's", async () => {
    const changes = ["INSERT INTO team_entry VALUES (9, 'e', '')", "INSERT INTO team_key VALUES (9, 'm', '')", "DELETE FROM team_key", "UPDATE secret SET key_id = '2'", "DELETE FROM secret"];
    for (const account of ["rita", "bob"] as const) for (const sql of changes) expect([account, sql, await asked(account, sql)]).toEqual([account, sql, refused]);
    for (const sql of changes) expect(await asked("eva", sql)).toEqual([]);
    const ask = (member: string, login = "session_user") => `INSERT INTO team_request (member, at, label, seal_key, sign_key, login) VALUES ('${member}', 1, 'l', '', '', ${login})`;
    expect(await asked("rita", ask("of rita"))).toEqual([]);
    expect(await asked("bob", ask("of bob"))).toEqual([]);
    expect(await asked("bob", ask("forged", "'rita'"))).toBe(refused);
    // It is withdrawn by whoever asked, and ended by an administrator.
    await asked("bob", "DELETE FROM team_request");
    expect(await asked("bob", "SELECT member FROM team_request")).toEqual([{ member: "of rita" }]);
    await asked("eva", "DELETE FROM team_request");
    expect(await asked("bob", "SELECT member FROM team_request")).toEqual([]);
  });

  test("each person has a draft of their own, and sees that another one has one", async () => {
    const [bob, ben] = [await as("bob"), await as("ben")];
    const id = await created(bob, "bob");
    await expect.poll(() => ben.identityStores.get(id)).not.toBeNull();
    const of = (typed: string, at: number) => ({ ...draftWith(messagingWith(0, { typed })), updatedAt: at });
    take(await bob.drafts.put(id, of("by bob", 11)));
    const second = take(await ben.drafts.put(id, of("by ben", 12)));
    take(await ben.drafts.put(id, { ...second, updatedAt: 13 }));
    await expect.poll(() => bob.drafts.editing(id)).toEqual([{ who: "ben", at: 13 }]);
    expect(ben.drafts.editing(id)).toEqual([{ who: "bob", at: 11 }]);
    expect(bob.drafts.get(id)?.forms["exchange"]?.configuration.values["typed"]).toBe("by bob");
    take(await bob.identityStores.save(id, documentNamed("Contoso"), 1, noteBy("bob"), "dropped"));
    expect(bob.drafts.get(id)).toBeNull();
    await expect.poll(() => ben.drafts.editing(id)).toEqual([]);
    expect(ben.drafts.get(id)?.forms["exchange"]?.configuration.values["typed"]).toBe("by ben");
  });

  test("another person's draft is not to be had, by no statement and no function", async () => {
    const bob = await as("bob");
    const id = await created(bob, "bob");
    take(await bob.drafts.put(id, draftWith(messagingWith(0, { typed: "not for others" }))));
    for (const account of ["ben", "rita", "eva"] as const) expect(await asked(account, "SELECT content FROM person_draft")).toBe(refused);
    for (const account of ["ben", "postgres"] as const) expect(await asked(account, "SELECT content FROM draft")).toEqual([]);
    // A view would hand rows that it leaves out to a cheap function, were it not for its barrier.
    const leak = "CREATE FUNCTION pg_temp.leak(content text) RETURNS boolean LANGUAGE plpgsql COST 0.0000001 AS $$ BEGIN RAISE EXCEPTION '%', content; END $$;";
    expect(await asked("ben", `${leak} SELECT * FROM draft WHERE pg_temp.leak(content)`)).not.toBe("P0001");
    await asked("ben", `DELETE FROM draft; UPDATE draft SET content = '{}'`);
    expect(bob.drafts.get(id)?.forms["exchange"]?.configuration.values["typed"]).toBe("not for others");
    expect(await asked("bob", "SELECT count(*)::int AS count FROM draft")).toEqual([{ count: 1 }]);
  });

  test("what is deleted leaves its history and who did it, and its name is free", async () => {
    const [eva, bob] = [await as("eva"), await as("bob")];
    const id = await created(bob, "bob");
    take(await bob.identityStores.save(id, documentNamed("Contoso"), 1, noteBy("bob"), "kept"));
    take(await bob.drafts.put(id, draftWith(messagingWith(0), 2)));
    await expect.poll(() => eva.identityStores.get(id)?.revision).toBe(2);
    expect(await bob.identityStores.remove(id)).toEqual(noRights);
    expect(await eva.identityStores.remove(id)).toEqual(succeed(null));
    expect(await eva.identityStores.remove(id)).toMatchObject({ fault: { kind: "not-found" } });
    await expect.poll(() => bob.identityStores.list()).toEqual([]);
    expect(bob.drafts.get(id)).toBeNull();
    expect(await asked("rita", "SELECT count(*)::int AS count FROM revision")).toEqual([{ count: 2 }]);
    expect(await asked("rita", "SELECT deleted_by, abs(deleted_at - extract(epoch FROM now()) * 1000) < 60000 AS now FROM stored_identity_store")).toEqual([{ deleted_by: "eva", now: true }]);
    const again = await created(bob, "bob", "CONTOSO");
    expect(again).not.toBe(id);
  });

  test("secrets go with the store that alone refers to them, those of a draft nobody else sees too", async () => {
    const [eva, bob] = [await as("eva"), await as("bob")];
    const first = await created(bob, "bob", "First");
    const second = await created(bob, "bob", "Second");
    const secret = (secretId: string) => ({ id: secretId, at: 1 });
    await server.ask({ database }, ["only-draft", "shared"].map((each) => `INSERT INTO secret VALUES ('${each}', 1, '1', 1, '', '', 'p');`).join(""));
    const withSecrets = (...ids: string[]) => draftWith({ ...messagingWith(0), secrets: Object.fromEntries(ids.map((each) => [each, secret(each)])) });
    take(await bob.drafts.put(first, withSecrets("only-draft", "shared")));
    take(await bob.drafts.put(second, withSecrets("shared")));
    await expect.poll(() => eva.identityStores.list()).toHaveLength(2);
    // Whoever sweeps sees no draft of others.
    await asked("eva", "DELETE FROM secret WHERE id NOT IN (SELECT secret_id FROM draft_secret)");
    const left = async () => (await server.ask({ database }, "SELECT id FROM secret ORDER BY id")).map(({ id }) => id);
    expect(await left()).toEqual(["only-draft", "shared"]);
    take(await eva.identityStores.remove(first));
    expect(await left()).toEqual(["shared"]);
  });

  test("a function that acts with the owner's rights is nobody's to call", async () => {
    const bob = await as("bob");
    await created(bob, "bob");
    const trap = "CREATE TEMP VIEW trap AS SELECT id FROM identity_store; CREATE TRIGGER spring INSTEAD OF DELETE ON trap FOR EACH ROW EXECUTE FUNCTION mark_deleted()";
    expect(await asked("bob", trap)).toBe(refused);
  });

  test("a change of role is noticed", async () => {
    const rita = await as("rita");
    const before = await rita.identityStores.create(documentNamed("A"), noteBy("rita"));
    await server.ask({ database }, `GRANT "messaging_console_operator_${database}" TO rita`);
    expect([before, await rita.identityStores.create(documentNamed("A"), noteBy("rita"))]).toMatchObject([noRights, { ok: true }]);
  });
});
