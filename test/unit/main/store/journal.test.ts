import { afterEach, beforeEach, expect, test } from "vitest";
import type { Store } from "../../../../main/store/types.ts";
import type { JournalQuestion } from "../../../../shared/contract/mail-objects.ts";
import { fail } from "../../../../shared/fault.ts";
import { engineUnderTest, onlyOnFile } from "../../../lab/engine-under-test.ts";
import { question, request, runOf } from "../../../lab/journal-runs.ts";
import { heard, open, take, temporaryFolder } from "./support.ts";

const place = temporaryFolder();
const { folder } = place;
const { ask, isTeam } = engineUnderTest();
let ada: Store;
let bob: Store;
beforeEach(async () => {
  ada = await open({ folder });
  bob = await open({ folder });
});
afterEach(async () => {
  await ada.close();
  await bob.close();
  place.remove();
});

const namesOf = async (store: Store, more: Partial<JournalQuestion> = {}) => (await store.journal.page(question(more))).entries.map((entry) => entry.request.name);
const begin = async (store: Store, ...names: readonly string[]) => take(await store.journal.begin(runOf(names.map((name) => request(name)))));
/** As after half a minute without a word of the holder; a team's database lets nobody but its superuser say so. */
const change = (sql: string) => ask(folder, `${isTeam ? "SET session_replication_role = replica; " : ""}${sql}`);
const letLapse = (run: string) => change(`UPDATE mail_run SET held_until = 1 WHERE id = '${run}'`);
const only = <T>([item]: readonly T[]): T => {
  if (item === undefined) throw new Error("there is none");
  return item;
};
const missingRun = fail({ kind: "not-found", what: "run" });
const underWay = fail({ kind: "unsupported", why: "run-under-way" });
const at = 1_700_000_000_001;

test("a run comes back whole: its objects in their order, each step before it happens and after", async () => {
  const requests = [request("Sales", { address: "sales@contoso.lab" }), request("Zoë \u0000 \u{1f600} ' % _ \\", { type: "mail-contact", externalAddress: "zoe@fabrikam.test" })];
  const { run, entries } = take(await ada.journal.begin(runOf(requests)));
  const common = { run, storeId: "store-1", storeName: "Contoso", at: 1_700_000_000_000, by: "ada", provider: { provider: "exchange", variant: "2013" } };
  const planned = { ...common, state: "planned", object: null, address: null, fault: null, steps: [] };
  expect(await bob.journal.run(run)).toEqual(requests.map((made, index) => ({ ...planned, id: entries[index], place: index + 1, request: made })));
  const entry = only(entries);
  take(await ada.journal.begun(entry, { number: 1, kind: "create", server: null, at }));
  const started = { number: 1, kind: "create", server: null, at, ms: null, outcome: { state: "started" } } as const;
  expect(await bob.journal.entry(entry)).toEqual({ ...planned, id: entry, place: 1, request: requests[0], state: "running", steps: [started] });
  const object = { identity: "CN=Sales,DC=contoso,DC=lab", guid: "9f3e", controller: "dc1.contoso.lab" };
  const succeeded = { state: "succeeded", already: false, address: null } as const;
  take(await ada.journal.ended(entry, { number: 1, ms: 12.4, outcome: succeeded }, { state: "half-done", object }));
  const reached = { kind: "unreachable", rung: "tcp", reason: "refused", host: "exb.contoso.lab" } as const;
  take(await ada.journal.begun(entry, { number: 2, kind: "enable", server: "exb.contoso.lab", at: at + 1 }));
  take(await ada.journal.ended(entry, { number: 2, ms: 3, outcome: { state: "not-reached", fault: reached } }, { state: "running", fault: reached, address: "sales@contoso.lab" }));
  take(await ada.journal.change(entry, { state: "half-done" }));
  expect(await bob.journal.entry(entry)).toEqual({
    ...planned, id: entry, place: 1, request: requests[0], state: "half-done", object, address: "sales@contoso.lab", fault: reached,
    steps: [
      { ...started, ms: 12, outcome: succeeded },
      { number: 2, kind: "enable", server: "exb.contoso.lab", at: at + 1, ms: 3, outcome: { state: "not-reached", fault: reached } },
    ],
  });
  take(await ada.journal.change(entry, { state: "done", fault: null, address: null }));
  expect(await bob.journal.entry(entry)).toMatchObject({ state: "done", object, address: null, fault: null });
  expect([await ada.journal.entry("another"), await ada.journal.run("another")]).toEqual([null, []]);
});

