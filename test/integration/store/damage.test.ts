/** Damaged, missing and newer databases: put aside, never reset silently, and the newest good backup in their place. */
import fs from "node:fs";
import path from "node:path";
import { DatabaseSync } from "node:sqlite";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { migrations } from "../../../main/store/migrations.ts";
import { recordingLogger } from "../../lab/loggers.ts";
import { documentNamed, draftWith, manualClock, messagingWith, noteBy, open, take, temporaryFolder, tryOpen } from "../../unit/main/store/support.ts";
import { newestEvents } from "../../lab/events.ts";

const place = temporaryFolder();
const { folder } = place;
const file = path.join(folder, "messaging-console.db");
const DAY = 24 * 60 * 60 * 1000;
let clock = manualClock(Date.UTC(2026, 0, 31, 10, 20, 30));
beforeEach(() => {
  clock = manualClock(Date.UTC(2026, 0, 31, 10, 20, 30));
});
afterEach(place.remove);

const names = async () => {
  const store = await open({ folder, clock });
  const found = { names: store.identityStores.list().map(({ document }) => document.name), notice: store.notice };
  await store.close();
  return found;
};
const quarantined = () => fs.readdirSync(folder).filter((name) => name.startsWith("messaging-console.damaged-"));
const backups = () => fs.readdirSync(path.join(folder, "backups"));

/** Two stores, closed; the second one is in the backup too, which is renewed on closing. */
async function prepare(): Promise<void> {
  const store = await open({ folder, clock });
  const { id } = take(await store.identityStores.create(documentNamed("Alpha", messagingWith(30)), noteBy("ada")));
  take(await store.identityStores.create(documentNamed("Beta", messagingWith(30)), noteBy("ada")));
  take(await store.drafts.put(id, draftWith(messagingWith(5))));
  await store.close();
}

const damages: readonly (readonly [string, (content: Buffer) => Buffer])[] = [
  ["an empty file", () => Buffer.alloc(0)],
  ["zeros", (content) => Buffer.alloc(content.length)],
  ["another format", () => Buffer.from("{}\n")],
  ["half the file", (content) => content.subarray(0, content.length / 2)],
  ["a header without pages", (content) => content.subarray(0, 100)],
  ["a torn page", (content) => Buffer.concat([content.subarray(0, 4096), Buffer.alloc(4096, 0xa5), content.subarray(8192)])],
  ["a changed letter in a saved document", (content) => replaced(content, "ex0003.contoso.lab", "ex0003.contosa.lab")],
  ["a changed letter in who saved", (content) => replaced(content, "ada", "eda")],
  ["a schema that is gone", (content) => Buffer.from(content).fill(0, 60, 64)],
];

function replaced(content: Buffer, text: string, by: string): Buffer {
  const copy = Buffer.from(content);
  for (let at = copy.indexOf(text); at !== -1; at = copy.indexOf(text, at + 1)) copy.write(by, at);
  return copy;
}

