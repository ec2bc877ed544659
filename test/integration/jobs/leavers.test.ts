/** Users who left go through their stages in the practice tenant, day by day. */
import fs from "node:fs";
import { afterEach, beforeEach, expect, it } from "vitest";
import type { App } from "../../../main/app.ts";
import type { JobRow } from "../../../shared/model/job-run.ts";
import type { Deprovision } from "../../../shared/model/leaver.ts";
import type { JobSettings } from "../../../shared/model/job.ts";
import { engineUnderTest } from "../../lab/engine-under-test.ts";
import { systemClock, take } from "../../unit/main/store/support.ts";
import { options } from "../mail-objects/practice-site.ts";
import { column, jobSite, planJob, runJob, saveJob, type JobSite } from "./job-site.ts";

const DAY = 86_400_000;
const EVA = "0c9f4a52-6f0e-4b5e-9d0a-2b8f4f1f6a01";
const TOM = "0c9f4a52-6f0e-4b5e-9d0a-2b8f4f1f6a02";
const BOTH = "Account\neva.lind\ntom.reed\n";
const { ask, isTeam } = engineUnderTest();

let site: JobSite;
/** Milliseconds that the console is ahead. Only it looks ahead: what waits for days in real time is never waited for. */
let ahead = 0;
let app: App;
beforeEach(async () => {
  site = await jobSite();
  ahead = 0;
  app = await site.again({ clock: { ...systemClock, now: () => systemClock.now() + ahead }, host: "command-line" });
});
afterEach(() => site.remove());

const days = (count: number) => void (ahead += count * DAY);
const open = { count: null, percent: null };

async function leaving(text: string, deprovision: Partial<Deprovision> = {}, more: Partial<JobSettings> = {}): Promise<string> {
  const { brakes } = take(app.services.jobs.blank(site.cloudId));
  return saveJob(app, site.cloudId, {
    source: { kind: "csv", path: site.file("leavers.csv", text), delimiter: null, encoding: null, header: true },
    key: "accountName",
    mapping: [column("accountName", "Account")],
    deprovision: { products: "all", blockSignIn: true, unlicenseAfterDays: 30, deleteAfterDays: 60, ...deprovision },
    brakes: { ...brakes, shrink: null, limits: { ...brakes.limits, block: open, unlicense: open, delete: open } },
    ...more,
  });
}

/** A run, with what became of its rows. */
async function rowsOf(job: string): Promise<Pick<JobRow, "key" | "action" | "state" | "why">[]> {
  const run = await runJob(app, site.cloudId, job);
  const { rows } = take(await app.services.jobRuns.rows({ run: run.id, states: [], search: "", from: 0, most: 50 }));
  return rows.map(({ key, action, state, why }) => ({ key, action, state, why }));
}

/** Null where there is no such user. */
async function stateOf(user: string): Promise<{ readonly isBlocked: boolean; readonly licences: number } | null> {
  const account = take(await app.services.licences.leave(site.cloudId, options(), (leaving, context) => leaving.account(user, context)));
  if (account === null) return null;
  const holder = take(await app.services.licences.holder(site.cloudId, user, options()));
  return { isBlocked: account.isBlocked, licences: holder.licences.filter(({ group }) => group === null).length };
}

const row = (key: string, action: JobRow["action"], state: JobRow["state"] = "done", why: string | null = null) => ({ key, action, state, why });

