/** The work on one object: what it comes to, and that a process may end at any moment of it. */
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { WorkParts } from "../../../../main/mail-objects/object-work.ts";
import { undoOne, workRun } from "../../../../main/mail-objects/run.ts";
import { ServerOrder } from "../../../../main/mail-objects/server-order.ts";
import type { Journal, Store } from "../../../../main/store/types.ts";
import { fail, type Fault } from "../../../../shared/fault.ts";
import type { JournalEntry, MailRequest } from "../../../../shared/model/mail-object.ts";
import { whoSaves } from "../../../lab/engine-under-test.ts";
import { open, take, temporaryFolder } from "../store/support.ts";
import { farSide, type FarSide } from "./far-side.ts";

const place = temporaryFolder();
const { folder } = place;
let store: Store;
let far: FarSide;
beforeEach(async () => {
  store = await open({ folder });
  far = farSide();
});
afterEach(async () => {
  await store.close();
  place.remove();
});

const request: MailRequest = {
  action: "create", type: "distribution-group", name: "Sales", container: "OU=Groups,DC=contoso,DC=lab", identity: null,
  alias: "sales", address: null, externalAddress: null, accountName: "Sales",
};
const unreachable: Fault = { kind: "unreachable", rung: "tcp", reason: "refused" };
const taken: Fault = { kind: "object-refused", why: "name-taken" };

/** Time that does not wait. */
const clock = { now: () => 1_700_000_000_000, elapsed: () => 0, random: () => 0, after: (_ms: number, callback: () => void) => {
  const timer = setImmediate(callback);
  return () => clearImmediate(timer);
} };
const holding = { ...clock, after: () => () => undefined };

function partsWith(journal: Journal, signal = new AbortController().signal): WorkParts {
  return { journal, clock, signal, connection: far.connection, objects: far.objects, provisioning: far.provisioning, run: far.run, servers: new ServerOrder(["exb", "exa"], holding), onStep: (made) => far.heard.push(made) };
}

async function begin(...requests: readonly MailRequest[]): Promise<string> {
  const provider = { provider: "exchange", variant: "2013" };
  return take(await store.journal.begin({ storeId: "store-1", storeName: "Contoso", at: 1, by: whoSaves("eva"), provider, requests })).run;
}

async function work(run: string, parts: WorkParts = partsWith(store.journal)): Promise<JournalEntry> {
  const entries = await store.journal.run(run);
  take(await store.journal.take(run));
  const worked = take(await workRun(run, entries, parts, { passwordOf: () => "Pass-word1", onObject: () => Promise.resolve() }));
  const [entry] = worked;
  if (entry === undefined) throw new Error("the run has no entry");
  // What was answered is what is kept.
  expect(await store.journal.entry(entry.id)).toEqual(entry);
  return entry;
}

const told = ({ steps }: JournalEntry) => steps.map(({ kind, server, outcome }) => `${kind} ${server ?? "-"} ${outcome.state}`);

