/** Plans of runs: the source read, each row looked up where it would be written, and what brakes say of it. Nothing is written for one. */
import { randomUUID } from "node:crypto";
import { setImmediate as nextTurn } from "node:timers/promises";
import { hostname } from "node:os";
import { progress } from "../../../shared/contract/progress.ts";
import { fail, succeed, type Issue, type Result } from "../../../shared/fault.ts";
import type { Job } from "../../../shared/model/job.ts";
import type { JobPlan, PlannedAction, PlannedRow, SeatNeed, SourceFacts } from "../../../shared/model/job-plan.ts";
import type { LicenceHolder } from "../../../shared/model/licence.ts";
import { haltsOf } from "../../../shared/rules/job-brakes.ts";
import { managedJobLimits } from "../../../shared/rules/policies.ts";
import { needsPassword } from "../../../shared/rules/mail-types.ts";
import { freeSeats, partNumberOf } from "../../../shared/rules/subscription.ts";
import type { Subscription } from "../../../shared/model/subscription.ts";
import { repeated, type Naming } from "../../mail-objects/repeated.ts";
import { openMapping } from "../../jobs/mapping.ts";
import { readSource } from "../../jobs/sources/index.ts";
import { wantedRows, type WantedRow } from "../../jobs/wanted.ts";
import type { LicencesService } from "../licences.ts";
import { openDirectory, serversOf, type Ground, type StatusesOf } from "../mail-objects/ground.ts";
import type { Foundation, WorkOptions } from "../rooms.ts";
import { jobGround, jobOf, settingsIssues, type FoundJob } from "./jobs.ts";
import { holderLookup } from "./holders.ts";
import { LeaverPlanner } from "./leaver-planner.ts";
import { RowPlanner } from "./row-planner.ts";

/** A plan is let go of so long after its last use, in milliseconds. */
const HELD_MS = 10 * 60_000;
/** Plans that are held at once. */
const HELD = 5;
/** So many rows are evaluated between two turns of the event loop. */
const CHUNK = 500;

/** A plan with its rows. */
export interface HeldPlan {
  readonly plan: JobPlan;
  readonly job: Job;
  readonly rows: readonly PlannedRow[];
  /** The messaging provider that it was planned over: what it is saved under, and its revision. */
  readonly provider: { readonly id: string; readonly revision: number };
}

interface PlanQuestion {
  readonly actions: readonly PlannedAction[];
  readonly search: string;
  readonly from: number;
  readonly most: number;
}

export class JobPlans {
  readonly #foundation: Foundation;
  readonly #parts: { readonly licences: LicencesService; readonly statusesOf: StatusesOf };
  readonly #held = new Map<string, HeldPlan & { readonly forget: () => void }>();

  constructor(foundation: Foundation, parts: { readonly licences: LicencesService; readonly statusesOf: StatusesOf }) {
    this.#foundation = foundation;
    this.#parts = parts;
  }