it("are blocked at once, lose their licences after a month and are gone after two, each stage once", async () => {
  const job = await leaving(BOTH);
  expect((await planJob(app, site.cloudId, job)).counts).toMatchObject({ block: 2, unlicense: 0, delete: 0 });
  expect(await rowsOf(job)).toEqual([row("eva.lind", "block"), row("tom.reed", "block")]);
  expect([await stateOf(EVA), await stateOf(TOM)]).toEqual([{ isBlocked: true, licences: 1 }, { isBlocked: true, licences: 0 }]);
  expect(await rowsOf(job)).toEqual([]);
  days(29);
  expect(await rowsOf(job)).toEqual([]);
  days(1);
  const { plan } = await planJob(app, site.cloudId, job);
  const planned = take(app.services.jobPlans.rows(plan, { actions: [], search: "", from: 0, most: 9 })).rows;
  // What a group gives is told, and keeps nobody.
  expect(planned.map(({ action, losesMailbox, issues }) => [action, losesMailbox, issues.map(({ code }) => code)])).toEqual([["unlicense", true, []], ["keep", undefined, ["licence-by-group"]]]);
  expect(await rowsOf(job)).toEqual([row("eva.lind", "unlicense")]);
  expect(await stateOf(EVA)).toEqual({ isBlocked: true, licences: 0 });
  days(29);
  expect(await rowsOf(job)).toEqual([]);
  days(1);
  expect(await rowsOf(job)).toEqual([row("eva.lind", "delete"), row("tom.reed", "delete")]);
  expect([await stateOf(EVA), await stateOf(TOM)]).toEqual([null, null]);
  expect((await planJob(app, site.cloudId, job)).counts).toMatchObject({ skip: 2, delete: 0 });
  const { events } = await app.services.activity.page({ before: null, most: 50, store: site.cloudId, words: [] });
  const told = events.filter(({ kind }) => kind.startsWith("user-")).map(({ kind, subject }) => `${kind} ${subject?.split("@")[0] ?? ""}`);
  expect(told.toSorted()).toEqual(["user-blocked eva.lind", "user-blocked tom.reed", "user-deleted eva.lind", "user-deleted tom.reed"]);
});

it("who are back are left alone but for being blocked, and begin anew when they leave again", async () => {
  const job = await leaving(BOTH);
  await rowsOf(job);
  days(20);
  site.file("leavers.csv", "Account\ntom.reed\n");
  expect(await rowsOf(job)).toEqual([row("eva.lind", "return", "done", "returned")]);
  days(100);
  await rowsOf(job);
  expect(await stateOf(EVA)).toEqual({ isBlocked: true, licences: 1 });
  site.file("leavers.csv", BOTH);
  expect(await rowsOf(job)).toContainEqual(row("eva.lind", "block"));
  expect((await rowsOf(job)).filter(({ key }) => key === "eva.lind")).toEqual([]);
});

it("are not done over a return that came after the plan", async () => {
  const job = await leaving("Account\neva.lind\nnobody\n", { unlicenseAfterDays: 1 });
  await rowsOf(job);
  days(2);
  const { plan } = await planJob(app, site.cloudId, job);
  site.file("leavers.csv", "Account\nnobody\n");
  await rowsOf(job);
  expect(take(await app.services.jobRuns.apply(plan, null, "person", options()))).toMatchObject({ state: "with-failures", outcomes: { failed: 1 } });
  expect(await stateOf(EVA)).toEqual({ isBlocked: true, licences: 1 });
});

it("who are administrators, protected or missing are left alone", async () => {
  const { brakes } = take(app.services.jobs.blank(site.cloudId));
  const job = await leaving("Account\nruth.boss\neva.lind\nnobody\n", {}, { missing: "create", brakes: { ...brakes, protected: ["Eva Lind"] } });
  const { plan } = await planJob(app, site.cloudId, job);
  expect(take(app.services.jobPlans.rows(plan, { actions: [], search: "", from: 0, most: 9 })).rows.map(({ action, why }) => [action, why])).toEqual([["skip", "administrator"], ["skip", "protected"], ["skip", "missing"]]);
  // Graph itself refuses it as well.
  const asked = await app.services.licences.leave(site.cloudId, options(), (leaving, context) => leaving.block("0c9f4a52-6f0e-4b5e-9d0a-2b8f4f1f6a03", context));
  expect(asked).toMatchObject({ ok: false, fault: { kind: "object-refused", why: "administrator" } });
});

