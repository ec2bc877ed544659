/** Five hundred objects of a file: a server fails half-way, the work is cancelled and taken up again, and nothing is lost or doubled. */
import { afterAll, beforeAll, beforeEach, expect, it } from "vitest";
import type { MailBatch } from "../../../shared/contract/mail-objects.ts";
import type { Progress } from "../../../shared/contract/progress.ts";
import { fault, take } from "../../unit/main/store/support.ts";
import { EXA, EXB, GROUPS, options, practiceSite, type PracticeSite } from "./practice-site.ts";

const OBJECTS = 500;
let site: PracticeSite;
beforeAll(async () => {
  site = await practiceSite();
});
afterAll(() => site.stop());
beforeEach(async () => {
  for (const server of ["exb", "exa"]) await site.set(server, "up");
});

async function read(text: string, ask = true): Promise<MailBatch> {
  const { file } = take(site.app.services.files.hold("groups.csv", Buffer.from(text), "mail-objects"));
  return take(await site.app.services.mailBatches.read({ storeId: site.storeId, file, mapping: null, container: GROUPS, ask }, options()));
}
const fileOf = (prefix: string, count: number) => `name\n${Array.from({ length: count }, (_, index) => `${prefix} ${index + 1}`).join("\n")}\n`;
const apply = (batch: string, work = options()) => site.app.services.mailBatches.apply({ storeId: site.storeId, batch, password: null }, work);
async function entriesOf(run: string) {
  const page = await site.app.services.mailObjects.journal({ storeId: null, run, states: [], search: "", before: null, most: 200 });
  const entries = [...page.entries];
  for (let { next } = page; next !== null; ) {
    const more = await site.app.services.mailObjects.journal({ storeId: null, run, states: [], search: "", before: next, most: 200 });
    entries.push(...more.entries);
    ({ next } = more);
  }
  return entries;
}

it("does all of them though one of two servers fails half-way, cancelled and taken up again in between", async () => {
  const batch = await read(fileOf("Bulk", OBJECTS), false);
  expect(batch).toMatchObject({ objects: OBJECTS, refused: 0 });
  const stop = new AbortController();
  const work = options(stop.signal);
  const when = (done: number, act: () => void) => {
    const { progress } = work;
    return { ...work, progress: (event: Progress) => {
      progress(event);
      if (event.step === "objects-done" && event.done === done) act();
    } };
  };
  const cancelled = take(await apply(batch.batch, when(120, () => stop.abort())));
  // The next one was made in the directory while a server was at the last one.
  expect(cancelled.counts).toEqual({ done: 120, "half-done": 1, planned: OBJECTS - 121 });

  const again = options();
  let failing: Promise<void> = Promise.resolve();
  const resumed = take(await site.app.services.mailObjects.resume(cancelled.run, null, null, { ...again, progress: (event) => {
    if (event.step === "objects-done" && event.done === 130) failing = site.set("exb", "down");
  } }));
  await failing;
  expect(resumed.counts).toEqual({ done: OBJECTS - 120 });

  const entries = await entriesOf(cancelled.run);
  expect(entries).toHaveLength(OBJECTS);
  expect(new Set(entries.map(({ object }) => object?.identity)).size).toBe(OBJECTS);
  expect(entries.every(({ state, address }) => state === "done" && address !== null)).toBe(true);
  const doneBy = entries.map(({ steps }) => steps.at(-1)?.server);
  expect(doneBy.filter((server) => server === EXB).length).toBeGreaterThan(200);
  expect(doneBy.filter((server) => server === EXA).length).toBeGreaterThan(200);
  // A server that was found away is not asked by each object anew.
  expect(entries.filter(({ steps }) => steps.some(({ server, outcome }) => server === EXB && outcome.state === "not-reached")).length).toBeLessThan(20);
}, 300_000);

it("refuses the file whole while one line cannot be done, and names the line", async () => {
  await apply((await read("name,alias\nTaken,taken.alias\n")).batch);
  const batch = await read('name,alias,type\n"Fine",fine.one,group\n"Bad alias",bad alias,group\n"Twice",fine.one,group\nOther,taken.alias,group\n"",nameless,group\nX,x,mailboxx\n');
  expect(batch.lines.map(({ line, issues }) => [line, issues.map(({ path }) => path[0])])).toEqual([
    [3, ["alias"]],
    [4, ["alias"]],
    [5, expect.arrayContaining(["alias"])],
    [6, expect.arrayContaining(["name"])],
    [7, ["type"]],
  ]);
  expect(fault(await apply(batch.batch))).toMatchObject({ kind: "invalid", issues: [{ code: "lines-refused", facts: { count: 5 } }] });
  expect(take(await site.app.services.mailObjects.find(site.storeId, "Fine", options())).objects).toEqual([]);
});

it("finds what stands twice in the file by the addresses that result, and keeps a batch of which nothing was begun", async () => {
  const twice = await read("name,type,alias,address,externalAddress\nOne,group,one,two@contoso.lab,\nTwo,group,two,,\nX,contact,x,,same@x.example\nY,contact,y,,same@x.example\n");
  expect(twice.lines.map(({ line, issues }) => [line, issues.map(({ path }) => path[0])])).toEqual([[3, ["address"]], [5, ["externalAddress"]]]);
  const batch = await read("name,type\nWithout Password,mailbox\n");
  expect(fault(await apply(batch.batch))).toMatchObject({ kind: "invalid", issues: [{ path: ["password"] }] });
  expect(fault(await apply(batch.batch))).toMatchObject({ kind: "invalid" });
});

it("is not done with another configuration than it was judged with, nor after its time", async () => {
  const batch = await read("name\nLater\n", false);
  const { name } = take(site.app.services.stores.get(site.storeId));
  take(await site.app.services.stores.rename(site.storeId, `${name} (renamed)`));
  expect(fault(await apply(batch.batch))).toEqual({ kind: "unsupported", why: "configuration-changed" });
  site.app.services.mailBatches.release(batch.batch);
  expect(fault(await apply(batch.batch))).toEqual({ kind: "not-found", what: "batch" });
});