  /**
   * Fails with `invalid` where the settings keep it from being run, as reading the source does, and as the destination does: an answer that
   * did not come is never taken for an empty one.
   */
  async plan(storeId: string, id: string, options: WorkOptions): Promise<Result<JobPlan>> {
    const found = jobOf(this.#foundation, storeId, id);
    if (!found.ok) return found;
    const ground = jobGround(this.#foundation, storeId, found.value.job);
    const issues = await settingsIssues(ground, found.value.job);
    if (issues.length > 0) return fail({ kind: "invalid", issues });
    if (!ground.ok) return ground;
    const read = await this.#wanted(found.value.job, options);
    if (!read.ok) return read;
    const { rows, facts } = read.value;
    const planned = await this.#planRows(ground.value, found.value.job, rows, options);
    if (!planned.ok) return planned;
    return succeed(await this.#hold(found.value, facts, planned.value));
  }

  get(plan: string): Result<HeldPlan> {
    const held = this.#held.get(plan);
    if (held === undefined) return fail({ kind: "not-found", what: "job-plan" });
    this.#keep(held);
    return succeed(held);
  }

  /** Rows by what is done with them; what is searched stands in key or name. */
  rows(plan: string, { actions, search, from, most }: PlanQuestion): Result<{ rows: PlannedRow[]; total: number }> {
    const held = this.get(plan);
    if (!held.ok) return held;
    const text = search.trim().toLowerCase();
    const rows = held.value.rows.filter((row) => (actions.length === 0 || actions.includes(row.action)) && (text === "" || row.key.toLowerCase().includes(text) || row.name.toLowerCase().includes(text)));
    return succeed({ rows: rows.slice(from, from + most), total: rows.length });
  }

  release(plan: string): void {
    this.#held.get(plan)?.forget();
    this.#held.delete(plan);
  }

  dispose(): void {
    for (const { forget } of this.#held.values()) forget();
    this.#held.clear();
  }

  /** The source's rows with what the mapping makes of them. */
  async #wanted(job: Job, options: WorkOptions): Promise<Result<{ readonly rows: readonly WantedRow[]; readonly facts: SourceFacts }>> {
    const { ports, expressions } = this.#foundation;
    options.progress(progress("reading-source", { detail: job.source.path }));
    const read = await readSource(job.source, { ...options, forbidden: ports.dataDirectory });
    if (!read.ok) return read;
    const { rows, facts } = read.value;
    const mapping = openMapping(job.mapping, { now: ports.clock.now(), computerName: hostname(), expressions });
    const evaluated = [];
    for (let from = 0; from < rows.length; from += CHUNK) {
      const made = await mapping.rows(rows.slice(from, from + CHUNK), options.signal);
      if (!made.ok) return made;
      evaluated.push(...made.value);
      options.progress(progress("mapping-rows", { done: evaluated.length, total: rows.length }));
      await nextTurn();
      if (options.signal.aborted) return fail({ kind: "cancelled" });
    }
    return succeed({ rows: wantedRows(job, evaluated), facts });
  }

  async #planRows(ground: Ground, job: Job, rows: readonly WantedRow[], options: WorkOptions): Promise<Result<Planned>> {
    const { id: providerId, revision } = ground.stored;
    const { licences, statusesOf } = this.#parts;
    const bought = job.licensing === "none" && job.deprovision === null ? succeed({ subscriptions: [] }) : await licences.list(providerId, options);
    if (!bought.ok) return bought;
    const { subscriptions } = bought.value;
    const opened = await openDirectory(this.#foundation, ground, null, options);
    if (!opened.ok) return opened;
    try {
      const asked = { aliases: this.#foundation.aliases, servers: serversOf(ground, statusesOf), objects: opened.value, signal: options.signal };
      const holder = holderLookup(rows.length, { one: (user) => licences.holder(providerId, user, options), every: () => licences.everyHolder(providerId, options) });
      const leaving = await this.#leaving(providerId, job, { subscriptions, holder, options });
      const planner = new RowPlanner({ job, ground, rows, subscriptions, asked, holder, leaving });
      const planned: PlannedRow[] = [];
      for (const row of rows) {
        if (options.signal.aborted) return fail({ kind: "cancelled" });
        const one = await planner.plan(row);
        if (!one.ok) return options.signal.aborted ? fail({ kind: "cancelled" }) : one;
        planned.push(one.value);
        options.progress(progress("looking-up-rows", { done: planned.length, total: rows.length }));
      }
      const { provisioning, connection } = ground;
      const apart = refuseRepeated(planned, { addressOf: (request) => provisioning.address(request, connection), oneNameEach: connection.kind === "active-directory" });
      return succeed({ rows: [...apart, ...(leaving?.returned(rows) ?? [])], subscriptions, provider: { id: providerId, revision } });
    } finally {
      await opened.value.close();
    }
  }

  async #leaving(providerId: string, { id, deprovision }: Job, { options, ...known }: LeavingFacts): Promise<LeaverPlanner | null> {
    if (deprovision === null) return null;
    const { store, ports } = this.#foundation;
    const { licences } = this.#parts;
    return new LeaverPlanner({
      ...known,
      deprovision,
      leavers: await store.jobRuns.leavers(id),
      now: ports.clock.now(),
      account: (user) => licences.leave(providerId, options, (leaving, context) => leaving.account(user, context)),
      roles: (user) => licences.leave(providerId, options, (leaving, context) => leaving.roles(user, context)),
    });
  }

  async #hold({ stored, job }: FoundJob, source: SourceFacts, { rows, subscriptions, provider }: Planned): Promise<JobPlan> {
    const { store, ports } = this.#foundation;
    const counts: Record<PlannedAction, number> = { create: 0, enable: 0, license: 0, unlicense: 0, block: 0, delete: 0, notice: 0, return: 0, keep: 0, skip: 0, refused: 0 };
    for (const { action } of rows) counts[action] += 1;
    const seats = seatsOf(rows, subscriptions);
    const last = await store.jobRuns.lastApplied(job.id);
    const plan: JobPlan = {
      plan: randomUUID(),
      storeId: stored.id,
      job: job.id,
      revision: stored.revision,
      source,
      at: ports.clock.now(),
      counts,
      halts: haltsOf(job.brakes, { rows, lastRows: last?.rows ?? null, seats, managed: managedJobLimits(ports.managed) }),
      seats,
      asksPassword: job.password.kind === "typed" && rows.some(({ request }) => request !== null && needsPassword({ request, object: null })),
    };
    const [oldest] = this.#held.keys();
    if (this.#held.size >= HELD && oldest !== undefined) this.release(oldest);
    this.#keep({ plan, job, rows, provider });
    return plan;
  }

  /** Held from now on for a while, behind those that were used before. */
  #keep(held: HeldPlan): void {
    const { plan } = held.plan;
    this.release(plan);
    this.#held.set(plan, { ...held, forget: this.#foundation.ports.clock.after(HELD_MS, () => this.release(plan)) });
  }
}

interface LeavingFacts {
  readonly subscriptions: readonly Subscription[];
  readonly holder: (user: string) => Promise<Result<LicenceHolder>>;
  readonly options: WorkOptions;
}

interface Planned {
  readonly rows: readonly PlannedRow[];
  readonly subscriptions: readonly Subscription[];
  readonly provider: HeldPlan["provider"];
}

/** Rows that ask for what an earlier one asks for as well: found now, and not by the directory in the middle of a run. */
function refuseRepeated(rows: readonly PlannedRow[], naming: Naming): PlannedRow[] {
  const twice = repeated(rows.map(({ request }) => request), naming);
  return rows.map((row, index) => {
    const issues = (twice.get(index) ?? []).flatMap(({ path, first }): Issue[] => {
      const earlier = rows[first]?.row;
      return earlier === undefined ? [] : [{ path: [path], code: "same-as-row", facts: { row: earlier } }];
    });
    return issues.length === 0 ? row : { ...row, action: "refused", request: null, licences: null, seen: [], issues };
  });
}

/** Whoever has a product by a group already takes no seat with a direct licence; for a plan each is counted as one. */
function seatsOf(rows: readonly PlannedRow[], subscriptions: readonly Subscription[]): SeatNeed[] {
  const needed = new Map<string, number>();
  for (const { licences } of rows) {
    for (const id of licences?.take ?? []) needed.set(id, needed.get(id) ?? 0);
    for (const id of licences?.give ?? []) needed.set(id, (needed.get(id) ?? 0) + 1);
  }
  return [...needed].map(([product, count]) => {
    const subscription = subscriptions.find(({ id }) => id === product);
    return { product, partNumber: partNumberOf(subscriptions, product), needed: count, free: subscription === undefined ? 0 : freeSeats(subscription) };
  });
}
