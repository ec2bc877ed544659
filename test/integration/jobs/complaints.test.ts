/**
 * What other tools are reproached for: a directory that is down read as one without anybody, a lost page, a renamed row, a cleared cell, what
 * changed between the plan and the run. Nobody is made, disabled or unlicensed for any of it. Sources: opnsense/core#10128, glpi#984,
 * awslabs/ssosync#194, keycloak#24669, owncloud/core#29547, ssoready#164, o365-moodle#2281, GAM#868, microsoft-graph-toolkit#448.
 */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { systemClock } from "../../../main/hosts/shared/clock.ts";
import type { App } from "../../../main/app.ts";
import type { Clock } from "../../../main/ports.ts";
import type { Progress } from "../../../shared/contract/progress.ts";
import type { JobRow, JobRun } from "../../../shared/model/job-run.ts";
import type { JobSettings } from "../../../shared/model/job.ts";
import { directLicences } from "../../../shared/rules/licence-plan.ts";
import { take } from "../../unit/main/store/support.ts";
import { options } from "../mail-objects/practice-site.ts";
import { column, jobSite, PEOPLE, planJob, runJob, saveJob, type JobSite } from "./job-site.ts";

const PASSWORD = "Starter-Pa55word!";
const FLOW = "f30db892-07e9-47e9-837c-80727f46fd3d";
const EMS = "efccb6f7-5641-4e0e-bd10-b4976e1bf68e";
const E3 = "6fd2c87f-b296-42f0-b197-1e91e994b900";
const free = { count: null, percent: null };
const noLimits = { limits: { create: free, enable: free, license: free, unlicense: free, block: free, delete: free }, shrink: null, protected: [] };

let site: JobSite;
let app: App;
beforeAll(async () => {
  site = await jobSite();
  app = site.app;
});
afterAll(() => site.remove());
beforeEach(async () => {
  await site.practice.port.run("reset", null, null);
});

let files = 0;
const source = (text: string): JobSettings["source"] => ({ kind: "csv", path: site.file(`${(files += 1)}.csv`, text), delimiter: ",", encoding: null, header: true });
const onExchange = (text: string, more: Partial<JobSettings> = {}): Partial<JobSettings> => ({
  type: "mailbox",
  missing: "create",
  key: "accountName",
  source: source(text),
  mapping: [column("name", "Name"), column("accountName", "Account"), column("alias", "Account"), { target: "container", transform: { from: { kind: "static", text: PEOPLE }, steps: [] } }],
  brakes: noLimits,
  ...more,
});
const inTenant = (text: string, more: Partial<JobSettings> = {}): Partial<JobSettings> =>
  onExchange(text, {
    licensing: "give",
    mapping: [column("name", "Name"), column("accountName", "Account"), column("alias", "Account"), column("usageLocation", "Country"), column("subscriptions", "Licences")],
    ...more,
  });

const found = async (storeId: string, text: string) => take(await app.services.mailObjects.find(storeId, text, options())).objects;
const held = async (user: string) => directLicences(take(await app.services.licences.holder(site.cloudId, user, options()))).toSorted();
const rowsOf = async (run: JobRun): Promise<readonly JobRow[]> => take(await app.services.jobRuns.rows({ run: run.id, states: [], search: "", from: 0, most: 50 })).rows;
const planned = (plan: string) => take(app.services.jobPlans.rows(plan, { actions: [], search: "", from: 0, most: 50 })).rows;
const apply = async (plan: string, password: string | null = PASSWORD) => take(await app.services.jobRuns.apply(plan, password, "person", options()));

