/**
 * Jobs over more users than one asks for one by one: the tenant is read once, licences are changed in batches, and whatever becomes of one
 * user, a batch or the run, everybody has what the row says once, and no row says otherwise. Source: microsoft-graph-toolkit#448.
 */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { Progress } from "../../../shared/contract/progress.ts";
import type { JobRow, JobRun } from "../../../shared/model/job-run.ts";
import type { JobSettings } from "../../../shared/model/job.ts";
import { directLicences } from "../../../shared/rules/licence-plan.ts";
import { take } from "../../unit/main/store/support.ts";
import { options } from "../mail-objects/practice-site.ts";
import { column, jobSite, planJob, runJob, saveJob, type JobSite } from "./job-site.ts";
import { tenantLog } from "./tenant-log.ts";

const FLOW = "f30db892-07e9-47e9-837c-80727f46fd3d";
/** Beyond fifty rows the whole tenant is read; three batches. */
const USERS = 51;
const free = { count: null, percent: null };

const log = tenantLog();
let site: JobSite;
let users: { readonly account: string; readonly id: string }[];
let job = "";

beforeAll(async () => {
  site = await jobSite();
});
afterAll(async () => {
  log.stop();
  await site.remove();
});
beforeEach(async () => {
  take(await site.practice.port.run("reset", null, null));
  const made = await saveJob(site.app, site.cloudId, settings("create", ""));
  const { state } = await runJob(site.app, site.cloudId, made, "Starter-Pa55word!");
  if (state !== "done") throw new Error(`the users were not made: ${state}`);
  const found = take(await site.app.services.licences.everyHolder(site.cloudId, options()));
  users = accounts.map((account) => ({ account, id: [...found.values()].find(({ signInName }) => signInName.startsWith(`${account}@`))?.id ?? "" }));
  job = await saveJob(site.app, site.cloudId, settings("skip", "FLOW_FREE"));
});

const accounts = Array.from({ length: USERS }, (_none, index) => `many.${index}`);
let files = 0;
const settings = (missing: "create" | "skip", licences: string): Partial<JobSettings> => ({
  type: "mailbox",
  missing,
  key: "accountName",
  source: { kind: "csv", path: site.file(`many-${(files += 1)}.csv`, `Name,Account,Country,Licences\n${accounts.map((account) => `Name ${account},${account},DE,${licences}`).join("\n")}\n`), delimiter: ",", encoding: null, header: true },
  licensing: licences === "" ? "none" : "give",
  mapping: [column("name", "Name"), column("accountName", "Account"), column("alias", "Account"), column("usageLocation", "Country"), column("subscriptions", "Licences")],
  brakes: { limits: { create: free, enable: free, license: free, unlicense: free, block: free, delete: free }, shrink: null, protected: [] },
});

const rowsOf = async (run: JobRun): Promise<readonly JobRow[]> => take(await site.app.services.jobRuns.rows({ run: run.id, states: [], search: "", from: 0, most: 100 })).rows;
const held = async () => {
  const found = take(await site.app.services.licences.everyHolder(site.cloudId, options()));
  return users.map(({ id }) => directLicences(found.get(id) ?? { licences: [] }).join());
};
const everyone = () => users.map(() => FLOW);
const requests = () => users.map(({ id }) => log.licensed(id));

/** Applies the job, and does something at a step of it. */
async function applyWhile(act: (event: Progress) => Promise<void> | null, signal = options().signal): Promise<JobRun> {
  const { plan, counts } = await planJob(site.app, site.cloudId, job);
  expect(counts).toMatchObject({ license: USERS });
  const acting: Promise<void>[] = [];
  const progress = (event: Progress) => {
    const acted = act(event);
    if (acted !== null) acting.push(acted);
  };
  const run = take(await site.app.services.jobRuns.apply(plan, null, "person", { signal, progress }));
  await Promise.all(acting);
  return run;
}

describe("licences of a run over many users", () => {
  it("are planned over the tenant as it is, and changed once each", async () => {
    const run = await applyWhile(() => null);
    expect(run).toMatchObject({ state: "done", outcomes: { done: USERS }, fault: null });
    expect((await rowsOf(run)).every(({ state, given, fault }) => state === "done" && given.join() === "FLOW_FREE" && fault === null)).toBe(true);
    expect([await held(), requests()]).toEqual([everyone(), users.map(() => 1)]);
    expect((await planJob(site.app, site.cloudId, job)).counts).toMatchObject({ license: 0, keep: USERS });
  });

  it("leave no plan where a page of the tenant is lost", async () => {
    // Rows are found by then, each with a search of its own.
    const plan = await site.app.services.jobPlans.plan(site.cloudId, job, {
      signal: options().signal,
      progress: ({ step }) => {
        if (step === "reading-licences") void site.set("graph", "page-lost");
      },
    });
    expect(plan).toMatchObject({ ok: false, fault: { kind: "unreachable" } });
  });

  it("are given to all where single requests are throttled, each once", async () => {
    const run = await applyWhile(({ step, done }) => (step === "licensing-rows" && done === 0 ? site.set("graph", "items-throttled") : null));
    expect(run).toMatchObject({ state: "done", outcomes: { done: USERS } });
    expect([await held(), requests()]).toEqual([everyone(), users.map(() => 1)]);
  });

  it("stay as they are behind a tenant that goes down between two batches, and are given once the run goes on", async () => {
    const run = await applyWhile(({ step, done }) => (step === "licensing-rows" && done === 20 ? site.set("graph", "down") : null));
    expect(run).toMatchObject({ state: "failed", outcomes: { done: 20, planned: USERS - 20 }, fault: { kind: "unreachable" } });
    await site.set("graph", "up");
    expect((await held()).filter((licences) => licences === FLOW)).toHaveLength(20);
    expect(take(await site.app.services.jobRuns.resume(run.id, null, options()))).toMatchObject({ state: "done", outcomes: { done: USERS } });
    expect([await held(), requests()]).toEqual([everyone(), users.map(() => 1)]);
  });

  it("whose answers are lost are looked at again, and not given a second time", async () => {
    const run = await applyWhile(({ step, done }) => (step === "licensing-rows" && done === 20 ? site.set("graph", "fails-after") : null));
    expect(run).toMatchObject({ state: "done", outcomes: { done: USERS } });
    await site.set("graph", "up");
    expect(await held()).toEqual(everyone());
    // What fails after it was done counts as no request that was taken.
    expect(requests()).toEqual(users.map((_user, index) => (index < 20 ? 1 : 0)));
  });

  it("that are called off between two batches are done up to there, and whole once the run goes on", async () => {
    const controller = new AbortController();
    const run = await applyWhile(({ step, done }) => {
      if (step === "licensing-rows" && done === 20) controller.abort();
      return null;
    }, controller.signal);
    expect(run).toMatchObject({ state: "cancelled", outcomes: { done: 20, planned: USERS - 20 } });
    expect(take(await site.app.services.jobRuns.resume(run.id, null, options()))).toMatchObject({ state: "done", outcomes: { done: USERS } });
    expect([await held(), requests()]).toEqual([everyone(), users.map(() => 1)]);
  });
});
