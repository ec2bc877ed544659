/**
 * A process that applies a job is killed at each write of its run, before it and after it, and while a mail server or the tenant has what it
 * asked for: another process goes on, everybody is there once, mail-enabled, with the licences of the row, and the history says so.
 */
import fs from "node:fs";
import path from "node:path";
import { Decrypter } from "age-encryption";
import { parse } from "csv-parse/sync";
import { afterAll, beforeAll, expect, it } from "vitest";
import { z } from "zod";
import { makeIdentity, recipientOf } from "../../../main/handover/recipient.ts";
import type { JobRow, JobRun } from "../../../shared/model/job-run.ts";
import type { JobSettings } from "../../../shared/model/job.ts";
import { directLicences } from "../../../shared/rules/licence-plan.ts";
import { engineUnderTest } from "../../lab/engine-under-test.ts";
import { take } from "../../unit/main/store/support.ts";
import type { Way } from "../mail-objects/killed-process.ts";
import { options } from "../mail-objects/practice-site.ts";
import { wayTo } from "../mail-objects/way.ts";
import { column, jobSite, PEOPLE, saveJob, type JobSite } from "./job-site.ts";
import { around, kill, whole, type Lane, type Moment } from "./killing.ts";
import { tenantLog } from "./tenant-log.ts";

const { ask, isTeam } = engineUnderTest();

/** So often at every moment: twenty for a night, once where everybody waits. */
const TIMES = Number(process.env["MESSAGING_CONSOLE_KILLS"] ?? "1");
/** Killed beside each other: most of their time they wait. */
const LANES = 3;
const MINUTES = 60_000;
const FLOW = "f30db892-07e9-47e9-837c-80727f46fd3d";
const EMS = "efccb6f7-5641-4e0e-bd10-b4976e1bf68e";
const CLOUD_HOSTS = ["graph.microsoft.com", "login.microsoftonline.com"];

let site: JobSite;
let way: Way;
let identity = "";
let generated: JobSettings["password"];
const log = tenantLog();
beforeAll(async () => {
  site = await jobSite();
  way = await wayTo(site, CLOUD_HOSTS);
  identity = await makeIdentity();
  generated = { kind: "generated", length: 16, classes: ["upper", "lower", "digit"], specials: "", noLookAlikes: false, recipients: [await recipientOf(identity)] };
});
afterAll(async () => {
  log.stop();
  await site.remove();
});

interface Scenario {
  readonly storeId: () => string;
  readonly settings: (file: string) => Partial<JobSettings>;
  /** The file's text for one time; makes what has to be there before. */
  prepare(tag: string): Promise<string>;
  /** What is wrong with the destination and the history of one time. */
  faults(tag: string, rows: readonly JobRow[]): Promise<unknown[]>;
  /** What is there that nothing was to make. */
  made(tag: string): Promise<readonly string[]>;
}

const accounts = (tag: string) => [`one.${tag}`, `two.${tag}`];
const found = async (storeId: string, account: string) => take(await site.app.services.mailObjects.find(storeId, account, options())).objects.filter(({ accountName }) => accountName === account);
const madeOf = async (storeId: string, tag: string) => {
  const there = await Promise.all(accounts(tag).map((account) => found(storeId, account)));
  return there.flat().map(({ name }) => name);
};

/** Who is to be there is there once, with mail where it has any, and the row names that very object. */
async function wrongObjects(storeId: string, tag: string, rows: readonly JobRow[], mail: boolean): Promise<unknown[]> {
  const wrong: unknown[] = [];
  for (const account of accounts(tag)) {
    const there = await found(storeId, account);
    const row = rows.find(({ key }) => key === account);
    const [object] = there;
    // Without a mailbox plan a user of a tenant has no address yet.
    const isSo = there.length === 1 && object?.mailEnabled === mail && row?.object?.guid === object.guid && (!mail || row.address === object.address);
    if (!isSo) wrong.push({ account, there, object: row?.object, address: row?.address });
  }
  return wrong;
}

const onExchange: Scenario = {
  storeId: () => site.storeId,
  settings: (file) => ({
    type: "mailbox",
    missing: "create",
    key: "accountName",
    source: { kind: "csv", path: file, delimiter: ",", encoding: null, header: true },
    mapping: [column("name", "Name"), column("accountName", "Account"), column("alias", "Account"), { target: "container", transform: { from: { kind: "static", text: PEOPLE }, steps: [] } }],
    password: generated,
  }),
  prepare: (tag) => Promise.resolve(`Name,Account\n${accounts(tag).map((account) => `Name ${account},${account}`).join("\n")}\n`),
  faults: (tag, rows) => wrongObjects(site.storeId, tag, rows, true),
  made: (tag) => madeOf(site.storeId, tag),
};