/** A user of the tenant with licences, made past any job. */
async function someone(account: string, licences: readonly string[], alias = account): Promise<string> {
  const { mailObjects, licences: service } = app.services;
  const request = { action: "create", type: "mailbox", name: `Name ${account}`, container: null, identity: null, alias, address: null, externalAddress: null, accountName: account } as const;
  take(await mailObjects.apply(site.cloudId, request, PASSWORD, options()));
  const object = (await found(site.cloudId, account)).find(({ accountName }) => accountName === account);
  const user = object?.guid ?? "";
  if (licences.length > 0) take(await service.change(site.cloudId, { user, seen: [], change: { give: [...licences], take: [], usageLocation: "DE" } }, options()));
  return user;
}

/** Plans, and does something at the first event of a step. */
async function planWhile(storeId: string, job: string, step: string, act: () => Promise<void>) {
  const controller = new AbortController();
  const acting: Promise<void>[] = [];
  const progress = (event: Progress) => {
    if (event.step === step && acting.length === 0) acting.push(act());
  };
  const plan = await app.services.jobPlans.plan(storeId, job, { signal: controller.signal, progress });
  await Promise.all(acting);
  return plan;
}

const manyRows = (count: number, of = "") => Array.from({ length: count }, (_, index) => `Row ${index},row.${index}${of}`).join("\n");

describe("a destination that does not answer is no empty one", () => {
  it("a directory that goes down in the middle of a plan leaves no plan", async () => {
    const job = await saveJob(app, site.storeId, onExchange(`Name,Account\n${manyRows(60)}\n`));
    const plan = await planWhile(site.storeId, job, "looking-up-rows", () => site.set("directory", "down"));
    expect(plan).toMatchObject({ ok: false, fault: { kind: "unreachable" } });
    await site.set("directory", "up");
    expect(await found(site.storeId, "row.")).toEqual([]);
  });

  it.each(["down", "failing", "overloaded", "throttled", "throttled-silently", "page-lost", "proxy-page"])("a tenant that is %s leaves no plan", async (state) => {
    const job = await saveJob(app, site.cloudId, inTenant("Name,Account,Country,Licences\nEva Lind,eva.lind,DE,FLOW_FREE\nNew One,new.one,DE,FLOW_FREE\n"));
    await site.set("graph", state);
    const plan = await app.services.jobPlans.plan(site.cloudId, job, options());
    expect(plan.ok).toBe(false);
    await site.set("graph", "up");
    expect(await found(site.cloudId, "new.one")).toEqual([]);
  });

  it("a tenant that goes down in the middle of a plan leaves no plan", async () => {
    const job = await saveJob(app, site.cloudId, inTenant(`Name,Account,Country,Licences\n${manyRows(20, ",DE,FLOW_FREE")}\n`));
    expect(await planWhile(site.cloudId, job, "looking-up-rows", () => site.set("graph", "down"))).toMatchObject({ ok: false, fault: { kind: "unreachable" } });
  });

  it("an empty page that others follow hides nobody", async () => {
    await site.set("graph", "empty-page");
    const job = await saveJob(app, site.cloudId, inTenant("Name,Account,Country,Licences\nEva Lind,eva.lind,DE,ENTERPRISEPACK\n"));
    const plan = await planJob(app, site.cloudId, job);
    expect(plan.counts).toMatchObject({ create: 0, keep: 1 });
  });

  it("more of one name than a search shows is not told apart, and halts", async () => {
    const crowd = Array.from({ length: 51 }, (_, number) => `crowd,crowd${number}`).join("\n");
    const crowding = await saveJob(app, site.cloudId, onExchange(`Name,Account\n${crowd}\n`, { mapping: [column("name", "Name"), column("accountName", "Account"), column("alias", "Account")] }));
    expect(await runJob(app, site.cloudId, crowding, PASSWORD)).toMatchObject({ state: "done", outcomes: { done: 51 } });
    const job = await saveJob(app, site.cloudId, inTenant("Name,Account,Country,Licences\nCrowd,crowd,DE,FLOW_FREE\nCrow,crow,DE,FLOW_FREE\n"));
    const plan = await planJob(app, site.cloudId, job);
    // Whose names merely begin so are not in the way of the second row.
    expect(plan).toMatchObject({ counts: { create: 1, skip: 1 }, halts: [{ kind: "twice-in-destination", keys: ["crowd"] }] });
    expect(await apply(plan.plan)).toMatchObject({ state: "halted" });
  });
});