describe("a damaged database", () => {
  test.each(damages)("%s is put aside and the newest good backup opened", async (_, damage) => {
    await prepare();
    const damaged = damage(fs.readFileSync(file));
    fs.writeFileSync(file, damaged);
    const logger = recordingLogger();
    const store = await open({ folder, clock, logger });
    expect(store.notice).toBe("restored-from-backup");
    expect(store.identityStores.list().map(({ document }) => document)).toEqual(["Alpha", "Beta"].map((name) => documentNamed(name, messagingWith(30))));
    expect(quarantined()).toEqual(["messaging-console.damaged-2026-01-31T10-20-30-000Z.db"]);
    expect(fs.readFileSync(path.join(folder, quarantined()[0] ?? "")).equals(damaged)).toBe(true);
    expect(await newestEvents(store)).toMatchObject([{ kind: "database-restored", subject: "messaging-console-2026-01-31.db", detail: quarantined()[0] }]);
    expect(logger.lines.join("\n")).toContain("restored");
    await store.close();
    expect(await names()).toEqual({ names: ["Alpha", "Beta"], notice: null });
  });

  test.each([
    ["an older revision that is gone", "DELETE FROM revision WHERE number = 1 AND store_id IN (SELECT id FROM identity_store WHERE revision = 2)"],
    ["a newest revision that is gone", "UPDATE identity_store SET revision = revision + 1 WHERE revision = 2"],
    ["a store under another's name", "UPDATE identity_store SET name_key = 'gamma' WHERE revision = 2"],
    ["a draft with other words", "UPDATE draft SET content = '{}'"],
  ])("%s is damage too, however whole SQLite finds the file", async (_, sql) => {
    await prepare();
    const store = await open({ folder, clock });
    const [alpha] = store.identityStores.list();
    if (alpha === undefined) throw new Error("nothing is saved");
    take(await store.identityStores.save(alpha.id, alpha.document, 1, noteBy("ada"), "kept"));
    await store.close();
    const vandal = new DatabaseSync(file, { enableForeignKeyConstraints: false });
    vandal.exec(sql);
    vandal.close();
    expect(await names()).toEqual({ names: ["Alpha", "Beta"], notice: "restored-from-backup" });
    expect(quarantined()).toHaveLength(1);
  });

  test("without any good backup it is kept aside and the store starts empty, saying so", async () => {
    await prepare();
    for (const name of backups()) fs.writeFileSync(path.join(folder, "backups", name), "no backup");
    fs.writeFileSync(file, "no database");
    expect(await names()).toEqual({ names: [], notice: "restored-from-backup" });
    expect(fs.readFileSync(path.join(folder, quarantined()[0] ?? ""), "utf8")).toBe("no database");
  });

  test("a backup that is damaged itself is passed over", async () => {
    await prepare();
    clock.advance(DAY);
    const store = await open({ folder, clock });
    take(await store.identityStores.create(documentNamed("Gamma"), noteBy("ada")));
    await store.close();
    expect(backups()).toEqual(["messaging-console-2026-01-31.db", "messaging-console-2026-02-01.db"]);
    fs.truncateSync(path.join(folder, "backups", "messaging-console-2026-02-01.db"), 5000);
    fs.truncateSync(file, 5000);
    expect(await names()).toEqual({ names: ["Alpha", "Beta"], notice: "restored-from-backup" });
  });

  test("a missing database with backups is restored, not replaced by an empty one", async () => {
    await prepare();
    fs.rmSync(file);
    expect(await names()).toEqual({ names: ["Alpha", "Beta"], notice: "restored-from-backup" });
  });

  test("a restore that was cut off after the quarantine is finished by the next open", async () => {
    await prepare();
    fs.renameSync(file, path.join(folder, "messaging-console.damaged-2026-01-30T00-00-00-000Z.db"));
    fs.writeFileSync(`${file}-wal`, "left behind");
    expect(await names()).toEqual({ names: ["Alpha", "Beta"], notice: "restored-from-backup" });
  });

  test("while another process has it open nothing is moved", async () => {
    await prepare();
    const other = await open({ folder, clock });
    // Reaches the file without node:fs, whose closing of it would free the other's locks on POSIX systems.
    const vandal = new DatabaseSync(file);
    vandal.exec("UPDATE revision SET who = 'mallory'");
    vandal.close();
    expect(await tryOpen({ folder, clock })).toMatchObject({ ok: false, fault: { kind: "unreadable", what: "database-damaged" } });
    expect(quarantined()).toEqual([]);
    await other.close();
  });

  test("flipping any byte gives back what was saved, or the backup, and never anything else", async () => {
    await prepare();
    const good = fs.readFileSync(file);
    const expected = ["Alpha", "Beta"].map((name) => documentNamed(name, messagingWith(30)));
    const verdicts = { unharmed: 0, restored: 0, newer: 0 };
    for (let round = 0; round < 150; round += 1) {
      const flipped = Buffer.from(good);
      const at = round < 40 ? round * 2 : Math.floor((good.length / 150) * round);
      flipped[at] = (flipped[at] ?? 0) ^ 0x10;
      fs.writeFileSync(file, flipped);
      const store = await open({ folder, clock });
      expect(store.identityStores.list().map(({ document }) => document)).toEqual(expected);
      verdicts[store.notice === null ? "unharmed" : store.notice === "read-only-newer" ? "newer" : "restored"] += 1;
      await store.close();
    }
    expect(verdicts.restored).toBeGreaterThan(20);
  });
});