test("a run is taken by one process at a time, and whoever has lost it writes nothing", async () => {
  const { run, entries } = await begin(ada, "Sales");
  const entry = only(entries);
  take(await ada.journal.begun(entry, { number: 1, kind: "create", server: null, at }));
  expect(await bob.journal.take(run)).toEqual(underWay);
  for (const refused of [bob.journal.hold(run), bob.journal.release(run), bob.journal.change(entry, { state: "done" }), bob.journal.begun(entry, { number: 2, kind: "look", server: null, at })]) {
    expect(await refused).toEqual(missingRun);
  }
  expect(await bob.journal.take("another")).toEqual(missingRun);
  take(await ada.journal.take(run));
  await letLapse(run);
  expect(await bob.journal.entry(entry)).toMatchObject({ state: "interrupted", steps: [{ outcome: { state: "started" } }] });
  // Nobody came meanwhile: it is still in the same hands, as after a sleep.
  take(await ada.journal.hold(run));
  expect(await bob.journal.entry(entry)).toMatchObject({ state: "running" });
  expect(await bob.journal.take(run)).toEqual(underWay);
  await letLapse(run);
  take(await bob.journal.take(run));
  const success = { number: 1, ms: 1, outcome: { state: "missing" } } as const;
  for (const late of [ada.journal.ended(entry, success, { state: "done" }), ada.journal.begun(entry, { number: 2, kind: "look", server: null, at }), ada.journal.change(entry, { state: "done" }), ada.journal.hold(run), ada.journal.release(run)]) {
    expect(await late).toEqual(missingRun);
  }
  expect(await ada.journal.entry(entry)).toMatchObject({ state: "running", steps: [{ outcome: { state: "started" } }] });
  take(await bob.journal.release(run));
  expect(await ada.journal.entry(entry)).toMatchObject({ state: "interrupted" });
  take(await ada.journal.take(run));
});

test("each write renews the hold, and holding alone is no change", async () => {
  const { run, entries } = await begin(ada, "Sales");
  await letLapse(run);
  take(await ada.journal.begun(only(entries), { number: 1, kind: "create", server: null, at }));
  expect(await bob.journal.take(run)).toEqual(underWay);
  const before = ada.journal.newest();
  take(await ada.journal.hold(run));
  expect(ada.journal.newest()).toBe(before);
});

test("a step that ended, and one that was begun, stay as they are; told again, they are stored", async () => {
  const { entries } = await begin(ada, "Sales");
  const entry = only(entries);
  const step = { number: 1, kind: "create", server: null, at } as const;
  const ended = { number: 1, ms: 1, outcome: { state: "missing" } } as const;
  await expect(ada.journal.ended(entry, ended, { state: "done" })).rejects.toThrow("another one");
  take(await ada.journal.begun(entry, step));
  take(await ada.journal.begun(entry, step));
  await expect(ada.journal.begun(entry, { ...step, kind: "look" })).rejects.toThrow("another one");
  take(await ada.journal.ended(entry, ended, { state: "half-done" }));
  take(await ada.journal.ended(entry, ended, { state: "half-done" }));
  await expect(ada.journal.ended(entry, { ...ended, ms: 9 }, { state: "done" })).rejects.toThrow("another one");
  await expect(ada.journal.begun(entry, step)).rejects.toThrow("another one");
  expect(await ada.journal.entry(entry)).toMatchObject({ state: "half-done", steps: [{ kind: "create", ms: 1, outcome: { state: "missing" } }] });
});

test("pages are newest first, by a cursor, for a store, a run and states", async () => {
  const first = await begin(ada, "A", "B", "C");
  const second = take(await bob.journal.begin(runOf([request("D"), request("E")], { storeId: "store-2" })));
  expect(await namesOf(ada)).toEqual(["E", "D", "C", "B", "A"]);
  const pages: string[][] = [];
  for (let before: string | null = null, more = true; more; ) {
    const { entries, next }: Awaited<ReturnType<Store["journal"]["page"]>> = await ada.journal.page(question({ before, most: 2 }));
    pages.push(entries.map((entry) => entry.request.name));
    [before, more] = [next, next !== null];
  }
  expect(pages).toEqual([["E", "D"], ["C", "B"], ["A"]]);
  expect(await namesOf(ada, { before: "no place" })).toEqual([]);
  expect(await namesOf(ada, { storeId: "store-2" })).toEqual(["E", "D"]);
  expect(await namesOf(ada, { run: first.run })).toEqual(["C", "B", "A"]);
  take(await ada.journal.begun(first.entries[0] ?? "", { number: 1, kind: "create", server: null, at }));
  take(await ada.journal.change(first.entries[1] ?? "", { state: "done" }));
  take(await bob.journal.begun(second.entries[0] ?? "", { number: 1, kind: "create", server: null, at }));
  expect(await namesOf(ada, { states: ["running"] })).toEqual(["D", "A"]);
  expect(await namesOf(ada, { states: ["running", "done"], storeId: "store-1" })).toEqual(["B", "A"]);
  await letLapse(first.run);
  expect(await namesOf(ada, { states: ["running"] })).toEqual(["D"]);
  expect(await namesOf(ada, { states: ["interrupted"] })).toEqual(["A"]);
  expect(await namesOf(ada, { states: ["interrupted", "planned"] })).toEqual(["E", "C", "A"]);
});

