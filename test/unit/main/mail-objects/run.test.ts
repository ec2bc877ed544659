/** Several objects of one run: what is under way at the same time, and what an end leaves behind. */
import { afterEach, beforeEach, expect, it } from "vitest";
import type { WorkParts } from "../../../../main/mail-objects/object-work.ts";
import { workRun } from "../../../../main/mail-objects/run.ts";
import { ServerOrder } from "../../../../main/mail-objects/server-order.ts";
import type { Journal, Store } from "../../../../main/store/types.ts";
import { fail, type Fault } from "../../../../shared/fault.ts";
import type { JournalEntry, MailRequest, StepOutcome } from "../../../../shared/model/mail-object.ts";
import { whoSaves } from "../../../lab/engine-under-test.ts";
import { open, take, temporaryFolder } from "../store/support.ts";
import { farSide, type FarSide } from "./far-side.ts";

const place = temporaryFolder();
let store: Store;
let far: FarSide;
/** What happened, in its order. */
let events: string[];
/** Answers of the servers by the object's alias, given by hand; others are done at once. */
let answers: Map<string, PromiseWithResolvers<StepOutcome>>;
let stop: AbortController;

beforeEach(async () => {
  store = await open({ folder: place.folder });
  far = farSide();
  [events, answers, stop] = [[], new Map(), new AbortController()];
});
afterEach(async () => {
  await store.close();
  place.remove();
});

const done: StepOutcome = { state: "succeeded", already: false, address: null };
const forbidden: Fault = { kind: "forbidden", needs: ["Recipient Management"] };
const group = (alias: string): MailRequest => ({
  action: "create", type: "distribution-group", name: alias, container: "OU=Groups,DC=contoso,DC=lab", identity: null, alias, address: null, externalAddress: null, accountName: alias,
});

function waitsAt(alias: string): PromiseWithResolvers<StepOutcome> {
  const answer = Promise.withResolvers<StepOutcome>();
  answers.set(alias, answer);
  return answer;
}

function partsWith(journal: Journal, via: WorkParts["provisioning"]["via"] = "servers"): WorkParts {
  const clock = { now: () => 1, elapsed: () => 0, random: () => 0, after: () => () => undefined };
  const run: WorkParts["run"] = {
    ...far.run,
    ask: async (_server, { alias }) => {
      events.push(`ask ${alias}`);
      const answer = await (answers.get(alias)?.promise ?? done);
      events.push(`answer ${alias}`);
      return answer;
    },
  };
  const objects: WorkParts["objects"] = { ...far.objects, create: (request, details) => (events.push(`create ${request.alias}`), far.objects.create(request, details)) };
  return { journal, clock, signal: stop.signal, connection: far.connection, objects, provisioning: { ...far.provisioning, via }, run, servers: new ServerOrder(["exb"], clock), onStep: () => undefined };
}

async function start(count: number, parts: WorkParts = partsWith(store.journal)) {
  const requests = ["a", "b", "c", "d"].slice(0, count).map(group);
  const { run } = take(await store.journal.begin({ storeId: "store-1", storeName: "Contoso", at: 1, by: whoSaves("eva"), provider: { provider: "exchange", variant: "2013" }, requests }));
  const reported: string[] = [];
  const working = workRun(run, await store.journal.run(run), parts, { passwordOf: () => null, onObject: ({ request }, number) => Promise.resolve(void reported.push(`${request.alias} ${number}`)) });
  const kept = async () => (await store.journal.run(run)).map(({ state, fault }) => (fault === null ? state : `${state}: ${fault.kind}`));
  return { working, reported, kept };
}

const states = (entries: readonly JournalEntry[]) => entries.map(({ state }) => state);

it("makes the next object while a server is at one, as soon as a server has done one", async () => {
  const [first, second] = [waitsAt("a"), waitsAt("b")];
  const { working, reported, kept } = await start(3);
  await expect.poll(() => events).toEqual(["create a", "ask a"]);
  first.resolve(done);
  await expect.poll(() => events.slice(2)).toEqual(["answer a", "create b", expect.any(String), expect.any(String)]);
  expect(events.slice(4).toSorted()).toEqual(["ask b", "create c"]);
  // What is made stands in the journal, each step before it happened and after.
  await expect.poll(kept).toEqual(["done", "running", "running"]);
  second.resolve(done);
  expect(states(take(await working))).toEqual(["done", "done", "done"]);
  expect(events.slice(6)).toEqual(["answer b", "ask c", "answer c"]);
  expect(reported).toEqual(["a 1", "b 2", "c 3"]);
  expect(await kept()).toEqual(["done", "done", "done"]);
});

it("makes nothing ahead where the mail part is the directory's, too", async () => {
  const { working } = await start(3, partsWith(store.journal, "cloud"));
  take(await working);
  expect(events.filter((event) => !event.startsWith("answer"))).toEqual(["create a", "ask a", "create b", "ask b", "create c", "ask c"]);
});

it("works on what was made ahead to its end where the one before it is refused, and begins nothing more", async () => {
  const second = waitsAt("b");
  const { working, kept } = await start(4);
  await expect.poll(() => events.slice(-2).toSorted()).toEqual(["ask b", "create c"]);
  second.resolve({ state: "refused", fault: forbidden });
  const worked = take(await working);
  expect(states(worked)).toEqual(["done", "half-done", "done", "planned"]);
  expect(events).not.toContain("create d");
  expect(await kept()).toEqual(["done", "half-done: forbidden", "done", "planned"]);
});

it("says of what was made ahead that it is half done where it is cancelled, and asks no server for it", async () => {
  const second = waitsAt("b");
  const { working, kept } = await start(4);
  await expect.poll(() => events.slice(-2).toSorted()).toEqual(["ask b", "create c"]);
  stop.abort();
  second.resolve(done);
  expect(states(take(await working))).toEqual(["done", "done", "half-done", "planned"]);
  expect(events).not.toContain("ask c");
  expect(await kept()).toEqual(["done", "done", "half-done: cancelled", "planned"]);
});

it("ends where the journal cannot be written while the next object is made, after the one that a server is at", async () => {
  const second = waitsAt("b");
  const full: Fault = { kind: "not-stored", why: "disk-full" };
  let isFull = false;
  const { journal } = store;
  const { working, kept } = await start(4, partsWith({ ...journal, ended: async (entry, ...given) => (isFull ? fail(full) : journal.ended(entry, ...given)) }));
  await expect.poll(() => events.slice(-2).toSorted()).toEqual(["ask b", "create c"]);
  isFull = true;
  second.resolve(done);
  expect(await working).toEqual(fail(full));
  expect(events).not.toContain("create d");
  expect((await kept()).at(-1)).toBe("planned");
});
