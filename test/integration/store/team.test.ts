/** A team from its founding on: consoles are let in, see each other's work, are taken out, and go on while the database is away. */
import { spawnSync } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { rolesOf } from "../../../main/store/postgres/names.ts";
import { inTeamDatabase } from "../../../main/store/postgres/setup.ts";
import { insertRevision, readRevision } from "../../../main/store/revision-rows.ts";
import { run } from "../../../main/store/steps.ts";
import { consoleOf } from "../../../main/store/team/console.ts";
import { createTeamEntrance } from "../../../main/store/team/entrance.ts";
import { removeMember } from "../../../main/store/team/membership.ts";
import { documentHash, entryHash, insertSeal, readSeal } from "../../../main/store/team/seal-rows.ts";
import type { Team } from "../../../main/store/team/types.ts";
import type { Store } from "../../../main/store/types.ts";
import { fail, succeed, type RosterRefusal } from "../../../shared/fault.ts";
import { recordingLogger, silentLogger } from "../../lab/loggers.ts";
import { findPostgres, startPostgres, type Account, type PostgresServer } from "../../lab/postgres-server.ts";
import { newConsole, type LabConsole } from "../../lab/team.ts";
import { documentNamed, messagingWith, noteBy, systemClock, take } from "../../unit/main/store/support.ts";

const bin = findPostgres();
const refused = (why: RosterRefusal) => fail({ kind: "roster-refused", why });
const purpose = "directory-password";
const options = { signal: new AbortController().signal, onRung: () => undefined };
const DAY = 24 * 60 * 60 * 1000;

function teamOf({ team }: Store): Team {
  if (team === null) throw new Error("no team");
  return team;
}

