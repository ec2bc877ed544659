/**
 * A process that makes a group is killed at each write of the journal, before it and after it: a new one takes the work up, and the group
 * is there once, mail-enabled once, with every step told. EXB fails after its effect, so that a look is among the steps.
 */
import { spawn } from "node:child_process";
import { once } from "node:events";
import path from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import type { App } from "../../../main/app.ts";
import type { JournalEntry } from "../../../shared/model/mail-object.ts";
import { engineUnderTest } from "../../lab/engine-under-test.ts";
import { take } from "../../unit/main/store/support.ts";
import type { KilledOrders } from "./killed-child.ts";
import type { Way } from "./killed-process.ts";
import { options, practiceSite, type PracticeSite } from "./practice-site.ts";
import { wayTo } from "./way.ts";

const root = path.resolve(import.meta.dirname, "../../..");
const { ask, isTeam } = engineUnderTest();
const DC = "dc1.contoso.lab";

/** Killed beside each other: most of their time they wait. */
const LANES = 3;

let site: PracticeSite;
let app: App;
beforeAll(async () => {
  site = await practiceSite();
  await site.set("exb", "fails-after");
  const way = await wayTo(site);
  // The killed processes never come to write Node's cache; one that ends by itself does.
  await work(way, { name: "Whole", write: 0, when: "after" }, null);
  const left: (readonly [number, "before" | "after", ...unknown[]])[] = [FIRST, ...moments];
  const lane = async () => {
    for (let next = left.shift(); next !== undefined; next = left.shift()) {
      const [write, when] = next;
      await work(way, { name: nameOf(write, when), write, when }, "SIGKILL");
    }
  };
  await Promise.all(Array.from({ length: LANES }, lane));
  app = await site.again();
}, 240_000);
afterAll(() => site.stop());

const nameOf = (write: number, when: string) => `Killed ${write} ${when}`;
/** Rejects where the process ended otherwise than by the signal: one that came through its work, or failed at it, was not killed. */
async function work(way: Way, orders: Pick<KilledOrders, "name" | "write" | "when">, signalled: NodeJS.Signals | null): Promise<void> {
  const given: KilledOrders = { ...way, ...orders, storeId: site.storeId };
  const env = { ...process.env, NODE_COMPILE_CACHE: `${site.ports.dataDirectory} compiled` };
  const child = spawn(process.execPath, [path.join(root, "build/run.mjs"), path.join(import.meta.dirname, "killed-child.ts"), JSON.stringify(given)], { stdio: ["ignore", "pipe", "pipe"], env });
  let said = "";
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding("utf8").on("data", (chunk: string) => (said += chunk));
  await once(child, "close");
  if (child.signalCode !== signalled || (signalled === null && child.exitCode !== 0)) throw new Error(`write ${orders.write}, ${orders.when}: ended with ${child.signalCode ?? child.exitCode}: ${said}`);
}

/** The one entry of that name, if there is one. */
async function entryOf(name: string): Promise<JournalEntry | undefined> {
  const page = await app.services.mailObjects.journal({ storeId: null, run: null, states: [], search: name, before: null, most: 10 });
  const entries = page.entries.filter(({ request }) => request.name === name);
  if (entries.length > 1) throw new Error(`${name} is in the journal twice`);
  return entries[0];
}

/** As after half a minute without a word of the holder; a team's database lets nobody but its superuser say so. */
const letLapse = (run: string) => ask(site.ports.dataDirectory, `${isTeam ? "SET session_replication_role = replica; " : ""}UPDATE mail_run SET held_until = 1 WHERE id = '${run}'`);
const made = ["create succeeded", "enable unanswered", "look found"];

/** Before its first write a process has done nothing. */
const FIRST = [1, "before"] as const;

/** Each other moment: how the object stands, and the whole journal of it once it is done. */
const moments: readonly (readonly [write: number, when: "before" | "after", what: string, left: readonly [state: JournalEntry["state"], steps: readonly string[]]])[] = [
  [1, "after", "the run", ["planned", made]],
  [2, "before", "that the group is asked for", ["planned", made]],
  [2, "after", "that the group is asked for", ["interrupted", ["create started", "look missing", ...made]]],
  [3, "before", "that the group is made", ["interrupted", ["create started", "look found", ...made.slice(1)]]],
  [3, "after", "that the group is made", ["interrupted", made]],
  [4, "before", "that EXB is asked", ["interrupted", made]],
  [4, "after", "that EXB is asked", ["interrupted", ["create succeeded", "enable started", "look missing", ...made.slice(1)]]],
  [5, "before", "that EXB did not answer", ["interrupted", ["create succeeded", "enable started", "look found"]]],
  [5, "after", "that EXB did not answer", ["interrupted", made]],
  [6, "before", "that it is looked", ["interrupted", made]],
  [6, "after", "that it is looked", ["interrupted", ["create succeeded", "enable unanswered", "look started", "look found"]]],
  [7, "before", "what was seen, and that all is done", ["interrupted", ["create succeeded", "enable unanswered", "look started", "look found"]]],
  [7, "after", "what was seen, and that all is done", ["done", made]],
  [8, "before", "that nobody is at it", ["done", made]],
  [8, "after", "that nobody is at it", ["done", made]],
];

const find = async (name: string) => take(await app.services.mailObjects.find(site.storeId, name, options())).objects;

it("killed before the run is written down: nothing was done", async () => {
  const name = nameOf(...FIRST);
  expect([await entryOf(name), await find(name)]).toEqual([undefined, []]);
});

it.each(moments)("write %i, killed %s it (%s): the group is there once, and every step is told", async (write, when, _what, [state, steps]) => {
  const name = nameOf(write, when);
  const run = (await entryOf(name))?.run ?? "";
  await letLapse(run);
  expect((await entryOf(name))?.state).toBe(state);
  expect(take(await app.services.mailObjects.resume(run, null, null, options())).counts).toEqual({ done: 1 });
  const entry = await entryOf(name);
  expect(entry).toMatchObject({ state: "done", fault: null, object: { controller: DC } });
  expect(entry?.steps.map(({ kind, outcome }) => `${kind} ${outcome.state}`)).toEqual(steps);
  expect(await find(name)).toMatchObject([{ name, mailEnabled: true, address: entry?.address }]);
});

it("leaves no session at a server: the shells of killed processes end with them", async () => {
  // The programs themselves are counted after the file, by its setup.
  await expect.poll(() => site.practice.remoteSessions()).toEqual([]);
});