test("what is searched is found without case in name, alias, addresses and servers, as it is written", async () => {
  const requests = [
    request("Größe ÉTÉ"), request("100% sure_1", { alias: "sure" }), request("C", { externalAddress: "Zoe@Fabrikam.test" }), request("D", { address: "Info@contoso.lab" }), request("E", { alias: "Back\\slash" }),
  ];
  const { entries } = take(await ada.journal.begin(runOf(requests)));
  const [first = ""] = entries;
  for (const [number, server] of [[1, "EXB.contoso.lab"], [2, "exa.contoso.lab"], [3, "EXB.contoso.lab"]] as const) {
    take(await ada.journal.begun(first, { number, kind: "enable", server, at }));
    take(await ada.journal.ended(first, { number, ms: 1, outcome: { state: "succeeded", already: false, address: null } }, { state: "done", address: "Groesse@Contoso.lab" }));
  }
  const found = async (search: string) => (await namesOf(bob, { search })).join(", ");
  expect(await found("GRÖSSE")).toBe("");
  expect([await found("grÖße é"), await found("exb.CONTOSO"), await found("exa."), await found("groesse@")]).toEqual(Array.from({ length: 4 }, () => "Größe ÉTÉ"));
  expect([await found("0% S"), await found("e_1"), await found("%"), await found("_")]).toEqual(Array.from({ length: 4 }, () => "100% sure_1"));
  expect([await found("zoe@FAB"), await found("INFO@"), await found("k\\S"), await found("\u0000")]).toEqual(["C", "D", "E", "100% sure_1, Größe ÉTÉ"]);
  take(await ada.journal.change(first, { state: "done", address: null }));
  expect(await found("groesse@")).toBe("");
});

test("newest changes with every own write at once, and with those of others a moment later", async () => {
  const seen = [ada.journal.newest()];
  const other = bob.journal.newest();
  const { run, entries } = await begin(ada, "Sales");
  const entry = only(entries);
  const see = () => seen.push(ada.journal.newest());
  see();
  take(await ada.journal.begun(entry, { number: 1, kind: "create", server: null, at }));
  see();
  take(await ada.journal.ended(entry, { number: 1, ms: 1, outcome: { state: "missing" } }, { state: "half-done" }));
  see();
  take(await ada.journal.change(entry, { state: "done" }));
  see();
  take(await ada.journal.release(run));
  see();
  take(await ada.journal.take(run));
  see();
  expect(new Set(seen).size).toBe(7);
  await heard(() => expect(bob.journal.newest()).not.toBe(other));
  await heard(() => expect(bob.journal.newest()).toBe(ada.journal.newest()));
});

test("what another version wrote in words unknown here is told as that, and hides nothing else", async () => {
  const { entries } = await begin(ada, "A", "B", "C", "D", "E");
  const [first = "", second = "", third = "", fourth = ""] = entries;
  for (const number of [1, 2]) take(await ada.journal.begun(first, { number, kind: "create", server: "dc1", at }));
  await change(`UPDATE mail_step SET outcome = '{"state":"postponed"}' WHERE number = 1`);
  await change(`UPDATE mail_step SET kind = 'rename' WHERE number = 2`);
  await change(`UPDATE mail_entry SET fault = '{"kind":"postponed"}', object = '{"in":"another form"}' WHERE id = '${first}'`);
  await change(`UPDATE mail_entry SET state = 'postponed', fault = 'damaged' WHERE id = '${second}'`);
  await change(`UPDATE mail_entry SET request = '{"action":"rename"}' WHERE id = '${third}'`);
  await change(`UPDATE mail_entry SET request = 'damaged' WHERE id = '${fourth}'`);
  const unknown = { kind: "unsupported", why: "newer-words" };
  const page = await bob.journal.page(question());
  // An object that nobody can describe is taken for no other one.
  expect(page.entries.map((entry) => entry.request.name)).toEqual(["E", "B", "A"]);
  expect(page.entries.slice(1)).toMatchObject([
    { state: "interrupted", fault: unknown, steps: [] },
    { state: "running", fault: unknown, object: null, steps: [{ number: 1, outcome: { state: "unanswered", fault: unknown } }] },
  ]);
  expect([await bob.journal.entry(third), (await bob.journal.page(question({ most: 2 }))).entries.length, (await bob.journal.page(question({ most: 2 }))).next]).toEqual([null, 1, expect.any(String)]);
});

test.skipIf(isTeam)(`a write counts as a save, so that a copy of before it is the older one; a hold does not${onlyOnFile("copies are of a file")}`, async () => {
  const generation = async () => (await ask(folder, "SELECT number FROM generation"))[0]?.["number"];
  const before = await generation();
  const { run, entries } = await begin(ada, "Sales");
  take(await ada.journal.change(only(entries), { state: "cancelled" }));
  const after = await generation();
  expect(after).toBe(Number(before) + 2);
  take(await ada.journal.hold(run));
  expect(await generation()).toBe(after);
});