describe("backups", () => {
  const session = async (name: string) => {
    const store = await open({ folder, clock });
    take(await store.identityStores.create(documentNamed(name), noteBy("ada")));
    await store.close();
  };
  const dayNames = (days: readonly string[]) => days.map((day) => `messaging-console-${day}.db`);

  test("one a day with changes, for two weeks, but always the newest five; none where nothing changed", async () => {
    for (let day = 1; day <= 20; day += 1) {
      await session(`Day ${day}`);
      clock.advance(DAY);
    }
    const twoWeeks = Array.from({ length: 14 }, (_, index) => `2026-02-${String(index + 6).padStart(2, "0")}`);
    expect(backups()).toEqual(dayNames(twoWeeks));
    clock.advance(60 * DAY);
    const store = await open({ folder, clock });
    store.activity.append({ at: clock.now(), kind: "server-offline", storeId: null, storeName: null, subject: null, detail: null });
    await store.close();
    expect(backups()).toEqual(dayNames(twoWeeks));
    await session("Two months later");
    expect(backups()).toEqual(dayNames([...twoWeeks.slice(-4), "2026-04-21"]));
  });

  test("a copy goes two weeks after its day, and no more than fourteen stay even where a clock in the future made them", async () => {
    await session("Alpha");
    const copyAs = (day: string) => fs.copyFileSync(path.join(folder, "backups", "messaging-console-2026-01-31.db"), path.join(folder, "backups", `messaging-console-${day}.db`));
    const future = Array.from({ length: 6 }, (_, index) => `2099-01-0${index + 1}`);
    for (const day of [...future, "2026-01-16", "2026-01-17", "2026-01-18"]) copyAs(day);
    await session("Beta");
    // On 31 January after midnight, the 17th is more than two weeks ago.
    expect(backups()).toEqual(dayNames(["2026-01-18", "2026-01-31", ...future]));
    for (let day = 10; day < 25; day += 1) copyAs(`2099-01-${day}`);
    await session("Gamma");
    expect(backups()).toHaveLength(14);
  });

  test.each([["2099", Date.UTC(2099, 0, 1)], ["1970", 0]])("a session in %s comes between two others and nothing is lost: the newest content is restored, not the newest name", async (_, moment) => {
    await session("Alpha");
    clock = manualClock(moment);
    await session("Beta");
    clock = manualClock(Date.UTC(2026, 1, 1));
    for (let day = 1; day <= 6; day += 1) {
      await session(`Day ${day}`);
      clock.advance(DAY);
    }
    fs.writeFileSync(file, "no database");
    expect((await names()).names).toEqual(["Alpha", "Beta", "Day 1", "Day 2", "Day 3", "Day 4", "Day 5", "Day 6"]);
  });

  test("a copy with more content is not overwritten by the day's copy of a database with less", async () => {
    await session("Alpha");
    const older = fs.readFileSync(file);
    await session("Beta");
    fs.writeFileSync(file, older);
    await session("Gamma");
    expect(backups()).toEqual(["messaging-console-2026-01-31-2.db", "messaging-console-2026-01-31.db"]);
  });

  test("copies from before content was counted are read by the number of their events, and stay behind all later ones", async () => {
    fs.mkdirSync(path.join(folder, "backups"), { recursive: true });
    // The newer content has the older name.
    for (const [day, name, events] of [["2026-01-05", "Newer", 12], ["2026-01-20", "Older", 11]] as const) {
      const database = new DatabaseSync(path.join(folder, "backups", `messaging-console-${day}.db`));
      database.exec(`${migrations[0]?.sql ?? ""}; PRAGMA user_version = 1`);
      for (let event = 0; event < events; event += 1) database.exec("INSERT INTO activity (at, kind) VALUES (1, 'revision-saved')");
      database.exec(`UPDATE activity SET subject = '${name}'`);
      database.close();
    }
    const store = await open({ folder, clock });
    expect(store.notice).toBe("restored-from-backup");
    expect((await newestEvents(store)).filter(({ kind }) => kind === "revision-saved")).toMatchObject(Array.from({ length: 12 }, () => ({ subject: "Newer" })));
    take(await store.identityStores.create(documentNamed("Alpha"), noteBy("ada")));
    await store.close();
    fs.writeFileSync(file, "no database");
    expect((await names()).names).toEqual(["Alpha"]);
  });
});