describe("rows", () => {
  it("of an empty file, or of one that holds no more than its first line, change nothing", async () => {
    for (const text of ["", "Name,Account\n"]) {
      const job = await saveJob(app, site.storeId, onExchange(text));
      const plan = await planJob(app, site.storeId, job);
      expect(plan.halts).toEqual([{ kind: "source-empty" }]);
      expect(await apply(plan.plan)).toMatchObject({ state: "halted", outcomes: {} });
    }
  });

  it("with another name and the same key are the same object, also with blanks around the key", async () => {
    const job = await saveJob(app, site.storeId, onExchange("Name,Account\nMia Alt,mia.alt\n"));
    expect(await runJob(app, site.storeId, job, PASSWORD)).toMatchObject({ state: "done" });
    for (const row of ["Mia Neu,mia.alt", "Mia Alt,mia.alt ", "Mia Alt,  MIA.ALT"]) {
      const again = await saveJob(app, site.storeId, onExchange(`Name,Account\n${row}\n`, { mapping: [column("name", "Name"), { target: "accountName", transform: { from: { kind: "column", column: "Account" }, steps: [] } }, column("alias", "Account"), { target: "container", transform: { from: { kind: "static", text: PEOPLE }, steps: [] } }] }));
      const plan = await planJob(app, site.storeId, again);
      expect(plan.counts).toMatchObject({ create: 0, enable: 0, keep: 1 });
      expect(await apply(plan.plan, null)).toMatchObject({ state: "done", outcomes: {} });
    }
    expect(await found(site.storeId, "Mia")).toHaveLength(1);
  });

  it("with cleared cells take nothing away, and a cleared key stands for nobody", async () => {
    const user = await someone("cleared", [FLOW]);
    const job = await saveJob(app, site.cloudId, inTenant("Name,Account,Country,Licences\n,cleared,,\nNobody,,DE,EMS\n", { licensing: "exact" }));
    const plan = await planJob(app, site.cloudId, job);
    expect(planned(plan.plan).map(({ action, why }) => [action, why])).toEqual([["keep", null], ["skip", "blank-key"]]);
    expect(await apply(plan.plan, null)).toMatchObject({ state: "done" });
    expect(await held(user)).toEqual([FLOW]);
  });

  it("of one key halt, and so does a key that two users of the tenant have", async () => {
    const inSource = await saveJob(app, site.cloudId, inTenant("Name,Account,Country,Licences\nA,new.a,DE,EMS\nB,NEW.A ,DE,EMS\n"));
    expect(await runJob(app, site.cloudId, inSource, PASSWORD)).toMatchObject({ state: "halted", halts: [{ kind: "twice-in-source" }] });
    expect(await found(site.cloudId, "new.a")).toEqual([]);
    // The second is made while the tenant does not show the first one yet.
    await site.set("graph", "not-shown-yet");
    await someone("twin.a", [], "twin");
    await someone("twin.b", [], "twin");
    await site.set("graph", "up");
    const inDestination = await saveJob(app, site.cloudId, inTenant("Name,Account,Country,Licences\nTwin,twin,DE,FLOW_FREE\n", { key: "alias" }));
    expect(await runJob(app, site.cloudId, inDestination, PASSWORD)).toMatchObject({ state: "halted", halts: [{ kind: "twice-in-destination", keys: ["twin"] }] });
    const users = await found(site.cloudId, "twin.");
    expect(await Promise.all(users.map(({ guid }) => held(guid ?? "")))).toEqual([[], []]);
  });
});

