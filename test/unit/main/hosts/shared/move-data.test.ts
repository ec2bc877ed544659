import fs, { existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { settledDataDirectory } from "../../../../../main/hosts/shared/data-directory.ts";
import { systemKeyWrapping } from "../../../../../main/hosts/shared/key-wrapping.ts";
import { settleData } from "../../../../../main/hosts/shared/move-data.ts";
import { openDatabase } from "../../../../../main/store/database.ts";
import { watchDiskOrder } from "../../../../lab/disk-order.ts";
import { silentLogger } from "../../../../lab/loggers.ts";
import { openFilesBelow } from "../../../../lab/open-files.ts";
import { documentNamed, noteBy, open, systemClock, take } from "../../store/support.ts";

let root: string;
let from: string;
let to: string;
beforeEach(() => {
  root = mkdtempSync(path.join(tmpdir(), "mc-move-"));
  from = path.join(root, "Roaming", "Messaging Console", "data");
  to = path.join(root, "Local", "Messaging Console", "data");
});
afterEach(() => {
  vi.restoreAllMocks();
  rmSync(root, { recursive: true, force: true });
});

const keyFile = (folder: string) => systemKeyWrapping(folder, { platform: "linux" });
const secure = (folder: string) => {
  mkdirSync(folder, { recursive: true });
  return true;
};
const settle = (change: Partial<Parameters<typeof settleData>[0]> = {}) => settleData({ from, to, host: "loopback", secure, ...change });
const logged = (folder: string) => readFileSync(path.join(folder, "logs", "loopback.log"), "utf8");
const besides = (folder: string) => readdirSync(path.dirname(folder)).filter((name) => name.startsWith("data"));

async function fill(folder: string, name: string): Promise<void> {
  const store = await open({ folder, keyWrapping: keyFile(folder) });
  take(await store.identityStores.create(documentNamed(name), noteBy("anna")));
  await store.close();
  writeFileSync(path.join(folder, "preferences.json"), "{}");
}

/** Lets a save be in the write-ahead log alone, as a process that is killed leaves it. */
function saveAndDie(folder: string): void {
  const opened = take(openDatabase({ directory: folder, clock: systemClock, logger: silentLogger }));
  opened.connection.execute("PRAGMA wal_autocheckpoint = 0; UPDATE generation SET number = 4711");
  const file = path.join(folder, "messaging-console.db");
  const killed = [file, `${file}-wal`].map((each) => [each, readFileSync(each)] as const);
  opened.close();
  for (const [each, bytes] of killed) writeFileSync(each, bytes);
}

/** Moves the data, of which the old folder keeps its name, as on Windows where somebody holds a file in it. */
function settleWithoutRenaming(): void {
  const rename = fs.renameSync.bind(fs);
  const spy = vi.spyOn(fs, "renameSync").mockImplementation((one, other) => {
    if (one === from) throw Object.assign(new Error("planted"), { code: "EBUSY" });
    rename(one, other);
  });
  expect(settle()).toBe(to);
  spy.mockRestore();
  expect(besides(from)).toEqual(["data"]);
}

async function namesIn(folder: string): Promise<readonly string[]> {
  const store = await open({ folder, keyWrapping: keyFile(folder) });
  try {
    return store.identityStores.list().map(({ document }) => document.name);
  } finally {
    await store.close();
  }
}

describe("data in the roaming profile", () => {
  it("is moved to the local one with key, backups and preferences, and the old folder is renamed", async () => {
    await fill(from, "Contoso");
    mkdirSync(path.join(from, "cache"));
    const key = readFileSync(path.join(from, "vault.key"));
    expect(settle()).toBe(to);
    expect(readFileSync(path.join(to, "vault.key"))).toEqual(key);
    expect(readdirSync(to).toSorted()).toEqual(["backups", "logs", "messaging-console.db", "preferences.json", "vault.key"]);
    expect(await namesIn(to)).toEqual(["Contoso"]);
    const [kept = ""] = besides(from);
    expect(kept).toMatch(/^data\.moved-\d{4}-/);
    expect(logged(to)).toContain(kept);
    expect(readFileSync(path.join(path.dirname(from), kept, "vault.key"))).toEqual(key);
    expect(settle()).toBe(to);
    expect(besides(to)).toEqual(["data"]);
  });

  it("takes along what only the write-ahead log of a killed process holds", async () => {
    await fill(from, "First");
    saveAndDie(from);
    expect(settle()).toBe(to);
    const moved = take(openDatabase({ directory: to, clock: systemClock, logger: silentLogger }));
    expect(moved.connection.get("SELECT number FROM generation")).toEqual({ number: 4711 });
    moved.close();
  });

  it("is on the disk, file by file, before the new place has its name, and nothing of it stays open", async () => {
    await fill(from, "Contoso");
    const done = watchDiskOrder();
    expect(settle()).toBe(to);
    const named = done.indexOf(`rename to ${path.basename(to)}`);
    expect(named).not.toBe(-1);
    expect(done.slice(0, named)).toEqual(expect.arrayContaining(["sync messaging-console.db", "sync preferences.json", "sync vault.key"]));
    expect(openFilesBelow(root)).toEqual([]);
  });

  it("is used where it is when a file's copy is not the same", async () => {
    await fill(from, "Contoso");
    const copy = fs.copyFileSync.bind(fs);
    vi.spyOn(fs, "copyFileSync").mockImplementation((source, target, mode) => {
      copy(source, target, mode);
      if (String(target).endsWith("preferences.json")) writeFileSync(target, "{");
    });
    expect(settle()).toBe(from);
    expect(logged(from)).toContain("the copy of preferences.json is not the same");
    expect(besides(to)).toEqual([]);
  });

  it("is not carried off from under a process that opened it in the old place after it was moved", async () => {
    await fill(from, "Contoso");
    settleWithoutRenaming();
    const other = await open({ folder: from, keyWrapping: keyFile(from) });
    expect(settle()).toBe(to);
    expect(besides(from)).toEqual(["data"]);
    await other.close();
  });

  it("is not taken for what was moved when only its write-ahead log has more", async () => {
    await fill(from, "Contoso");
    settleWithoutRenaming();
    saveAndDie(from);
    expect(settle()).toBe(to);
    expect(besides(from)).toEqual(["data"]);
    expect(logged(to)).toContain("the local one is used");
  });

  it("is one account's own before anything is in it, and stays where it is when that cannot be", async () => {
    await fill(from, "Contoso");
    const seen: unknown[] = [];
    expect(settle({ secure: (folder) => { seen.push(path.basename(folder), existsSync(folder) && readdirSync(folder).length > 0); return false; } })).toBe(from);
    expect(seen).toEqual(["data.moving", false]);
    expect(logged(from)).toContain("the rights of the new folder could not be set");
    expect([besides(from), besides(to)]).toEqual([["data"], []]);
  });

  it("is used where it is while another process has it, or its practice organisation, open", async () => {
    await fill(from, "Contoso");
    for (const folder of [from, path.join(from, "practice")]) {
      const other = await open({ folder, keyWrapping: keyFile(folder) });
      expect(settle()).toBe(from);
      expect(logged(from).trimEnd().split("\n").at(-1)).toContain("another process has the data open");
      await other.close();
    }
    expect(settle()).toBe(to);
  });

  it("is used where it is when the copy is not good, so that it is restored there", async () => {
    await fill(from, "Contoso");
    writeFileSync(path.join(from, "messaging-console.db"), Buffer.alloc(8192, 1));
    expect(settle()).toBe(from);
    expect(besides(to)).toEqual([]);
    expect(await namesIn(from)).toEqual(["Contoso"]);
    expect(settle()).toBe(to);
    expect(await namesIn(to)).toEqual(["Contoso"]);
  });

  it("is used where it is when there is no room for it in the new place", async () => {
    await fill(from, "Contoso");
    writeFileSync(path.join(root, "Local"), "a file where the folder would be");
    expect(settle()).toBe(from);
    expect(await namesIn(from)).toEqual(["Contoso"]);
  });

  it("gives way to data in the new place, and the log says where it is", async () => {
    await fill(from, "Old");
    await fill(to, "New");
    expect(settle()).toBe(to);
    expect(await namesIn(to)).toEqual(["New"]);
    expect(await namesIn(from)).toEqual(["Old"]);
    expect(logged(to)).toContain("the local one is used");
    expect(logged(to)).toContain(JSON.stringify(from).slice(1, -1));
  });

  it("is not taken for what was moved when somebody saved into it before it could be renamed", async () => {
    await fill(from, "Contoso");
    settle();
    const [kept = ""] = besides(from);
    // As an end right before the old folder was renamed leaves it, and an older version that was started then.
    writeFileSync(path.join(to, "moved-from.txt"), "another state");
    mkdirSync(path.dirname(from), { recursive: true });
    await fill(from, "Saved since");
    expect(settle()).toBe(to);
    expect(besides(from).toSorted()).toEqual(["data", kept]);
    expect(await namesIn(from)).toEqual(["Saved since"]);
  });

  it("replaces what a start left in the new place that came to no database, and keeps that aside", async () => {
    await fill(from, "Contoso");
    mkdirSync(path.join(to, "logs"), { recursive: true });
    writeFileSync(path.join(to, "logs", "loopback.log"), "earlier");
    expect(settle()).toBe(to);
    expect(await namesIn(to)).toEqual(["Contoso"]);
    const aside = besides(to).find((name) => name.startsWith("data.before-")) ?? "";
    expect(readFileSync(path.join(path.dirname(to), aside, "logs", "loopback.log"), "utf8")).toBe("earlier");
  });

  it("is looked for on Windows alone", async () => {
    await fill(from, "Contoso");
    const environment = { APPDATA: path.join(root, "Roaming"), LOCALAPPDATA: path.join(root, "Local"), XDG_CONFIG_HOME: root };
    expect(await settledDataDirectory("loopback", { platform: "linux", environment })).toBe(path.join(root, "Messaging Console", "data"));
    expect(await settledDataDirectory("loopback", { platform: "win32", environment: { ...environment, APPDATA: path.join(root, "none") } })).toBe(to);
    expect(besides(from)).toEqual(["data"]);
  });
});