/** One who is there and has EMS is to have FLOW_FREE instead; two are made, and get it. */
const inTenant: Scenario = {
  storeId: () => site.cloudId,
  settings: (file) => ({
    ...onExchange.settings(file),
    licensing: "exact",
    mapping: [column("name", "Name"), column("accountName", "Account"), column("alias", "Account"), column("usageLocation", "Country"), column("subscriptions", "Licences")],
    brakes: { limits: { create: none, enable: none, license: none, unlicense: none, block: none, delete: none }, shrink: null, protected: [] },
  }),
  prepare: async (tag) => {
    const { mailObjects, licences } = site.app.services;
    const request = { action: "create", type: "mailbox", name: `Name held.${tag}`, container: null, identity: null, alias: `held.${tag}`, address: null, externalAddress: null, accountName: `held.${tag}` } as const;
    take(await mailObjects.apply(site.cloudId, request, "Held-Pa55word!", options()));
    const [held] = await found(site.cloudId, `held.${tag}`);
    take(await licences.change(site.cloudId, { user: held?.guid ?? "", seen: [], change: { give: [EMS], take: [], usageLocation: "DE" } }, options()));
    return `Name,Account,Country,Licences\n${[...accounts(tag), `held.${tag}`].map((account) => `Name ${account},${account},DE,FLOW_FREE`).join("\n")}\n`;
  },
  faults: async (tag, rows) => {
    const wrong = await wrongObjects(site.cloudId, tag, rows, false);
    for (const [account, times] of [...accounts(tag).map((each) => [each, 1] as const), [`held.${tag}`, 2] as const]) {
      const [object] = await found(site.cloudId, account);
      if (object === undefined) continue;
      const holder = take(await site.app.services.licences.holder(site.cloudId, object.guid ?? "", options()));
      const row = rows.find(({ key }) => key === account);
      const isSo = directLicences(holder).join() === FLOW && log.licensed(holder.id) === times && row?.given.join() === "FLOW_FREE" && row.taken.join() === (times === 2 ? "EMS" : "");
      if (!isSo) wrong.push({ account, licences: holder.licences, requests: log.licensed(holder.id), given: row?.given, taken: row?.taken });
    }
    return [...wrong, ...(await wrongPasswords(accounts(tag)))];
  },
  made: (tag) => madeOf(site.cloudId, tag),
};
const none = { count: null, percent: null };

/** Everybody's first password stands in one handed over file, as the tenant took it, and no other one. */
async function wrongPasswords(of: readonly string[]): Promise<unknown[]> {
  const folder = path.join(site.ports.dataDirectory, "job-passwords");
  const told = new Map<string, string[]>();
  // The second file of a run has a number in its name.
  for (const name of fs.readdirSync(folder).toSorted((one, other) => one.length - other.length)) {
    const decrypter = new Decrypter();
    decrypter.addIdentity(identity);
    const rows = z.array(z.array(z.string())).parse(parse(Buffer.from(await decrypter.decrypt(fs.readFileSync(path.join(folder, name)))), { bom: true }));
    for (const [, account = "", , password = ""] of rows) told.set(account, [...(told.get(account) ?? []), password]);
  }
  return of.flatMap((account) => {
    const [taken = [], handed = []] = [log.passwords.get(account), told.get(account)];
    // Of two files of one run the later one counts.
    return taken.length === 1 && handed.at(-1) === taken[0] ? [] : [{ account, taken: taken.length, handed: handed.length }];
  });
}

/** As after half a minute without a word of the holder; a team's database lets nobody but its superuser say so. */
async function letLapse({ id, mailRun }: JobRun): Promise<void> {
  const may = isTeam ? "SET session_replication_role = replica; " : "";
  await ask(site.ports.dataDirectory, `${may}UPDATE job_run SET held_until = 1 WHERE id = '${id}'`);
  await ask(site.ports.dataDirectory, `${may}UPDATE mail_run SET held_until = 1 WHERE id = '${mailRun ?? ""}'`);
}

const newest = async ({ job }: Lane) => take(await site.app.services.jobRuns.page({ job, before: null, most: 1 })).runs[0] ?? null;

/** Rows that say of a finished object that nothing was done: the last one at most. */
async function rowsBehind({ id, mailRun }: JobRun): Promise<number> {
  const { jobRuns, mailObjects } = site.app.services;
  const { entries } = await mailObjects.journal({ storeId: null, run: mailRun, states: ["done"], search: "", before: null, most: 10 });
  const { rows } = take(await jobRuns.rows({ run: id, states: ["planned"], search: "", from: 0, most: 10 }));
  return rows.filter(({ name }) => entries.some(({ request }) => request.name === name)).length;
}