describe("between the plan and the run", () => {
  it("licences that somebody else changed are left as they are then", async () => {
    const user = await someone("meanwhile", [EMS]);
    const job = await saveJob(app, site.cloudId, inTenant("Name,Account,Country,Licences\nM,meanwhile,DE,FLOW_FREE\n", { licensing: "exact" }));
    const { plan, counts } = await planJob(app, site.cloudId, job);
    expect(counts).toMatchObject({ unlicense: 1 });
    take(await app.services.licences.change(site.cloudId, { user, seen: [EMS], change: { give: [E3], take: [], usageLocation: null } }, options()));
    const run = await apply(plan);
    expect(run).toMatchObject({ state: "with-failures", outcomes: { failed: 1 } });
    expect(await rowsOf(run)).toMatchObject([{ given: [], taken: [], fault: { kind: "object-refused", why: "changed-meanwhile" } }]);
    expect(await held(user)).toEqual([E3, EMS].toSorted());
  });

  it("a user who was deleted is not made again, and the others get theirs", async () => {
    await someone("deleted", []);
    const job = await saveJob(app, site.cloudId, inTenant("Name,Account,Country,Licences\nD,deleted,DE,FLOW_FREE\nEva Lind,eva.lind,DE,FLOW_FREE\n"));
    const { plan, counts } = await planJob(app, site.cloudId, job);
    expect(counts).toMatchObject({ license: 2 });
    // Who is there from the beginning stays.
    take(await site.practice.port.run("reset", "graph", null));
    const [eva] = await found(site.cloudId, "eva.lind");
    const run = await apply(plan);
    expect((await rowsOf(run)).map(({ key, state, fault }) => [key, state, fault?.kind])).toEqual([["deleted", "failed", "not-found"], ["eva.lind", "done", undefined]]);
    expect([await found(site.cloudId, "deleted"), await held(eva?.guid ?? "")]).toEqual([[], [E3, FLOW].toSorted()]);
  });

  it("an object that came into being is not made a second time, and keeps what it has", async () => {
    const job = await saveJob(app, site.cloudId, inTenant("Name,Account,Country,Licences\nE,early,DE,FLOW_FREE\n"));
    const { plan, counts } = await planJob(app, site.cloudId, job);
    expect(counts).toMatchObject({ create: 1 });
    const user = await someone("early", []);
    const run = await apply(plan);
    expect(await rowsOf(run)).toMatchObject([{ state: "failed", given: [], fault: { kind: "object-refused" } }]);
    expect([(await found(site.cloudId, "early")).length, await held(user)]).toEqual([1, []]);
    const onPremises = await saveJob(app, site.storeId, onExchange("Name,Account\nEarly Bird,early.bird\n"));
    const second = await planJob(app, site.storeId, onPremises);
    await runJob(app, site.storeId, onPremises, PASSWORD);
    expect(await rowsOf(await apply(second.plan))).toMatchObject([{ state: "failed", fault: { kind: "object-refused" } }]);
    expect(await found(site.storeId, "early.bird")).toHaveLength(1);
  });
});

