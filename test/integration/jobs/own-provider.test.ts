/** The steps of setting up a provider, for one job: another Exchange for the job alone, over the practice organisation. */
import { createRouterClient } from "@orpc/server";
import { afterAll, beforeAll, beforeEach, expect, it } from "vitest";
import { createEditor } from "../../../renderer/stores/editor.ts";
import { take } from "../../unit/main/store/support.ts";
import { EXA, EXB, options } from "../mail-objects/practice-site.ts";
import { column, jobSite, PEOPLE, planJob, saveJob, type JobSite } from "./job-site.ts";

const PASSWORD = "Starter-Pa55word!";

let site: JobSite;
beforeAll(async () => {
  site = await jobSite();
});
afterAll(() => site.remove());
beforeEach(async () => {
  for (const component of ["exb", "exa"]) await site.set(component, "up");
});

let files = 0;
function jobOver(rows: string): Promise<string> {
  return saveJob(site.app, site.storeId, {
    provider: "own",
    type: "mailbox",
    missing: "create",
    source: { kind: "csv", path: site.file(`own-${(files += 1)}.csv`, `Name,Account\n${rows}\n`), delimiter: ",", encoding: null, header: true },
    mapping: [column("name", "Name"), column("accountName", "Account"), column("alias", "Account"), { target: "container", transform: { from: { kind: "static", text: PEOPLE }, steps: [] } }],
  });
}

/** What the job's provider is saved under. */
const providerOf = async (job: string) => take(await site.app.services.jobs.provide(site.storeId, job)).id;

/** The steps of the page, over the contract as a window takes them. */
async function setUp(job: string, first: string): Promise<void> {
  const { editor, stores } = createRouterClient(site.app.router);
  const { domain, username, password } = site.practice.port.facts();
  const page = createEditor(await providerOf(job), { editor, stores });
  try {
    await page.open();
    const exchange = page.state.getState().providers.flatMap(({ entries }) => entries).find(({ provider, variant }) => provider === "exchange" && variant === "2013");
    if (exchange === undefined) throw new Error("Exchange 2013 is not offered");
    page.choose(exchange);
    page.setValue("domain", domain);
    page.setValue("username", username);
    take(await page.setSecret("password", password));
    await page.sync();
    page.moveServer(first, 1);
    await page.flush();
    take(await page.review());
    take(await page.save());
  } finally {
    page.dispose();
  }
}

it("its servers are listed, watched and asked in their order, and the identity store's stay as they are", async () => {
  const { services } = site.app;
  const job = await jobOver("Ina Own,ina.own");
  expect(take(await services.jobs.get(site.storeId, job)).issues).toEqual([{ path: ["provider"], code: "provider-not-set-up" }]);
  expect(await services.jobPlans.plan(site.storeId, job, options())).toMatchObject({ ok: false, fault: { kind: "invalid" } });
  await setUp(job, EXA);
  expect(take(await services.jobs.get(site.storeId, job)).issues).toEqual([]);
  const { plan } = await planJob(site.app, site.storeId, job);
  const run = take(await services.jobRuns.apply(plan, PASSWORD, "person", options()));
  expect(run).toMatchObject({ state: "done", storeId: site.storeId, outcomes: { done: 1 } });
  const { entries } = await services.mailObjects.journal({ storeId: null, run: run.mailRun, states: [], search: "", before: null, most: 5 });
  // The identity store's own order begins with the other one.
  expect(entries.map(({ state, steps }) => [state, steps.at(-1)?.server])).toEqual([["done", EXA]]);
  expect(services.servers.statuses(await providerOf(job)).map(({ name }) => name).toSorted()).toEqual([EXA, EXB].toSorted());
  expect(services.expiry.list().map(({ storeId }) => storeId)).not.toContain(await providerOf(job));
  expect(take(services.editor.open(site.storeId)).draft).toBeNull();
});

it("nothing is applied over another provider than the plan was made with", async () => {
  const { services } = site.app;
  const job = await jobOver("Jan Own,jan.own");
  await setUp(job, EXA);
  const { plan } = await planJob(site.app, site.storeId, job);
  await setUp(job, EXB);
  expect(await services.jobRuns.apply(plan, PASSWORD, "person", options())).toMatchObject({ ok: false, fault: { kind: "object-refused", why: "changed-meanwhile" } });
  expect(take(await services.mailObjects.find(site.storeId, "Jan Own", options())).objects).toEqual([]);
});

it("goes along with a duplicate of the job, and is another one from then on", async () => {
  const { services } = site.app;
  const job = await jobOver("Liv Own,liv.own");
  await setUp(job, EXA);
  const { id: _id, ...settings } = take(await services.jobs.get(site.storeId, job)).job;
  const copy = take(await services.jobs.create(site.storeId, { ...settings, name: `Copy of ${settings.name}` }, job));
  expect(copy.issues).toEqual([]);
  await setUp(job, EXB);
  const [original, duplicate] = [await providerOf(job), await providerOf(copy.job.id)];
  expect(take(services.editor.open(duplicate)).saved?.servers.find(({ priority }) => priority === 1)?.name).toBe(EXA);
  const first = () => take(services.editor.open(original)).saved?.servers.find(({ priority }) => priority === 1)?.name;
  expect(first()).toBe(EXB);
  // What was saved can be taken back, as an identity store's can.
  take(await services.stores.restore(original, 2, 3));
  expect(first()).toBe(EXA);
  const [undone] = take(await services.stores.revisions(original, { before: null, most: 1, words: [] })).revisions;
  // Neither its name nor its directory is its own.
  expect(undone?.changes.filter(({ provider }) => provider === null)).toEqual([]);
});

it("is gone with the job, and what is prepared only asks nobody for it either", async () => {
  const { services } = site.app;
  const job = await jobOver("Kai Own,kai.own");
  await setUp(job, EXA);
  const provider = await providerOf(job);
  take(await services.stores.setPrepareOnly(site.storeId, true));
  expect(services.servers.check(provider, null)).toMatchObject({ ok: false, fault: { why: "prepare-only" } });
  take(await services.stores.setPrepareOnly(site.storeId, false));
  take(await services.jobs.remove(site.storeId, job));
  expect(services.editor.open(provider)).toMatchObject({ ok: false, fault: { kind: "not-found" } });
});