describe("the work on one object", () => {
  it("makes it in the directory, then its mail part by the first server", async () => {
    const entry = await work(await begin(request));
    expect(entry).toMatchObject({ state: "done", address: "sales@contoso.lab", fault: null, object: { controller: "dc1" } });
    expect(told(entry)).toEqual(["create dc1 succeeded", "enable exb succeeded"]);
    expect(far.heard.map(({ step }) => step.outcome.state)).toEqual(["started", "succeeded", "started", "succeeded"]);
  });

  it("goes on to the next server, and leaves the object half done where none can be reached; taken up again it finishes", async () => {
    far.answers.push({ state: "not-reached", fault: unreachable }, { state: "not-reached", fault: unreachable });
    const run = await begin(request);
    const half = await work(run);
    expect(half).toMatchObject({ state: "half-done", fault: unreachable });
    expect(told(half)).toEqual(["create dc1 succeeded", "enable exb not-reached", "enable exa not-reached"]);
    const done = await work(run);
    expect(told(done).slice(3)).toEqual(["enable exb succeeded"]);
    expect(far.made).toBe(1);
  });

  it("looks where no answer came, and asks nobody again where it was done", async () => {
    far.answers.push({ state: "unanswered", fault: unreachable });
    far.takesUnanswered = true;
    expect(told(await work(await begin(request)))).toEqual(["create dc1 succeeded", "enable exb unanswered", "look dc1 found"]);
  });

  it("writes nothing further where the directory refuses", async () => {
    far.create = () => fail(taken);
    const entry = await work(await begin(request));
    expect(entry).toMatchObject({ state: "failed", fault: taken, object: null });
    expect(far.asked).toEqual([]);
  });

  it("finds what it made where the directory's answer was lost, and says so where it did not", async () => {
    far.create = (make) => {
      make();
      return fail(unreachable);
    };
    expect(told(await work(await begin(request)))).toEqual(["create dc1 unanswered", "look dc1 found", "enable exb succeeded"]);
    far.present = null;
    far.create = () => fail(unreachable);
    expect(await work(await begin(request))).toMatchObject({ state: "failed", fault: unreachable });
  });

  it.each<Fault>([
    { kind: "sign-in", reason: "wrong-credentials" },
    { kind: "forbidden", needs: ["recipient-management"] },
    { kind: "object-refused", why: "command-missing" },
  ])("makes no second object where $kind is about the account", async (refusal) => {
    far.answers.push({ state: "refused", fault: refusal });
    const run = await begin(request, { ...request, name: "Second" });
    await work(run);
    expect((await store.journal.run(run)).map(({ state }) => state)).toEqual(["half-done", "planned"]);
    expect([far.asked, far.made]).toEqual([["exb"], 1]);
  });

  it("leaves the others as planned where nobody can look any more what came of one", async () => {
    far.answers.push({ state: "unanswered", fault: unreachable });
    far.isGone = true;
    const run = await begin(request, { ...request, name: "Second" });
    await work(run);
    expect((await store.journal.run(run)).map(({ state }) => state)).toEqual(["interrupted", "planned"]);
    expect(far.made).toBe(1);
  });

  it("acts on the very object that was found, whatever is moved into its place", async () => {
    far.present = "CN=Sales";
    await work(await begin({ ...request, action: "enable", identity: "CN=Sales" }));
    expect(far.objectsAsked).toEqual(["00112233-4455-6677-8899-aabbccddeeff"]);
  });

  it("touches no other object that has got the name of the one that was seen", async () => {
    far.present = "CN=Sales";
    const entry = await work(await begin({ ...request, action: "enable", identity: "CN=Sales", guid: "ffffffff-4455-6677-8899-aabbccddeeff" }));
    expect(entry).toMatchObject({ state: "failed", fault: { kind: "object-refused", why: "object-missing" } });
    expect(far.objectsAsked).toEqual([]);
  });

  it("takes out of the directory what is half done, and nothing else", async () => {
    far.answers.push({ state: "refused", fault: taken });
    const run = await begin(request);
    const half = await work(run);
    take(await store.journal.take(run));
    expect(take(await undoOne(half, partsWith(store.journal)))).toMatchObject({ state: "undone", object: null });
    expect(far.present).toBeNull();
  });

  it("cancelled, says how far it came: a look tells what came of what was under way", async () => {
    const stop = new AbortController();
    far.answers.push({ state: "unanswered", fault: { kind: "cancelled" } });
    far.beforeAnswer = () => stop.abort();
    const entry = await work(await begin(request), partsWith(store.journal, stop.signal));
    expect(entry).toMatchObject({ state: "half-done", fault: { kind: "cancelled" } });
    expect(told(entry)).toEqual(["create dc1 succeeded", "enable exb unanswered", "look dc1 missing"]);
  });
});

/** Ends the process, as far as anybody can tell, at the nth call of the journal: before it was written, or after. */
function dying(journal: Journal, at: number, when: "before" | "after"): Journal {
  let calls = 0;
  const wrap = <A extends unknown[], R>(call: (...given: A) => Promise<R>) => async (...given: A): Promise<R> => {
    calls += 1;
    if (calls > at || (calls === at && when === "before")) throw new Error("killed");
    const answer = await call(...given);
    if (calls === at) throw new Error("killed");
    return answer;
  };
  return { ...journal, begun: wrap(journal.begun), ended: wrap(journal.ended), change: wrap(journal.change) };
}

describe("a process that ends at any moment", () => {
  it("looks at what a server found to be so already, and does not ask once more", async () => {
    far.answers.push({ state: "succeeded", already: true, address: null });
    const run = await begin(request);
    await expect(work(run, partsWith(dying(store.journal, 4, "after")))).rejects.toThrow("killed");
    expect(await work(run)).toMatchObject({ state: "half-done", fault: { why: "object-missing" } });
    expect(far.asked).toEqual(["exb"]);
  });

  const CALLS = 6;
  const moments = Array.from({ length: CALLS }, (_, index) => index + 1).flatMap((at) => [[at, "before"] as const, [at, "after"] as const]);
  it.each(moments)("write %i, killed %s it: nothing is lost, nothing done twice", async (at, when) => {
    // The first server fails after the effect, so that there is a look as well.
    far.answers.push({ state: "unanswered", fault: unreachable });
    far.takesUnanswered = true;
    const run = await begin(request);
    const died = await work(run, partsWith(dying(store.journal, at, when))).then(() => false, () => true);
    const stepsLeft = (await store.journal.run(run)).flatMap(({ steps }) => steps.map(({ kind }) => kind));
    const [madeThen, effectsThen, askedThen] = [far.made, far.effects, far.asked.length];
    const done = await work(run);
    expect(done).toMatchObject({ state: "done", object: { identity: far.present } });
    expect(far.made).toBe(1);
    expect(far.effects).toBe(1);
    // A look tells that it was done: no server is asked for it once more.
    expect(far.asked.slice(askedThen)).toHaveLength(effectsThen > 0 ? 0 : 1);
    // Nothing is far away that the journal does not speak of.
    expect(died).toBe(true);
    expect(stepsLeft).toEqual(expect.arrayContaining([...(madeThen > 0 ? ["create"] : []), ...(effectsThen > 0 ? ["enable"] : [])]));
  });
});