it("lose named products alone, after a notice where sign-in stays", async () => {
  const job = await leaving("Account\neva.lind\n", { blockSignIn: false, products: ["enterprisepack", "EMS"], unlicenseAfterDays: 2, deleteAfterDays: null });
  expect(await rowsOf(job)).toEqual([row("eva.lind", "notice")]);
  days(2);
  expect(await rowsOf(job)).toEqual([row("eva.lind", "unlicense")]);
  days(900);
  expect(await rowsOf(job)).toEqual([]);
  expect(await stateOf(EVA)).toEqual({ isBlocked: false, licences: 0 });
});

it("are held by brakes, and nothing is done of a source that is empty, or cannot be read", async () => {
  const { brakes } = take(app.services.jobs.blank(site.cloudId));
  const job = await leaving(BOTH, { unlicenseAfterDays: 0, deleteAfterDays: 0 }, { brakes: { ...brakes, shrink: null, limits: { ...brakes.limits, block: { count: 1, percent: null } } } });
  expect(await runJob(app, site.cloudId, job)).toMatchObject({ state: "halted", halts: [{ kind: "over-limit", action: "unlicense", count: 1, most: 0 }, { kind: "over-limit", action: "block", count: 2, most: 1 }] });
  expect(await stateOf(EVA)).toEqual({ isBlocked: false, licences: 1 });
  const other = await leaving(BOTH, { unlicenseAfterDays: 0, deleteAfterDays: 0 }, { brakes: { ...brakes, shrink: null, limits: { ...brakes.limits, block: open, unlicense: open } } });
  expect(await rowsOf(other)).toEqual([row("eva.lind", "block"), row("tom.reed", "block")]);
  expect(await stateOf(EVA)).toEqual({ isBlocked: true, licences: 0 });
  expect(await runJob(app, site.cloudId, other)).toMatchObject({ state: "halted", halts: [{ kind: "over-limit", action: "delete", count: 2, most: 0 }] });
  site.file("leavers.csv", "Account\n");
  expect(await runJob(app, site.cloudId, other)).toMatchObject({ state: "halted", halts: [{ kind: "source-empty" }] });
  fs.rmSync(site.file("leavers.csv", ""));
  expect((await app.services.jobPlans.plan(site.cloudId, other, options())).ok).toBe(false);
  expect(await stateOf(EVA)).toEqual({ isBlocked: true, licences: 0 });
});

it("of whom no answer came are looked at when the run goes on", async () => {
  const job = await leaving("Account\neva.lind\n");
  const { plan } = await planJob(app, site.cloudId, job);
  await site.set("graph", "answer-lost");
  const lost = take(await app.services.jobRuns.apply(plan, null, "person", options()));
  await site.set("graph", "up");
  expect([lost.outcomes, await stateOf(EVA)]).toEqual([{ unknown: 1 }, { isBlocked: true, licences: 1 }]);
  expect(take(await app.services.jobRuns.resume(lost.id, null, options()))).toMatchObject({ state: "done", outcomes: { done: 1 } });
  expect(await rowsOf(job)).toEqual([]);
});

it("of a run that was cut off between two stages go on with the second", async () => {
  const job = await leaving("Account\neva.lind\n", { unlicenseAfterDays: 0 });
  const run = await runJob(app, site.cloudId, job);
  // As it stands behind the first stage; a team's database lets nobody but its superuser say so.
  const replica = isTeam ? "SET session_replication_role = replica; " : "";
  await ask(site.ports.dataDirectory, `${replica}UPDATE job_run SET state = 'running', held_until = 1, holder = 'gone' WHERE id = '${run.id}'`);
  await ask(site.ports.dataDirectory, `${replica}UPDATE job_row SET state = 'unknown' WHERE run = '${run.id}'`);
  await ask(site.ports.dataDirectory, `${replica}UPDATE leaver SET state = 'begun' WHERE stage = 'unlicense'`);
  expect(take(await app.services.jobRuns.resume(run.id, null, options()))).toMatchObject({ state: "done", outcomes: { done: 1 } });
  expect(await stateOf(EVA)).toEqual({ isBlocked: true, licences: 0 });
  expect(await rowsOf(job)).toEqual([]);
});
