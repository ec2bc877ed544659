/** Keys over several sessions, with a platform that protects, fails and protects again. */
import path from "node:path";
import { DatabaseSync } from "node:sqlite";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { KeyWrapping } from "../../../../main/ports.ts";
import { Connection } from "../../../../main/store/connection.ts";
import type { SecretReference, Store } from "../../../../main/store/types.ts";
import { fail } from "../../../../shared/fault.ts";
import { wayWith } from "../../../lab/key-wrapping.ts";
import { recordingLogger } from "../../../lab/loggers.ts";
import { fakeClock } from "../monitor/support.ts";
import { open, take, temporaryFolder } from "./support.ts";

const place = temporaryFolder();
const { folder } = place;
const purpose = "messaging/exchange/password";
const unreadable = { ok: false, fault: { kind: "unreadable", what: "secret-unreadable" } };
const noProtection = { ok: false, fault: { kind: "not-stored", why: "no-protection" } };
const dpapi = wayWith(new Uint8Array(32).fill(1), "dpapi");
const safeStorage = wayWith(new Uint8Array(32).fill(2), "safe-storage");
const keyFile = wayWith(new Uint8Array(32).fill(3), "key-file");

/** A protection that does not answer until it is told to: PowerShell that is slow, a keyring that is locked. */
function failing(way: KeyWrapping): KeyWrapping & { works: boolean } {
  const refused = fail({ kind: "unreadable", what: "secret-unreadable" });
  const state = { works: false };
  return {
    protection: way.protection,
    get works() {
      return state.works;
    },
    set works(works) {
      state.works = works;
    },
    wrap: (key) => (state.works ? way.wrap(key) : Promise.resolve(refused)),
    unwrap: (wrapped) => (state.works ? way.unwrap(wrapped) : Promise.resolve(refused)),
  };
}

let clock = fakeClock();
beforeEach(() => {
  clock = fakeClock();
});
afterEach(place.remove);

const session = (...keyWrapping: KeyWrapping[]) => open({ folder, clock, keyWrapping });
const seal = async (store: Store, text: string) => take(await store.vault.seal(purpose, Buffer.from(text)));
const read = (store: Store, reference: SecretReference) => {
  const opened = store.vault.open(purpose, reference);
  return opened.ok ? Buffer.from(opened.value).toString() : null;
};
const protections = () => {
  const database = new DatabaseSync(path.join(folder, "messaging-console.db"), { readOnly: true });
  const rows = database.prepare("SELECT protection FROM wrapped_key ORDER BY at, id").all();
  database.close();
  return rows.map((row) => row["protection"]);
};

test("protected, then failing, then protected again: nothing is sealed in the clear, everything is readable", async () => {
  const first = await session(dpapi, keyFile);
  expect(first.vault.protection).toBe("dpapi");
  const before = await seal(first, "before");
  await first.close();

  const second = await session(failing(dpapi), keyFile);
  expect(second.vault.open(purpose, before)).toEqual(unreadable);
  expect(await second.vault.seal(purpose, Buffer.from("meanwhile"))).toEqual(noProtection);
  expect(second.vault.protection).toBeNull();
  await second.close();

  const third = await session(dpapi, keyFile);
  expect(read(third, before)).toBe("before");
  expect(read(third, await seal(third, "after"))).toBe("after");
  await third.close();
  expect(protections()).toEqual(["dpapi"]);
});

test("what did not open is tried again in the same session, and listeners hear of it", async () => {
  const first = await session(dpapi, keyFile);
  const before = await seal(first, "before");
  await first.close();

  const slow = failing(dpapi);
  const store = await session(slow, keyFile);
  let told = 0;
  store.onChange(() => (told += 1));
  await clock.advance(15_000);
  expect([read(store, before), told]).toEqual([null, 0]);
  slow.works = true;
  await clock.advance(60_000);
  expect(read(store, before)).toBe("before");
  expect(told).toBeGreaterThan(0);
  expect(read(store, await seal(store, "later"))).toBe("later");
  await store.close();
  await clock.advance(60 * 60 * 1000);
  expect(protections()).toEqual(["dpapi"]);
});

