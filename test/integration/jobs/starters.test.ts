/** New starters of a file become mailbox users: through the second server where the first is down, with licences in a tenant, and nobody twice. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { JobSettings } from "../../../shared/model/job.ts";
import { take } from "../../unit/main/store/support.ts";
import { EXA, options } from "../mail-objects/practice-site.ts";
import { column, jobSite, PEOPLE, planJob, runJob, saveJob, type JobSite } from "./job-site.ts";

const PASSWORD = "Starter-Pa55word!";

let site: JobSite;
beforeAll(async () => {
  site = await jobSite();
});
afterAll(() => site.remove());
beforeEach(async () => {
  for (const component of ["exb", "exa", "graph"]) await site.set(component, "up");
});

const mailboxes = (path: string, more: Partial<JobSettings> = {}): Partial<JobSettings> => ({
  type: "mailbox",
  missing: "create",
  key: "accountName",
  source: { kind: "csv", path, delimiter: null, encoding: null, header: true },
  mapping: [
    column("name", "Name"),
    column("accountName", "Account"),
    column("alias", "Account"),
    { target: "container", transform: { from: { kind: "static", text: PEOPLE }, steps: [] } },
  ],
  ...more,
});

const cloud = (path: string, more: Partial<JobSettings> = {}): Partial<JobSettings> => ({
  ...mailboxes(path),
  licensing: "give",
  mapping: [column("name", "Name"), column("accountName", "Account"), column("alias", "Account"), column("usageLocation", "Country"), column("subscriptions", "Licences")],
  ...more,
});

describe("on Exchange", () => {
  it("are made through the server that stands in, and a second run finds them as they are", async () => {
    const path = site.file("starters.csv", "Name;Account\nAda Kern;ada.kern\nBen Ott;ben.ott\n");
    const job = await saveJob(site.app, site.storeId, mailboxes(path));
    const plan = await planJob(site.app, site.storeId, job);
    expect(plan).toMatchObject({ halts: [], asksPassword: true, source: { rows: 2, delimiter: ";" } });
    expect(plan.counts).toMatchObject({ create: 2, keep: 0, refused: 0 });
    await site.set("exb", "down");
    const run = take(await site.app.services.jobRuns.apply(plan.plan, PASSWORD, "person", options()));
    expect(run).toMatchObject({ state: "done", rows: 2, outcomes: { done: 2 }, fault: null });
    const entries = await site.app.services.mailObjects.journal({ storeId: site.storeId, run: run.mailRun, states: [], search: "", before: null, most: 50 });
    expect(entries.entries.map(({ state, steps }) => [state, steps.at(-1)?.server])).toEqual([["done", EXA], ["done", EXA]]);
    expect((await planJob(site.app, site.storeId, job)).counts).toMatchObject({ create: 0, keep: 2 });
  });

  it("are not begun without a first password, and the plan stays", async () => {
    const job = await saveJob(site.app, site.storeId, mailboxes(site.file("one.csv", "Name,Account\nCleo Frey,cleo.frey\n")));
    const { plan } = await planJob(site.app, site.storeId, job);
    expect(await site.app.services.jobRuns.apply(plan, null, "person", options())).toMatchObject({ ok: false, fault: { kind: "invalid", issues: [{ path: ["password"] }] } });
    expect(take(await site.app.services.jobRuns.apply(plan, PASSWORD, "person", options())).state).toBe("done");
  });

  it("with two rows of one key, with more rows than the limit, or with none, halt before the first write", async () => {
    const twice = await saveJob(site.app, site.storeId, mailboxes(site.file("twice.csv", "Name,Account\nDora A,dora.a\nDora B,DORA.A\nEmil,emil.e\n")));
    const many = await saveJob(site.app, site.storeId, mailboxes(site.file("many.csv", "Name,Account\nFritz,fritz.f\nGerd,gerd.g\n"), { brakes: { ...take(site.app.services.jobs.blank(site.storeId)).brakes, limits: { create: { count: 1, percent: null }, enable: { count: 1, percent: null }, license: { count: 1, percent: null }, unlicense: { count: 1, percent: null }, block: { count: 0, percent: null }, delete: { count: 0, percent: null } } } }));
    const empty = await saveJob(site.app, site.storeId, mailboxes(site.file("empty.csv", "Name,Account\n")));
    const runs = [];
    for (const job of [twice, many, empty]) runs.push(await runJob(site.app, site.storeId, job, PASSWORD));
    expect(runs.map(({ state, halts }) => [state, halts])).toEqual([
      ["halted", [{ kind: "twice-in-source", keys: ["dora.a", "DORA.A"], rows: 2 }]],
      ["halted", [{ kind: "over-limit", action: "create", count: 2, most: 1, percent: null }]],
      ["halted", [{ kind: "source-empty" }]],
    ]);
    for (const name of ["Dora A", "Emil", "Fritz", "Gerd"]) expect(take(await site.app.services.mailObjects.find(site.storeId, name, options())).objects).toEqual([]);
  });

  it("that ask for one alias are found before the first of them is made", async () => {
    const path = site.file("alias.csv", "Name,Account,Alias\nOne,one.a,shared\nTwo,two.a,SHARED\n");
    const job = await saveJob(site.app, site.storeId, mailboxes(path, { mapping: [...(mailboxes(path).mapping ?? []).filter(({ target }) => target !== "alias"), column("alias", "Alias")] }));
    const run = await planJob(site.app, site.storeId, job);
    expect(run).toMatchObject({ counts: { create: 1, refused: 1 }, halts: [{ kind: "rows-refused", rows: 1 }] });
    expect(take(site.app.services.jobPlans.rows(run.plan, { actions: ["refused"], search: "", from: 0, most: 5 })).rows).toMatchObject([{ row: 2, request: null, issues: [{ path: ["alias"], code: "same-as-row", facts: { row: 1 } }] }]);
  });

  it("are not gone on with once their identity store leads to another directory", async () => {
    const job = await saveJob(site.app, site.storeId, mailboxes(site.file("elsewhere.csv", "Name,Account\nNora,nora.n\n")));
    const { plan } = await planJob(site.app, site.storeId, job);
    const stop = new AbortController();
    stop.abort();
    const run = take(await site.app.services.jobRuns.apply(plan, PASSWORD, "person", options(stop.signal)));
    expect(run.state).toBe("cancelled");
    const { connection, revision } = take(site.app.services.stores.get(site.storeId));
    if (connection.kind !== "active-directory") throw new Error("no directory");
    const moved = take(await site.app.services.stores.updateConnection(site.storeId, { ...connection, domain: "elsewhere.lab" }, "another-Pa55word!", revision));
    expect(await site.app.services.jobRuns.resume(run.id, PASSWORD, options())).toMatchObject({ ok: false, fault: { kind: "object-refused", why: "changed-meanwhile" } });
    take(await site.app.services.stores.updateConnection(site.storeId, connection, site.practice.port.facts().password, moved.revision));
    expect(take(await site.app.services.jobRuns.resume(run.id, PASSWORD, options()))).toMatchObject({ state: "done", outcomes: { done: 1 } });
  });

  it("of a source that shrank halt, and the protected are left alone", async () => {
    const rows = Array.from({ length: 10 }, (_, index) => `Row ${index},row.${index}`);
    const path = site.file("shrinking.csv", `Name,Account\n${rows.join("\n")}\nAdministrator,Administrator\n`);
    const job = await saveJob(site.app, site.storeId, mailboxes(path, { missing: "skip" }));
    const first = await planJob(site.app, site.storeId, job);
    expect(first.counts).toMatchObject({ skip: 11 });
    expect(take(site.app.services.jobPlans.rows(first.plan, { actions: [], search: "admin", from: 0, most: 10 })).rows).toMatchObject([{ why: "protected" }]);
    expect(take(await site.app.services.jobRuns.apply(first.plan, null, "person", options())).state).toBe("done");
    site.file("shrinking.csv", `Name,Account\n${rows.slice(0, 5).join("\n")}\n`);
    expect(await runJob(site.app, site.storeId, job)).toMatchObject({ state: "halted", halts: [{ kind: "source-shrank", before: 11, now: 5, most: 20 }] });
  });

  it("are not planned while the directory is down: what cannot be looked up is not missing", async () => {
    const job = await saveJob(site.app, site.storeId, mailboxes(site.file("down.csv", "Name,Account\nHans,hans.h\n")));
    await site.set("directory", "down");
    expect(await site.app.services.jobPlans.plan(site.storeId, job, options())).toMatchObject({ ok: false, fault: { kind: "unreachable" } });
    await site.set("directory", "up");
  });

  it("are not applied by a plan of before the job was changed", async () => {
    const job = await saveJob(site.app, site.storeId, mailboxes(site.file("changed.csv", "Name,Account\nIda,ida.i\n")));
    const { plan } = await planJob(site.app, site.storeId, job);
    const detail = take(await site.app.services.jobs.get(site.storeId, job));
    const { id: _, ...seen } = detail.job;
    take(await site.app.services.jobs.save(site.storeId, job, { ...seen, description: "changed" }, seen));
    expect(await site.app.services.jobRuns.apply(plan, PASSWORD, "person", options())).toMatchObject({ ok: false, fault: { kind: "object-refused", why: "changed-meanwhile" } });
  });
});

describe("in the tenant", () => {
  it("get their licences after they were made, and a second run changes nothing", async () => {
    const path = site.file("cloud.csv", "Name,Account,Country,Licences\nJana Rot,jana.rot,DE,ENTERPRISEPACK\nKarl Blau,karl.blau,at,EMS;ENTERPRISEPACK\n");
    const job = await saveJob(site.app, site.cloudId, cloud(path));
    const plan = await planJob(site.app, site.cloudId, job);
    expect(plan).toMatchObject({ halts: [], counts: { create: 2 } });
    expect(plan.seats).toEqual(expect.arrayContaining([expect.objectContaining({ partNumber: "ENTERPRISEPACK", needed: 2, free: 3 })]));
    const run = take(await site.app.services.jobRuns.apply(plan.plan, PASSWORD, "person", options()));
    const { rows } = take(await site.app.services.jobRuns.rows({ run: run.id, states: [], search: "", from: 0, most: 10 }));
    expect(rows.map(({ state, given, fault }) => ({ state, given, fault }))).toEqual([
      { state: "done", given: ["ENTERPRISEPACK"], fault: null },
      { state: "done", given: expect.arrayContaining(["EMS", "ENTERPRISEPACK"]), fault: null },
    ]);
    expect(run.state).toBe("done");
    expect((await planJob(site.app, site.cloudId, job)).counts).toMatchObject({ create: 0, license: 0, keep: 2 });
  });

  it("are not begun where seats are missing, or a product is unknown", async () => {
    const rows = Array.from({ length: 4 }, (_, index) => `Lack ${index},lack.${index},DE,EXCHANGESTANDARD`);
    const job = await saveJob(site.app, site.cloudId, cloud(site.file("seats.csv", `Name,Account,Country,Licences\n${rows.join("\n")}\n`)));
    expect(await runJob(site.app, site.cloudId, job, PASSWORD)).toMatchObject({ state: "halted", halts: [{ kind: "no-seats", product: "EXCHANGESTANDARD", needed: 4, free: 0 }] });
    const unknown = await saveJob(site.app, site.cloudId, cloud(site.file("unknown.csv", "Name,Account,Country,Licences\nLea,lea.l,DE,NOSUCHPACK\n")));
    expect(await runJob(site.app, site.cloudId, unknown, PASSWORD)).toMatchObject({ state: "halted", halts: [{ kind: "rows-refused", rows: 1 }] });
  });

  it("keep licences that a blank cell does not name, and lose others where a row names all of them", async () => {
    const blank = await saveJob(site.app, site.cloudId, cloud(site.file("blank.csv", "Name,Account,Country,Licences\nEva Lind,eva.lind,DE,\n"), { licensing: "exact", missing: "skip" }));
    expect((await planJob(site.app, site.cloudId, blank)).counts).toMatchObject({ keep: 1, unlicense: 0 });
    const exact = await saveJob(site.app, site.cloudId, cloud(site.file("exact.csv", "Name,Account,Country,Licences\nEva Lind,eva.lind,DE,EMS\n"), { licensing: "exact", missing: "skip", brakes: { ...take(site.app.services.jobs.blank(site.cloudId)).brakes, limits: { create: { count: 0, percent: null }, enable: { count: 0, percent: null }, license: { count: 1, percent: null }, unlicense: { count: 1, percent: null }, block: { count: 0, percent: null }, delete: { count: 0, percent: null } } } }));
    expect((await planJob(site.app, site.cloudId, exact)).counts).toMatchObject({ unlicense: 1 });
    expect(await runJob(site.app, site.cloudId, exact)).toMatchObject({ state: "done", outcomes: { done: 1 } });
  });
});