describe("a database of a newer version", () => {
  const makeNewer = (sql: string) => {
    const database = new DatabaseSync(file);
    database.exec(`${sql}; PRAGMA user_version = 999`);
    database.close();
  };

  test("opens read-only: everything can be read, nothing written, no file changed", async () => {
    await prepare();
    makeNewer("ALTER TABLE revision ADD COLUMN reason TEXT; CREATE TABLE something_new (id TEXT)");
    const before = fs.readFileSync(file);
    const store = await open({ folder, clock });
    expect(store.notice).toBe("read-only-newer");
    const [first] = store.identityStores.list();
    if (first === undefined) throw new Error("nothing can be read");
    expect(store.drafts.get(first.id)).not.toBeNull();
    expect(await store.identityStores.revisions(first.id)).toHaveLength(1);
    const readOnly = { ok: false, fault: { kind: "not-stored", why: "read-only" } };
    expect(await store.identityStores.create(documentNamed("New"), noteBy("ada"))).toEqual(readOnly);
    expect(await store.identityStores.save(first.id, first.document, 1, noteBy("ada"), "dropped")).toEqual(readOnly);
    expect(await store.identityStores.remove(first.id)).toEqual(readOnly);
    expect(await store.drafts.put(first.id, draftWith(messagingWith(0)))).toEqual(readOnly);
    expect(await store.drafts.remove(first.id, store.drafts.version(first.id) ?? 0)).toEqual(readOnly);
    expect(await store.vault.seal("p", Buffer.from("x"))).toEqual(readOnly);
    store.activity.append({ at: 1, kind: "k", storeId: null, storeName: null, subject: null, detail: null });
    expect(await newestEvents(store)).toEqual([]);
    await store.close();
    expect(fs.readFileSync(file).equals(before)).toBe(true);
    expect(quarantined()).toEqual([]);
  });

  test("says that it is read-only also where no key opens", async () => {
    await prepare();
    makeNewer("CREATE TABLE something_new (id TEXT)");
    const store = await open({ folder, clock, keyWrapping: [] });
    expect(await store.vault.seal("p", Buffer.from("x"))).toEqual({ ok: false, fault: { kind: "not-stored", why: "read-only" } });
    await store.close();
  });

  test("that cannot be understood is refused and left alone", async () => {
    await prepare();
    makeNewer("ALTER TABLE revision RENAME TO revision_2");
    expect(await tryOpen({ folder, clock })).toEqual({ ok: false, fault: { kind: "unreadable", what: "database-newer" } });
    expect(quarantined()).toEqual([]);
  });

  test("that moved on while this process had it open takes no more writes from it", async () => {
    await prepare();
    const store = await open({ folder, clock });
    makeNewer("SELECT 1");
    expect(await store.identityStores.create(documentNamed("New"), noteBy("ada"))).toEqual({ ok: false, fault: { kind: "not-stored", why: "read-only" } });
    await store.close();
  });
});