test("a key of another protection than the one that seals is tried six times, first after fifteen seconds", async () => {
  await (await session(dpapi, keyFile)).close();
  const slow = failing(dpapi);
  const unwrap = vi.spyOn(slow, "unwrap");
  const desktop = await session(safeStorage, slow, keyFile);
  await clock.advance(14_999);
  expect(unwrap).toHaveBeenCalledTimes(1);
  await clock.advance(1);
  expect(unwrap).toHaveBeenCalledTimes(2);
  await clock.advance(24 * 60 * 60 * 1000);
  expect([unwrap.mock.calls.length, desktop.vault.protection]).toEqual([6, "safe-storage"]);
  await desktop.close();
});

test("while nothing seals it is tried for ever, every ten minutes in the end, also after a try that threw", async () => {
  await (await session(dpapi, keyFile)).close();
  const slow = failing(dpapi);
  const unwrap = vi.spyOn(slow, "unwrap");
  const store = await session(slow, keyFile);
  await clock.advance(945_000);
  expect(unwrap).toHaveBeenCalledTimes(7);
  await clock.advance(6_000_000);
  expect(unwrap).toHaveBeenCalledTimes(17);
  const all = vi.spyOn(Connection.prototype, "all").mockImplementation(() => {
    throw new Error("planted");
  });
  await clock.advance(600_000);
  all.mockRestore();
  slow.works = true;
  await clock.advance(600_000);
  expect(store.vault.protection).toBe("dpapi");
  await store.close();
});

test("a ring that is closed while it waits tries no key again", async () => {
  await (await session(dpapi, keyFile)).close();
  const logger = recordingLogger();
  const store = await open({ folder, clock, logger, keyWrapping: [failing(dpapi), keyFile] });
  await store.close();
  const before = logger.lines.length;
  await clock.advance(60 * 60 * 1000);
  expect(logger.lines.slice(before)).toEqual([]);
});

test("a ring that is closed while a protection still thinks says and does nothing when that answers", async () => {
  await (await session(dpapi, keyFile)).close();
  const logger = recordingLogger();
  const answer = Promise.withResolvers<void>();
  let asked = 0;
  const slow: KeyWrapping = {
    ...failing(dpapi),
    unwrap: async (wrapped) => {
      asked += 1;
      if (asked > 1) await answer.promise;
      return asked > 1 ? dpapi.unwrap(wrapped) : fail({ kind: "unreadable", what: "secret-unreadable" });
    },
  };
  const store = await open({ folder, clock, logger, keyWrapping: [slow, keyFile] });
  await clock.advance(15_000);
  await store.close();
  const before = logger.lines.length;
  answer.resolve();
  await clock.advance(60 * 60 * 1000);
  expect([asked, logger.lines.slice(before)]).toEqual([2, []]);
});

test("a first session in the clear stays readable when the platform protects in the next one, and new secrets are protected", async () => {
  const logger = recordingLogger();
  const first = await open({ folder, clock, logger, keyWrapping: [failing(dpapi), keyFile] });
  expect(first.vault.protection).toBe("key-file");
  expect(logger.lines.join("\n")).toContain("nothing but a file protects");
  const clear = await seal(first, "clear");
  await first.close();

  const second = await session(dpapi, keyFile);
  expect(second.vault.protection).toBe("dpapi");
  expect(read(second, clear)).toBe("clear");
  const sealed = await seal(second, "protected");
  await second.close();

  const third = await session(failing(dpapi), keyFile);
  expect([read(third, clear), read(third, sealed)]).toEqual(["clear", null]);
  expect(await third.vault.seal(purpose, Buffer.from("x"))).toEqual(noProtection);
  await third.close();
});

test("a folder that another protection kept is not opened to the clear by a host whose own protection fails", async () => {
  const desktop = await session(safeStorage, dpapi, keyFile);
  await seal(desktop, "desktop");
  await desktop.close();
  const loopback = await session(failing(dpapi), keyFile);
  expect(await loopback.vault.seal(purpose, Buffer.from("x"))).toEqual(noProtection);
  await loopback.close();
  expect(protections()).toEqual(["safe-storage"]);
});