describe.runIf(bin !== null)("a team", () => {
  let server: PostgresServer;
  let database: string;
  let adas: LabConsole;
  let ada: Store;
  let recoveryKey: string;
  const consoles: LabConsole[] = [];
  const opened: Store[] = [];
  const keep = (store: Store) => {
    opened.push(store);
    return store;
  };
  const another = async () => {
    const console = await newConsole();
    consoles.push(console);
    return console;
  };
  const entranceOf = ({ file }: LabConsole) => createTeamEntrance({ home: file.home, clock: systemClock, logger: silentLogger });
  const joinAs = async (account: Account, label: string = account) => {
    const console = await another();
    const { code } = take(await entranceOf(console).join(server.settings(database, account), label, options));
    if (code === null) throw new Error("is in the team already");
    return { console, code, store: keep(await console.open()) };
  };
  const letIn = async (code: string) => {
    await expect.poll(() => teamOf(ada).state().requests).toHaveLength(1);
    const [request] = teamOf(ada).state().requests;
    take(await teamOf(ada).approve(request?.member ?? "", code));
  };
  const member = async (account: Account) => {
    const { console, code, store } = await joinAs(account);
    await letIn(code);
    await expect.poll(() => teamOf(store).state().enrolment).toBe("member");
    return { console, store };
  };
  const create = async (store: Store, name: string, text = "Pa55word!") => {
    const password = take(await store.vault.seal(purpose, Buffer.from(text)));
    const { id } = take(await store.identityStores.create({ ...documentNamed(name, messagingWith(1)), directoryPassword: password }, noteBy(teamOf(store).state().login)));
    return { id, password };
  };
  const textOf = (store: Store, reference: Parameters<Store["vault"]["open"]>[1]) => {
    const plain = store.vault.open(purpose, reference);
    return plain.ok ? Buffer.from(plain.value).toString() : plain.fault;
  };

  beforeAll(async () => {
    server = await startPostgres(bin ?? "");
  });
  afterAll(() => server.remove());
  beforeEach(async () => {
    database = await server.createEmpty();
    adas = await another();
    ({ recoveryKey } = take(await entranceOf(adas).setUp(server.settings(database, "owner"), "ada on PC-1", options)));
    const { administrator, operator } = rolesOf(database);
    await server.ask({ database }, `GRANT "${administrator}" TO eva; GRANT "${operator}" TO bob, ben`);
    ada = keep(await adas.open());
  });
  afterEach(async () => {
    for (const store of opened.splice(0)) await store.close();
    for (const console of consoles.splice(0)) await console.remove();
  });

  test("is founded by one console, which goes on with what it works on, and a key on paper", () => {
    expect(recoveryKey).toMatch(/^(?:[A-Z2-7]{4}-){7}[A-Z2-7]{4}$/);
    expect(take(adas.file.home.read())).toMatchObject({ inUse: false, console: { label: "ada on PC-1" } });
    expect(teamOf(ada).state()).toMatchObject({
      login: "owner", role: "administrator", enrolment: "member", away: null, code: null, requests: [], refused: [],
      members: [{ label: "ada on PC-1", isThisConsole: true, isRecovery: false }, { isThisConsole: false, isRecovery: true }],
    });
  });

  test("shows a console that asks what is saved, keeps its secrets, and takes nothing of it, until somebody compared the code", async () => {
    const { id, password } = await create(ada, "Contoso");
    const { code, store: bob } = await joinAs("bob", "bob on PC-2");
    expect(teamOf(bob).state()).toMatchObject({ enrolment: "asking", code, requests: [] });
    expect(bob.identityStores.get(id)?.document.name).toBe("Contoso");
    expect(textOf(bob, password)).toEqual({ kind: "unreadable", what: "secret-unreadable" });
    expect(await bob.vault.seal(purpose, Buffer.from("x"))).toEqual(refused("not-enrolled"));
    expect(await bob.identityStores.create(documentNamed("New"), noteBy("bob"))).toEqual(refused("not-enrolled"));
    await expect.poll(() => teamOf(ada).state().requests).toMatchObject([{ label: "bob on PC-2" }]);
    const [request] = teamOf(ada).state().requests;
    expect(await teamOf(ada).approve(request?.member ?? "", "AAAAA-AAAAA")).toEqual(refused("codes-differ"));
    expect(await teamOf(bob).approve(request?.member ?? "", code)).toMatchObject({ ok: false });
    take(await teamOf(ada).approve(request?.member ?? "", ` ${code.toLowerCase().replace("-", " ")}`));
    expect(teamOf(ada).state()).toMatchObject({ requests: [] });
    await expect.poll(() => teamOf(bob).state()).toMatchObject({ enrolment: "member", code: null });
    expect(textOf(bob, password)).toBe("Pa55word!");
  });

  test("has each console see what the others save, without being asked", async () => {
    const { store: bob } = await member("bob");
    const { id } = await create(bob, "Contoso");
    await expect.poll(() => ada.identityStores.get(id)?.revision).toBe(1);
    take(await ada.identityStores.save(id, documentNamed("Fabrikam"), 1, noteBy("owner"), "kept"));
    await expect.poll(() => bob.identityStores.get(id)?.document.name).toBe("Fabrikam");
    expect((await bob.identityStores.revisions(id)).map(({ who }) => who)).toEqual(["owner", "bob"]);
  });

  test("takes a console out: it is said what it could read, and of what it does later nothing is believed", async () => {
    const { store: bob, console: bobs } = await member("bob");
    const { id, password } = await create(bob, "Contoso");
    const { id: second } = await create(ada, "Fabrikam");
    const gone = teamOf(ada).state().members.find(({ label }) => label === "bob")?.id ?? "";
    const { known } = take(await teamOf(ada).remove(gone));
    expect(new Set(known.map(({ store, secret }) => `${store} ${secret}`))).toEqual(new Set([id, second].map((store) => `${store} ${purpose}`)));
    await expect.poll(() => teamOf(bob).state().enrolment).toBe("none");
    expect(textOf(bob, password)).toMatchObject({ kind: "unreadable" });
    expect(await bob.identityStores.save(id, documentNamed("Contoso"), 1, noteBy("bob"), "kept")).toEqual(refused("not-enrolled"));
    expect(textOf(ada, password)).toBe("Pa55word!");
    // What it saved before stands, for those who come later too.
    const { store: ben } = await member("ben");
    expect(textOf(ben, password)).toBe("Pa55word!");
    // With the database's help it signs another one.
    const home = take(bobs.file.home.read());
    if (home === null) throw new Error("bob keeps nothing");
    const keys = consoleOf(home.console);
    take(await inTeamDatabase(server.settings(database, "owner"), function* forge() {
      const [first, seal] = [yield* readRevision(id, 1), yield* readSeal(home.remembered.root ?? "", id, 1)];
      if (first === null || seal === null) throw new Error("nothing was saved");
      const second = { ...first, number: 2 };
      yield* run("UPDATE identity_store SET revision = 2 WHERE id = ?", id);
      yield* insertRevision(second);
      yield* insertSeal(home.remembered.root ?? "", { storeId: id, number: 2, signer: keys.id, previous: seal.hash, entry: entryHash(second), document: documentHash(second.document) }, keys.sign);
      return succeed(null);
    }));
    const late = keep(await adas.open());
    expect(late.identityStores.get(id)).toBeNull();
    expect(teamOf(late).state().refused).toMatchObject([{ id, fault: refused("revision-rogue").fault }]);
  });

  test("lets a console in again that was taken out, and gives none a second team over the first", async () => {
    const { store: bob, console: bobs } = await member("bob");
    take(await teamOf(ada).remove(teamOf(ada).state().members.find(({ label }) => label === "bob")?.id ?? ""));
    await expect.poll(() => teamOf(bob).state().enrolment).toBe("none");
    const asked = take(await entranceOf(bobs).join(server.settings(database, "bob"), "bob", options));
    await letIn(asked.code ?? "");
    await expect.poll(() => teamOf(bob).state().enrolment).toBe("member");
    expect(take(await entranceOf(bobs).join(server.settings(database, "ben"), "bob", options))).toEqual({ code: null });
    const kept = take(bobs.file.home.read());
    expect(kept).toMatchObject({ settings: server.settings(database, "ben") });
    const known = fail({ kind: "unsupported", why: "team-known" });
    const empty = server.settings(await server.createEmpty(), "owner");
    expect(await entranceOf(bobs).join(empty, "bob", options)).toEqual(fail({ kind: "not-found", what: "team" }));
    expect(await entranceOf(bobs).setUp(empty, "bob", options)).toEqual(known);
    take(await entranceOf(await another()).setUp(empty, "eve", options));
    expect(await entranceOf(bobs).join(empty, "bob", options)).toEqual(known);
    expect(take(bobs.file.home.read())).toEqual(kept);
  });

  test("is known by its consoles where its database has moved to another place", async () => {
    const { id } = await create(ada, "Contoso");
    const moved = `${database}_moved`;
    await ada.close();
    opened.splice(0);
    await server.ask({ database: "postgres" }, `ALTER DATABASE "${database}" RENAME TO "${moved}"`);
    expect(take(await entranceOf(adas).join(server.settings(moved, "owner"), "ada on PC-1", options))).toEqual({ code: null });
    const there = keep(await adas.open());
    expect([teamOf(there).state().enrolment, there.identityStores.get(id)?.document.name]).toEqual(["member", "Contoso"]);
  });

  test("seals nothing under the key of before, whoever has not heard of the removal yet", async () => {
    const [{ store: bob }, { store: ben }] = [await member("bob"), await member("ben")];
    const before = await create(ben, "Before");
    const [gone, home] = [teamOf(ada).state().members.find(({ label }) => label === "bob")?.id ?? "", take(adas.file.home.read())];
    if (home === null) throw new Error("ada keeps nothing");
    take(await inTeamDatabase(server.settings(database, "owner"), () => removeMember(consoleOf(home.console), home.remembered, gone, 9)));
    const created = await Promise.all([create(ben, "Contoso 1", "secret 1"), create(ada, "Contoso 2", "secret 2")]);
    const keys = await server.ask({ database }, "SELECT DISTINCT key_id FROM messaging_console.secret");
    expect(keys.map((row) => String(row["key_id"]).split("/")[1])).toEqual(["2"]);
    for (const store of [ada, ben]) {
      await expect.poll(() => created.map(({ password }) => textOf(store, password))).toEqual(["secret 1", "secret 2"]);
      expect(textOf(store, before.password)).toBe("Pa55word!");
    }
    expect(textOf(bob, before.password)).toMatchObject({ kind: "unreadable" });
  });

  test("lets a console in by the key on paper when no other one is left", async () => {
    const { password } = await create(ada, "Contoso");
    const { store: eva } = await joinAs("eva");
    expect(await teamOf(eva).recover("ABCD")).toMatchObject({ fault: { kind: "invalid" } });
    expect(await teamOf(eva).recover(recoveryKey.replace(/^./, (first) => (first === "A" ? "B" : "A")))).toEqual(refused("not-enrolled"));
    take(await teamOf(eva).recover(recoveryKey));
    expect(teamOf(eva).state()).toMatchObject({ enrolment: "member" });
    expect(textOf(eva, password)).toBe("Pa55word!");
  });

  test("is shown as it was last known while the database is away, from the start too, and for a week", async () => {
    const { id, password } = await create(ada, "Contoso");
    const logger = recordingLogger();
    const { heardAt } = teamOf(ada).state();
    await ada.close();
    opened.splice(0);
    await server.stop();
    try {
      const away = keep(await adas.open({ logger }));
      expect(teamOf(away).state()).toMatchObject({ away: { fault: { kind: "unreachable" } }, login: "owner", role: "administrator", enrolment: "member", refused: [] });
      expect(teamOf(away).state().heardAt).toBeGreaterThanOrEqual(heardAt);
      expect([away.identityStores.get(id)?.document.name, textOf(away, password)]).toEqual(["Contoso", "Pa55word!"]);
      expect(await away.identityStores.save(id, documentNamed("Contoso"), 1, noteBy("owner"), "kept")).toEqual(fail({ kind: "not-stored", why: "unreachable" }));
      await server.start();
      await expect.poll(() => teamOf(away).state().away).toBeNull();
      take(await away.identityStores.save(id, documentNamed("Contoso"), 1, noteBy("owner"), "kept"));
      await away.close();
      opened.splice(0);
      await server.stop();
      const later = keep(await adas.open({ clock: { ...systemClock, now: () => Date.now() + 8 * DAY } }));
      expect(later.identityStores.list()).toEqual([]);
      expect(teamOf(later).state()).toMatchObject({ away: { fault: { kind: "unreachable" } }, enrolment: "none" });
    } finally {
      await server.start();
    }
  });

  test("has no secret in the clear, in the database, its log, or on a console's disk", { timeout: 60_000 }, async () => {
    const planted = "Pl4nted-Secret-Zebra-8f3e";
    const settings = server.settings(database, "owner");
    await server.ask({ database }, "ALTER SYSTEM SET log_statement = 'all'");
    await server.ask({ database }, "ALTER SYSTEM SET logging_collector = on");
    await server.stop();
    await server.start();
    const logger = recordingLogger();
    const store = keep(await adas.open({ logger }));
    const { id, password } = await create(store, "Visible name", planted);
    const { store: bob } = await member("bob");
    expect(textOf(bob, password)).toBe(planted);
    take(await teamOf(ada).remove(teamOf(ada).state().members.find(({ label }) => label === "bob")?.id ?? ""));
    take(await store.identityStores.save(id, { ...documentNamed("Visible name"), directoryPassword: password }, 1, noteBy("owner"), "kept"));
    await store.close();
    opened.splice(opened.indexOf(store), 1);
    const [places = {}] = await server.ask({ database }, "SELECT current_setting('data_directory') AS data, current_setting('unix_socket_directories') AS socket");
    const dump = spawnSync(path.join(bin ?? "", "pg_dump"), ["-h", String(places["socket"]), "-p", String(server.port), "-U", "postgres", database], { encoding: "utf8", maxBuffer: 2 ** 28 });
    const below = (folder: string) => fs.readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile()).map((entry) => fs.readFileSync(path.join(entry.parentPath, entry.name), "latin1"));
    const logs = below(path.join(String(places["data"]), "log"));
    const disk = below(adas.folder);
    const forms = (text: string) => [text, Buffer.from(text).toString("hex"), Buffer.from(text).toString("base64").slice(0, -4)];
    const secrets = [...forms(planted), ...(settings.signIn.by === "password" ? forms(settings.signIn.password) : [])];
    for (const [name, texts] of [["dump", [dump.stdout]], ["log", logs], ["disk", disk], ["own log", [logger.lines.join("\n")]]] as const) {
      expect([name, secrets.filter((secret) => texts.some((text) => text.includes(secret)))]).toEqual([name, []]);
    }
    expect(dump.stdout).toContain("Visible name");
    expect(logs.join("")).toContain("Visible name");
    expect(disk.length).toBeGreaterThan(2);
    expect(fs.readdirSync(adas.folder)).toContain("messaging-console.team-copy");
    expect(disk.join("")).not.toContain("Visible name");
  });
});
