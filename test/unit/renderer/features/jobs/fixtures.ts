/** Jobs that a test makes up. */
import type { JobDetail, JobSummary, SourceSample } from "../../../../../shared/contract/jobs.ts";
import type { StoreSummary } from "../../../../../shared/model/identity-store.ts";
import type { JobSettings } from "../../../../../shared/model/job.ts";
import type { JobPlan, PlannedRow } from "../../../../../shared/model/job-plan.ts";
import type { JobRow, JobRun } from "../../../../../shared/model/job-run.ts";

export const store = (change: Partial<StoreSummary> = {}): StoreSummary => ({
  id: "s1", name: "Contoso HQ", kind: "entra-id", domain: "contoso.lab", messaging: { provider: "office365", variant: null }, hasSubscriptions: true, serversTotal: 1, serversOnline: 1, serversUnknown: 0,
  state: "saved", hasDraft: false, draftVersion: null, editing: [], revision: 2, prepareOnly: false, nextExpiry: null, drift: null, probed: null, updatedAt: 0, ...change,
});

const none = { count: null, percent: null };
export const settings = (change: Partial<JobSettings> = {}): JobSettings => ({
  name: "Joiners", provider: "destination", description: "", enabled: true, source: { kind: "csv", path: "D:\\Export\\joiners.csv", delimiter: null, encoding: null, header: true }, type: "mailbox", missing: "create", key: "accountName",
  mapping: [{ target: "name", transform: { from: { kind: "column", column: "Name" }, steps: [{ kind: "trim" }, { kind: "transliterate" }] } }],
  licensing: "none", deprovision: null, password: { kind: "typed" }, brakes: { limits: { create: none, enable: none, license: none, unlicense: none, block: none, delete: none }, shrink: null, protected: [] }, schedule: null, ...change,
});

export const detail = (change: Partial<JobSettings> = {}, revision = 2): JobDetail => ({ storeId: "s1", job: { id: "j1", ...settings(change) }, revision, issues: [] });

export const sample: SourceSample = {
  facts: { columns: ["Name", "Mail"], rows: 412, delimiter: ";", encoding: "utf-8", sheet: null, sheets: [], changedAt: 0 },
  rows: [{ Name: "Zoë Lind", Mail: "zoe@contoso.lab" }, { Name: "Tom Reed", Mail: "tom@contoso.lab" }],
};

export const run = (change: Partial<JobRun> = {}): JobRun => ({
  id: "r1", job: "j1", jobName: "Joiners", storeId: "s1", storeName: "Contoso HQ", revision: 2, at: 1000, endedAt: 2000, by: "CONTOSO\\eva", begunBy: "person", due: null, state: "done", rows: 3,
  planned: { create: 2 }, outcomes: { done: 2 }, halts: [], fault: null, mailRun: null, passwordFiles: [], ...change,
});

export const summary = (change: Partial<JobSummary> = {}): JobSummary => ({
  id: "j1", storeId: "s1", storeName: "Contoso HQ", name: "Joiners", description: "", enabled: true, type: "mailbox", source: settings().source, lastRun: null, nextRun: null, missed: null, ...change,
});

export const plan = (change: Partial<JobPlan> = {}): JobPlan => ({
  plan: "p1", storeId: "s1", job: "j1", revision: 2, source: sample.facts, at: 500, counts: { create: 2, enable: 0, license: 0, unlicense: 0, notice: 0, block: 0, delete: 0, return: 0, keep: 409, skip: 1, refused: 0 }, halts: [], seats: [], asksPassword: false, ...change,
});

export const plannedRow = (change: Partial<PlannedRow> = {}): PlannedRow => ({
  row: 1, key: "zoe", name: "Zoë Lind", action: "create", request: null, object: null, licences: { give: ["ENTERPRISEPACK"], take: [], usageLocation: null }, seen: [], why: null, issues: [], ...change,
});

/** A user that a run is still to make. */
export const userToMake = (): JobRow =>
  runRow({ state: "planned", address: null, given: [], request: { action: "create", type: "mailbox", name: "Zoë Lind", container: null, identity: null, alias: "zoe", address: null, externalAddress: null, accountName: "zoe" } });

export const runRow = (change: Partial<JobRow> = {}): JobRow => ({ ...plannedRow(), run: "r1", state: "done", at: 1500, address: "zoe@contoso.lab", given: ["ENTERPRISEPACK"], taken: [], fault: null, ...change });