test("a host that knows no protection has keys of its own in the clear", async () => {
  const desktop = await session(safeStorage, keyFile);
  const kept = await seal(desktop, "desktop");
  await desktop.close();
  const loopback = await session(keyFile);
  expect([loopback.vault.protection, read(loopback, kept), read(loopback, await seal(loopback, "own"))]).toEqual(["key-file", null, "own"]);
  await loopback.close();
});

test("keys of several protections are all loaded, and the best seals", async () => {
  const loopback = await session(dpapi, keyFile);
  const first = await seal(loopback, "loopback");
  await loopback.close();
  const desktop = await session(safeStorage, dpapi, keyFile);
  expect(desktop.vault.protection).toBe("safe-storage");
  expect([read(desktop, first), read(desktop, await seal(desktop, "desktop"))]).toEqual(["loopback", "desktop"]);
  await desktop.close();
});

test.each([
  ["what it stored", (wrapped: Uint8Array) => wrapped],
  ["another key", () => new Uint8Array(32).fill(7)],
])("a protection that gives back %s instead of what it was given protects nothing", async (_what, unwrap) => {
  const liar: KeyWrapping = { ...dpapi, unwrap: (wrapped) => Promise.resolve({ ok: true, value: unwrap(wrapped) }) };
  const store = await session(liar, keyFile);
  expect(store.vault.protection).toBe("key-file");
  await store.close();
  expect(protections()).toEqual(["key-file"]);
});

test("a key that is not the stored one seals nothing: what was sealed under it would be lost", async () => {
  const first = await session(dpapi);
  const before = await seal(first, "before");
  await first.close();
  const wrong = await session({ ...dpapi, unwrap: () => Promise.resolve({ ok: true, value: new Uint8Array(32) }) });
  expect([wrong.vault.protection, await wrong.vault.seal(purpose, Buffer.from("x"))]).toEqual([null, noProtection]);
  await wrong.close();
  const again = await session(dpapi);
  expect(read(again, before)).toBe("before");
  await again.close();
});

test("of two keys of one protection the newer seals: the older one has been lost before", async () => {
  const [lost, current] = [dpapi, wayWith(new Uint8Array(32).fill(4), "dpapi")];
  const first = await session(lost);
  const old = await seal(first, "old");
  await first.close();
  await clock.advance(1);
  await (await session(current)).close();
  // The account's password was set back and forth: for once both open.
  const both = await session({
    ...current,
    unwrap: async (wrapped) => {
      const opened = await current.unwrap(wrapped);
      return opened.ok ? opened : lost.unwrap(wrapped);
    },
  });
  const sealed = await seal(both, "new");
  expect([read(both, old), read(both, sealed)]).toEqual(["old", "new"]);
  await both.close();
  const last = await session(current);
  expect([read(last, old), read(last, sealed)]).toEqual([null, "new"]);
  await last.close();
});

// Each session's platform: does the protection work? Whatever the order, a key in the clear is only made before any protected one.
test.each(Array.from({ length: 16 }, (_, bits) => [3, 2, 1, 0].map((bit) => ((bits >> bit) & 1) === 1)))("sessions %j, %j, %j, %j: what was sealed comes back, and none is in the clear that was not before", async (...working) => {
  const sealed: { readonly text: string; readonly reference: SecretReference }[] = [];
  let wasProtected = false;
  for (const [index, works] of working.entries()) {
    const way = failing(dpapi);
    way.works = works;
    const store = await session(way, keyFile);
    const answer = await store.vault.seal(purpose, Buffer.from(`session ${index}`));
    expect(answer.ok).toBe(works || !wasProtected);
    if (answer.ok) sealed.push({ text: `session ${index}`, reference: answer.value });
    wasProtected ||= works;
    expect(store.vault.protection).toBe(works ? "dpapi" : wasProtected ? null : "key-file");
    await store.close();
  }
  const last = await session(dpapi, keyFile);
  expect(sealed.map(({ reference }) => read(last, reference))).toEqual(sealed.map(({ text }) => text));
  await last.close();
});