/** Gone on with by this process; answers what is wrong then. */
async function wrongAfter(scenario: Scenario, lane: Lane, tag: string, before: string | null): Promise<unknown[]> {
  const { jobRuns, mailObjects } = site.app.services;
  const killed = await newest(lane);
  if (killed === null || killed.id === before) {
    const made = await scenario.made(tag);
    return made.length === 0 ? [] : [{ madeWithoutRun: made }];
  }
  const behind = await rowsBehind(killed);
  await letLapse(killed);
  // Everything was done, and said so, before the process ended.
  const resumed = killed.state === "done" ? { ok: true, value: killed } as const : await jobRuns.resume(killed.id, null, options());
  if (!resumed.ok) return [{ resumed: resumed.fault }];
  const { rows } = take(await jobRuns.rows({ run: killed.id, states: [], search: "", from: 0, most: 10 }));
  const open = rows.filter(({ state }) => state !== "done").map(({ key, state, fault }) => ({ key, state, fault }));
  const { entries } = await mailObjects.journal({ storeId: null, run: killed.mailRun, states: [], search: "", before: null, most: 10 });
  const untold = entries.filter(({ state, steps }) => state !== "done" || steps.filter(({ kind, outcome }) => kind === "create" && outcome.state === "succeeded").length > 1);
  return [
    ...(behind > 1 ? [{ behind }] : []),
    ...(resumed.value.state === "done" && resumed.value.fault === null ? [] : [{ run: resumed.value.state, fault: resumed.value.fault }]),
    ...open.map((row) => ({ open: row })),
    ...untold.map(({ request, state, steps }) => ({ untold: request.name, state, steps })),
    ...(entries.length === 2 ? [] : [{ entries: entries.length }]),
    ...(await scenario.faults(tag, rows)),
  ];
}

interface Killed {
  readonly kills: number;
  readonly wrong: readonly unknown[];
}

/** Each process signs in anew, which the tenant takes ill of an application that is always the same. */
async function forgetSignIns(): Promise<void> {
  take(await site.practice.port.run("reset", "authority", null));
}

/** Kills at each of the moments, and answers what was wrong after which. */
async function killAll(scenario: Scenario, lanes: readonly Lane[], moments: readonly Moment[], prefix: string): Promise<Killed> {
  const wrong: unknown[] = [];
  let kills = 0;
  const left = [...moments.entries()];
  const work = async (lane: Lane) => {
    for (let next = left.shift(); next !== undefined; next = left.shift()) {
      const [index, moment] = next;
      const tag = `${prefix}${index}`;
      await forgetSignIns();
      fs.writeFileSync(lane.file, await scenario.prepare(tag));
      const before = (await newest(lane))?.id ?? null;
      await forgetSignIns();
      if (await kill({ way, log }, lane, moment)) kills += 1;
      await forgetSignIns();
      const faults = await wrongAfter(scenario, lane, tag, before);
      if (faults.length > 0) wrong.push({ moment, faults });
    }
  };
  await Promise.all(lanes.map(work));
  return { kills, wrong };
}

async function killedEverywhere(scenario: Scenario, word: string): Promise<{ readonly writes: number; readonly wrong: readonly unknown[]; readonly atRequests: number }> {
  const lanes: Lane[] = [];
  for (let number = 1; number <= LANES; number += 1) {
    const file = site.file(`${word}-${number}.csv`, "");
    const storeId = scenario.storeId();
    lanes.push({ storeId, file, job: await saveJob(site.app, storeId, { ...scenario.settings(file), name: `${word} ${number}` }) });
  }
  const [first] = lanes;
  if (first === undefined) throw new Error("no lane");
  fs.writeFileSync(first.file, await scenario.prepare(`${word}w`));
  const { writes, requests } = await whole({ way, log }, first);
  const wrong: unknown[] = [];
  let atRequests = 0;
  for (let time = 1; time <= TIMES; time += 1) {
    wrong.push(...(await killAll(scenario, lanes, [...around("write", writes), ...around("hold", 1)], `${word}${time}w`)).wrong);
    // Whose request it is shows where one process alone is at work. Where everybody waits, a request that was not done yet is left to the writes before it.
    const killed = await killAll(scenario, [first], around("request", requests).filter(({ when }) => TIMES > 1 || when === "after"), `${word}${time}r`);
    wrong.push(...killed.wrong);
    atRequests += killed.kills;
  }
  return { writes, wrong, atRequests };
}

it("on Exchange: killed anywhere, everybody is made once and has a mailbox once the run is gone on with", async () => {
  const { writes, wrong, atRequests } = await killedEverywhere(onExchange, "ex");
  expect(wrong).toEqual([]);
  // Its beginning, the passwords' note, the run of mail objects with two objects of two steps, two rows, the end.
  expect(writes).toBeGreaterThanOrEqual(14);
  expect(atRequests).toBeGreaterThanOrEqual(3 * TIMES);
}, 15 * MINUTES * TIMES);

it("in a tenant: killed anywhere, nobody is made twice, and no licence is given twice or lost", async () => {
  const { writes, wrong, atRequests } = await killedEverywhere(inTenant, "cl");
  expect(wrong).toEqual([]);
  // Those of the licences are two: before anything is sent, and after.
  expect(writes).toBeGreaterThanOrEqual(16);
  // Two users, and in a batch each who is looked at, the two's places, and three changes of licences.
  expect(atRequests).toBeGreaterThanOrEqual(5 * TIMES);
}, 15 * MINUTES * TIMES);

it("leaves no session at a server: the shells of killed processes end with them", async () => {
  // The programs themselves are counted after the file, by its setup.
  await expect.poll(() => site.practice.remoteSessions()).toEqual([]);
});