describe("during the run", () => {
  it("seats that vanish leave users without licence half done, and a run that goes on gives them once there are seats", async () => {
    const job = await saveJob(app, site.cloudId, inTenant("Name,Account,Country,Licences\nS,seatless,DE,EMS\n"));
    const { plan } = await planJob(app, site.cloudId, job);
    await site.set("graph", "seats-gone");
    const run = await apply(plan);
    expect(run).toMatchObject({ state: "with-failures", outcomes: { "half-done": 1 } });
    expect(await rowsOf(run)).toMatchObject([{ given: [], fault: { kind: "invalid", issues: [{ code: "no-seats" }] } }]);
    await site.set("graph", "up");
    expect(take(await app.services.jobRuns.resume(run.id, null, options()))).toMatchObject({ state: "done", outcomes: { done: 1 } });
    const [user, ...more] = await found(site.cloudId, "seatless");
    expect([more, await held(user?.guid ?? "")]).toEqual([[], [EMS]]);
  });

  it.each([
    ["before the licences are listed", null, { planned: 4 }],
    ["before the first row is looked at", "licensing-rows", { planned: 4 }],
  ] as const)("a tenant that goes down %s leaves the rest as planned, and nothing is lost", async (_when, step, outcomes) => {
    const word = step === null ? "away" : "gone";
    const users: string[] = [];
    for (let number = 1; number <= 4; number += 1) users.push(await someone(`${word}${number}`, []));
    const job = await saveJob(app, site.cloudId, inTenant(`Name,Account,Country,Licences\n${users.map((_, index) => `A,${word}${index + 1},DE,FLOW_FREE`).join("\n")}\n`));
    const { plan } = await planJob(app, site.cloudId, job);
    const failing = step === null ? [site.set("graph", "failing")] : [];
    await Promise.all(failing);
    const heard = (event: Progress) => {
      if (event.step === step && failing.length === 0) failing.push(site.set("graph", "failing"));
    };
    const run = take(await app.services.jobRuns.apply(plan, null, "person", { signal: options().signal, progress: heard }));
    expect(run).toMatchObject({ state: "failed", outcomes, fault: { kind: "unreachable" } });
    await Promise.all(failing);
    await site.set("graph", "up");
    expect(take(await app.services.jobRuns.resume(run.id, null, options()))).toMatchObject({ state: "done", outcomes: { done: 4 } });
    expect(await Promise.all(users.map(held))).toEqual(users.map(() => [FLOW]));
  });

  it("a server with a mistyped role leaves an object half done, and a run that goes on ends it once", async () => {
    for (const server of ["exb", "exa"]) await site.set(server, "role-missing");
    const job = await saveJob(app, site.storeId, onExchange("Name,Account\nRole Less,role.less\nRole Two,role.two\n"));
    const run = await runJob(app, site.storeId, job, PASSWORD);
    expect(run).toMatchObject({ state: "failed", outcomes: { "half-done": 1, planned: 1 } });
    for (const server of ["exb", "exa"]) await site.set(server, "up");
    const resumed = take(await app.services.jobRuns.resume(run.id, PASSWORD, options()));
    expect(resumed).toMatchObject({ state: "done", outcomes: { done: 2 } });
    expect(await found(site.storeId, "role.")).toMatchObject([{ mailEnabled: true }, { mailEnabled: true }]);
  });

  it("a tenant that asks for patience is waited for, and every row gets what it wants", async () => {
    const users = [await someone("patient1", []), await someone("patient2", [])];
    const job = await patientJob("Name,Account,Country,Licences\nP,patient1,DE,FLOW_FREE\nP,patient2,DE,FLOW_FREE\n");
    const { plan } = await planJob(app, site.cloudId, job);
    const heard = (event: Progress) => {
      if (event.step === "licensing-rows") throttling ??= site.set("graph", "throttled");
    };
    const run = take(await app.services.jobRuns.apply(plan, null, "person", { signal: options().signal, progress: heard }));
    expect(waits).toBe(1);
    expect(run).toMatchObject({ state: "done", outcomes: { done: 2 }, fault: null });
    expect(await Promise.all(users.map(held))).toEqual([[FLOW], [FLOW]]);
  });
});

let throttling: Promise<void> | null = null;
let waits = 0;

/** While the tenant asks for patience, what is waited for is over at once, and it is as it was. */
async function patientJob(text: string): Promise<string> {
  const job = await saveJob(app, site.cloudId, inTenant(text));
  const hurried: Clock = {
    ...systemClock,
    after: (ms, callback) => {
      if (throttling === null || waits > 0 || ms < 20_000 || ms > 30_000) return systemClock.after(ms, callback);
      waits += 1;
      const goOn = async () => {
        await throttling;
        await site.set("graph", "up");
        callback();
      };
      void goOn();
      return () => undefined;
    },
  };
  app = await site.again({ clock: hurried });
  return job;
}
